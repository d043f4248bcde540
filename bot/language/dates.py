"""Days, weeks, months, years and holidays that answer "when", absolute or relative to now.

Values: a day "2026-11-25", a week "2026-W48", a month "2026-12", a year "2026", a weekend
"2026-11-28/2026-11-29". A day that cannot be is refused: "no such day".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.language import holidays, numbers
from bot.language.found import Found

REFUSED = "no such day"
ZONE = ZoneInfo("Asia/Hong_Kong")

_N = rf"(?:\d{{1,2}}|[{numbers.HAN}]{{1,3}})"
_YEAR = r"(?:(?:19|20)\d\d|二[〇零]?[〇零一二三四五六七八九]{2,3})"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:january|february|febuary|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-z])"
)
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAY = (
    r"(?:mondays?|tuesdays?|wednesdays?|wednesday|wensday|thursdays?|thurday|fridays?|saturdays?|sundays?|"
    r"mon|tues?|weds?|thurs?|thu|fri|sat|sun)(?![a-z])"
)
_HAN_WEEK = r"(?:周|星期|礼拜|拜)"
_HAN_DAY = "一二三四五六日天"
_ORD = r"(?:\d{1,2}(?:st|nd|rd|th)|" + "|".join(sorted(numbers.ORDINAL, key=len, reverse=True)) + ")"
_AGO = r"(?:\d{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|a couple of|couple of)"
_RELATIVE = {
    "大前天": -3, "大前日": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1,
    "琴日": -1, "寻日": -1, "尋日": -1, "噚日": -1, "擒日": -1, "琴晚": -1, "寻晚": -1, "尋晚": -1, "噚晚": -1, "昨": -1,
    "今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今朝": 0, "今晨": 0, "今夜": 0, "今晚夜": 0, "今午": 0, "今儿": 0,
     "今晩": 0, "宜家今日": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明朝": 1, "明儿": 1, "听日": 1, "聽日": 1, "听朝": 1, "听晚": 1, "听晨": 1, "昨儿": -1,
    "天光": 1, "后天": 2, "后日": 2, "后晚": 2, "后朝": 2, "大后天": 3, "大后日": 3, "大后朝": 3,
}  # fmt: skip
_RELATIVE_EN = {
    "today": 0, "2day": 0, "tonight": 0, "tonite": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "this arvo": 0, "tomorrow": 1, "tommorow": 1, "tomorow": 1, "tommorrow": 1, "tomorrow night": 1, "tmr": 1,
    "tmrw": 1, "tmw": 1, "tomoro": 1, "2moro": 1, "2morrow": 1, "yesterday": -1, "yday": -1, "last night": -1,
    "ystd": -1, "day after tomorrow": 2, "the day after tomorrow": 2, "day after tmr": 2,
    "day before yesterday": -2, "the day before yesterday": -2, "the day after tmr": 2, "day after tomorow": 2,
}  # fmt: skip
_PAST = re.compile(
    r"(?:since|bought(?: it)?|purchased?|purchased it|started|installed|got it|delivered|happened|reported|from)\s(?:on |in |it |last |at |back |during |this )*$|(?:自从|由|从|买于|装于)$"
)
_PAST_AFTER = re.compile(
    r"\s?(?:那天|嗰日|嗰天)?(?:买|购买|装|开始|先买|坏|就|报|修|来过|嚟过|维修|起|购入|购|收到|下的单|落单|送嚟|送来|送到)"
)
_IN_MAY = re.compile(r"(?:\bin|of|since|last|next|not|by|until|this|from|for|early|late|mid)\s$")
_GREETING = re.compile(r"\s?(?:节)?(?:快乐|快樂|好|吉祥|大吉|进步|愉快|安康)")
_WISH = re.compile(r"(?:merry|happy|恭喜发财)[\s,]*$")
_UNENGLISH = frozenset({"mon", "sat", "sun", "jan", "mar", "dec", "may", "jun"})
_PREFIX = {
    "上上": -2,
    "上": -1,
    "过去": -1,
    "前": -1,
    "这": 0,
    "呢": 0,
    "今": 0,
    "本": 0,
    "当": 0,
    "下": 1,
    "下下": 2,
    "再下": 2,
    "来": 1,
}
_PRE = r"(?P<pre>上上|下下|再下|上|下|这|呢|今|(?<!原)本|来)(?:一|1)?(?:个)?"

_Maker = Callable[["re.Match[str]", date, bool], "str | None"]


def find(
    text: str, now: datetime, *, expected: bool = False, month_first: bool = False, english: bool = True
) -> Iterator[Found]:
    """Find dates in a lower-case, simplified text; with `expected` also bare ones such as "the 3rd", "15".

    >>> now = datetime(2026, 11, 22, 12, tzinfo=ZONE)
    >>> [one.value for one in find("听日 or next wed, not 25/12", now)]
    ['2026-11-23', '2026-12-02', '2026-12-25']
    >>> [one.value for one in find("下个礼拜三,下个月,2月30号", now)], list(find("2月30号", now))[0].refused
    (['2026-11-25', '2026-12', None], 'no such day')
    """
    today = now.astimezone(ZONE).date()
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    han, latin = not text.isascii(), _LATIN.search(text) is not None
    for pattern, maker in _rules(expected, month_first):
        if (pattern in _HAN_RULES and not han) or (pattern in _LATIN_RULES and not latin):
            continue
        for match in pattern.finditer(text):
            start, end = match.span("it") if "it" in pattern.groupindex else match.span()
            if any(start < stop and end > begin for begin, stop in taken):
                continue
            past = _PAST.search(text, 0, start) is not None or _PAST_AFTER.match(text, end) is not None
            value = maker(match, today, past)
            if value == "" or (not english and match[0] in _UNENGLISH):
                continue
            if _GREETING.match(text, end) or _WISH.search(text, 0, start):
                continue
            taken.append((start, end))
            found.append(Found(start, end, value, None if value else REFUSED))
    yield from sorted(found)


def _rules(expected: bool, month_first: bool) -> Iterator[tuple[re.Pattern[str], _Maker]]:
    yield from _RULES
    yield (_SLASHED, _slashed_month_first if month_first else _slashed)
    if expected:
        yield from _EXPECTED


def day(year: int, month: int, number: int) -> str | None:
    """Give an ISO day, or None for one that cannot be.

    >>> day(2026, 2, 28), day(2026, 2, 30)
    ('2026-02-28', None)
    """
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def _number(text: str) -> int:
    if text in numbers.ORDINAL:
        return numbers.ORDINAL[text]
    return numbers.chinese(re.sub(r"(?:st|nd|rd|th)$", "", text)) or 0


def _near(month: int, number: int, today: date, past: bool) -> str | None:
    """Give the next such day, or the last one when the words look back."""
    year = today.year
    value = day(year, month, number) or day(year + 1, month, number) if month == 2 else day(year, month, number)
    if value is None:
        return None
    if past and value > today.isoformat():
        year -= 1
    elif not past and value < (today - timedelta(days=30)).isoformat():
        year += 1
    return day(year, month, number)


def _full(match: re.Match[str], today: date, past: bool) -> str | None:
    year = match["y"]
    number = _year(year, today) if year else None
    month = _number(match["m"])
    if not match["d"]:
        if not 1 <= month <= 12:
            return None
        if number is None:
            number = _month_year(month, today, past)
        return f"{number}-{month:02d}"
    if number is not None:
        return day(number, month, _number(match["d"]))
    return _near(month, _number(match["d"]), today, past)


def _month_year(month: int, today: date, past: bool) -> int:
    if past:
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month else today.year + 1


_YEARS = {"今年": 0, "去年": -1, "旧年": -1, "前年": -2, "大前年": -3, "明年": 1, "出年": 1, "后年": 2, "上年": -1}


def _year(text: str, today: date) -> int:
    if text in _YEARS:
        return today.year + _YEARS[text]
    digits = numbers.chinese(re.sub(r"\s?年$", "", text)) or 0
    return digits + 2000 if digits < 100 else digits


def _year_only(match: re.Match[str], today: date, past: bool) -> str | None:
    value = _year(match["y"], today)
    return str(value) if 1980 <= value <= today.year + 5 else ""


def _of_month(match: re.Match[str], today: date, past: bool) -> str | None:
    """Read a day without month: the next one, or with a word for the month that one's."""
    number = _number(match["d"])
    shift = _PREFIX.get(match.groupdict().get("pre") or "") if match.groupdict().get("pre") else None
    if not 1 <= number <= 31:
        return None
    if shift is None:
        shift = 0
        if not past and number < today.day:
            shift = 1
        elif past and number > today.day:
            shift = -1
    for step in range(shift, shift + 3):
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        value = day(year, month + 1, number)
        if value or match.groupdict().get("pre"):
            return value
    return None


