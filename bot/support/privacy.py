"""What the desk holds about a person: to be shown, handed over as a copy, and deleted with a receipt.

The person is whoever holds the conversation, with everything that a proof has joined to it (bot.support.identity).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.care import erasures
from bot.storage.columns import new_id
from bot.storage.messaging import conversations, dialogues, inbox, messages
from bot.storage.records import customers, orders, tickets
from bot.support.channels import Origin
from bot.support.complaints import live_complaint, withdraw
from bot.support.personal import HOLDINGS, Holding, Subject, subject_of
from bot.support.pictures import MEDIA_TYPE
from bot.support.ticket_numbers import new_ticket_number
from bot.support.ticket_service import cancel_ticket
from bot.support.ticket_states import OPEN_STATES
from bot.support.tickets import find_ticket

# How the desk keeps its own books about a row; of no meaning to its person.
_INNER = frozenset(
    {
        "claimed_by",
        "claimed_until",
        "token_version",
        "attempts",
        "next_try_at",
        "apologised",
        "version",
        "payload",
        "choice_id",
        "digest",
    }
)
_ENDED_ORDERS = ("delivered", "returned")


@dataclass(frozen=True)
class Held:
    """What is held about a person: rows by table, which details are known, which repairs an erasure would end."""

    rows: Mapping[str, int]
    details: tuple[str, ...]  # of name, phone, email, address
    open_tickets: tuple[str, ...]  # their numbers


@dataclass(frozen=True)
class Receipt:
    """What an erasure has deleted or made nameless."""

    number: str
    at: datetime
    rows: Mapping[str, int]
    cancelled_tickets: tuple[str, ...] = ()
    kept_orders: tuple[str, ...] = ()  # still on their way: their phone goes after delivery


def what_we_hold(session: Session, origin: Origin) -> Held:
    """Tell how much is held about the person of a conversation, and which details."""
    subject = subject_of(session, origin.conversation_id)
    counted = {holding.table.name: _count(session, holding, subject) for holding in HOLDINGS}
    names = ("name", "phone", "email", "address")
    known = session.execute(
        select(*(customers.c[name] for name in names)).where(customers.c.id.in_(subject.customers))
    ).all()
    return Held(
        rows={name: count for name, count in counted.items() if count},
        details=tuple(name for place, name in enumerate(names) if any(row[place] for row in known)),
        open_tickets=_open_numbers(session, subject),
    )


def export(session: Session, conversation_id: str) -> dict[str, Any]:
    """Give a copy of everything held about the person of a conversation, by table, as plain values for JSON."""
    subject = subject_of(session, conversation_id)
    return {
        holding.table.name: [_plain_row(row) for row in rows]
        for holding in HOLDINGS
        if (rows := session.execute(select(holding.table).where(holding.whose(subject))).mappings().all())
    }


def erase(session: Session, origin: Origin) -> Receipt:
    """Delete the person of a conversation from every table and give the receipt; once for each message.

    Open repairs are cancelled, live complaints withdrawn. Tickets, ratings and complaints stay as numbers without a
    person. What the running turn still needs, its own message and dialogue, goes with `finish_erasures`.
    """
    done = _receipt_of(session, origin)
    if done:
        return done
    subject = subject_of(session, origin.conversation_id)
    cancelled = _end_what_runs(session, origin, subject)
    kept = _on_the_way(session, subject)
    subject = replace(subject, orders=tuple(number for number in subject.orders if number not in kept))
    rows = {holding.table.name: _erase_rows(session, holding, subject, origin) for holding in HOLDINGS}
    elsewhere = tuple(talk for talk in subject.conversations if talk != origin.conversation_id)
    session.execute(conversations.update().where(conversations.c.id.in_(elsewhere)).values(external_id=None))
    receipt = Receipt(
        new_ticket_number().replace("RT-", "ER-"),
        origin.at,
        {name: count for name, count in rows.items() if count},
        cancelled,
        kept,
    )
    session.execute(
        erasures.insert().values(
            number=receipt.number,
            conversation_id=origin.conversation_id,
            message_id=origin.message_id,
            at=origin.at,
            rows={"rows": receipt.rows, "cancelled": list(cancelled), "kept": list(kept)},
        )
    )
    return receipt


def _receipt_of(session: Session, origin: Origin) -> Receipt | None:
    row = session.execute(
        select(erasures).where(
            erasures.c.conversation_id == origin.conversation_id, erasures.c.message_id == origin.message_id
        )
    ).first()
    if row is None:
        return None
    written = row.rows
    return Receipt(row.number, row.at, written["rows"], tuple(written["cancelled"]), tuple(written["kept"]))


def _end_what_runs(session: Session, origin: Origin, subject: Subject) -> tuple[str, ...]:
    numbers = _open_numbers(session, subject)
    open_ids = select(tickets.c.id).where(tickets.c.number.in_(numbers))
    for ticket_id in session.execute(open_ids).scalars().all():
        cancel_ticket(session, origin, find_ticket(session, ticket_id))
    for conversation in subject.conversations:
        while live := live_complaint(session, conversation):
            withdraw(session, replace(origin, actor="customer"), live)
    return numbers


def _open_numbers(session: Session, subject: Subject) -> tuple[str, ...]:
    is_open = tickets.c.id.in_(subject.tickets) & tickets.c.state.in_(OPEN_STATES)
    return tuple(session.execute(select(tickets.c.number).where(is_open).order_by(tickets.c.number)).scalars())


def _on_the_way(session: Session, subject: Subject) -> tuple[str, ...]:
    travelling = orders.c.number.in_(subject.orders) & orders.c.status.notin_(_ENDED_ORDERS)
    return tuple(session.execute(select(orders.c.number).where(travelling).order_by(orders.c.number)).scalars())


def _erase_rows(session: Session, holding: Holding, subject: Subject, origin: Origin) -> int:
    """Erase a person's rows of one table, leaving what a turn that is running now will still write to."""
    return erase_where(session, holding, holding.whose(subject), still=_still_needed(holding, origin))


