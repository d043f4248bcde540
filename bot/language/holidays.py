"""Holidays by the names that customers use, as days."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

_FIXED = {
    "元旦": (1, 1), "新历年": (1, 1), "new year's day": (1, 1), "new years day": (1, 1), "new year": (1, 1),
    "圣诞": (12, 25), "christmas": (12, 25), "xmas": (12, 25), "平安夜": (12, 24), "除夕夜": (0, 0),
    "boxing day": (12, 26), "国庆": (10, 1), "十一": (0, 0), "national day": (10, 1), "五一": (5, 1), "劳动节": (5, 1),
    "labour day": (5, 1), "labor day": (5, 1), "may day": (5, 1), "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12),
    "618": (6, 18), "情人节": (2, 14), "valentine": (2, 14), "妇女节": (3, 8), "儿童节": (6, 1), "六一": (6, 1),
    "回归": (7, 1), "教师节": (9, 10), "halloween": (10, 31), "万圣节": (10, 31), "双十": (10, 10), "愚人节": (4, 1),
}  # fmt: skip
_LUNAR = {
    "春节": (1, 1), "过年": (1, 1), "农历新年": (1, 1), "农历年": (1, 1), "新年": (1, 1), "旧历年": (1, 1), "大年初一": (1, 1), "年初一": (1, 1),
    "初一": (1, 1), "年初二": (1, 2), "年初三": (1, 3), "年初四": (1, 4), "年初五": (1, 5), "年初六": (1, 6), "年初七": (1, 7),
    "年初八": (1, 8), "大年初二": (1, 2), "大年初三": (1, 3), "大年初五": (1, 5), "大年初七": (1, 7), "大年初八": (1, 8), "初八": (1, 8),
    "chinese new year": (1, 1), "lunar new year": (1, 1), "cny": (1, 1), "spring festival": (1, 1), "年三十": (1, 0), "年三十晚": (1, 0),
    "除夕": (1, 0), "年廿九": (1, -1), "年廿八": (1, -2), "大年三十": (1, 0), "cny eve": (1, 0), "元宵": (1, 15), "端午": (5, 5), "端午节": (5, 5), "龙舟节": (5, 5),
    "dragon boat festival": (5, 5), "dragon boat": (5, 5), "七夕": (7, 7), "中秋": (8, 15), "中秋节": (8, 15), "mid-autumn": (8, 15), "mid autumn": (8, 15),
    "mid-autumn festival": (8, 15), "mid autumn festival": (8, 15), "重阳": (9, 9), "重阳节": (9, 9), "chung yeung": (9, 9), "盂兰节": (7, 14),
    "冬至": (0, 0), "做冬": (0, 0),
}  # fmt: skip
_OTHER = {
    "清明": "qingming",
    "清明节": "qingming",
    "ching ming": "qingming",
    "qingming": "qingming",
    "复活节": "easter",
    "easter": "easter",
    "good friday": "good_friday",
}
_TAILS = ("节", "假期", "黄金周", "长假", "当天", "当日", " holiday", " holidays", " eve", "前后")

NAMES = sorted(
    {*(k for k, v in (_FIXED | _LUNAR).items() if v != (0, 0)), *_OTHER, "冬至", "做冬"}, key=len, reverse=True
)
SOURCE = (
    "(?:"
    + "|".join(rf"(?<![a-z0-9]){name}(?![a-z0-9])" if name.isascii() else name for name in NAMES)
    + ")(?:节|前夕|日|连假|假期|长假|黄金周| day(?! and)|(?<=christmas) eve|(?<=year) eve|(?<=year)'s eve)?"
)
"""The source of a regular expression over their names."""


def day(name: str, today: date, *, back: bool = False, year: int | None = None) -> str | None:
    """Give the coming day of this holiday (or with `back` the last, or that of a year).

    >>> day("中秋", date(2026, 11, 22)), day("christmas", date(2026, 11, 22), back=True)
    ('2027-09-15', '2025-12-25')
    """
    if year is not None:
        found = _in_year(name, year)
        return found.isoformat() if found else None
    days = [_in_year(name, today.year + shift) for shift in (-1, 0, 1, 2)]
    known = [one for one in days if one]
    if back:
        return max((one for one in known if one <= today), default=known[0]).isoformat() if known else None
    return min((one for one in known if one >= today), default=known[-1]).isoformat() if known else None


def _in_year(name: str, year: int) -> date | None:
    eve = name.endswith((" eve", "前夕"))
    name = re.sub(r"(?:日|连假|假期|长假|黄金周| day)$", "", name) if name not in _FIXED else name
    base = name.removesuffix("'s eve").removesuffix(" eve").removesuffix("前夕")
    for known in (base, base.removesuffix("节")):
        found = _plain(known, year + (1 if eve and known == "new year" else 0))
        if found:
            return date.fromordinal(found.toordinal() - 1) if eve else found
    return None


def _plain(name: str, year: int) -> date | None:
    if name in _LUNAR and _LUNAR[name] != (0, 0):
        month, number = _LUNAR[name]
        return _lunar(year, month, number)
    if name in _FIXED and _FIXED[name] != (0, 0):
        return date(year, *_FIXED[name])
    if name in ("冬至", "做冬"):
        return date(year, 12, 22 if year % 4 == 3 else 21)
    kind = _OTHER.get(name)
    if kind == "qingming":
        return date(year, 4, 4 if year % 4 in (0, 1) else 5)
    return _easter(year, -2 if kind == "good_friday" else 0) if kind else None


@cache
def _lunar(year: int, month: int, number: int) -> date | None:
    from holidays.calendars.chinese import _ChineseLunisolar  # noqa: PLC0415 a table of 200 years, only when asked

    first = _first_of(_ChineseLunisolar(), year, month)
    return date.fromordinal(first.toordinal() + number - 1) if first else None


def _first_of(calendar: object, year: int, month: int) -> date | None:
    if month == 1:
        found = calendar.lunar_new_year_date(year)[0]  # type: ignore[attr-defined]
        return found if isinstance(found, date) else None
    anchors = {5: ("dragon_boat_date", 5), 8: ("mid_autumn_date", 15), 9: ("double_ninth_date", 9)}
    if month not in anchors:
        return None
    name, number = anchors[month]
    found = getattr(calendar, name)(year)[0]
    return date.fromordinal(found.toordinal() - number + 1) if isinstance(found, date) else None


def _easter(year: int, shift: int) -> date:
    """Easter by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, number = divmod(h + rest - 7 * m + 114, 31)
    return date.fromordinal(date(year, month, number + 1).toordinal() + shift)
