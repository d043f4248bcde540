"""Who holds a conversation: the assistant, nobody yet, or a person."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.messaging import conversations
from bot.support.channels import Origin

BOT, WAITING, HUMAN, CLOSED = "bot", "waiting", "human", "closed"


def ask_for_person(session: Session, origin: Origin, *, cause: str) -> bool:
    """Mark a conversation as waiting for a person, with the cause; False when it waits or is held already."""
    changed = session.execute(
        conversations.update()
        .where(conversations.c.id == origin.conversation_id, conversations.c.holder == BOT)
        .values(holder=WAITING, waiting_cause=cause, waiting_since=origin.at)
    )
    return bool(changed.rowcount)


def holder_of(session: Session, conversation_id: str) -> str:
    """Tell who holds a conversation."""
    held: str = session.execute(
        select(conversations.c.holder).where(conversations.c.id == conversation_id)
    ).scalar_one()
    return held