def _still_needed(holding: Holding, origin: Origin) -> Any:
    waiting = select(inbox.c.id).where(inbox.c.state == "new")
    if holding.table is inbox:
        return inbox.c.state == "new"
    if holding.table is messages:
        return messages.c.inbox_id.in_(waiting) & (messages.c.author == "customer")
    if holding.table is dialogues:
        return dialogues.c.conversation_id == origin.conversation_id
    return None


def erase_where(session: Session, holding: Holding, condition: Any, still: Any = None) -> int:
    """Delete or blank the rows of a table that fit a condition, without those `still` needed; give their number."""
    table = holding.table
    if still is not None:
        condition = condition & ~func.coalesce(still, False)
    if holding.is_deleted:
        return int(session.execute(table.delete().where(condition)).rowcount)
    blank = dict(holding.blank)
    count: int = session.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
    if holding.except_kinds:
        codes_only = table.c.kind.in_(holding.except_kinds)
        session.execute(
            table.update().where(condition, ~codes_only).values({name: blank.pop(name) for name in ("old", "new")})
        )
    if table is conversations:
        blank.pop("external_id")  # the receipt still has to reach its person
    if blank:
        session.execute(table.update().where(condition).values(blank))
    if holding.unlinked:
        for row_id in session.execute(select(table.c.id).where(condition)).scalars().all():
            fresh = {name: new_id() for name in holding.unlinked}
            session.execute(table.update().where(table.c.id == row_id).values(fresh))
    return count


def _count(session: Session, holding: Holding, subject: Subject) -> int:
    counted: int = session.execute(
        select(func.count()).select_from(holding.table).where(holding.whose(subject))
    ).scalar_one()
    return counted


def _plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _plain_events(value) if name == "events" else _plain(name, value)
        for name, value in row.items()
        if name not in _INNER and value is not None
    }


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"data:{MEDIA_TYPE};base64,{base64.b64encode(value).decode()}"  # a browser's address line shows it
    return [choice["label"] for choice in value] if name == "choices" else value


def _plain_events(value: str) -> Any:
    """Give the dialogue's events as values: what was said, understood and remembered."""
    return json.loads(value)
