"""Engines and the unit of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool


def open_engine(url: str, **more: Any) -> Engine:
    """Open the database at `url`: SQLite made safe for several processes, or PostgreSQL with live connections."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        options = {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8, **more}
        return create_engine(url, future=True, hide_parameters=True, **options)
    pooled: dict[str, Any] = {}
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        # Kept open: SQLAlchemy would close each connection after use, and SQLite copy its journal back every time.
        pooled = {"poolclass": QueuePool, "pool_size": 8, "max_overflow": 8}
    engine = create_engine(
        url, future=True, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 10}, **pooled
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


@contextmanager
def session_scope(engine: Engine) -> Iterator[Session]:
    """Give a session that commits on a clean exit and undoes everything on an error."""
    session = Session(engine, future=True, expire_on_commit=False)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # pysqlite's own BEGIN would be a deferred one
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    # A deferred transaction that reads first and writes later fails at once when another has written between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
