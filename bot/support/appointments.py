"""Visits: which days are offered, and booking a place in a window that is never given twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import appointments
from bot.storage.columns import new_id
from bot.storage.records import tickets
from bot.support.channels import Origin
from bot.support.company import Company, the_company
from bot.support.ticket_states import ACCEPTED, OPEN_STATES, SCHEDULED, SUBMITTED, RefusedMove
from bot.support.tickets import Ticket, change_details, change_state, find_ticket, record_event
from bot.support.visit_places import Key, free_windows, give_place_back, hold_windows, offer_days, take_place
from bot.support.visit_refusals import (
    ClosedDay,
    FullyBooked,
    InThePast,
    NoSuchWindow,
    NotServed,
    OfferedDay,
    TooFarAhead,
    VisitRefused,
)

BOOKED, MOVED, CANCELLED, KEPT, MISSED = "booked", "moved", "cancelled", "kept", "missed"
ALTERNATIVES = 3
__all__ = [
    "Visit",
    "book",
    "cancel_visit",
    "check_visit",
    "district_of",
    "end_visit",
    "free_windows",
    "offer_days",
    "visit_of",
    "window_of",
]


@dataclass(frozen=True)
class Visit:
    """A place in a window of a day, held for a ticket."""

    id: str
    ticket_id: str
    area: str
    day: date
    window: str
    state: str
    is_new: bool = False  # booked by this very call
    moved_from: tuple[date, str] | None = None  # what it replaces, when this very call replaced it

    @property
    def place(self) -> Key:
        """The window of a day in which it holds a place."""
        return self.area, self.day, self.window


def window_of(company: Company, wanted: str) -> str | None:
    """Give the window in which a wished time lies: its name, a clock time, a span, "after 18:00"; None for none.

    >>> [window_of(the_company(), wanted) for wanted in ("evening", "15:30", "after 18:00", "03:00")]
    ['evening', 'afternoon', 'evening', None]
    """
    windows = company.facts["visits"]["windows"]
    if wanted in windows:
        return wanted
    word, _, clock = wanted.rpartition(" ")
    try:
        at = time.fromisoformat(clock.split("-")[0])
    except ValueError:
        return None
    spans = {name: tuple(map(time.fromisoformat, written.split("-"))) for name, written in windows.items()}
    if word == "before":
        return next((name for name, (start, _) in spans.items() if start < at), None)
    return next((name for name, (start, end) in spans.items() if start <= at < end), None)


def book(
    session: Session, origin: Origin, ticket: Ticket, day: date, window: str, *, company: Company | None = None
) -> Visit:
    """Book a visit for a ticket, or move the one it has; once for each message.

    Raises VisitRefused, by name and with alternatives, where the visit cannot be, and RefusedMove for a ticket that
    is no longer open. Of two customers who want the last place, one is refused with FullyBooked.
    """
    company = company or the_company()
    ticket, district = _locked(session, ticket.id)
    made = _visit(
        session,
        appointments.c.ticket_id == ticket.id,
        appointments.c.conversation_id == origin.conversation_id,
        appointments.c.message_id == origin.message_id,
    )
    if made:
        return made
    if ticket.state not in OPEN_STATES:
        raise RefusedMove(f"a ticket that is {ticket.state} cannot become {SCHEDULED}")
    before = visit_of(session, ticket.id)
    if before and (before.day, before.window) == (day, window):
        return before
    area = company.visit_area(district)
    _check(session, company, district, origin.at, day, window)
    hold_windows(session, (area, day, window), before.place if before else None)
    if not take_place(session, company, (area, day, window)):
        raise FullyBooked(day, window, _alternatives(session, company, district, origin.at))
    if before:
        _end(session, origin, before, MOVED)
    return _write(session, origin, ticket, area, day, window, before)


def check_visit(
    session: Session,
    district: str | None,
    day: date,
    window: str | None,
    *,
    now: datetime,
    company: Company | None = None,
) -> None:
    """Raise VisitRefused where a visit could not be booked; nothing is taken.

    Without a window, any free one of the day will do. Without a district the day is checked, but no places.
    """
    company = company or the_company()
    _check(session, company, district, now, day, window)
    if district is None:
        return
    free = free_windows(session, company, district, day, now=now)
    if not free or (window and window not in free):
        raise FullyBooked(day, window, _alternatives(session, company, district, now))


def district_of(session: Session, ticket_id: str) -> str | None:
    """Give the district of a ticket's address, None while it is not known."""
    found: str | None = session.execute(select(tickets.c.district).where(tickets.c.id == ticket_id)).scalar_one()
    return found