def _relative(match: re.Match[str], today: date, past: bool) -> str:
    return (today + timedelta(days=_RELATIVE[match[0]])).isoformat()


def _relative_en(match: re.Match[str], today: date, past: bool) -> str:
    return (today + timedelta(days=_RELATIVE_EN[re.sub(r"\s+", " ", match[0])])).isoformat()


def _in_days(match: re.Match[str], today: date, past: bool) -> str:
    count = numbers.chinese(match["n"]) if match["n"] not in numbers.ENGLISH else numbers.ENGLISH[match["n"]]
    sign = -1 if match["way"] in ("前", "之前", "以前", "ago") else 1
    unit = match["unit"]
    return _shifted(today, sign * (count or {"a": 1, "an": 1}.get(match["n"], 2)), unit)


def _shifted(today: date, count: int, unit: str) -> str:
    if unit[0] in "天日d":
        return (today + timedelta(days=count)).isoformat()
    if unit.startswith(("星期", "礼拜", "周", "w", "个星期", "个礼拜")):
        return _week(today + timedelta(weeks=count))
    if unit[0] in "年y":
        return str(today.year + count)
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return f"{year}-{month + 1:02d}"


def _week(some: date) -> str:
    year, week, _ = some.isocalendar()
    return f"{year}-W{week:02d}"


