"""A running gateway with a scripted assistant behind it, and a website's visitor before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from website_desk import Assistant, Visitor, running

SERVER = os.environ.get("TEST_POSTGRESQL_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def assistant_process() -> Iterator[str]:
    """The address of a scripted assistant."""
    script = Path(__file__).parent / "fake_assistant.py"
    process = subprocess.Popen([sys.executable, str(script), "0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    process.kill()
    process.wait()


@pytest.fixture
def assistant(assistant_process: str) -> Assistant:
    """A scripted assistant that answers at once."""
    assistant = Assistant(assistant_process)
    assistant.script()
    return assistant


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def gateway(
    request: pytest.FixtureRequest,
    assistant_process: str,
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a gateway, on each kind of database."""
    var = tmp_path_factory.mktemp("gateway")
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(sqlite_template, var / 'desk.sqlite3')}"
    else:
        url = str(make_url(SERVER).set(database=request.getfixturevalue("postgresql_desk")).render_as_string(False))
    with running(assistant_process, url, var) as (address, _):
        yield address


@pytest.fixture(scope="module")
def site(assistant_process: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a gateway on SQLite: for what doesn't depend on the database."""
    var = tmp_path_factory.mktemp("site")
    url = f"sqlite:///{shutil.copy(sqlite_template, var / 'desk.sqlite3')}"
    with running(assistant_process, url, var) as (address, _):
        yield address


@pytest.fixture
def visit(gateway: str, assistant: Assistant) -> Callable[..., Visitor]:
    """Open conversations."""
    return lambda **opening: Visitor(gateway, **opening)


@pytest.fixture
def visitor(site: str, assistant: Assistant) -> Visitor:
    """A visitor of the website."""
    return Visitor(site)
