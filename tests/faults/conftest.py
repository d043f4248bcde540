"""A gateway and a scripted assistant for each test, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import LONG, Killable

from bot.settings import ROOT

FIGURES = ROOT / "build" / "faults.md"
HEAD = "| campaign | result | seconds | figures |\n|---|---|---|---|"
_rows: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Write down how each campaign of the long run ended, at once: what was measured survives a broken run."""
    if not LONG or "tests/faults/" not in report.nodeid or not (report.when == "call" or report.skipped):
        return
    name = report.nodeid.partition("::")[2]
    if name.startswith("test_the_list_fits"):
        return
    figures = "; ".join(f"{name}: {value}" for name, value in report.user_properties)
    _rows.append(f"| {name} | {report.outcome} | {report.duration:.0f} | {figures} |")
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text("\n".join([HEAD, *_rows]) + "\n", "utf8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print all of it at the end."""
    if _rows:
        terminalreporter.section(f"campaigns, also in {FIGURES.relative_to(ROOT)}")
        terminalreporter.write_line("\n".join([HEAD, *_rows]))


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