def _han_weekday(match: re.Match[str], today: date, past: bool) -> str:
    index = min(_HAN_DAY.index(match["w"]), 6) if match["w"] in _HAN_DAY else int(match["w"]) - 1
    monday = today - timedelta(days=today.weekday())
    pre = match["pre"]
    if pre:
        return (monday + timedelta(weeks=_PREFIX[pre], days=index)).isoformat()
    return _coming(index, today, past)


def _coming(index: int, today: date, past: bool) -> str:
    ahead = (index - today.weekday()) % 7
    return (today + timedelta(days=ahead - 7 if past and ahead else ahead)).isoformat()


def _en_weekday(match: re.Match[str], today: date, past: bool) -> str:
    index = _WEEKDAYS.index(match["w"][:3].replace("wen", "wed"))
    pre = re.sub(r"\s+", " ", (match["pre"] or "").strip())
    monday = today - timedelta(days=today.weekday())
    if pre in ("next", "nxt"):
        coming = date.fromisoformat(_coming(index, today, False))
        coming += timedelta(weeks=0 if coming >= monday + timedelta(weeks=1) and today.weekday() != 6 else 1)
        return (coming if coming > today else coming + timedelta(weeks=1)).isoformat()
    if pre in ("last", "past"):
        behind = (today.weekday() - index) % 7 or 7
        return (today - timedelta(days=behind)).isoformat()
    if match["next"]:
        return (monday + timedelta(weeks=1 if "next" in match["next"] else 0, days=index)).isoformat()
    return _coming(index, today, past)


