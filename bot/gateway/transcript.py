"""What both sides have said, numbered 1, 2, 3 … inside each conversation, in the order the customer sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.gateway.conversations import NOT_CALLED, Conversation
from bot.gateway.news import announce
from bot.language.aligned import Language, Script
from bot.storage.columns import new_id
from bot.storage.messaging import conversations, inbox, messages, outbox

MOST_AT_ONCE = 200
# Built once, as they are part of every message.
_NUMBER = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(last_seq=conversations.c.last_seq + 1, updated_at=bindparam("now"))
)
_NUMBER_GIVEN = select(conversations.c.last_seq).where(conversations.c.id == bindparam("conversation"))
_NUMBER_AND_GIVE = _NUMBER.returning(conversations.c.last_seq)  # one way to the server and back
_INSERT = messages.insert()
_NUMBER_OF = select(messages.c.seq).where(
    messages.c.conversation_id == bindparam("conversation"),
    messages.c.inbox_id == bindparam("inbox"),
    messages.c.author == "customer",
)
_IDENTIFY = (
    update(messages)
    .where(
        messages.c.conversation_id == bindparam("conversation"),
        messages.c.inbox_id == bindparam("inbox"),
        messages.c.author == "customer",
    )
    .values(language=bindparam("in_language"), script=bindparam("in_script"))
    .execution_options(synchronize_session=False)
)
_AFTER = (
    select(messages, inbox.c.external_id)
    .select_from(messages.outerjoin(inbox, inbox.c.id == messages.c.inbox_id))
    .where(messages.c.conversation_id == bindparam("conversation"), messages.c.seq > bindparam("after"))
    .order_by(messages.c.seq)
    .limit(MOST_AT_ONCE)
)


@dataclass(frozen=True)
class Message:
    """One thing somebody said. `choices` are offered labels with the payloads they stand for."""

    author: str  # customer, assistant, agent
    text: str
    language: Language | None = None
    script: Script | None = None
    choices: Sequence[Mapping[str, Any]] = ()  # {"label", "payload"}
    extras: Mapping[str, Any] = field(default_factory=dict)


def add(session: Session, conversation: Conversation, message: Message, now: datetime, inbox_id: str | None) -> int:
    """Write a message behind the others, and into the outbox where its channel must be called; give its number."""
    seq = _next_number(session, conversation.id, now)
    row = {
        "id": new_id(),
        "conversation_id": conversation.id,
        "seq": seq,
        "author": message.author,
        "text": message.text,
        "language": message.language,
        "script": message.script,
        "choices": [{"id": new_id(), "label": c["label"], "payload": c["payload"]} for c in message.choices],
        "extras": dict(message.extras),
        "inbox_id": inbox_id,
        "sent_at": now,
    }
    session.execute(_INSERT, row)
    if conversation.channel != NOT_CALLED and message.author != "customer":
        session.execute(
            outbox.insert().values(
                id=new_id(),
                message_id=row["id"],
                conversation_id=conversation.id,
                channel=conversation.channel,
                next_try_at=now,
            )
        )
        announce(session, "outbox", conversation.id)
    announce(session, "message", conversation.id)
    return seq


def _next_number(session: Session, conversation: str, now: datetime) -> int:
    known = {"conversation": conversation, "now": now}
    if session.get_bind().dialect.name == "postgresql":
        return int(session.execute(_NUMBER_AND_GIVE, known).scalar_one())
    session.execute(_NUMBER, known)
    return int(session.execute(_NUMBER_GIVEN, {"conversation": conversation}).scalar_one())


def read_after(session: Session, conversation: str, after: int) -> list[dict[str, Any]]:
    """Give the messages behind number `after` as a client may see them, at most MOST_AT_ONCE."""
    rows = session.execute(_AFTER, {"conversation": conversation, "after": after})
    return [_as_seen(row) for row in rows]


def _as_seen(row: Any) -> dict[str, Any]:
    seen = {
        "seq": row.seq,
        "author": row.author,
        "text": row.text,
        "language": row.language,
        "script": row.script,
        "choices": [{"id": choice["id"], "label": choice["label"]} for choice in row.choices],
        "sent_at": row.sent_at.isoformat(),
        "extras": row.extras,
    }
    if row.author == "customer" and row.external_id:
        seen["client_message_id"] = row.external_id.partition(":")[2]  # "conversation:client's own id"
    return seen


def identify(session: Session, conversation: str, inbox_id: str, language: Language, script: Script | None) -> None:
    """Write down what language and script a customer's message turned out to be in."""
    said = {"conversation": conversation, "inbox": inbox_id, "in_language": language, "in_script": script}
    session.execute(_IDENTIFY, said)


def number_of(session: Session, conversation: str, inbox_id: str) -> int:
    """Give the number under which a customer's message stands in its transcript."""
    number: int = session.execute(_NUMBER_OF, {"conversation": conversation, "inbox": inbox_id}).scalar_one()
    return number
