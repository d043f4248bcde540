"""Conversations: opened by the server, locked while they change, revoked by raising their token version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.language.aligned import Language, Script
from bot.storage.columns import new_id
from bot.storage.messaging import conversations

# Statements of every message are built once: building one takes longer than running it.
_ONE = select(conversations).where(conversations.c.id == bindparam("id"))
_PERMITTED = _ONE.where(conversations.c.token_version == bindparam("version"))
_LOCKED = _ONE.with_for_update()
_INSERT = conversations.insert()
NOT_CALLED = "website"  # reads its messages itself; every other channel is called through the outbox


@dataclass(frozen=True)
class Tongue:
    """The language and script somebody is answered in."""

    language: Language
    script: Script


@dataclass(frozen=True)
class Conversation:
    """One line of talk with one person on one channel, as it stood when it was read."""

    id: str
    channel: str
    external_id: str | None
    tongue: Tongue | None
    wished_language: bool
    wished_script: bool
    holder: str
    last_seq: int
    token_version: int
    claimed_by: str | None

    def preference(self) -> dict[str, Any] | None:
        """Say how the customer is answered, in the words of the assistant's door; None while nobody knows."""
        if self.tongue is None:
            return None
        return {
            "language": self.tongue.language,
            "script": self.tongue.script,
            "wished_language": self.wished_language,
            "wished_script": self.wished_script,
        }


def open_conversation(
    session: Session, *, channel: str, now: datetime, external_id: str | None = None, tongue: Tongue | None = None
) -> Conversation:
    """Open a conversation, or give the one that this person of the channel already has."""
    values: dict[str, Any] = {
        "id": new_id(),
        "channel": channel,
        "external_id": external_id,
        "language": tongue and tongue.language,
        "script": tongue and tongue.script,
        "created_at": now,
        "updated_at": now,
    }
    if external_id is None:
        session.execute(_INSERT, values)
        return find(session, values["id"])
    try:
        with session.begin_nested():
            session.execute(_INSERT, values)
    except IntegrityError:  # this person has one
        known = select(conversations.c.id).filter_by(channel=channel, external_id=external_id)
        return find(session, session.execute(known).scalar_one())
    return find(session, values["id"])


def find(session: Session, conversation: str) -> Conversation:
    """Give a conversation that is known to exist."""
    return _read(session.execute(_ONE, {"id": conversation}).one())


def permitted(session: Session, conversation: str, version: int) -> Conversation | None:
    """Give the conversation that a token opens; None when its tokens were revoked or it is gone."""
    row = session.execute(_PERMITTED, {"id": conversation, "version": version}).first()
    return _read(row) if row else None


def lock(session: Session, conversation: str) -> Conversation:
    """Give a conversation and keep everybody else from changing it until the transaction ends."""
    return _read(session.execute(_LOCKED, {"id": conversation}).one())


def change(session: Session, conversation: str, now: datetime, **values: Any) -> None:
    """Change fields of a conversation."""
    session.execute(update(conversations).filter_by(id=conversation).values(updated_at=now, **values))


def revoke(session: Session, conversation: str, now: datetime) -> None:
    """Make every token given out for a conversation useless."""
    change(session, conversation, now, token_version=conversations.c.token_version + 1)


def end(session: Session, conversation: str, now: datetime) -> None:
    """Close a conversation at the customer's wish; its tokens open nothing from then on."""
    revoke(session, conversation, now)
    change(session, conversation, now, holder="closed")


def tongue_of(row: Any) -> Tongue | None:
    """Read the language and script of a conversation's row."""
    return Tongue(row.language, row.script) if row.language and row.script else None


def _read(row: Any) -> Conversation:
    return Conversation(
        id=row.id,
        channel=row.channel,
        external_id=row.external_id,
        tongue=tongue_of(row),
        wished_language=row.wished_language,
        wished_script=row.wished_script,
        holder=row.holder,
        last_seq=row.last_seq,
        token_version=row.token_version,
        claimed_by=row.claimed_by,
    )
