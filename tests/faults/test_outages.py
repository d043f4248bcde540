"""Assistant or database down, locked or cut off: a word within five seconds, everything answered afterwards, in order."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from history import History, broken_promises
from processes import LONG, Killable
from proxy import How, Line
from sqlalchemy.engine import make_url
from wire import open_talk, read_all, say

DOWN = 30.0 if LONG else 6.0  # seconds
CUSTOMERS = 10
WORD_WITHIN = 5.0
Customer = tuple[History, list[float]]  # what they sent and saw, and the seconds to each first word


@pytest.mark.timeout(300)
@pytest.mark.parametrize("what", ["down", "hanging"])
def test_customers_hear_of_it_and_are_answered_when_the_assistant_is_back(
    on_sqlite: Killable, what: str, record_property: Callable[[str, object], None]
) -> None:
    script = {"down": True} if what == "down" else {"delay": DOWN}
    customers = asyncio.run(outage(on_sqlite, lambda: on_sqlite.script(**script), on_sqlite.script))
    judge(customers, record_property)


@pytest.mark.timeout(300)
def test_customers_hear_of_it_and_nothing_is_lost_when_sqlite_is_locked(
    on_sqlite: Killable, sqlite_url: str, record_property: Callable[[str, object], None]
) -> None:
    lock = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    customers = asyncio.run(
        outage(on_sqlite, lambda: lock.execute("BEGIN IMMEDIATE"), lambda: lock.execute("ROLLBACK"))
    )
    lock.close()
    judge(customers, record_property)


@pytest.mark.timeout(300)
def test_customers_hear_of_it_and_nothing_is_lost_when_postgresql_is_locked(
    on_postgresql: Killable, postgresql_url: str, record_property: Callable[[str, object], None]
) -> None:
    lock = psycopg2.connect(postgresql_url)
    statement = "LOCK TABLE conversations, inbox, messages IN ACCESS EXCLUSIVE MODE"
    customers = asyncio.run(outage(on_postgresql, lambda: lock.cursor().execute(statement), lock.rollback))
    lock.close()
    judge(customers, record_property)


@pytest.mark.timeout(300)
@pytest.mark.postgresql
@pytest.mark.parametrize("how", ["refused", "silent"])
def test_customers_hear_of_it_and_nothing_is_lost_when_postgresql_is_cut_off(
    cut_off: tuple[Killable, Line], how: How, record_property: Callable[[str, object], None]
) -> None:
    desk, line = cut_off
    customers = asyncio.run(outage(desk, lambda: line.cut(how), line.mend))
    judge(customers, record_property)


@pytest.fixture
def cut_off(postgresql_url: str, tmp_path: Path) -> Iterator[tuple[Killable, Line]]:
    """Both processes, up, and the line between them and PostgreSQL."""
    address = make_url(postgresql_url)
    line = Line(address.host or "127.0.0.1", address.port or 5432)
    behind = address.set(host="127.0.0.1", port=line.port).render_as_string(hide_password=False)
    killable = Killable(behind, tmp_path)
    try:
        killable.wait()
        yield killable, line
    finally:
        killable.kill()
        line.close()


def judge(customers: list[Customer], record_property: Callable[[str, object], None]) -> None:
    """Hold what customers saw against what they were promised."""
    slowest = max(seconds for _, words in customers for seconds in words)
    record_property("seconds down", DOWN)
    record_property("slowest first word", f"{slowest:.1f} s")
    record_property("messages", sum(len(history.sent) for history, _ in customers))
    assert slowest < WORD_WITHIN, f"silence for {slowest:.1f} s"
    broken = {history.conversation: broken_promises(history) for history, _ in customers}
    assert not any(broken.values()), broken


async def outage(desk: Killable, begin: Callable[[], object], end: Callable[[], object]) -> list[Customer]:
    """Have customers speak before, during and after an outage."""
    talks = [await open_talk(desk.url, language="en") for _ in range(CUSTOMERS)]
    for _, token in talks:
        assert (await say(desk.url, token, "before", "before")).status == 202
    await asyncio.sleep(1)
    await asyncio.to_thread(begin)
    over = asyncio.get_running_loop().time() + DOWN
    speaking = [asyncio.ensure_future(speak(desk, talk, over, random.Random(i))) for i, talk in enumerate(talks)]
    await asyncio.sleep(DOWN)
    await asyncio.to_thread(end)
    return list(await asyncio.gather(*speaking))


async def speak(desk: Killable, talk: tuple[str, str], over: float, rng: random.Random) -> Customer:
    """Say three things while it is down and one thing after; each again until it is acknowledged."""
    conversation, token = talk
    history, words = History(conversation, sent=[("before", "before")], acknowledged={}), []
    loop = asyncio.get_running_loop()
    for number in range(4):
        await asyncio.sleep(rng.uniform(0, DOWN / 8))
        name = f"{number}"
        history.sent.append((name, f"thing {number}"))
        started, is_first = loop.time(), True
        while (reply := await say(desk.url, token, name, f"thing {number}")).status != 202:
            assert (reply.status, reply.body["code"]) == (503, "away"), reply
            assert reply.body["text"]
            words += [loop.time() - started] if is_first else []
            is_first = False
            await asyncio.sleep(rng.uniform(0.2, 1))
        history.acknowledged[name] = {reply.body["message"]}
        if is_first:
            words.append(await first_word(desk, token, name, started))
    await asyncio.sleep(max(0.0, over - loop.time()))
    for _ in range(160):
        history.transcript = await read_all(desk.url, token)
        answers = [m for m in history.transcript if m["author"] == "assistant" and "notice" not in m["extras"]]
        if len(answers) >= len(history.sent):
            break
        await asyncio.sleep(0.25)
    return history, words


async def first_word(desk: Killable, token: str, name: str, started: float) -> float:
    """Wait until the desk has said something behind a message, and give the seconds that took."""
    loop = asyncio.get_running_loop()
    while loop.time() - started < 3 * WORD_WITHIN:
        said = await read_all(desk.url, token)
        place = next(i for i, message in enumerate(said) if message.get("client_message_id") == name)
        if any(message["author"] == "assistant" for message in said[place:]):
            break
        await asyncio.sleep(0.1)
    return loop.time() - started
