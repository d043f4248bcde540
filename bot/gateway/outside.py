"""News from other gateways: heard over LISTEN on PostgreSQL, looked for on SQLite."""

from __future__ import annotations

import asyncio
import select
from collections.abc import Callable
from threading import Event

import psycopg2
from sqlalchemy import select as choose
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from bot.gateway.bells import Bells
from bot.gateway.database import Database, DatabaseAway
from bot.gateway.logs import log
from bot.gateway.news import News
from bot.storage.messaging import conversations

POLL_SECONDS = 1.0
AT_ONCE = 500


async def listen_outside(database: Database, bells: Bells) -> None:
    """Pass on what other gateways have to tell, until cancelled."""
    if database.is_sqlite:
        await _look(database, bells)
        return
    loop, stop = asyncio.get_running_loop(), Event()

    def tell(news: News | None) -> None:
        loop.call_soon_threadsafe(bells.tell, news) if news else loop.call_soon_threadsafe(bells.ring_all)

    listening = loop.run_in_executor(None, _hear, database.url, database.name, tell, stop)
    try:
        await asyncio.shield(listening)
    finally:
        stop.set()
        await listening


async def _look(database: Database, bells: Bells) -> None:
    seen: dict[str, int] = {}
    while True:
        await asyncio.sleep(POLL_SECONDS)
        heard = bells.heard()
        try:
            found = await _last_numbers(database, heard)
        except DatabaseAway:
            continue
        for conversation, number in found.items():
            if seen.get(conversation, number) != number:
                bells.tell(News("message", conversation))
        seen = found


async def _last_numbers(database: Database, heard: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(heard), AT_ONCE):
        found.update(await database.read(_numbers, heard[start : start + AT_ONCE]))
    return found


def _numbers(session: Session, some: list[str]) -> dict[str, int]:
    rows = session.execute(choose(conversations.c.id, conversations.c.last_seq).where(conversations.c.id.in_(some)))
    return {row.id: row.last_seq for row in rows}


def _hear(url: str, name: str, tell: Callable[[News | None], None], stop: Event) -> None:
    """Listen in a thread; after a lost connection, listen again and have everybody look for themselves."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while not stop.is_set():
        try:
            _hear_once(address, name, tell, stop)
        except (psycopg2.Error, OSError, ValueError) as error:
            log("listening_lost", level="WARNING", failure=type(error).__name__)
            stop.wait(1.0)


def _hear_once(address: str, name: str, tell: Callable[[News | None], None], stop: Event) -> None:
    connection = psycopg2.connect(address)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("LISTEN saamjyu")
        tell(None)
        while not stop.is_set():
            if select.select([connection], [], [], 0.5)[0]:
                connection.poll()
                while connection.notifies:
                    if news := News.read(connection.notifies.pop(0).payload, name):
                        tell(news)
    finally:
        connection.close()
