"""Repair tickets: opening one, finding one, and what is written down about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import photos
from bot.storage.columns import new_id
from bot.storage.records import ticket_events, tickets
from bot.support.channels import Origin
from bot.support.customers import remember_customer
from bot.support.ticket_numbers import new_ticket_number
from bot.support.ticket_states import OPEN_STATES, REOPENED, SUBMITTED, RefusedMove, check_move

SAFETY_FAULTS = frozenset({"gas_leak", "sparking", "electric_shock"})
REPEAT_DAYS = 90


@dataclass(frozen=True)
class RepairRequest:
    """What a customer has told about a broken product; whatever is unknown is None."""

    product: str | None = None
    fault: str | None = None
    phone: str | None = None  # E.164
    name: str | None = None
    address: str | None = None
    district: str | None = None
    preferred_date: date | None = None
    preferred_window: str | None = None  # morning, afternoon, evening, or a clock time
    model: str | None = None
    serial_number: str | None = None
    own_words: str = ""
    own_words_characters: str | None = None
    safety: bool = False


@dataclass(frozen=True)
class Ticket:
    """A repair ticket as the desk knows it."""

    id: str
    number: str
    state: str
    product: str | None
    fault: str | None
    phone: str | None
    name: str | None
    address: str | None
    preferred_date: date | None
    preferred_window: str | None
    priority: int
    safety: bool
    repeat_of: str | None
    conversation_id: str
    is_new: bool = False  # made by this very call


def open_ticket(session: Session, origin: Origin, request: RepairRequest, *, repeat_of: Ticket | None = None) -> Ticket:
    """Open a ticket, once for each message: asked again with the same origin, give the one it opened.

    `repeat_of` is the earlier repair where it is known; otherwise it is looked for.
    """
    made = _by(session, tickets.c.conversation_id == origin.conversation_id, tickets.c.message_id == origin.message_id)
    if made:
        return made[0]
    earlier = repeat_of or earlier_repair(session, origin, request)
    safety = request.safety or request.fault in SAFETY_FAULTS
    customer = remember_customer(session, origin, name=request.name, phone=request.phone, address=request.address)
    values: dict[str, Any] = {
        **{name: value for name, value in vars(request).items() if name != "safety"},
        "id": new_id(),
        "number": _unused_number(session),
        "state": SUBMITTED,
        "safety": safety,
        "priority": computed_priority(safety=safety, repeat=earlier is not None, key_account=customer.key_account),
        "repeat_of": earlier.id if earlier else None,
        "customer_id": customer.id,
        "conversation_id": origin.conversation_id,
        "message_id": origin.message_id,
        "language": origin.language,
        "script": origin.script,
        "channel": origin.channel,
        "created_at": origin.at,
        "updated_at": origin.at,
    }
    session.execute(tickets.insert().values(**values))
    record_event(session, values["id"], origin, "opened", None, {"number": values["number"], "state": SUBMITTED})
    _take_waiting_photos(session, origin, values["id"])
    return replace(find_ticket(session, values["id"]), is_new=True)


def computed_priority(*, safety: bool, repeat: bool, key_account: bool) -> int:
    """Give the priority from 1 (at once) to 4: 3 for an ordinary repair, raised for repeats and key accounts."""
    if safety:
        return 1
    return 3 - (1 if repeat or key_account else 0)


def earlier_repair(session: Session, origin: Origin, request: RepairRequest) -> Ticket | None:
    """Find the latest repair of the same unit, or of the same phone, product and fault, within REPEAT_DAYS."""
    recent = tickets.c.created_at > origin.at - timedelta(days=REPEAT_DAYS)
    ended = tickets.c.state.in_(("resolved", "closed"))
    if request.serial_number:
        found = _by(session, recent, ended, tickets.c.serial_number == request.serial_number)
        if found:
            return found[0]
    if not (request.phone and request.product and request.fault):
        return None
    same = (
        tickets.c.phone == request.phone,
        tickets.c.product == request.product,
        tickets.c.fault == request.fault,
    )
    found = _by(session, recent, ended, *same)
    return found[0] if found else None


def find_ticket(session: Session, ticket_id: str) -> Ticket:
    """Give the ticket of that id; raise LookupError when there is none."""
    found = _by(session, tickets.c.id == ticket_id)
    if not found:
        raise LookupError(f"no ticket has the id {ticket_id}")
    return found[0]


def tickets_of_conversation(session: Session, conversation_id: str) -> tuple[Ticket, ...]:
    """Give the tickets opened in a conversation, newest first."""
    return _by(session, tickets.c.conversation_id == conversation_id)


def ticket_of_number(session: Session, number: str) -> Ticket | None:
    """Give the ticket of a canonical number. Whoever asks must have proven who they are (bot.support.identity)."""
    found = _by(session, tickets.c.number == number)
    return found[0] if found else None


def open_tickets(found: tuple[Ticket, ...]) -> tuple[Ticket, ...]:
    """Keep those that are still being worked on."""
    return tuple(ticket for ticket in found if ticket.state in OPEN_STATES)


def change_state(session: Session, origin: Origin, ticket: Ticket, new: str) -> Ticket:
    """Move a ticket to another state and write down that it moved.

    Raises RefusedMove when it may not, or when somebody else has moved it since it was read.
    """
    ended_at = session.execute(select(tickets.c.ended_at).where(tickets.c.id == ticket.id)).scalar_one()
    check_move(ticket.state, new, now=origin.at, ended_at=ended_at)
    values: dict[str, Any] = {"state": new, "updated_at": origin.at}
    if new in ("resolved", "closed", "cancelled"):
        values["ended_at"] = origin.at
    if new == REOPENED:
        values.update(priority=max(1, ticket.priority - 1), ended_at=None)
    is_still = (tickets.c.id == ticket.id, tickets.c.state == ticket.state)
    if not session.execute(tickets.update().where(*is_still).values(**values)).rowcount:
        raise RefusedMove(f"a ticket is no longer {ticket.state}, so it does not become {new}")
    record_event(session, ticket.id, origin, "state", ticket.state, new)
    if new == REOPENED:
        _take_waiting_photos(session, origin, ticket.id)
    return find_ticket(session, ticket.id)


def change_details(session: Session, origin: Origin, ticket: Ticket, details: Mapping[str, Any]) -> Ticket:
    """Write new details into a ticket, each change with its old and new value."""
    now = session.execute(select(tickets).where(tickets.c.id == ticket.id)).mappings().one()
    changed = {name: value for name, value in details.items() if now[name] != value}
    if changed:
        session.execute(tickets.update().where(tickets.c.id == ticket.id).values(**changed, updated_at=origin.at))
        old = {name: _plain(now[name]) for name in changed}
        record_event(
            session, ticket.id, origin, "detail", old, {name: _plain(value) for name, value in changed.items()}
        )
    return find_ticket(session, ticket.id)


def add_note(session: Session, origin: Origin, ticket: Ticket, words: str) -> None:
    """Add the customer's words to a ticket, once for each message."""
    known = select(ticket_events.c.id).where(
        ticket_events.c.ticket_id == ticket.id,
        ticket_events.c.message_id == origin.message_id,
        ticket_events.c.kind == "note",
    )
    if session.execute(known).first() is None:
        record_event(session, ticket.id, origin, "note", None, words)


