"""Scores from 1 to 5, in digits and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.found import Found

REFUSED = "not a score from 1 to 5"

_VALUES = {c: i for i, c in enumerate("一二三四五", 1)} | {"两": 2, "零": 0, "十": 10}
_VALUES |= {w: i for i, w in enumerate(["one", "two", "three", "four", "five"], 1)} | {"zero": 0, "ten": 10}
_VALUES |= {
    "yat": 1, "jat": 1, "yut": 1, "leung": 2, "loeng": 2, "ji": 2, "yi": 2, "saam": 3, "sam": 3, "sei": 4, "say": 4,
    "ng": 5, "mm": 5, "um": 5, "san": 3, "si": 4, "wu": 5, "liang": 2,
}  # fmt: skip
_N = r"(?P<n>[0-5]|10|[一二两三四五零十])"
_HAN_UNIT = r"(?:粒|颗|個|个)?(?:星|分)"
_PATTERNS = [
    re.compile(
        rf"(?<![0-9.十百月点:第号年])(?<!\d[-/]){_N}\s?{_HAN_UNIT}(?![0-9一二三四五六七八九十钟鐘期之店铺行公别级开居辨手辰体割钱錢满意滿裤])"
    ),
    re.compile(r"(?<![a-z0-9.])(?P<n>[0-5]|one|two|three|four|five|zero|10|ten)[\s-]?stars?(?![a-z])"),
    re.compile(r"(?<![a-z0-9./-])(?P<n>[0-9]|10)/5(?![0-9/a-z])"),
    re.compile(
        r"(?<![a-z0-9.])(?P<n>[0-9]|10|one|two|three|four|five|zero|ten)(?=\s?(?:out of|over|of)\s?(?:5|five)(?![0-9/]|[a-z]))"
    ),
    re.compile(r"(?<![a-z0-9.])(?P<n>[0-5]|one|two|three|four|five|zero)[\s-]?(?:points?|marks?|pts)(?![a-z])"),
    re.compile(
        r"(?<![a-z])(?P<n>yat|jat|yut|leung|loeng|ji|yi|saam|sam|sei|say|ng|[1-5])[1-6]?\s?"
        r"(?:(?:lap|nap|go|ke|ge)[1-6]?\s?)?(?:fan|fun|sing|seng)1?(?![a-z0-9])"
    ),
]
_GIVE = re.compile(
    r"(?:give|giving|gave|gets|get|score|rate|rating|score|i'?d say|marks?|评分|打分|评|打|俾|畀|给|比|分数|bei|score is|my score|rating is)"
    r"(?:\s?(?:it|you|you guys|him|her|them|the service|the repair|this|a|an|is|of|个|佢|你|你们|你哋|他|她|师傅|:|：|nei|keoi|lei|nei dei|solid|full|big|was|would be|him a))*\s*(?P<n>[0-9]|10|one|two|three|four|five)(?![0-9:.%/a-z-]|\s?(?:am|pm|o'clock|days?|times?|years?|hours?|months?|点|号|月|日|天|次|个|年|min|weeks?))"
)
_FULL = re.compile(r"满分|full marks|full score|top marks|full stars|top score|five-star")
_BARE = re.compile(
    r"^[\s(（]*(?P<n>[0-9]{1,2}|[一二两三四五零十]|one|two|three|four|five|yat|jat|ji|yi|saam|sam|sei|ng)[1-6]?[\s.!。！)）~分]*$"
)
_STARS = re.compile(r"(?P<stars>[⭐🌟★☆✨]{1,5})")


def find(text: str, *, expected: bool = False) -> Iterator[Found]:
    """Find scores in a lower-case, simplified text; with `expected` a bare number is one.

    >>> [one.value for one in find("给个五星, i mean 3 out of 5")]
    ['5', '3']
    >>> [one.value for one in find("ng5 fan1")]
    ['5']
    >>> [one.value for one in find("满分")], [one.value for one in find("满分", expected=True)]
    ([], ['5'])
    """
    taken: list[tuple[int, int]] = []
    for pattern in [*_PATTERNS, _GIVE]:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            start = match.start("n") if pattern is _GIVE else match.start()
            if any(start < end and match.end() > begin for begin, end in taken):
                continue
            found = _found(start, match.end(), groups["n"])
            if found.value or expected:
                taken.append((start, match.end()))
                yield found
    if not expected:
        return
    for match in _STARS.finditer(text):
        yield Found(match.start(), match.end(), str(sum(c in "⭐🌟★✨" for c in match[0]) or 1))
    if not taken:
        yield from (Found(match.start(), match.end(), "5") for match in _FULL.finditer(text))
    bare = _BARE.match(text) if expected and not taken else None
    if bare:
        yield _found(bare.start("n"), bare.end("n"), bare["n"])


def _found(start: int, end: int, number: str) -> Found:
    value = int(number) if number.isdigit() else _VALUES[number]
    return Found(start, end, str(value)) if 1 <= value <= 5 else Found(start, end, None, REFUSED)
