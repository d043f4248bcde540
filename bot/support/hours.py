"""Time as the desk counts it: only while the company is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from bot.support.company import Company

_FARTHEST = 400  # days; a company that is closed for longer has no hours to count


def add_open_hours(company: Company, start: datetime, hours: float) -> datetime:
    """Give the moment at which `hours` opening hours have passed since `start`, in UTC.

    Started while the company is closed, the clock begins with the next opening. Raises ValueError for negative
    hours, and for a company that is never open.
    """
    if hours < 0:
        raise ValueError(f"hours to add cannot be negative: {hours}")
    left = timedelta(hours=hours)
    for opening, closing in _spans_from(company, start):
        begin = max(opening, start)
        if begin + left <= closing and (left or begin < closing):
            return (begin + left).astimezone(timezone.utc)
        left -= closing - begin
    raise ValueError("the company is not open for that long within a year")


def open_time_between(company: Company, start: datetime, end: datetime) -> timedelta:
    """Give the opening time between two moments; nothing when `end` is not after `start`."""
    total = timedelta()
    for opening, closing in _spans_from(company, start):
        if opening >= end:
            break
        total += min(closing, end) - max(opening, start)
    return max(total, timedelta())


def next_opening(company: Company, at: datetime) -> datetime:
    """Give `at` itself while the company is open, else the moment it opens next, in UTC."""
    return add_open_hours(company, at, 0)


def _spans_from(company: Company, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give the spans that have not ended at `start`, in order, as moments in UTC."""
    first = company.today(start)
    for ahead in range(_FARTHEST):
        day: date = first + timedelta(days=ahead)
        for opening, closing in company.spans(day):
            # Compared in UTC: moments of one zone would be compared by their wall clocks.
            begin, end = (datetime.combine(day, at, company.zone).astimezone(timezone.utc) for at in (opening, closing))
            if end > start:
                yield begin, end
