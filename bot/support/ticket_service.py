"""What customers and agents ask of a ticket that is there: urge, cancel, reopen, merge, another priority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import ticket_merges
from bot.storage.records import ticket_events, tickets
from bot.storage.writing import insert_once
from bot.support.appointments import cancel_visit
from bot.support.channels import Origin
from bot.support.company import Company, the_company
from bot.support.ticket_states import (
    CANCELLED,
    CLOSED,
    MERGED,
    OPEN_STATES,
    REOPEN_DAYS,
    REOPENED,
    RESOLVED,
    RefusedMove,
)
from bot.support.tickets import (
    RepairRequest,
    Ticket,
    add_note,
    change_state,
    find_ticket,
    open_ticket,
    record_event,
)

MOST_URGENT_BY_URGING = 2  # 1 is kept for safety
PRIORITIES = range(1, 5)
STAFF = frozenset({"agent", "system"})


class NotAllowed(PermissionError):
    """Something only the company's own people may do."""


class MergeRefused(ValueError):
    """Two tickets that cannot be made one; the message says why."""


@dataclass(frozen=True)
class Urged:
    """A ticket that the customer has urged: how often, and whether this time raised its priority."""

    ticket: Ticket
    times: int
    is_raised: bool


@dataclass(frozen=True)
class Returned:
    """What "still broken" has led to: the same ticket reopened, a new one, or a note on one that is open anyway."""

    ticket: Ticket
    is_reopened: bool = False
    is_new: bool = False


def urge(session: Session, origin: Origin, ticket: Ticket, *, company: Company | None = None) -> Urged:
    """Count that a customer presses for a repair, once for each message; the first of a day raises the priority.

    Raises RefusedMove for a ticket that is no longer being worked on.
    """
    ticket = _locked(session, ticket)
    _require_open(ticket, "urged")
    earlier = _events(session, ticket, "urged")
    if any(event.message_id == origin.message_id for event in earlier):
        return Urged(ticket, len(earlier), False)
    zone_of = company or the_company()
    today = zone_of.today(origin.at)
    is_first = all(zone_of.today(event.at) != today for event in earlier)
    is_raised = is_first and ticket.priority > MOST_URGENT_BY_URGING
    values: dict[str, Any] = {"updated_at": origin.at}
    if is_raised:
        values["priority"] = ticket.priority - 1
    session.execute(tickets.update().where(tickets.c.id == ticket.id).values(**values))
    record_event(session, ticket.id, origin, "urged", None, {"times": len(earlier) + 1, "raised": is_raised})
    return Urged(find_ticket(session, ticket.id), len(earlier) + 1, is_raised)


def cancel_ticket(session: Session, origin: Origin, ticket: Ticket, *, reason: str | None = None) -> Ticket:
    """Cancel a repair and give its visit back; one that is cancelled stays so. Raises RefusedMove after its end."""
    ticket = _locked(session, ticket)
    if ticket.state == CANCELLED:
        return ticket
    cancelled = change_state(session, origin, ticket, CANCELLED)
    cancel_visit(session, origin, ticket)
    if reason:
        record_event(session, ticket.id, origin, "reason", None, reason)
    return cancelled


def return_fault(session: Session, origin: Origin, ticket: Ticket, *, words: str) -> Returned:
    """Take "still broken" about a repair: reopen it inside the window, else open a new ticket linked to it.

    Once for each message. An open ticket only gets the words as a note; a cancelled one leads to a new ticket that
    is no repeat, because nothing was repaired.
    """
    ticket = merged_into(session, _locked(session, ticket))
    made = _made_by(session, origin, ticket)
    if made:
        return made
    if ticket.state in OPEN_STATES:
        add_note(session, origin, ticket, words)
        return Returned(ticket)
    if ticket.state in (RESOLVED, CLOSED) and origin.at - _ended_at(session, ticket) <= timedelta(days=REOPEN_DAYS):
        reopened = change_state(session, origin, ticket, REOPENED)
        add_note(session, origin, ticket, words)
        return Returned(reopened, is_reopened=True)
    repeat_of = None if ticket.state == CANCELLED else ticket
    return Returned(
        open_ticket(session, origin, _same_request(session, ticket, words), repeat_of=repeat_of), is_new=True
    )


