"""Callbacks: a customer who wants to be phoned, when and what about, until somebody has spoken with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timezone
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import callbacks
from bot.storage.columns import new_id
from bot.storage.writing import insert_once
from bot.support.channels import Origin
from bot.support.company import Company, the_company
from bot.support.customers import customer_id_of
from bot.support.hours import add_open_hours, next_opening

WANTED, TAKEN, DONE, CANCELLED = "wanted", "taken", "done", "cancelled"
WAITING = (WANTED, TAKEN)
RETRY_HOURS = 1.0


class CallbackRefused(ValueError):
    """A callback that cannot be: the message says why."""


class WishInThePast(CallbackRefused):
    """The customer wants to be phoned at a time that is over."""


class NoLongerWanted(CallbackRefused):
    """A callback that is done, cancelled, or taken by somebody else."""


@dataclass(frozen=True)
class Callback:
    """Somebody to be phoned by `due_at`."""

    id: str
    phone: str
    name: str | None
    wished_day: date | None
    wished_time: str | None
    reason: str
    state: str
    owner: str | None
    tries: int
    due_at: datetime
    language: str
    is_new: bool = False  # asked for by this very call


def request_callback(
    session: Session,
    origin: Origin,
    *,
    phone: str,
    reason: str,
    name: str | None = None,
    day: date | None = None,
    at: str | None = None,
    company: Company | None = None,
) -> Callback:
    """Record that a customer wants to be phoned, once for each message; a waiting one of the conversation is changed.

    `at` is a time as understood: a window, "15:30", "after 18:00", "14:00-16:00". Without a wish the company phones
    within its `callback_hours`; a wish outside the opening hours is due at the next opening. Raises WishInThePast.
    """
    made = _by(
        session, callbacks.c.conversation_id == origin.conversation_id, callbacks.c.message_id == origin.message_id
    )
    if made:
        return made[0]
    due_at = _due(company or the_company(), origin.at, day, at)
    told: dict[str, Any] = {
        "phone": phone,
        "name": name,
        "wished_day": day,
        "wished_time": at,
        "reason": reason,
        "due_at": due_at,
        "message_id": origin.message_id,
        "updated_at": origin.at,
    }
    waiting = waiting_callback(session, origin.conversation_id)
    if waiting:
        is_newer = callbacks.c.updated_at <= origin.at  # an older message that is repeated changes nothing back
        session.execute(callbacks.update().where(callbacks.c.id == waiting.id, is_newer).values(**told))
        return _by(session, callbacks.c.id == waiting.id)[0]
    is_new = insert_once(
        session,
        callbacks,
        id=new_id(),
        conversation_id=origin.conversation_id,
        customer_id=customer_id_of(session, origin.conversation_id),
        state=WANTED,
        language=origin.language,
        script=origin.script,
        channel=origin.channel,
        created_at=origin.at,
        **told,
    )
    (asked,) = _by(
        session, callbacks.c.conversation_id == origin.conversation_id, callbacks.c.message_id == origin.message_id
    )
    return replace(asked, is_new=is_new)


def waiting_callback(session: Session, conversation_id: str) -> Callback | None:
    """Give the callback that a conversation waits for and nobody has taken yet."""
    found = _by(session, callbacks.c.conversation_id == conversation_id, callbacks.c.state == WANTED)
    return found[0] if found else None


def due_callbacks(session: Session, now: datetime) -> tuple[Callback, ...]:
    """Give the callbacks that are due and nobody has taken, the oldest first."""
    return _by(session, callbacks.c.state == WANTED, callbacks.c.due_at <= now)


def take_callback(session: Session, callback_id: str, *, owner: str, now: datetime) -> Callback:
    """Give a callback to one agent; raise NoLongerWanted when another was faster, or it is not wanted any more."""
    taken = session.execute(
        callbacks.update()
        .where(callbacks.c.id == callback_id, callbacks.c.state == WANTED)
        .values(state=TAKEN, owner=owner, updated_at=now)
    )
    if not taken.rowcount:
        raise NoLongerWanted(callback_id)
    return _by(session, callbacks.c.id == callback_id)[0]


def finish_callback(session: Session, callback_id: str, *, now: datetime) -> None:
    """Write down that somebody has spoken with the customer; raise NoLongerWanted unless it was taken."""
    _end(session, callback_id, (TAKEN,), state=DONE, updated_at=now)


def not_reached(session: Session, callback_id: str, *, now: datetime, company: Company | None = None) -> Callback:
    """Put a callback back because nobody answered: due again in an opening hour; raise NoLongerWanted unless taken."""
    again = add_open_hours(company or the_company(), now, RETRY_HOURS)
    tries = callbacks.c.tries + 1
    _end(session, callback_id, (TAKEN,), state=WANTED, owner=None, tries=tries, due_at=again, updated_at=now)
    return _by(session, callbacks.c.id == callback_id)[0]


def cancel_callback(session: Session, origin: Origin) -> bool:
    """Take back the callback that a conversation waits for; False when there is none."""
    ended = session.execute(
        callbacks.update()
        .where(callbacks.c.conversation_id == origin.conversation_id, callbacks.c.state.in_(WAITING))
        .values(state=CANCELLED, updated_at=origin.at)
    )
    return bool(ended.rowcount)


def _due(company: Company, now: datetime, day: date | None, at: str | None) -> datetime:
    clock = _clock(company, at) if at else None
    if day is None and clock is None:
        return add_open_hours(company, now, company.facts["callback_hours"])
    on = day or company.today(now)
    if on < company.today(now):
        raise WishInThePast(f"{on} is over")
    start, end = clock or (time(0), time.max)
    first, last = (datetime.combine(on, edge, company.zone).astimezone(timezone.utc) for edge in (start, end))
    if last < now:
        raise WishInThePast(f"{on} {at} is over")
    return next_opening(company, max(first, now))


def _clock(company: Company, at: str) -> tuple[time, time] | None:
    """Read a wished time as its first and last moment; None where it says nothing."""
    written = company.facts["visits"]["windows"].get(at, at)
    word, _, span = written.rpartition(" ")
    first, _, last = span.partition("-")
    try:
        start, end = time.fromisoformat(first), time.fromisoformat(last) if last else None
    except ValueError:
        return None
    if word:
        return (time(0), start) if word == "before" else (start, time.max)
    return start, end or start


def _end(session: Session, callback_id: str, states: tuple[str, ...], **values: Any) -> None:
    ended = session.execute(
        callbacks.update().where(callbacks.c.id == callback_id, callbacks.c.state.in_(states)).values(**values)
    )
    if not ended.rowcount:
        raise NoLongerWanted(callback_id)


def _by(session: Session, *conditions: Any) -> tuple[Callback, ...]:
    names = [name for name in Callback.__dataclass_fields__ if name != "is_new"]
    rows = session.execute(
        select(*(callbacks.c[name] for name in names)).where(*conditions).order_by(callbacks.c.due_at)
    )
    return tuple(Callback(*row) for row in rows)
