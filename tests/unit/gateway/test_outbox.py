"""Deliveries go out in order, come back when they fail, and are kept when they cannot."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.gateway import conversations, outbox, transcript
from bot.gateway.bells import Bells
from bot.gateway.database import Database
from bot.gateway.metrics import Metrics
from bot.gateway.outbox import Delivery, NotEver, NotNow, Outbox
from bot.gateway.transcript import Message
from bot.storage.messaging import outbox as table
from bot.storage.sessions import session_scope


class Channel:
    """A channel that takes messages, or does not."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.taken: list[tuple[str, str]] = []

    async def send(self, delivery: Delivery) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append((delivery.to, delivery.text))


@pytest.fixture
def speak(engine: Engine, clock):
    """Have the desk say something to a person of Telegram."""

    def speak(to: str, *texts: str) -> None:
        with session_scope(engine) as session:
            where = conversations.open_conversation(session, channel="telegram", external_id=to, now=clock.now)
            for text in texts:
                transcript.add(session, where, Message("assistant", text), clock.now, None)

    return speak


def run(url: str, clock, channel: Channel, until) -> None:
    """Run the outbox until something holds."""

    async def work() -> None:
        bells = Bells()
        database = Database(url, on_news=bells.tell)
        job = asyncio.ensure_future(
            Outbox(database=database, bells=bells, senders={"telegram": channel}, metrics=Metrics(), clock=clock).run()
        )
        try:
            for _ in range(500):
                if await database.read(lambda session: until(session)):
                    return
                await asyncio.sleep(0.01)
            raise AssertionError("it never came to that")
        finally:
            job.cancel()
            await asyncio.gather(job, return_exceptions=True)
            database.close()

    asyncio.run(work())


def states(session) -> list[str]:
    return [row.state for row in session.execute(select(table))]


def failures(session) -> list[str]:
    return [row.failure for row in session.execute(select(table))]


def test_deliveries_keep_their_order_in_each_conversation(speak, database_url, clock) -> None:
    speak("ann", *[f"a{i}" for i in range(10)])
    speak("bob", *[f"b{i}" for i in range(10)])
    channel = Channel()
    run(database_url, clock, channel, lambda session: set(states(session)) == {"sent"})
    assert [text for to, text in channel.taken if to == "ann"] == [f"a{i}" for i in range(10)]
    assert [text for to, text in channel.taken if to == "bob"] == [f"b{i}" for i in range(10)]


def test_a_delivery_comes_again_after_the_channels_own_wish(speak, database_url, engine, clock) -> None:
    speak("ann", "one", "two")
    channel = Channel(NotNow("slow down", 7))
    run(database_url, clock, channel, lambda s: "slow down" in failures(s))
    assert not channel.taken
    with session_scope(engine) as session:
        assert outbox.take(session, clock.move(6.9)) is None
    clock.move(0.2)
    run(database_url, clock, channel, lambda session: set(states(session)) == {"sent"})
    assert [text for _, text in channel.taken] == ["one", "two"]


def test_a_delivery_is_kept_and_visible_when_the_channel_will_never_take_it(speak, database_url, clock) -> None:
    speak("ann", "one", "two")
    channel = Channel(NotEver("blocked by the user"))
    run(database_url, clock, channel, lambda session: sorted(states(session)) == ["failed", "sent"])
    assert channel.taken == [("ann", "two")]


def test_a_delivery_comes_again_when_the_channels_code_breaks(speak, database_url, clock) -> None:
    speak("ann", "one")
    channel = Channel(KeyError("boom"))
    run(database_url, clock, channel, lambda s: "KeyError" in failures(s))
    clock.move(10)
    run(database_url, clock, channel, lambda session: states(session) == ["sent"])


def test_two_workers_never_begin_the_same_delivery(speak, engine, clock) -> None:
    speak("ann", "one")
    with session_scope(engine) as session:
        assert outbox.take(session, clock.now)
    with session_scope(engine) as session:
        assert outbox.take(session, clock.now) is None
