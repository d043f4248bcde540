"""The inbox: what came in is committed, once whatever is repeated, before it is acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from bot.gateway import choices, conversations, refusals, transcript
from bot.gateway.conversations import Conversation
from bot.gateway.news import announce
from bot.gateway.texts import checked
from bot.language.slash import disarm
from bot.storage.columns import new_id
from bot.storage.messaging import inbox

# Built once, as they are part of every message.
_KNOWN = select(inbox).where(inbox.c.channel == bindparam("channel"), inbox.c.external_id == bindparam("external_id"))
_LAST = select(func.max(inbox.c.position)).where(inbox.c.conversation_id == bindparam("conversation"))
_INSERT = inbox.insert()


@dataclass(frozen=True)
class Inbound:
    """One message as its channel gave it: a text or the id of a choice, under the channel's own id.

    `meant` is the id of the choice that the text was read as.
    """

    conversation: str
    external_id: str
    text: str | None = None
    choice: str | None = None
    meant: str | None = None


@dataclass(frozen=True)
class Accepted:
    """A message that is safely kept."""

    id: str
    seq: int
    repeated: bool


def accept(session: Session, inbound: Inbound, *, now: datetime) -> Accepted:
    """Keep a message and put it into the transcript; a repeated one is accepted again and changes nothing.

    Raises Refused.
    """
    conversation = conversations.lock(session, inbound.conversation)
    text = None if inbound.text is None else checked(inbound.text)
    before = known_message(session, conversation, inbound.external_id)
    if before:
        return _again(session, before, inbound, text)
    chosen: choices.Chosen | None
    if text is None:
        chosen = choices.chosen_by_id(session, conversation.id, inbound.choice or "")
        text = chosen.label
    else:
        chosen = choices.still_open(session, conversation.id, inbound.meant)
    harmless = disarm(text)
    if not harmless:
        raise refusals.empty_text()
    if conversation.holder == "closed":
        conversations.change(session, conversation.id, now, holder="bot")
    row = {
        "kind": "choice" if chosen else "text",
        "external_id": inbound.external_id,
        "text": harmless,
        "choice_id": chosen and chosen.id,
        "payload": chosen and chosen.payload,
    }
    message_id = _insert(session, conversation, row, now)
    seq = transcript.add(session, conversation, transcript.Message("customer", text), now, message_id)
    return Accepted(message_id, seq, repeated=False)


def add_event(
    session: Session, conversation: str, *, name: str, entities: dict[str, Any], external_id: str, now: datetime
) -> bool:
    """Have the assistant tell a customer something no message asked for; False when this was asked for before."""
    locked = conversations.lock(session, conversation)
    known = session.execute(select(inbox.c.id).filter_by(channel=locked.channel, external_id=external_id)).first()
    if known:
        return False
    payload = {"intent": name, "entities": entities}
    _insert(session, locked, {"kind": "event", "external_id": external_id, "text": "", "payload": payload}, now)
    return True


def known_message(session: Session, conversation: Conversation, external_id: str) -> Any:
    """Give the row of a message that came before under the same id, or None."""
    return session.execute(_KNOWN, {"channel": conversation.channel, "external_id": external_id}).first()


def add_photo(session: Session, conversation: Conversation, external_id: str, now: datetime) -> str:
    """Keep that a photo came and give its message's id; no turn is asked for, so it is done."""
    row = {"kind": "photo", "external_id": external_id, "text": "", "state": "done", "done_at": now}
    return _insert(session, conversation, row, now)


def _again(session: Session, before: Any, inbound: Inbound, text: str | None) -> Accepted:
    same = before.choice_id == inbound.choice if text is None else before.text == disarm(text)
    same = same and before.kind != "photo"
    if before.conversation_id != inbound.conversation or not same:
        raise refusals.reused_id()
    return Accepted(before.id, transcript.number_of(session, before.conversation_id, before.id), repeated=True)


def _insert(session: Session, conversation: Conversation, row: dict[str, Any], now: datetime) -> str:
    last = session.execute(_LAST, {"conversation": conversation.id}).scalar()
    message_id = new_id()
    common = {
        "id": message_id,
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "position": (last or 0) + 1,
        "next_try_at": now,
        "received_at": now,
    }
    session.execute(_INSERT, {**common, **row})
    if row.get("state", "new") == "new":
        announce(session, "work", conversation.id)
    return message_id
