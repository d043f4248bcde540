"""One desk for all conversations of a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.storage.sessions import open_engine
from tests.desk import Desk


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that is open."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    try:
        yield desk.start()
    finally:
        desk.stop()


@pytest.fixture(scope="session")
def records(desk: Desk) -> Iterator[Engine]:
    """The desk's database."""
    engine = open_engine(desk.database_url)
    yield engine
    engine.dispose()
