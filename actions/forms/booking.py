"""Booking a visit inside a form: what cannot be is said kindly, with what can be as choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.talk import Answer, Form, Message, Say
from bot.support.appointments import book, check_visit, district_of, free_windows, window_of
from bot.support.company import the_company
from bot.support.tickets import Ticket, change_details
from bot.support.visit_refusals import (
    ClosedDay,
    FullyBooked,
    InThePast,
    NoSuchWindow,
    NotServed,
    TooFarAhead,
    VisitRefused,
)

ANY_TIME = "any"
_OFFERED_DAYS = 3
_REFUSALS = {
    InThePast: "utter_invalid_date",
    TooFarAhead: "utter_visit_too_far",
    ClosedDay: "utter_closed_day",
    NoSuchWindow: "utter_no_such_window",
    FullyBooked: "utter_fully_booked",
}


def check_wish(session: Session, form: Form, message: Message, told: Mapping[str, Any]) -> tuple[Form, tuple[Say, ...]]:
    """Hold what was just told about day, time and place against what can be booked.

    What cannot be is forgotten, and what can be is kept to be offered.
    """
    if "date" not in form.details or not told.keys() & {"date", "window", "district"}:
        return form, ()
    day, window = date.fromisoformat(form.details["date"]), form.details.get("window")
    try:
        check_visit(session, form.details.get("district"), day, _window(day, window), now=message.now)
    except NotServed:
        return form, ()  # nothing to be offered: the booking itself says so
    except VisitRefused as refused:
        return _offering(form, refused), (_refusal(refused, message),)
    return form.without("offered"), ()


def is_over(day: date, window: str | None, message: Message) -> bool:
    """Tell whether a day, or the window of today, is already over or under way: a story, and no wish for a visit."""
    local = message.now.astimezone(the_company().zone)
    if day != local.date():
        return day < local.date()
    span = the_company().visit_windows(day).get(_window(day, window) or "")
    return span is not None and local.time() >= span[0]


def book_visit(session: Session, message: Message, ticket: Ticket, form: Form) -> Answer:
    """Book what a form has agreed on, or take up the visit form with what can be booked instead.

    Without a known district no place is taken: the wish goes to the ticket, and somebody confirms the day.
    """
    day, window = date.fromisoformat(form.details["date"]), form.details.get("window")
    values = {"number": ticket.number, "date": day.isoformat()}
    district = district_of(session, ticket.id)
    if district is None:
        change_details(session, message.origin, ticket, {"preferred_date": day, "preferred_window": window})
        return Answer((Say("utter_visit_wished", {**values, "window": window or ANY_TIME}),))
    wanted = _window(day, window) or next(
        iter(free_windows(session, the_company(), district, day, now=message.now)), ANY_TIME
    )
    try:
        visit = book(session, message.origin, ticket, day, wanted)
    except NotServed:
        return Answer((Say("utter_not_served", choices=("person",)),))
    except VisitRefused as refused:
        about = Form("visit", {"ticket_id": ticket.id, "number": ticket.number, "district": district}, under=form.under)
        asking = replace(_offering(about, refused), asking="date", expects="date")
        return Answer((_refusal(refused, message), ask_date(asking, message)), asking, asks=True)
    return Answer((Say("utter_visit_booked", {**values, "window": visit.window}),))


def ask_date(form: Form, message: Message, *more: str) -> Say:
    """Ask for the day, with visits that can be booked, or else the next open days, as choices."""
    company, district = the_company(), form.details.get("district")
    offered = form.details.get("offered")
    if offered is None:
        open_days = (day for day in company.next_open_days(company.today(message.now), _OFFERED_DAYS * 3))
        days = [day for day in open_days if company.visit_windows(day, district)][:_OFFERED_DAYS]
        offered = [{"date": day.isoformat()} for day in days]
    return Say("utter_ask_date", choices=(*map(_choice, offered), *more))


def ask_window(form: Form, *more: str) -> Say:
    """Ask for the time of day, with the windows that the day has as choices."""
    windows = the_company().visit_windows(date.fromisoformat(form.details["date"]), form.details.get("district"))
    return Say("utter_ask_window", choices=(*(f"window_{window}" for window in windows), *more))


def _window(day: date, wished: str | None) -> str | None:
    """Give the window of a wish, None for any; a time in no window stays what it is, and is refused."""
    return None if wished in (None, ANY_TIME) else window_of(the_company(), str(wished)) or str(wished)


def _offering(form: Form, refused: VisitRefused) -> Form:
    """Forget the refused day and time, and keep for each day that can be booked the wished window or the first."""
    wished = refused.window
    offered = [
        {"date": day.day.isoformat(), "time": wished if wished in day.windows else day.windows[0]}
        for day in refused.alternatives
    ]
    return form.without("date", "window").told(offered=offered)


def _refusal(refused: VisitRefused, message: Message) -> Say:
    company = the_company()
    key = _REFUSALS[type(refused)]
    if isinstance(refused, InThePast) and refused.day == company.today(message.now):
        key = "utter_window_past"
    next_day = refused.alternatives[0].day if refused.alternatives else company.next_open_days(refused.day, 1)[0]
    values = {
        "date": refused.day.isoformat(),
        "next_date": next_day.isoformat(),
        "days": company.facts["visits"]["days_ahead"],
    }
    return Say(key, values)


def _choice(offered: Mapping[str, str]) -> Mapping[str, Any]:
    said = "visit" if "time" in offered else "day"
    values = {"date": offered["date"], "window": offered.get("time", ANY_TIME)}
    return {"say": said, "values": values, "payload": {"intent": "inform", "entities": dict(offered)}}