def record_event(session: Session, ticket_id: str, origin: Origin, kind: str, old: Any, new: Any) -> None:
    """Write down one thing that happened to a ticket."""
    session.execute(
        ticket_events.insert().values(
            ticket_id=ticket_id,
            at=origin.at,
            actor=origin.actor,
            channel=origin.channel,
            language=origin.language,
            kind=kind,
            old=old,
            new=new,
            message_id=origin.message_id,
        )
    )


def _take_waiting_photos(session: Session, origin: Origin, ticket_id: str) -> None:
    """Put the photos that a conversation has sent before there was a ticket with the one that there is now."""
    waiting = (photos.c.conversation_id == origin.conversation_id) & photos.c.ticket_id.is_(None)
    sent = session.execute(select(photos.c.id).where(waiting).order_by(photos.c.created_at, photos.c.id)).scalars()
    for photo in sent.all():
        session.execute(photos.update().where(photos.c.id == photo).values(ticket_id=ticket_id))
        record_event(session, ticket_id, origin, "photo", None, {"photo": photo})


def _by(session: Session, *conditions: Any) -> tuple[Ticket, ...]:
    names = [name for name in Ticket.__dataclass_fields__ if name != "is_new"]
    rows = session.execute(
        select(*(tickets.c[name] for name in names)).where(*conditions).order_by(tickets.c.created_at.desc())
    )
    return tuple(Ticket(*row) for row in rows)


def _unused_number(session: Session) -> str:
    while True:
        number = new_ticket_number()
        if ticket_of_number(session, number) is None:
            return number


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
