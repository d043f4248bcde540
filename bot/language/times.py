"""Times and parts of the day, before and after kept inside.

Values: "morning", "afternoon", "evening", "HH:MM", "HH:MM-HH:MM", "after HH:MM", "before HH:MM".
Noon and lunchtime are "12:00" and "12:00-14:00". An hour without half of the day is read as people
mean it to a repair desk: 7 to 12 in the morning, 1 to 6 after noon; after "after" also 7 and 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language import numbers
from bot.language.found import Found

REFUSED = "no such time"

_MORNING = r"清晨|凌晨|大清早|一大早|清早|朝早|早上|上午|上昼|上晏|朝头早|早间|今早|朝"
_NOON = r"中午|正午|晏昼|晌午|午间|午饭时间|午饭时|食晏时间|晏就|晏昼头"
_AFTER = r"下午|下昼|午后|后半昼|下半日|下晏"
_EVENING = r"半夜|三更半夜|深夜|傍晚|黄昏|晚上|夜晚|晚间|晚黑|夜间|夜里|夜晚黑|晚头|晚|夜|挨晚|收工后|放工后|下班后|下班之后|放工之后|收工之后"
_PART = rf"(?:{_MORNING}|{_NOON}|{_AFTER}|{_EVENING})"
_HOUR = r"(?:(?<![\d:])[0-2]?\d|二十[一二三四]?|十[一二]?|[一二三四五六七八九两](?![一二三四五六七八九]))"
_MINUTE = r"(?:半|一刻|三刻|[0-5]?\d分?|[一二三四五六七八九十]{1,3}分|[踏搭]?[一二三四五六七八九十两]{1,2}个字|[踏搭][正一二三四五六七八九十]{1,2}|零[一二三四五六七八九]分?|[一二三四五六七八九](?![个点楼号月日十来])|[二三四五]?十[一二三四五六七八九]?(?![个点楼号月日]))"
_CLOCK_ZH = rf"(?:{_HOUR})\s?(?:点钟|点正|点|时(?!间|候|常|不|有|无|段|左))(?:\s?{_MINUTE})?"
_CLOCK_24 = r"(?<![\d:.])[0-2]?\d[:：][0-5]\d(?![\d:]|\s?[ap]\.?m)"
_ANY_ZH = rf"(?:(?<![今明昨听琴寻尋前后当每成])(?P<part%s>{_PART})的?\s?)?(?P<clock%s>{_CLOCK_ZH}|{_CLOCK_24}|(?<![\d:：.-])[0-2]?\d(?=\s?(?:[-–~—至到]\s?[0-2]?\d\s?(?:点|时|[:：]))))"
_EDGE_ZH = r"(?P<edge>之前|以前|之后|以后|过后|前(?![面天台后])|后(?![天日来面续门台]))?(?![天日个])"
_RANGE_ZH = re.compile(rf"{_ANY_ZH % ('', '')}\s?(?:[-–~—至到]|同埋|同)\s?{_ANY_ZH % ('2', '2')}")
_ONE_ZH = re.compile(rf"{_ANY_ZH % ('', '')}{_EDGE_ZH}")
_PART_ZH = re.compile(rf"(?P<part>{_PART})(?P<edge>之前|以前|前|之后|以后|过后|后)?(?:头)?")
_NOT_PART = re.compile(
    r"(?:早上好|上午好|下午好|晚上好|早晨[!！,，。\s]*$|早晨(?:呀|啊|你)|中午好|晚安|朝鲜|朝阳|朝南|夜市|消夜|夜班|早安|午安|今晚|琴晚|昨晚|听晚|明晚|尋晚|寻晚|今早|今朝|听朝|成晚|整晚|一晚|晚了|晚点|晚咗|晚啲|夜咗|早一晚|通宵|晚饭|晚餐|朝晚|第日|晚年|半夜|太晚|好晚|好夜|很晚|太夜|夜啦|夜喇)"
)
_BEFORE_PART = re.compile(
    r"(?:[今昨明琴寻听尋后前每成整当通一两几半日]|好|太|很|咁|够|[子午]|[傍]|[挨]|做到|搞到|[到]天|愈|越|昼|[连]|[漏]|三更半)$"
)

_A_BIT = re.compile(r"一点(?![钟半正整左到至]|\s?[0-9])(?:(?<!^.)|(?=\S))(?<![日天晚午昼朝约三四五六二周]一点)")
# 这两天一点都不冷 is no one o'clock, though 明天一点 is and 明天一点都可以 too.
_NOT_A_BIT = re.compile(r"一点儿?(?:都|也)(?=\S{0,2}[不没无冇唔未])")
_MERIDIEM = r"(?:a\.?m\.?|p\.?m\.?|noon|o'?\s?clock(?:\s?(?:am|pm))?|ish)"
_EN_HOUR = r"(?:[0-2]?\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_IN_PART = r"(?:\s?(?:in the|at|this|of the)\s(?:morning|afternoon|evening|night|arvo))"
_CLOCK_EN = (
    rf"(?:(?:half(?:\spast)?|quarter\s(?:past|to)|(?:ten|twenty|five|\d\d?)\s(?:past|to))\s{_EN_HOUR}(?:\s?{_MERIDIEM})?{_IN_PART}?"
    rf"|(?<![\d:.])[0-2]?\d[:.h][0-5]\d(?:\s?{_MERIDIEM})?(?![\d:.]|\s?(?:kg|cm|gb)){_IN_PART}?"
    rf"|(?<![\d:.])(?:{_EN_HOUR})\s?{_MERIDIEM}(?![a-z0-9]){_IN_PART}?"
    rf"|(?<![\d:./-]){_EN_HOUR}{_IN_PART}"
    r"|noon|midday|midnight|lunch-?\s?time|12\snoon|tea\s?time|dinner\s?time)"
)
_BARE_EN = rf"(?<![\d:./$#-]){_EN_HOUR}(?![\d:/%a-z.-]*[\da-z]|\s?(?:days?|weeks?|years?|months?|times?|hours?|hrs?|minutes?|mins?|people|of|out|st|nd|rd|th|kg|inch|stars?|floors?|doors?|rooms?|other|more|units?|degrees|points|marks|visits?|calls?|repairs?|different|%|/))"
_EDGE_EN = r"(?:any\s?time\s)?(?:after|before|from|by|until|till|past|later than|no earlier than|not before|earlier than|at the earliest|since)"
_BEFORE_RANGE = re.compile(r"(?:at|come|around|about|time|,|^|slot|window|anytime|say)\s?$")
_LINK = r"\s?(?:-|–|—|to|till|until|and|~|or)\s?"
_RANGE_EN = re.compile(
    rf"(?<![a-z0-9])(?P<lead>between\s|from\s|btw\s)?(?P<one>{_CLOCK_EN}|{_BARE_EN}){_LINK}(?P<two>{_CLOCK_EN}|{_BARE_EN})(?![a-z])"
)
_ONE_EN = re.compile(
    rf"(?<![a-z0-9])(?:(?P<edge>(?:after|before|past|later than|no earlier than|not before|earlier than)\s)(?P<bare>{_CLOCK_EN}|{_BARE_EN}|work|school|lunch|office hours|dinner|class|closing)"
    rf"|(?P<one>{_CLOCK_EN}))(?P<tail>\s(?:onwards?|or later|or after|or earlier))?(?![a-z])"
)
_AT_EN = re.compile(
    rf"(?<![a-z0-9])(?:at|around|about|by|@|till|until|from|make it)\s?(?:about\s|around\s)?(?P<one>{_BARE_EN})(?P<tail>ish)?(?![a-z'])"
)
_PART_EN = re.compile(
    r"(?<![a-z0-9])(?P<early>(?:early|late|mid)[\s-]?)?(?P<part>mornings?|afternoons?|afternon|evenings?|arvo|nights?|night[\s-]?time|first thing(?: in the morning)?|(?:(?<=tomorrow )|(?<=day )|(?<=(?:mon|tue|wed|thu|fri|sat|sun|the) )|(?<=(?:tues|thur) )|(?<=thurs ))[ap]m|day ?time)(?![a-z])"
)
_NOT_EN = re.compile(
    r"(?:good|gd|g|nice|happy|great|lovely|last|all|over|that|the whole|half the|each|per|one|this|do)\s$"
)
_GREETING = re.compile(
    r"\W*(?:morning|evening|afternoon|night)\W*(?:all|there|team|everyone|then|guys)?\W*$|.*\b(?:night|evening) (?:news|service|shift|mode|then)|top of the morning"
)

_MAYBE = re.compile(
    r"\d|[点时午早晚夜昼晏朝凌清黄傍收放下]|[ap]\.?m\b|o'?clock|noon|day|night|morning|even|lunch|dinner|tea|arvo|first thing|after|before|half|quarter|at |by |between"
)
_PARTS = [(_MORNING, "morning"), (_NOON, "12:00"), (_AFTER, "afternoon"), (_EVENING, "evening")]
_VAGUE = {
    "work": "18:00",
    "school": "16:00",
    "lunch": "14:00",
    "office hours": "18:00",
    "dinner": "20:00",
    "class": "18:00",
    "closing": "21:00",
}


def find(text: str, *, expected: bool = False) -> Iterator[Found]:
    """Find times in a lower-case, simplified text; with `expected` a bare hour is one.

    >>> [one.value for one in find("下午三点")]
    ['15:00']
    >>> [one.value for one in find("after 6pm or between 9 and 11")]
    ['09:00-11:00', 'after 18:00']
    >>> [one.value for one in find("晚上七点以后")]
    ['after 19:00']
    """
    taken: list[tuple[int, int]] = []
    for found in _candidates(text, expected):
        if not any(found.start < end and found.end > start for start, end in taken):
            taken.append((found.start, found.end))
            yield found


def _candidates(text: str, expected: bool) -> Iterator[Found]:
    if not expected and not _MAYBE.search(text):
        return
    yield from _ranges(text)
    for match in _ONE_ZH.finditer(text):
        value = _han_clock(match["clock"], match["part"])
        edge = match["edge"]
        if not match["part"] and not edge and not expected and _is_a_bit(text, match.start()):
            continue
        yield _found(match.start(), match.end(), value, _edge(edge) if edge else "")
    for match in _ONE_EN.finditer(text):
        yield from _one_english(match)
    for match in _AT_EN.finditer(text):
        yield _found(match.start("one"), match.end(), _english_clock(match["one"]), "")
    yield from _parts(text, expected)
    bare = re.fullmatch(rf"\W*(?P<n>{_EN_HOUR}|{_HOUR})\W*", text) if expected else None
    if bare:
        hour = numbers.ENGLISH.get(bare["n"]) or numbers.chinese(bare["n"])
        yield _found(bare.start("n"), bare.end("n"), None if hour is None else _clock(_guess(hour, ""), 0), "")


def _is_a_bit(text: str, start: int) -> bool:
    """Tell 一点 the amount from 一点 the hour."""
    return _A_BIT.match(text, start) is not None or _NOT_A_BIT.match(text, start) is not None


def _ranges(text: str) -> Iterator[Found]:
    for match in _RANGE_ZH.finditer(text):
        second = _han_clock(match["clock2"], match["part2"] or match["part"])
        first = _han_clock(match["clock"], match["part"] or (match["part2"] if _late(match["part2"]) else None))
        if first and second and first > second:
            first = _han_clock(match["clock"], None) if match["part"] is None else first
            second = _han_clock(match["clock2"], None) if match["part2"] is None else second
        yield _found(match.start(), match.end(), f"{first}-{second}" if first and second else None, "")
    for match in _RANGE_EN.finditer(text):
        one, two = match["one"], match["two"]
        if (
            not match["lead"]
            and not re.search(r"[apm:]|noon|o'", two + one)
            and "-" not in match[0]
            and "to" not in match[0]
        ):
            continue
        if not match["lead"] and _is_bare(one) and _is_bare(two) and not _BEFORE_RANGE.search(text, 0, match.start()):
            continue
        half = re.search(r"[ap]\.?m|morning|afternoon|evening|night", two)
        second = _english_clock(two)
        first = _english_clock(one, half[0] if half and _is_bare(one) else "")
        if first and second and first > second and half:
            first = _english_clock(one, "am")
        start = match.start("one") if match["lead"] and match["lead"].startswith("from") else match.start()
        if first and second and first < second:
            yield _found(start, match.end(), f"{first}-{second}", "")


def _is_bare(text: str) -> bool:
    return re.fullmatch(_EN_HOUR, text) is not None


def _late(part: str | None) -> bool:
    return bool(part) and not re.fullmatch(_MORNING, part or "")


def _one_english(match: re.Match[str]) -> Iterator[Found]:
    words = match["bare"] or match["one"]
    edge = (match["edge"] or "").strip()
    value = _VAGUE.get(words) or _english_clock(words, edge)
    tail = match["tail"] or ""
    kind = (
        "before" if edge.endswith(("before", "earlier than")) and not edge.startswith("no") else "after" if edge else ""
    )
    kind = "after" if edge in ("not before", "no earlier than") else kind
    kind = kind or ("after" if "onward" in tail or "later" in tail or "after" in tail else "before" if tail else "")
    yield _found(match.start(), match.end(), value, kind)


def _parts(text: str, expected: bool) -> Iterator[Found]:
    for match in _PART_ZH.finditer(text):
        if _NOT_PART.match(text, match.start()) or (
            match["part"] in ("晚", "夜", "朝")
            and not re.match(r"[\s,.，。!！?？]|$", text[match.end() : match.end() + 1])
        ):
            continue
        if match["part"] in ("晚", "夜", "朝", "晚上", "夜晚") and _BEFORE_PART.search(text, 0, match.start()):
            continue
        if match["part"] in ("晚", "夜", "朝") and not re.search(r"[周期拜日六天\d]$", text[: match.start()]):
            continue
        value = next(value for source, value in _PARTS if re.fullmatch(source, match["part"]))
        if match["edge"]:
            hour = {"morning": "12:00", "afternoon": "18:00", "evening": "18:00"}.get(value, value)
            yield _found(match.start(), match.end(), hour, _edge(match["edge"]))
        else:
            yield Found(match.start(), match.end(), value)
    if _GREETING.match(text) and not expected:
        return
    for match in _PART_EN.finditer(text):
        if _NOT_EN.search(text, 0, match.start()):
            continue
        yield Found(match.start(), match.end(), _english_part(match["part"]))


def _english_part(word: str) -> str:
    if word.startswith(("morning", "am", "first")):
        return "morning"
    if word.startswith("day"):
        return "09:00-18:00"
    return "evening" if word.startswith(("evening", "night")) else "afternoon"


def _edge(word: str) -> str:
    return "before" if "前" in word else "after"


def _found(start: int, end: int, value: str | None, edge: str) -> Found:
    if value is None:
        return Found(start, end, None, REFUSED)
    return Found(start, end, f"{edge} {value}" if edge else value)


def _clock(hour: int | None, minute: int) -> str | None:
    return None if hour is None or hour > 24 or minute > 59 else f"{hour % 24:02d}:{minute:02d}"


def _guess(hour: int, part: str) -> int:
    """Put an hour into the right half of the day."""
    if hour > 12:
        return hour
    if part == "morning":
        return hour % 12 if hour == 12 else hour
    if part in ("afternoon", "evening", "12:00"):
        return hour if hour == 12 or (part == "12:00" and hour >= 11) else hour + 12
    late = 8 if part in ("after", "past") else 6
    return hour + 12 if 1 <= hour <= late else hour


def _han_clock(clock: str, part: str | None) -> str | None:
    half = next((value for source, value in _PARTS if part and re.fullmatch(source, part)), "")
    match = re.fullmatch(rf"({_HOUR})\s?(?:点钟|点正|点整|点|时|鐘|[:：])?\s?({_MINUTE}|[0-5]\d)?", clock)
    if match is None:
        return None
    hour = numbers.chinese(match[1])
    if half == "evening" and hour == 12:
        hour = 24
    return None if hour is None else _clock(_guess(hour, half), _han_minute(match[2] or ""))


def _han_minute(words: str) -> int:
    if not words:
        return 0
    fixed = {"半": 30, "一刻": 15, "三刻": 45}.get(words)
    if fixed is not None:
        return fixed
    count = numbers.chinese(words.lstrip("踏搭").removesuffix("个字").removesuffix("分").lstrip("零") or "0")
    if "字" in words or words[0] in "踏搭" or (len(words) == 1 and not words.isascii()):
        return 0 if "正" in words else (count or 0) * 5
    return count or 0


def _english_clock(words: str, part: str = "") -> str | None:
    half = _half(words) or (_half(part) if part not in ("after", "past", "before") else part)
    fixed = {"noon": "12:00", "midday": "12:00", "midnight": "00:00", "12 noon": "12:00"}.get(words)
    if fixed:
        return fixed
    if words.startswith("lunch"):
        return "12:00-14:00"
    if words.endswith("time"):
        return "19:00"
    minute, shift = 0, 0
    match = re.match(r"(half|quarter|ten|twenty|five|\d\d?)\s?(past|to)?\s", words)
    if match and (match[2] or match[1] == "half"):
        amount = {"half": 30, "quarter": 15}.get(match[1]) or numbers.ENGLISH.get(match[1]) or int(match[1])
        minute, shift = (60 - amount, -1) if match[2] == "to" else (amount, 0)
        words = words[match.end() :]
    number = re.match(rf"({_EN_HOUR})(?:[:.h]([0-5]\d))?", words)
    if number is None:
        return None
    hour = numbers.ENGLISH.get(number[1]) if number[1].isalpha() else int(number[1])
    if hour is None:
        return None
    minute = int(number[2]) if number[2] else minute
    hour = _guess(hour + shift if hour + shift else 12, half)
    return _clock(hour, minute)


def _half(words: str) -> str:
    if re.search(r"a\.?m\b|morning", words):
        return "morning"
    if re.search(r"p\.?m\b|afternoon|arvo", words):
        return "afternoon"
    return "evening" if re.search(r"evening|night", words) else ""
