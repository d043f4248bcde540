import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.gateway.conversations import Conversation
from bot.gateway.database import Database, DatabaseAway
from bot.gateway.housekeeping import Housekeeping
from bot.storage.care import erasures
from bot.storage.messaging import inbox, messages
from bot.storage.sessions import session_scope
from bot.support.channels import Origin
from bot.support.privacy import erase


def rows(engine: Engine, table: Any) -> int:
    with session_scope(engine) as session:
        return len(session.execute(select(table.c.id)).all())


def keep(database: Database, clock: Any, *times: float) -> None:
    async def work() -> None:
        housekeeping = Housekeeping(database, clock, dialogue_days=30, record_days=365)
        for seconds in times:
            clock.move(seconds)
            await housekeeping.once()

    asyncio.run(work())


def test_erasures_come_to_their_end_without_anybody_asking(
    engine: Engine, database_url: str, conversation: Conversation, say: Callable[..., Any], clock: Any
):
    accepted = say("delete everything about me", id="1")
    with session_scope(engine) as session:
        erase(session, Origin(conversation.id, accepted.id, "website", "en", "latin", clock.now))
        session.execute(inbox.update().values(state="done"))
    assert rows(engine, inbox) == 1
    database = Database(database_url)
    keep(database, clock, 61)
    database.close()
    assert rows(engine, inbox) == 0
    with session_scope(engine) as session:
        assert session.execute(select(erasures.c.conversation_id)).scalar_one() is None


def test_what_was_said_goes_after_its_days_and_is_looked_for_once_a_day(
    engine: Engine, database_url: str, say: Callable[..., Any], clock: Any
):
    say("hello", id="1")
    with session_scope(engine) as session:
        session.execute(inbox.update().values(state="done"))
    database = Database(database_url)
    almost = timedelta(days=29, hours=23).total_seconds()
    keep(database, clock, almost)
    assert rows(engine, messages) == 1
    keep(database, clock, 2 * 3600, 60)
    database.close()
    assert rows(engine, messages) == 0


def test_a_database_that_is_away_is_asked_again(monkeypatch: Any, clock: Any):
    class Away:
        asked = 0

        async def write(self, *args: Any, **kwargs: Any) -> None:
            self.asked += 1
            raise DatabaseAway("gone")

    away = Away()
    monkeypatch.setattr("bot.gateway.housekeeping.LOOK_SECONDS", 0.01)

    async def work() -> None:
        task = asyncio.ensure_future(Housekeeping(away, clock, dialogue_days=1, record_days=90).run())  # type: ignore[arg-type]
        for _ in range(500):  # as long as a busy machine may take
            await asyncio.sleep(0.01)
            if away.asked > 2:
                break
        task.cancel()

    asyncio.run(work())
    assert away.asked > 2
