"""Places in the windows of days: how many are free, and taking one so that it is never taken twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import visit_windows
from bot.storage.writing import insert_once
from bot.support.company import Company
from bot.support.visit_refusals import OfferedDay

Key = tuple[str, date, str]  # area, day, window


def offer_days(
    session: Session, company: Company, district: str | None, after: date, count: int
) -> tuple[OfferedDay, ...]:
    """Give the next `count` days after `after` with a free place, each with its free windows."""
    area = company.visit_area(district)
    last = after + timedelta(days=company.facts["visits"]["days_ahead"])
    taken = _taken(session, area, after, last)
    offered: list[OfferedDay] = []
    for ahead in range(1, (last - after).days + 1):
        day = after + timedelta(days=ahead)
        windows = tuple(
            window
            for window in company.visit_windows(day, district)
            if taken.get((day, window), 0) < company.visit_capacity(area, window)
        )
        if windows:
            offered.append(OfferedDay(day, windows))
        if len(offered) == count:
            break
    return tuple(offered)


def free_windows(
    session: Session, company: Company, district: str | None, day: date, *, now: datetime
) -> tuple[str, ...]:
    """Give the windows of a day that have a place and have not begun."""
    area, local = company.visit_area(district), now.astimezone(company.zone)
    taken = _taken(session, area, day - timedelta(days=1), day)
    return tuple(
        window
        for window, (begin, _) in company.visit_windows(day, district).items()
        if taken.get((day, window), 0) < company.visit_capacity(area, window)
        and (day, begin) > (local.date(), local.time())
    )


def hold_windows(session: Session, new: Key, before: Key | None) -> None:
    """Hold the window that is taken and the one that is given back in one order, so that no two wait for each other."""
    area, day, window = new
    insert_once(session, visit_windows, area=area, day=day, window=window, taken=0)
    for key in sorted({new, before or new}):
        session.execute(select(visit_windows.c.taken).where(*_is(key)).with_for_update())


def take_place(session: Session, company: Company, key: Key) -> bool:
    """Take a place of a window in one statement that also checks that there is one; False when there is none."""
    area, _, window = key
    free = visit_windows.c.taken < company.visit_capacity(area, window)
    taken = visit_windows.update().where(*_is(key), free).values(taken=visit_windows.c.taken + 1)
    return bool(session.execute(taken).rowcount)


def give_place_back(session: Session, key: Key) -> None:
    """Make a place free again."""
    session.execute(visit_windows.update().where(*_is(key)).values(taken=visit_windows.c.taken - 1))


def _taken(session: Session, area: str, after: date, last: date) -> dict[tuple[date, str], int]:
    rows = session.execute(
        select(visit_windows.c.day, visit_windows.c.window, visit_windows.c.taken).where(
            visit_windows.c.area == area, visit_windows.c.day > after, visit_windows.c.day <= last
        )
    )
    return {(row.day, row.window): row.taken for row in rows}


def _is(key: Key) -> Iterable[Any]:
    area, day, window = key
    return (visit_windows.c.area == area, visit_windows.c.day == day, visit_windows.c.window == window)
