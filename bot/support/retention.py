"""Forgetting in time: the rest of erasures, talks that are over, and records whose person is no longer needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.care import appointments as visits
from bot.storage.care import callbacks, complaint_events, complaints, erasures, photos, proofs, recovery_tasks
from bot.storage.messaging import conversations, dialogues, inbox, messages, outbox
from bot.storage.records import (
    customers,
    feedback,
    feedback_events,
    orders,
    proof_attempts,
    ticket_events,
    tickets,
    units,
)
from bot.support.complaint_rules import LIVE_STATES
from bot.support.personal import HOLDINGS
from bot.support.privacy import erase_where
from bot.support.ticket_states import OPEN_STATES
from bot.support.tickets import REPEAT_DAYS

TURN_IS_OVER = timedelta(minutes=1)
RECEIPT_IS_READ = timedelta(days=1)
TRIES_KEPT = timedelta(days=1)
_BY_TABLE = {holding.table.name: holding for holding in HOLDINGS}


def finish_erasures(session: Session, now: datetime) -> int:
    """Delete what erasures had to leave for the turn they ran in; give how many were brought to their end.

    Run it every minute or so. Where a channel knows its person by a name, that name goes a day after their last word.
    """
    finished = 0
    waiting = (erasures.c.finished_at.is_(None), erasures.c.at < now - TURN_IS_OVER)
    for row in session.execute(select(erasures).where(*waiting)).all():
        talk = session.execute(
            select(conversations).where(conversations.c.id == row.conversation_id).with_for_update()
        ).one()
        if row.message_id and not _turn_is_over(session, talk, row.message_id, now):
            continue
        if row.message_id:
            _forget_talk(session, conversations.c.id == talk.id, before=row.at)
            _mark(session, row.number, message_id=None)
        # Who has begun anew is known by that name again, and has to be reached.
        begun_anew = talk.customer_id is not None
        if talk.external_id is not None and not begun_anew:
            if talk.updated_at > now - RECEIPT_IS_READ:
                continue
            session.execute(conversations.update().where(conversations.c.id == talk.id).values(external_id=None))
        _mark(session, row.number, finished_at=now, conversation_id=None)  # without it a receipt names nobody
        finished += 1
    return finished


def retain(session: Session, now: datetime, days: int, *, record_days: int | None = None) -> Mapping[str, int]:
    """Delete what was said more than `days` after its conversation went quiet, and give the rows by table.

    Records that have ended lose their person after `record_days`, which is never less than a repeat repair is looked
    for. Open repairs, live complaints and wanted callbacks keep theirs, and so do conversations that wait for a person.
    """
    finish_erasures(session, now)
    quiet = (conversations.c.updated_at < now - timedelta(days=days)) & conversations.c.holder.in_(("bot", "closed"))
    counted = _forget_talk(session, quiet, before=now)
    old = now - timedelta(days=max(record_days or days, REPEAT_DAYS))
    conditions = _ended_before(old)
    for name in (holding.table.name for holding in HOLDINGS if holding.table.name in conditions):
        counted[name] = erase_where(session, _BY_TABLE[name], conditions[name])
    counted["customers"] = _forget_customers(session, old)
    gone = session.execute(proof_attempts.delete().where(proof_attempts.c.at < now - TRIES_KEPT))
    counted["proof_attempts"] = int(gone.rowcount)
    return {name: count for name, count in counted.items() if count}


def _turn_is_over(session: Session, talk: Any, message_id: str, now: datetime) -> bool:
    if talk.claimed_until is not None and talk.claimed_until > now:
        return False
    waiting = select(inbox.c.id).where(inbox.c.id == message_id, inbox.c.state == "new")
    return session.execute(waiting).first() is None


def _mark(session: Session, number: str, **values: Any) -> None:
    session.execute(erasures.update().where(erasures.c.number == number).values(**values))


def _forget_talk(session: Session, which: Any, *, before: datetime) -> dict[str, int]:
    """Delete what was said in conversations up to a moment, but no message that still waits for its answer."""
    talks = select(conversations.c.id).where(which)
    ended = inbox.c.conversation_id.in_(talks) & (inbox.c.state != "new") & (inbox.c.received_at <= before)
    unanswered = messages.c.inbox_id.in_(select(inbox.c.id).where(inbox.c.state == "new"))
    said = messages.c.conversation_id.in_(talks) & (messages.c.sent_at <= before) & ~func.coalesce(unanswered, False)
    gone = {
        outbox.name: outbox.delete().where(outbox.c.message_id.in_(select(messages.c.id).where(said))),
        messages.name: messages.delete().where(said),
    }
    counted = {name: int(session.execute(statement).rowcount) for name, statement in gone.items()}
    # A later answer, such as the receipt, stays without the message it answered.
    answers = messages.c.inbox_id.in_(select(inbox.c.id).where(ended))
    session.execute(messages.update().where(answers).values(inbox_id=None))
    counted[inbox.name] = int(session.execute(inbox.delete().where(ended)).rowcount)
    # A photo that no ticket has taken was only said; the others stay as long as their ticket has a person.
    unused = photos.c.conversation_id.in_(talks) & photos.c.ticket_id.is_(None) & (photos.c.created_at <= before)
    counted[photos.name] = int(session.execute(photos.delete().where(unused)).rowcount)
    remembered = dialogues.delete().where(dialogues.c.conversation_id.in_(talks))
    counted[dialogues.name] = int(session.execute(remembered).rowcount)
    return counted


def _ended_before(old: datetime) -> dict[str, Any]:
    """Give, by table, which rows ended long enough ago and still have a person."""
    named = (tickets.c.own_words != "") | tickets.c.phone.is_not(None) | tickets.c.name.is_not(None)
    over = tickets.c.state.notin_(OPEN_STATES) & (tickets.c.updated_at < old) & named
    over_ids = select(tickets.c.id).where(over)
    settled = complaints.c.state.notin_(LIVE_STATES) & (complaints.c.updated_at < old) & (complaints.c.happened != "")
    settled_ids = select(complaints.c.id).where(settled)
    rated = (feedback.c.changed_at < old) & feedback.c.words.is_not(None)
    rated_ids = select(feedback.c.id).where(rated)
    return {
        ticket_events.name: ticket_events.c.ticket_id.in_(over_ids),
        visits.name: visits.c.ticket_id.in_(over_ids),
        photos.name: photos.c.ticket_id.in_(over_ids),
        tickets.name: over,
        complaint_events.name: complaint_events.c.complaint_id.in_(settled_ids),
        complaints.name: settled,
        feedback_events.name: feedback_events.c.feedback_id.in_(rated_ids),
        recovery_tasks.name: recovery_tasks.c.feedback_id.in_(rated_ids) & (recovery_tasks.c.state != "open"),
        feedback.name: rated,
        callbacks.name: callbacks.c.state.in_(("done", "cancelled")) & (callbacks.c.updated_at < old),
        proofs.name: proofs.c.at < old,
        orders.name: orders.c.status.in_(("delivered", "returned"))
        & (orders.c.placed_on < old.date())
        & (orders.c.phone != ""),
        units.name: (units.c.warranty_until < old.date()) & units.c.phone.is_not(None),
    }


def _forget_customers(session: Session, old: datetime) -> int:
    """Delete the customers who have nothing open, nothing kept, and have not written for long."""

    def without(table: Any, *more: Any) -> Any:
        return ~select(table.c.customer_id).where(table.c.customer_id == customers.c.id, *more).exists()

    gone = session.execute(
        select(customers.c.id).where(
            customers.c.created_at < old,
            without(tickets),
            without(complaints),
            without(callbacks),
            without(conversations, conversations.c.updated_at >= old),
        )
    )
    ids = tuple(gone.scalars())
    consents = _BY_TABLE["consents"].table
    session.execute(consents.delete().where(consents.c.customer_id.in_(ids)))
    session.execute(conversations.update().where(conversations.c.customer_id.in_(ids)).values(customer_id=None))
    nobodys = conversations.c.customer_id.is_(None) & (conversations.c.updated_at < old)
    session.execute(conversations.update().where(nobodys).values(external_id=None))
    return int(session.execute(customers.delete().where(customers.c.id.in_(ids))).rowcount)
