"""One commit for many, and each still gets its own answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.gateway import conversations, refusals
from bot.gateway.lanes import Lanes
from bot.gateway.refusals import Refused
from bot.gateway.together import MOST_TOGETHER, Together
from bot.storage.messaging import conversations as table

Submit = Callable[[Callable[..., Any]], "Future[Any]"]


class Held:
    """A single writer that can be held up, so that work gathers behind it."""

    def __init__(self, engine: Engine) -> None:
        self.lanes = Lanes(1, "t")
        self.together = Together(engine, self.lanes)
        self.commits = 0
        self._begun, self._gate = threading.Event(), threading.Event()
        event.listen(engine, "commit", self._count)

    def hold(self) -> None:
        self.lanes.submit(lambda: (self._begun.set(), self._gate.wait()), urgent=True)
        self._begun.wait(5)

    def release(self) -> None:
        self._gate.set()

    def _count(self, connection: Any) -> None:
        self.commits += 1


@pytest.fixture
def held(engine: Engine) -> Iterator[Held]:
    held = Held(engine)
    held.hold()
    yield held
    held.release()
    held.lanes.close()


@pytest.fixture
def opening(clock) -> Callable[[Any], str]:
    return lambda session: conversations.open_conversation(session, channel="website", now=clock.now).id


def kept(engine: Engine) -> int:
    with engine.connect() as connection:
        return len(connection.execute(table.select()).all())


def test_what_waits_is_written_with_one_commit(engine: Engine, held: Held, opening) -> None:
    futures = [held.together.submit(opening) for _ in range(MOST_TOGETHER)]
    held.release()
    assert len({future.result(5) for future in futures}) == MOST_TOGETHER
    assert held.commits == 1
    assert kept(engine) == MOST_TOGETHER


def test_nothing_is_answered_before_its_commit(engine: Engine, held: Held, opening) -> None:
    seen: list[bool] = []
    futures = [held.together.submit(opening) for _ in range(3)]
    event.listen(engine, "commit", lambda connection: seen.append(any(future.done() for future in futures)))
    held.release()
    for future in futures:
        future.result(5)
    assert seen == [False]


def test_a_refusal_is_its_own_when_others_wait_beside_it(engine: Engine, held: Held, opening) -> None:
    def refused(session: Any) -> None:
        opening(session)
        raise refusals.empty_text()

    futures = [held.together.submit(work) for work in (opening, refused, opening)]
    held.release()
    assert futures[0].result(5) != futures[2].result(5)
    with pytest.raises(Refused):
        futures[1].result(5)
    assert kept(engine) == 2


def test_all_hear_of_it_at_once_when_the_database_is_away(engine: Engine, held: Held, opening) -> None:
    tries: list[int] = []

    def away(session: Any) -> None:
        tries.append(1)
        raise OperationalError("BEGIN", {}, Exception("locked"))

    futures = [held.together.submit(work) for work in (opening, away, opening)]
    held.release()
    for future in futures:
        with pytest.raises(OperationalError):
            future.result(5)
    assert len(tries) == 1
    assert kept(engine) == 0


def test_what_waits_is_cancelled_when_the_writer_goes_home(held: Held, opening) -> None:
    future = held.together.submit(opening)
    threading.Timer(0.1, held.release).start()
    held.lanes.close()
    with pytest.raises(CancelledError):
        future.result(5)