def visit_of(session: Session, ticket_id: str) -> Visit | None:
    """Give the visit a ticket has coming, None when it has none."""
    return _visit(session, appointments.c.ticket_id == ticket_id, appointments.c.state == BOOKED)


def cancel_visit(session: Session, origin: Origin, ticket: Ticket) -> bool:
    """Give the place of a ticket's visit back; False when it had none."""
    return end_visit(session, origin, ticket, CANCELLED)


def end_visit(session: Session, origin: Origin, ticket: Ticket, state: str) -> bool:
    """Write down what became of a ticket's visit: kept, missed or cancelled; False when it had none coming."""
    if state not in (KEPT, MISSED, CANCELLED):
        raise ValueError(f"{state!r} is no end of a visit")
    _locked(session, ticket.id)
    visit = visit_of(session, ticket.id)
    if visit is None:
        return False
    _end(session, origin, visit, state)
    record_event(session, ticket.id, origin, "visit", _plain(visit), state)
    return True


def _check(
    session: Session, company: Company, district: str | None, now: datetime, day: date, window: str | None
) -> None:
    refused = _refusal(company, district, now, day, window)
    if refused:
        served = refused is not NotServed
        raise refused(day, window, _alternatives(session, company, district, now) if served else ())


def _refusal(
    company: Company, district: str | None, now: datetime, day: date, window: str | None
) -> type[VisitRefused] | None:
    today, windows = company.today(now), company.visit_windows(day, district)
    if district and not company.serves(district):
        return NotServed
    if day < today:
        return InThePast
    if day > today + timedelta(days=company.facts["visits"]["days_ahead"]):
        return TooFarAhead
    if not windows:
        return ClosedDay
    if window is not None and window not in windows:
        return NoSuchWindow
    begin = windows[window][0] if window else max(start for start, _ in windows.values())
    return InThePast if day == today and now.astimezone(company.zone).time() >= begin else None


def _alternatives(session: Session, company: Company, district: str | None, now: datetime) -> tuple[OfferedDay, ...]:
    return offer_days(session, company, district, company.today(now), ALTERNATIVES)


def _locked(session: Session, ticket_id: str) -> tuple[Ticket, str | None]:
    """Hold a ticket against other writers, and give it as it is now, with its district."""
    district = session.execute(
        select(tickets.c.district).where(tickets.c.id == ticket_id).with_for_update()
    ).scalar_one()
    return find_ticket(session, ticket_id), district


def _end(session: Session, origin: Origin, visit: Visit, state: str) -> None:
    session.execute(
        appointments.update()
        .where(appointments.c.id == visit.id, appointments.c.state == BOOKED)
        .values(state=state, updated_at=origin.at)
    )
    if state in (MOVED, CANCELLED):
        give_place_back(session, visit.place)


def _write(
    session: Session, origin: Origin, ticket: Ticket, area: str, day: date, window: str, before: Visit | None
) -> Visit:
    visit = Visit(new_id(), ticket.id, area, day, window, BOOKED, True, (before.day, before.window) if before else None)
    session.execute(
        appointments.insert().values(
            **{name: getattr(visit, name) for name in ("id", "ticket_id", "area", "day", "window", "state")},
            conversation_id=origin.conversation_id,
            message_id=origin.message_id,
            created_at=origin.at,
            updated_at=origin.at,
        )
    )
    record_event(session, ticket.id, origin, "visit", _plain(before), _plain(visit))
    for state in (ACCEPTED, SCHEDULED) if ticket.state == SUBMITTED else (SCHEDULED,):
        if ticket.state != state:
            ticket = change_state(session, origin, ticket, state)
    change_details(session, origin, ticket, {"preferred_date": day, "preferred_window": window})
    return visit


def _visit(session: Session, *conditions: Any) -> Visit | None:
    names = ("id", "ticket_id", "area", "day", "window", "state")
    row = session.execute(select(*(appointments.c[name] for name in names)).where(*conditions)).first()
    return Visit(*row) if row else None


def _plain(visit: Visit | None) -> dict[str, str] | None:
    return {"day": visit.day.isoformat(), "window": visit.window, "area": visit.area} if visit else None
