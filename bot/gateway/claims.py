"""Claims: a conversation is worked on by one worker at a time, for as long as that worker keeps saying so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from bot.gateway import conversations
from bot.gateway.conversations import Conversation
from bot.gateway.news import announce
from bot.storage.messaging import conversations as table
from bot.storage.messaging import inbox

LEASE = timedelta(seconds=10)
_EARLIER = inbox.alias()
_FREE = or_(table.c.claimed_until.is_(None), table.c.claimed_until < bindparam("now"))
# The conversation whose next message has waited longest. Built once, as it is asked for every turn.
_DUE = (
    select(inbox.c.conversation_id)
    .join(table, table.c.id == inbox.c.conversation_id)
    .where(
        inbox.c.state == "new",
        inbox.c.next_try_at <= bindparam("now"),
        _FREE,
        ~select(_EARLIER.c.id)
        .where(
            _EARLIER.c.conversation_id == inbox.c.conversation_id,
            _EARLIER.c.state == "new",
            _EARLIER.c.position < inbox.c.position,
        )
        .exists(),
    )
    .order_by(inbox.c.next_try_at)
    .limit(1)
    .with_for_update(of=table, skip_locked=True)
)
_CLAIM = (
    update(table)
    .where(table.c.id == bindparam("due"), _FREE)
    .values(claimed_by=bindparam("claim"), claimed_until=bindparam("until"))
    .execution_options(synchronize_session=False)
)
_NEXT = (
    select(inbox)
    .where(inbox.c.conversation_id == bindparam("conversation"), inbox.c.state == "new")
    .order_by(inbox.c.position)
    .limit(1)
)


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

    The row that was found stays locked, and the claim is a compare-and-set: two workers never get the same one.
    """
    due = session.execute(_DUE, {"now": now}).scalar()
    if due is None:
        return None
    claimed = session.execute(_CLAIM, {"due": due, "claim": claim, "now": now, "until": now + LEASE}).rowcount
    return following(session, conversations.find(session, due), claim, now) if claimed else None


def following(session: Session, conversation: Conversation, claim: str, now: datetime) -> Turn | None:
    """Give the claimed conversation's next message, or give the claim back when none is due."""
    if conversation.holder == "human":
        _leave_to_person(session, conversation, now)
    row = session.execute(_NEXT, {"conversation": conversation.id}).first()
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
