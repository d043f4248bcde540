"""One desk for all conversations of a run, and another one on PostgreSQL for some of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import psycopg2
import pytest
from sqlalchemy.engine import Engine

from bot.storage.sessions import open_engine
from tests.conftest import SERVER, _on_server, _url
from tests.desk import Desk


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hold every conversation on SQLite, and (below) one way of writing of each dialogue on PostgreSQL too."""
    if "desk" in metafunc.fixturenames:
        kinds = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
        metafunc.parametrize("desk", kinds, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if _is_held_on_sqlite_only(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _is_held_on_sqlite_only(item: pytest.Item) -> bool:
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if Path(__file__).parent not in item.path.parents or params.get("desk") != "postgresql":
        return False
    dialogue = params.get("dialogue")
    if dialogue is None:
        return True
    ways = ("en", "zh", "zh_hant", "yue")  # every dialogue has these
    return dialogue.way != ways[crc32(dialogue.name.encode()) % len(ways)]


@pytest.fixture(scope="session")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is open, on the kind of database that is asked for."""
    url = request.getfixturevalue("own_database") if request.param == "postgresql" else None
    desk = Desk(tmp_path_factory.mktemp("desk"), url)
    try:
        yield desk.start()
    finally:
        desk.stop()


@pytest.fixture(scope="session")
def own_database() -> Iterator[str]:
    """A database on PostgreSQL that no other test empties."""
    name = f"saamjyu_talk_{secrets.token_hex(6)}"
    try:
        _on_server(f"CREATE DATABASE {name}")
    except psycopg2.OperationalError:
        pytest.skip(f"no PostgreSQL server at {SERVER}")
    yield _url(name)
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def records(desk: Desk) -> Iterator[Engine]:
    """The desk's database."""
    engine = open_engine(desk.database_url)
    yield engine
    engine.dispose()
