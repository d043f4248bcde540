"""Numbers as people say them: Chinese numerals, English words, digits spoken one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

HAN = "零〇一二三四五六七八九十百廿卅两"
"""The characters of Chinese numerals, simplified."""

_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1, "洞": 0, "俩": 2}
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
] + (["sixteen", "seventeen", "eighteen", "nineteen"])
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]

ENGLISH: dict[str, int] = {word: value for value, word in enumerate(_UNITS)} | _TENS
ENGLISH |= {f"{ten}-{_UNITS[one]}": value + one for ten, value in _TENS.items() for one in range(1, 10)}
ORDINAL: dict[str, int] = {word: value for value, word in enumerate(_ORDINALS)}
ORDINAL |= {"thirtieth": 30} | {
    f"{ten}-{_ORDINALS[one]}": value + one for ten, value in (("twenty", 20), ("thirty", 30)) for one in range(1, 10)
}

_SPOKEN = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ling": "0", "lin": "0", "leng": "0", "yat": "1", "jat": "1", "yut": "1", "yi": "2", "ji": "2", "yee": "2",
    "saam": "3", "sam": "3", "sarm": "3", "sei": "4", "say": "4", "sey": "4", "ng": "5", "mm": "5", "um": "5",
    "luk": "6", "look": "6", "luhk": "6", "lok": "6", "chat": "7", "cat": "7", "tsat": "7", "chut": "7",
    "baat": "8", "bat": "8", "bart": "8", "gau": "9", "gow": "9", "kau": "9", "gao": "9",
    "yao": "1", "er": "2", "san": "3", "si": "4", "wu": "5", "liu": "6", "qi": "7", "ba": "8", "jiu": "9",
}  # fmt: skip
_PINYIN = {"yi": "1", "er": "2", "san": "3", "si": "4", "wu": "5", "liu": "6", "qi": "7", "ba": "8", "jiu": "9"}
_SPOKEN |= {c: str(i) for c, i in _HAN_DIGITS.items()}
_REPEAT = {"double": 2, "triple": 3, "treble": 3, "两个": 2, "三个": 3}
_WORD = re.compile(rf"两个|三个|[{''.join(_HAN_DIGITS)}]|(?P<said>[a-z]+)[1-6]?(?![a-z0-9])|\d+|[a-z]+")
_GAP = re.compile(r"[1-6]?[\s\-,.，、]*")


def chinese(text: str) -> int | None:
    """Read a Chinese numeral, or digits.

    >>> chinese("二十三"), chinese("十"), chinese("廿五"), chinese("一百零二"), chinese("二零二六"), chinese("12")
    (23, 10, 25, 102, 2026, 12)
    """
    if text.isascii():
        return int(text) if text.isdigit() else None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not set(text) & set("十百"):
        digits = [_HAN_DIGITS.get(c) for c in text]
        return int("".join(map(str, digits))) if digits and None not in digits else None
    total, last = 0, 0
    for character in text:
        if character == "百":
            total, last = total + (last or 1) * 100, 0
        elif character == "十":
            total, last = total + (last or 1) * 10, 0
        elif character in _HAN_DIGITS:
            last = _HAN_DIGITS[character]
        else:
            return None
    return total + last


class Spoken(NamedTuple):
    """Digits said one by one in `text[start:end]`."""

    start: int
    end: int
    digits: str


def spoken(text: str, least: int = 5) -> Iterator[Spoken]:
    """Find runs of at least `least` digits of which some are said as words, in any of the languages.

    >>> [run.digits for run in spoken("luk6 saam1 yat1 ji6 sei3 ng5 luk6 cat1")]
    ['63124567']
    >>> [run.digits for run in spoken("nine one two three double six oh eight")]
    ['91236608']
    """
    run: list[tuple[int, int, str]] = []
    pinyin = re.search(r"\b(?:san|liu|qi|wu|er)\b", text) is not None and not re.search(r"\b(?:saam|luk|baat)", text)
    times = 1
    for match in _WORD.finditer(text):
        word = match["said"] or match[0]
        near = not run or _GAP.fullmatch(text, run[-1][1], match.start()) is not None
        if word in _REPEAT and (word.isascii() or near):
            if not near:
                yield from _long(run, least)
                run = []
            times, began = _REPEAT[word], match.start()
            run.append((began, match.end(), ""))
            continue
        digits = _PINYIN.get(word) if pinyin else None
        digits = digits or _SPOKEN.get(word) or (word if word.isdigit() and len(word) <= 4 else None)
        if digits is None or not near:
            yield from _long(run, least)
            run = []
        if digits is not None:
            run.append((match.start(), match.end(), digits * times))
        times = 1
    yield from _long(run, least)


def _long(run: list[tuple[int, int, str]], least: int) -> Iterator[Spoken]:
    digits = "".join(piece for _, _, piece in run)
    words = sum(not piece.isdigit() or end - start != len(piece) for start, end, piece in run)
    words += sum(end - start == 1 and len(piece) == 1 for start, end, piece in run)
    if len(digits) >= least and words >= 3:
        yield Spoken(run[0][0], run[-1][1], digits)