def _weeks(match: re.Match[str], today: date, past: bool) -> str:
    shift = (
        _PREFIX[match["pre"]]
        if match["pre"] in _PREFIX
        else {"next": 1, "this": 0, "last": -1, "coming": 1}[match["pre"]]
    )
    return _week(today + timedelta(weeks=shift))


def _weekend(match: re.Match[str], today: date, past: bool) -> str:
    pre = match["pre"] or ""
    shift = _PREFIX.get(pre, {"next": 1, "last": -1}.get(pre, 0))
    saturday = today - timedelta(days=today.weekday()) + timedelta(days=5, weeks=shift)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def _months(match: re.Match[str], today: date, past: bool) -> str:
    shift = _PREFIX[match["pre"]] if match["pre"] in _PREFIX else {"next": 1, "this": 0, "last": -1}[match["pre"]]
    return _shifted(today, shift, "月")


def _years(match: re.Match[str], today: date, past: bool) -> str:
    return str(today.year + {"next": 1, "this": 0, "last": -1}[match["pre"]])


def _month_part(match: re.Match[str], today: date, past: bool) -> str:
    base = _PREFIX.get(match["pre"] or "", 0)
    month = _number(match["m"]) if match["m"] else 0
    return f"{_month_year(month, today, past)}-{month:02d}" if month else _shifted(today, base, "月")


def _english(match: re.Match[str], today: date, past: bool) -> str | None:
    month = _MONTHS.index(match["m"][:3]) + 1
    number = _number(match["d"]) if match["d"] else None
    year = int(match["y"]) if match["y"] else None
    if number is None:
        if (
            match["m"] == "may"
            and year is None
            and match["pre"] is None
            and not _IN_MAY.search(match.string, 0, match.start())
        ):
            return ""
        if match["pre"] == "last":
            return f"{_month_year(month, today, True)}-{month:02d}"
        return f"{year or _month_year(month, today, past)}-{month:02d}"
    return day(year, month, number) if year else _near(month, number, today, past)


def _iso(match: re.Match[str], today: date, past: bool) -> str | None:
    return (
        day(int(match["y"]), int(match["m"]), int(match["d"])) if match["d"] else f"{match['y']}-{int(match['m']):02d}"
    )


def _reversed(match: re.Match[str], today: date, past: bool) -> str | None:
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    first, second = int(match["a"]), int(match["b"])
    return day(year, second, first) or day(year, first, second)


def _slashed(match: re.Match[str], today: date, past: bool, *, month_first: bool = False) -> str | None:
    first, second = int(match["a"]), int(match["b"])
    order = [(first, second), (second, first)] if month_first else [(second, first), (first, second)]
    for month, number in order:
        value = _near(month, number, today, past)
        if value:
            return value
    return None


def _slashed_month_first(match: re.Match[str], today: date, past: bool) -> str | None:
    return _slashed(match, today, past, month_first=True)


def _holiday(match: re.Match[str], today: date, past: bool) -> str | None:
    pre = match["pre"] or ""
    year = _year(pre, today) if pre in _YEARS or pre[:1].isdigit() else None
    return holidays.day(match["h"], today, back=past or pre.startswith(("last", "上")), year=year)