def merge_tickets(session: Session, origin: Origin, ticket: Ticket, into: Ticket) -> Ticket:
    """Make a ticket part of another that is open, give its visit back, and give the other; agents only.

    Done again it changes nothing. Raises NotAllowed, MergeRefused, and RefusedMove for a ticket that has ended.
    """
    _require_staff(origin)
    for ticket_id in sorted((ticket.id, into.id)):  # always in one order, so that two merges do not wait for each other
        _locked(session, find_ticket(session, ticket_id))
    ticket, into = find_ticket(session, ticket.id), merged_into(session, find_ticket(session, into.id))
    if ticket.state == MERGED and merged_into(session, ticket).id == into.id:
        return into
    if ticket.id == into.id:
        raise MergeRefused("a ticket cannot be merged into itself")
    if into.state not in OPEN_STATES:
        raise MergeRefused(f"{into.number} is {into.state}")
    change_state(session, origin, ticket, MERGED)
    cancel_visit(session, origin, ticket)
    insert_once(session, ticket_merges, ticket_id=ticket.id, into_id=into.id, at=origin.at)
    record_event(session, into.id, origin, "merged", None, {"number": ticket.number})
    if ticket.priority < into.priority:
        session.execute(
            tickets.update()
            .where(tickets.c.id == into.id)
            .values(priority=ticket.priority, safety=into.safety or ticket.safety, updated_at=origin.at)
        )
        record_event(session, into.id, origin, "priority", into.priority, ticket.priority)
    return find_ticket(session, into.id)


def merged_into(session: Session, ticket: Ticket) -> Ticket:
    """Give the ticket that a merged one has become part of, however often; any other ticket is itself."""
    while ticket.state == MERGED:
        into = session.execute(
            select(ticket_merges.c.into_id).where(ticket_merges.c.ticket_id == ticket.id)
        ).scalar_one_or_none()
        if into is None:
            return ticket
        ticket = find_ticket(session, into)
    return ticket


def override_priority(session: Session, origin: Origin, ticket: Ticket, priority: int, *, reason: str) -> Ticket:
    """Give a ticket another priority, with the reason; agents only. Raises NotAllowed, and ValueError."""
    _require_staff(origin)
    if priority not in PRIORITIES:
        raise ValueError(f"a priority is from 1 to 4, not {priority}")
    if not reason.strip():
        raise ValueError("another priority needs a reason")
    ticket = _locked(session, ticket)
    if ticket.priority != priority:
        session.execute(
            tickets.update().where(tickets.c.id == ticket.id).values(priority=priority, updated_at=origin.at)
        )
        record_event(session, ticket.id, origin, "priority", ticket.priority, priority)
        record_event(session, ticket.id, origin, "reason", None, reason.strip())
    return find_ticket(session, ticket.id)


def _require_open(ticket: Ticket, done: str) -> None:
    if ticket.state not in OPEN_STATES:
        raise RefusedMove(f"a ticket that is {ticket.state} cannot be {done}")


def _require_staff(origin: Origin) -> None:
    if origin.actor not in STAFF:
        raise NotAllowed(f"not for a {origin.actor}")


def _locked(session: Session, ticket: Ticket) -> Ticket:
    """Hold a ticket against other writers and give it as it is now."""
    session.execute(select(tickets.c.id).where(tickets.c.id == ticket.id).with_for_update())
    return find_ticket(session, ticket.id)


def _events(session: Session, ticket: Ticket, kind: str) -> list[Any]:
    wanted = select(ticket_events).where(ticket_events.c.ticket_id == ticket.id, ticket_events.c.kind == kind)
    return list(session.execute(wanted.order_by(ticket_events.c.at)))


def _ended_at(session: Session, ticket: Ticket) -> Any:
    return session.execute(select(tickets.c.ended_at).where(tickets.c.id == ticket.id)).scalar_one()


def _made_by(session: Session, origin: Origin, ticket: Ticket) -> Returned | None:
    """Give what this very message has led to before."""
    moves = _events(session, ticket, "state")
    if any(event.message_id == origin.message_id and event.new == REOPENED for event in moves):
        return Returned(ticket, is_reopened=True)
    opened = session.execute(
        select(tickets.c.id).where(
            tickets.c.conversation_id == origin.conversation_id, tickets.c.message_id == origin.message_id
        )
    ).scalar_one_or_none()
    return Returned(find_ticket(session, opened), is_new=True) if opened and opened != ticket.id else None


def _same_request(session: Session, ticket: Ticket, words: str) -> RepairRequest:
    kept = ("product", "fault", "phone", "name", "address", "district", "model", "serial_number")
    row = session.execute(select(*(tickets.c[name] for name in kept)).where(tickets.c.id == ticket.id)).one()
    return RepairRequest(**dict(zip(kept, row, strict=True)), own_words=words)
