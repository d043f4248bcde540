"""A gateway and a scripted assistant for each test, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import Killable


@pytest.fixture
def killable(database_url: str, tmp_path: Path) -> Iterator[Killable]:
    """Both processes, up, on each kind of database."""
    yield from _up(database_url, tmp_path)


@pytest.fixture
def on_sqlite(sqlite_url: str, tmp_path: Path) -> Iterator[Killable]:
    """Both processes, up, on SQLite."""
    yield from _up(sqlite_url, tmp_path)


@pytest.fixture
def on_postgresql(postgresql_url: str, tmp_path: Path) -> Iterator[Killable]:
    """Both processes, up, on PostgreSQL."""
    yield from _up(postgresql_url, tmp_path)


def _up(url: str, folder: Path) -> Iterator[Killable]:
    killable = Killable(url, folder)
    try:
        killable.wait()
        yield killable
    finally:
        killable.kill()