_LATIN = re.compile("[a-z0-9]")
_SLASHED = re.compile(
    r"(?<![\d/.\-a-z])(?P<a>[0-3]?\d)(?:/|(?<=\d)-(?=\d{1,2}号)|\.(?=\d\d?号))(?P<b>(?!(?<=[0-5]/)5(?!\d))(?!(?<=24/)7)(?!(?<=10/)10)[0-3]?\d)(?:号|日)?(?![\d/\-f]|\.\d|\s?(?:stars?|out))"
)
_RULES: list[tuple[re.Pattern[str], _Maker]] = [
    (re.compile(r"(?<![\d-])(?P<y>20\d\d|19\d\d)[-/.](?P<m>[01]?\d)(?:[-/.](?P<d>[0-3]?\d))?(?![\d-])"), _iso),
    (re.compile(r"(?<![\d/-])(?P<a>[0-3]?\d)[-/.](?P<b>[0-3]?\d)[-/.](?P<y>20\d\d|\d\d)(?![\d/-])"), _reversed),
    (re.compile(rf"(?:(?P<y>{_YEAR}\s?年|\d\d年|今年|去年|旧年|前年|明年|出年|上年|大前年)的?\s?)?(?P<m>{_N})\s?月(?:份)?的?\s?(?P<d>{_N})\s?(?:号|日|號|(?![天个年月点时台\d]))"), _full),
    (re.compile(rf"(?P<y>{_YEAR}\s?年|\d\d年|今年|去年|旧年|前年|明年|出年|上年|大前年)的?\s?(?P<m>{_N})\s?月(?:份)?(?P<d>)"), _full),
    (re.compile(rf"(?:(?P<pre>今年|去年|旧年|前年|明年|出年|上年|(?:19|20)\d\d年|上个|last\s|this\s|next\s|上次)的?)?(?P<h>{holidays.SOURCE})"), _holiday),
    (re.compile(rf"(?P<pre>上|下|这|呢|今|本)(?:个|一个)?月的?\s?(?P<d>{_N})\s?(?:号|日|號)"), _of_month),
    (re.compile(rf"(?P<pre>(?!))?(?<![\d一二三四五六七八九十])(?P<m>{_N})\s?月(?:份)?(?:底|初|中|尾|头|中旬|上旬|下旬)?(?![\d一二三四五六七八九十])"), _month_part),
    (re.compile(r"(?P<pre>上|下|这|呢|今|本)?(?:个|一个)?(?P<m>(?!))?月(?:底|初|中旬|上旬|下旬|头(?!像)|尾)"), _month_part),
    (re.compile("|".join(sorted(_RELATIVE, key=len, reverse=True)).replace("|昨|", "|昨(?=[\\s,，])|")), _relative),
    (re.compile(rf"(?:{_PRE})?{_HAN_WEEK}(?P<w>[{_HAN_DAY}]|[1-6](?!\d|个|次|天|年))(?!月|家|起码|样|齐)"), _han_weekday),
    (re.compile(r"(?:(?P<pre>上上|下下|上|下|这|呢|今|本)(?:一|1)?(?:个)?)?(?:周末|星期末|礼拜尾|週末|星期六日|周六日)"), _weekend),
    (re.compile(rf"{_PRE}(?:周|星期|礼拜)(?![一二三四五六日天末])"), _weeks),
    (re.compile(rf"{_PRE}月(?![底初中头尾\d])"), _months),
    (re.compile(rf"(?<![\d一二三四五六七八九十.])(?P<n>\d{{1,2}}|[{numbers.HAN}]{{1,2}})\s?(?P<unit>天|日|个?星期|个?礼拜|周|个月)(?P<way>之前|以前|前|之后|以后|后)(?![面天门])"), _in_days),
    (re.compile(rf"(?<![\d.:a-z第楼座栋一二三四五六七八九十])(?P<d>{_N})\s?(?:号|號)(?![楼线店院栋座铺室机码房门馆地段仓柜风波\d]|字)"), _of_month),
    (re.compile(rf"(?<!\d)(?P<y>{_YEAR}\s?年|今年|去年|旧年|前年|大前年|明年|出年|上年)(?!级|\d|[前后]|见|吉祥|快乐)"), _year_only),
    (re.compile("(?<![a-z])(?:" + "|".join(sorted((w.replace(" ", r"\s+") for w in _RELATIVE_EN), key=len, reverse=True)) + ")(?![a-z])"), _relative_en),
    (re.compile(rf"(?<![a-z0-9.])(?P<pre>(?!))?(?P<d>{_ORD}|[0-3]?\d)(?:\sof)?\s?(?P<m>{_MONTH})(?:,?\s?(?P<y>20\d\d))?"), _english),
    (re.compile(rf"(?<![a-z])(?P<pre>(?!))?(?P<m>{_MONTH})\s?(?:the\s)?(?P<d>{_ORD}|[0-3]?\d(?![\d:]|\s?(?:am|pm|days|stars)))(?:,?\s?(?P<y>20\d\d))?(?![a-z])"), _english),
    (re.compile(rf"(?<![a-z])(?:(?P<pre>last|next|this|late|early|mid)[\s-])?(?P<d>(?!))?(?P<m>{_MONTH})(?:,?\s?(?P<y>20\d\d))?"), _english),
    (re.compile(rf"(?<![a-z])(?:(?P<pre>next|nxt|this coming|this|coming|last|past)\s)?(?P<w>{_WEEKDAY})(?P<next>\s(?:next|this)\sweek)?"), _en_weekday),
    (re.compile(r"(?<![a-z])(?:the\s)?(?P<it>(?:(?P<pre>next|this|coming|last)\s)?week-?ends?)(?![a-z])"), _weekend),
    (re.compile(r"(?<![a-z])(?P<pre>next|this|last|coming)\sweek(?![a-z])"), _weeks),
    (re.compile(r"(?<![a-z])(?P<pre>next|this|last)\smonth(?![a-z])"), _months),
    (re.compile(r"(?<![a-z])(?P<pre>next|this|last)\syear(?![a-z])"), _years),
    (re.compile(rf"(?<![a-z0-9])(?P<n>{_AGO})\s(?P<unit>day|week|month|year)s?\s(?P<way>ago)(?![a-z])"), _in_days),
    (re.compile(r"(?<![a-z])(?:on\s)?the\s(?P<it>(?P<d>\d{1,2}(?:st|nd|rd|th)))(?!\s?(?:floor|time|flr|one|street|ave|\d)|[a-z])"), _of_month),
    (re.compile(r"(?<![a-z0-9])(?P<d>(?:[4-9]|1\d|2\d|3[01]|[123])(?:st|nd|rd|th))(?!\s?(?:floor|time|flr|one|street|ave|visit|call|repair|attempt|generation|gen|failure|week)|[a-z])"), _of_month),
    (re.compile(r"(?:in|since|from|bought|purchased|around|it was|not|是|在|买于|year|year is)\s(?P<it>(?P<y>(?:199|20[0-3])\d))(?![\d:年./-])"), _year_only),
    (re.compile(r"(?:for|till|until|系|hai|dou|到|over|early|late)\s?(?P<it>(?P<y>20[12]\d))(?![\d:年./-]|\s?\d)"), _year_only),
    (re.compile(r"(?<![\d/.+-])(?P<it>(?P<y>20[012]\d))(?=\s?(?:maai|买|年|or (?:so|earlier)))"), _year_only),
]  # fmt: skip
_EXPECTED: list[tuple[re.Pattern[str], _Maker]] = [
    (re.compile(r"(?<!\d)(?P<a>[0-3]?\d)[/-](?P<b>[0-3]?\d)(?!\d)"), _slashed),
    (
        re.compile(rf"^\W*(?:the\s)?(?P<it>(?P<d>\d{{1,2}}|[{numbers.HAN}]{{1,3}})(?:st|nd|rd|th)?\s?(?:日)?)\W*$"),
        _of_month,
    ),
    (re.compile(r"^\W*(?P<it>(?P<y>(?:19|20)\d\d))\W*$"), _year_only),
    (re.compile(r"^\W*(?P<it>(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d))\W*$"), _iso),
]
_EITHER = frozenset({_RULES[0][0], _RULES[1][0], _RULES[4][0]})
"""Written out, reversed and holidays: in any script."""
_LATIN_RULES = frozenset(pattern for pattern, _ in _RULES if not re.search("[年月周日天号]", pattern.pattern))
_HAN_RULES = frozenset(pattern for pattern, _ in _RULES) - _EITHER - _LATIN_RULES
