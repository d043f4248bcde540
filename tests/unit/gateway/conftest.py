"""A desk's database with a conversation in it, and a clock that stands until it is moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.gateway import choices, conversations, inbox
from bot.gateway.conversations import Conversation
from bot.gateway.inbox import Accepted, Inbound
from bot.storage.sessions import open_engine, session_scope

NOON = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)


class Clock:
    """A clock that stands."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> datetime:
        """Move on."""
        self.now += timedelta(seconds=seconds)
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock at noon."""
    return Clock()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty desk's database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def conversation(engine: Engine) -> Conversation:
    """A conversation on the website."""
    with session_scope(engine) as session:
        return conversations.open_conversation(session, channel="website", now=NOON)


@pytest.fixture
def say(engine: Engine, conversation: Conversation, clock: Clock) -> Callable[..., Accepted]:
    """Keep a message of the conversation."""

    def label(text: str, labels: list[str]) -> int | None:
        return labels.index(text) if text in labels else None

    def say(text: str | None = None, *, choice: str | None = None, id: str, into: str | None = None) -> Accepted:
        where = into or conversation.id
        with session_scope(engine) as session:
            meant = choices.meant_by_text(session, where, text or "", label)
            return inbox.accept(session, Inbound(where, f"{where}:{id}", text, choice, meant), now=clock.now)

    return say
