"""Values made fit to be spoken."""

from __future__ import annotations

from datetime import date

import phonenumbers

NOT_GIVEN = {"en": "(not given)", "zh": "（未提供）", "yue": "（冇講）"}


def spoken_phone(e164: str) -> str:
    """Write a phone number the way people read it.

    >>> spoken_phone("+85291234567")
    '+852 9123 4567'
    """
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def is_day(value: str) -> bool:
    """Tell whether a value names one day, and not a week or a month.

    >>> is_day("2026-11-24"), is_day("2026-W48")
    (True, False)
    """
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
