"""What becomes of a turn: its answers and the mark on its message are written together, or a failure is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.gateway import claims, conversations, transcript
from bot.gateway.claims import Turn
from bot.gateway.conversations import Tongue
from bot.gateway.news import announce
from bot.gateway.transcript import Message
from bot.language.aligned import Language, Script
from bot.storage.messaging import conversations as conversations_table
from bot.storage.messaging import inbox

PAUSES = (0.5, 1, 2, 4, 8, 16, 32, *[60] * 13)  # seconds before each further try: a quarter of an hour in all


@dataclass(frozen=True)
class Said:
    """The language of a customer's message, and its script unless its characters are the same in both."""

    language: Language
    script: Script | None


@dataclass(frozen=True)
class Answered:
    """What the assistant answered, how the customer is to be answered from now on, and what they wrote in."""

    messages: Sequence[Message]
    preference: dict[str, Any] | None
    said: Said | None = None


@dataclass(frozen=True)
class Late:
    """A message whose answer takes too long."""

    message_id: str
    conversation: str
    tongue: Tongue | None
    text: str


def settle(session: Session, turn: Turn, answered: Answered, now: datetime) -> Turn | None:
    """Write a turn's answers, preference and mark in one transaction; give the next turn of the conversation.

    Answers that come too late, to a conversation that another worker or a person has taken over, are dropped:
    the assistant has recorded them, and gives them again to whoever asks under the same message id.
    """
    conversation = conversations.lock(session, turn.conversation.id)
    if conversation.claimed_by != turn.claim or not _mark(session, turn, state="done", done_at=now):
        return None
    if conversation.holder != "human":
        for message in answered.messages:
            transcript.add(session, conversation, message, now, turn.message_id)
    if answered.said:
        transcript.identify(session, conversation.id, turn.message_id, answered.said.language, answered.said.script)
    if answered.preference:
        conversations.change(session, conversation.id, now, **answered.preference)
    announce(session, "still", conversation.id)
    return claims.following(session, conversations.find(session, conversation.id), turn.claim, now)


def postpone(session: Session, turn: Turn, *, apology: Message, farewell: Message, now: datetime) -> bool:
    """Keep a message whose turn failed: say so once, try again later, and after the last try leave it to a person.

    Gives whether it will be tried again.
    """
    conversation = conversations.lock(session, turn.conversation.id)
    if conversation.claimed_by != turn.claim:
        return True
    is_last = turn.attempts >= len(PAUSES)
    pause = timedelta(seconds=0 if is_last else PAUSES[turn.attempts])
    marks: dict[str, Any] = {"attempts": turn.attempts + 1, "next_try_at": now + pause}
    if is_last:
        marks.update(state="failed", done_at=now)
        conversations.change(session, conversation.id, now, holder="waiting")
    if _mark(session, turn, **marks) and turn.kind != "event":
        if is_last:
            transcript.add(session, conversation, farewell, now, turn.message_id)
        else:
            apologise(session, turn.message_id, turn.conversation.id, apology, now)
    announce(session, "still", conversation.id)
    announce(session, "work", conversation.id)
    claims.release(session, conversation.id, turn.claim)
    return not is_last


def apologise(session: Session, message_id: str, conversation: str, apology: Message, now: datetime) -> bool:
    """Tell the customer that an answer is late, once for each message."""
    locked = conversations.lock(session, conversation)
    first = update(inbox).filter_by(id=message_id, state="new", apologised=False).values(apologised=True)
    if not session.execute(first).rowcount:
        return False
    transcript.add(session, locked, apology, now, message_id)
    return True


def hurry(session: Session, now: datetime) -> int:
    """Try every postponed message now: what made them fail is over."""
    postponed = update(inbox).where(inbox.c.state == "new", inbox.c.next_try_at > now)
    return int(session.execute(postponed.values(next_try_at=now)).rowcount)


def late(session: Session, before: datetime) -> list[Late]:
    """Give messages from before a moment that have no answer and no apology, the oldest first."""
    rows = session.execute(
        select(
            inbox.c.id,
            inbox.c.conversation_id,
            inbox.c.text,
            conversations_table.c.language,
            conversations_table.c.script,
        )
        .select_from(inbox.join(conversations_table))
        .where(inbox.c.state == "new", inbox.c.apologised.is_(False), inbox.c.kind != "event")
        .where(inbox.c.received_at < before, conversations_table.c.holder != "human")
        .order_by(inbox.c.received_at)
        .limit(50)
    )
    return [Late(row[0], row.conversation_id, conversations.tongue_of(row), row.text) for row in rows]


def _mark(session: Session, turn: Turn, **values: Any) -> bool:
    return bool(session.execute(update(inbox).filter_by(id=turn.message_id, state="new").values(**values)).rowcount)
