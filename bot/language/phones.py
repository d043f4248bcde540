"""Telephone numbers in any usual form, as E.164."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.language import numbers
from bot.language.found import Found

REFUSED = "not a telephone number"

_GROUP = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\s\-–—.·/()]{1,3}")
_HONG_KONG = 852
_NEW_MOBILE = re.compile(r"(?!999)[4-9]\d{7}")
_LEAD = re.compile(r"(?:\+\s?|\(\+?|00(?=\d))$")
_CUE = re.compile(
    r"(?:phone|tel|telephone|mobile|whats ?app|call|ring|number is|contact|cell|电话|手机|号码|打|座机|联系|din ?wa|"
    r"sau ?gei|dian ?hua|shou ?ji|微信)[^\d+]{0,14}\+?\(?$"
)
_MACAU = re.compile(r"澳门|macau|macao|氹仔|ou3? ?mun4?|oumun")
_FIXED_CODES = {"86", "852", "853"}


def find(text: str, *, expected: bool = False) -> Iterator[Found]:
    """Find telephone numbers in a lower-case, NFKC text; with `expected`, anything that tries to be one.

    >>> list(find("call 9123 4567 or +86 138-0013-8000"))[1].value
    '+8613800138000'
    >>> [one.value for one in find("佢打 luk6 saam1 yat1 ji6 sei3 ng5 luk6 cat1 la")]
    ['+85263124567']
    >>> [one.refused for one in find("phone: 12345")]
    ['not a telephone number']
    """
    macau = _MACAU.search(text) is not None
    taken = 0
    for start, end, digits, plus in _runs(text):
        if start < taken:
            continue
        value = e164(digits, plus=plus, macau=macau)
        if value:
            yield Found(start, end, value)
            taken = end
        elif len(digits) >= 5 and (expected or _CUE.search(text, 0, start)) and not _longer(text, start, end):
            yield Found(start, end, None, REFUSED)
            taken = end
    for run in numbers.spoken(text, least=7):
        value = e164(run.digits, plus=False, macau=macau)
        if value or expected:
            yield Found(run.start, run.end, value, None if value else REFUSED)


def _longer(text: str, start: int, end: int) -> bool:
    """Tell whether the digits belong to a bigger thing: a code with letters, a date, a price."""
    return bool(re.match(r"[a-z%]|[-/][a-z0-9]|\s?(?:元|蚊|块|度)", text[end : end + 3])) or text[
        max(0, start - 1) : start
    ] in ("$", "¥", "-", "#")


def _runs(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Give groups of digits that could be one number, the longest likely joining first."""
    groups = list(_GROUP.finditer(text))
    at = 0
    while at < len(groups):
        first = groups[at]
        if first.start() and text[first.start() - 1].isascii() and text[first.start() - 1].isalnum():
            at += 1
            continue
        last = at
        while last + 1 < len(groups) and _BETWEEN.fullmatch(text, groups[last].end(), groups[last + 1].start()):
            last += 1
        for stop in range(min(last, at + 6), at - 1, -1):
            found = _joined(text, groups[at : stop + 1])
            if found:
                yield found
                if e164(found[2], plus=found[3]):
                    at = stop
                    break
        at += 1


def _joined(text: str, groups: list[re.Match[str]]) -> tuple[int, int, str, bool] | None:
    digits = "".join(group[0] for group in groups)
    if not 5 <= len(digits) <= 16:
        return None
    start, end = groups[0].start(), groups[-1].end()
    if end < len(text) and text[end].isascii() and text[end].isalpha() and not text[end:].startswith(("pm", "am")):
        return None
    lead = _LEAD.search(text, max(0, start - 2), start)
    plus = bool(lead) and "+" in lead[0] if lead else False
    start = lead.start() if lead and ("+" in lead[0] or ")" in text[start:end]) else start
    if digits.startswith("00") and len(digits) > 11:
        digits, plus = digits[2:], True
    return start, end, digits, plus


def e164(digits: str, *, plus: bool, macau: bool = False) -> str | None:
    """Give the number as E.164, or None when no such number can exist.

    >>> e164("13800138000", plus=False), e164("91234567", plus=False), e164("66123456", plus=False, macau=True)
    ('+8613800138000', '+85291234567', '+85366123456')
    """
    for region, number in _guesses(digits, plus=plus, macau=macau):
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(parsed) and (region is None or _exists(parsed)):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return None


def _exists(number: phonenumbers.PhoneNumber) -> bool:
    """Tell whether somebody may have a number; Hong Kong gives out new mobile ranges faster than any list is renewed."""
    if number.country_code == _HONG_KONG and _NEW_MOBILE.fullmatch(str(number.national_number)):
        return True
    return bool(phonenumbers.is_valid_number(number))


def _guesses(digits: str, *, plus: bool, macau: bool) -> Iterator[tuple[str | None, str]]:
    """Guess the country by shape: 11 digits from 1 are mainland, 8 digits Hong Kong or, where said, Macau."""
    if plus:
        yield None, f"+{digits}"
        return
    if len(digits) == 8:
        if macau:
            yield "MO", digits
        if digits[0] in "2356789":
            yield "HK", digits
        yield "MO", digits
    elif len(digits) == 11 and digits[0] == "1":
        yield "CN", digits
    elif digits[0] == "0" and digits[:2] == "09" and len(digits) == 10:
        yield "TW", digits
    elif digits[0] == "0" and 10 <= len(digits) <= 12:
        yield "CN", digits
    if len(digits) in (11, 13) and digits[:3] in ("852", "853"):
        yield "HK", f"+{digits}"
    if len(digits) in (12, 13) and digits[:2] == "86":
        yield "CN", f"+{digits}"
