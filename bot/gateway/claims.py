"""Claims: a conversation is worked on by one worker at a time, for as long as that worker keeps saying so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from bot.gateway import conversations
from bot.gateway.conversations import Conversation
from bot.gateway.news import announce
from bot.storage.messaging import conversations as table
from bot.storage.messaging import inbox

LEASE = timedelta(seconds=10)


@dataclass(frozen=True)
class Turn:
    """One message on its way to the assistant, under the claim of one worker."""

    claim: str
    message_id: str
    kind: str  # text, choice, event
    text: str
    payload: dict[str, Any] | None
    attempts: int
    received_at: datetime
    conversation: Conversation


def take(session: Session, *, claim: str, now: datetime) -> Turn | None:
    """Claim the conversation whose next message has waited longest, and give that message.

    The claim is one statement, so that two workers never get the same conversation.
    """
    earlier = inbox.alias()
    due = (
        select(inbox.c.conversation_id)
        .join(table, table.c.id == inbox.c.conversation_id)
        .where(
            inbox.c.state == "new",
            inbox.c.next_try_at <= now,
            or_(table.c.claimed_until.is_(None), table.c.claimed_until < now),
            ~select(earlier.c.id)
            .where(
                earlier.c.conversation_id == inbox.c.conversation_id,
                earlier.c.state == "new",
                earlier.c.position < inbox.c.position,
            )
            .exists(),
        )
        .order_by(inbox.c.next_try_at)
        .limit(1)
        .with_for_update(of=table, skip_locked=True)
    )
    session.execute(
        update(table)
        .where(table.c.id == due.scalar_subquery())
        .values(claimed_by=claim, claimed_until=now + LEASE)
        .execution_options(synchronize_session=False)
    )
    claimed = session.execute(select(table.c.id).filter_by(claimed_by=claim)).scalar()
    return following(session, conversations.find(session, claimed), claim, now) if claimed else None


def following(session: Session, conversation: Conversation, claim: str, now: datetime) -> Turn | None:
    """Give the claimed conversation's next message, or give the claim back when none is due."""
    if conversation.holder == "human":
        _leave_to_person(session, conversation, now)
    row = session.execute(
        select(inbox).filter_by(conversation_id=conversation.id, state="new").order_by(inbox.c.position).limit(1)
    ).first()
    if row is None or row.next_try_at > now:
        release(session, conversation.id, claim)
        return None
    announce(session, "typing", conversation.id)
    return Turn(
        claim=claim,
        message_id=row.id,
        kind=row.kind,
        text=row.text,
        payload=row.payload,
        attempts=row.attempts,
        received_at=row.received_at,
        conversation=conversation,
    )


def renew(session: Session, turn: Turn, now: datetime) -> bool:
    """Say that the worker is still busy; False when the conversation went to another one meanwhile."""
    held = update(table).where(and_(table.c.id == turn.conversation.id, table.c.claimed_by == turn.claim))
    return bool(session.execute(held.values(claimed_until=now + LEASE)).rowcount)


def release(session: Session, conversation: str, claim: str) -> None:
    """Give a claim back."""
    held = update(table).where(and_(table.c.id == conversation, table.c.claimed_by == claim))
    session.execute(held.values(claimed_by=None, claimed_until=None))


def release_all(session: Session, worker: str) -> None:
    """Give back every claim of a worker that goes home, so that others need not wait for them to run out."""
    session.execute(
        update(table)
        .where(table.c.claimed_by.startswith(f"{worker}:"))
        .values(claimed_by=None, claimed_until=None)
        .execution_options(synchronize_session=False)
    )


def next_due(session: Session, now: datetime) -> datetime | None:
    """Give the moment at which the next postponed message is to be tried."""
    postponed = select(func.min(inbox.c.next_try_at)).where(inbox.c.state == "new", inbox.c.next_try_at > now)
    moment: datetime | None = session.execute(postponed).scalar()
    return moment


def _leave_to_person(session: Session, conversation: Conversation, now: datetime) -> None:
    """Keep what waits for the human who holds the conversation; the assistant stays silent."""
    waiting = update(inbox).filter_by(conversation_id=conversation.id, state="new")
    session.execute(waiting.values(state="done", done_at=now))
