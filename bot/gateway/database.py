"""The shared database, asked from threads of its own so that the event loop never waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg2
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from bot.gateway.lanes import Lanes
from bot.gateway.news import News, gathered
from bot.gateway.patience import in_time
from bot.gateway.rush import Rush
from bot.gateway.together import Together
from bot.storage.columns import new_id
from bot.storage.sessions import open_engine, session_scope

P = ParamSpec("P")
T = TypeVar("T")
BUSY_SECONDS = 3  # how long one statement waits for a lock
# A server that vanishes without a word is noticed, or its connections would hold their threads for hours.
_LINE = {
    "connect_timeout": str(BUSY_SECONDS),
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_NOTIFY = text("select pg_notify('saamjyu', item) from unnest(:news) as item")
READERS, POSTGRES_WRITERS = 4, 6
REST_SECONDS = 1.0  # behind which a connection is tried before it is used


class DatabaseAway(RuntimeError):
    """The database is down, locked or too slow; what was asked may or may not have happened."""


class Database:
    """Runs units of work in a bounded pool of threads, and tells the news of each once it is committed."""

    def __init__(
        self,
        url: str,
        *,
        patience: float = 4.0,
        on_news: Callable[[News], None] = lambda news: None,
        on_away: Callable[[str], None] = lambda how: None,
    ) -> None:
        address = make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        self.name = new_id()  # tells this process's news from others'
        self.patience = patience
        self.rush = Rush()
        self.on_news, self.on_away = on_news, on_away
        self.url = url if self.is_sqlite else str_of(address.update_query_dict(_LINE))
        self.engine = _hurried(_open_writer(self.url))
        # On PostgreSQL a look is one statement, not a transaction of three.
        self._reading_engine = (
            _hurried(_open_reader(self.url))
            if self.is_sqlite
            else _hurried(_open_writer(self.url, isolation_level="AUTOCOMMIT"))
        )
        # SQLite has one writer at a time: a single thread is a fair queue, several would poll for the lock.
        self._writers = Lanes(1 if self.is_sqlite else POSTGRES_WRITERS, "writer")
        self._readers = Lanes(READERS, "reader")
        self._together = Together(self.engine, self._writers) if self.is_sqlite else None

    async def write(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in a transaction and give its result once that is committed. Raises DatabaseAway."""
        return await self._write(lambda session: work(session, *args, **kwargs), urgent=False)

    async def write_first(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write like `write`, but before what is not urgent: somebody waits for an acknowledgement."""
        return await self._write(lambda session: work(session, *args, **kwargs), urgent=True)

    async def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work`, which only reads; on SQLite it sees a snapshot even while another process writes."""
        return await self._patiently(
            self._readers.submit(
                lambda: _in_session(self._reading_engine, lambda session: work(session, *args, **kwargs))
            )
        )

    async def _write(self, work: Callable[[Session], T], *, urgent: bool) -> T:
        def telling(session: Session) -> tuple[T, list[News]]:
            return _with_news(session, self.name, work)

        if urgent and self._together:
            writing = self._together.submit(telling)
        else:
            writing = self._writers.submit(lambda: _in_session(self.engine, telling), urgent=urgent)
        result, news = await self._patiently(writing)
        for item in news:
            self.on_news(item)
        return result

    async def _patiently(self, running: Future[T]) -> T:
        try:
            return await in_time(asyncio.wrap_future(running), self.patience)
        except (asyncio.TimeoutError, PoolTimeout) as error:
            self.on_away("too slow")
            raise DatabaseAway("too slow") from error
        except DBAPIError as error:
            if _is_outage(error):
                self.on_away(type(error.orig).__name__)
                raise DatabaseAway(type(error.orig).__name__) from error
            raise

    def close(self) -> None:
        """Let running work end, start none of what waits, and close every connection."""
        for lanes in (self._writers, self._readers):
            lanes.close()
        self.engine.dispose()
        self._reading_engine.dispose()


def str_of(address: Any) -> str:
    """Write a database address with its password, as engines need it."""
    return str(address.render_as_string(hide_password=False))


def _is_outage(error: DBAPIError) -> bool:
    return error.connection_invalidated or type(error.orig).__name__ in (
        "OperationalError",  # gone, locked (SQLite), refused
        "InterfaceError",
        "LockNotAvailable",
        "QueryCanceled",
        "DeadlockDetected",
        "AdminShutdown",
        "SerializationFailure",
    )


def _in_session(engine: Engine, work: Callable[[Session], T]) -> T:
    with session_scope(engine) as session:
        return work(session)


def _with_news(session: Session, teller: str, work: Callable[[Session], T]) -> tuple[T, list[News]]:
    result = work(session)
    news = gathered(session)
    if news and session.get_bind().dialect.name == "postgresql":  # heard by every gateway when this commits
        session.execute(_NOTIFY, {"news": [item.as_text(teller) for item in news]})
    return result, news


def _open_writer(url: str, **more: Any) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return open_engine(url)
    engine = open_engine(url, pool_pre_ping=False, **more)
    event.listen(engine, "checkin", lambda _, record: record.info.update(rests_since=monotonic()))
    event.listen(engine, "checkout", _ping_after_rest)
    return engine


def _ping_after_rest(connection: Any, record: Any, _proxy: Any) -> None:
    """Try a connection that has not been used for a while; one that is busy would have told."""
    rested = monotonic() - record.info.get("rests_since", monotonic())
    if rested < REST_SECONDS:
        return
    try:
        with closing_cursor(connection) as cursor:
            cursor.execute("select 1")
        connection.rollback()
    except psycopg2.Error as error:
        raise DisconnectionError from error  # the pool opens another


def _open_reader(url: str) -> Engine:
    engine = create_engine(
        url, future=True, hide_parameters=True, connect_args={"check_same_thread": False}, poolclass=QueuePool
    )
    event.listen(engine, "connect", _only_reads)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _only_reads(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    with closing_cursor(connection) as cursor:
        cursor.execute("PRAGMA query_only=ON")


def _hurried(engine: Engine) -> Engine:
    """Make each statement give up on a lock in time to tell the customer."""
    statement = (
        f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}"
        if engine.dialect.name == "sqlite"
        else f"SET lock_timeout='{BUSY_SECONDS}s'; SET statement_timeout='{BUSY_SECONDS * 2}s'"
    )

    def hurry(connection: Any, _record: Any) -> None:
        with closing_cursor(connection) as cursor:
            cursor.execute(statement)
        if engine.dialect.name == "postgresql":
            connection.commit()

    event.listen(engine, "connect", hurry)
    return engine


@contextmanager
def closing_cursor(connection: Any) -> Iterator[Any]:
    """Give a cursor of a raw connection and close it."""
    cursor = connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()
