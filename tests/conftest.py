"""What every test may ask for: a database of its own, on SQLite and, where a server is reachable, on PostgreSQL."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy.engine import Engine, make_url

from bot.storage.columns import metadata
from bot.storage.schema import upgrade
from bot.storage.sessions import open_engine

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty desk in a file, made once and copied by each test."""
    path = tmp_path_factory.mktemp("template") / "desk.sqlite3"
    _upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_desk() -> Iterator[str]:
    """A database on a PostgreSQL server, made for this run of the tests and dropped behind it."""
    name = f"saamjyu_test_{secrets.token_hex(6)}"
    try:
        _on_server(f"CREATE DATABASE {name}")
    except psycopg2.OperationalError:
        pytest.skip(f"no PostgreSQL server at {make_url(SERVER).render_as_string()}")
    try:
        _upgrade(_url(name))
        yield name
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an empty desk of this test alone, on SQLite."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'desk.sqlite3')}"


@pytest.fixture
def postgresql_url(postgresql_desk: str) -> str:
    """The address of an emptied desk on PostgreSQL: emptying takes milliseconds, a new database seconds."""
    engine = open_engine(_url(postgresql_desk))
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()
    return _url(postgresql_desk)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty desk of this test alone, on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on an empty desk of this test alone."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def _upgrade(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def _url(name: str) -> str:
    return str(make_url(SERVER).set(database=name).render_as_string(hide_password=False))


def _on_server(statement: str) -> None:
    connection = psycopg2.connect(SERVER, connect_timeout=2)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
