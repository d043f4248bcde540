"""A real browser before a real gateway, with a scripted assistant behind it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "channels"))  # the scripted assistant and the gateway in a thread live there

from website_desk import Assistant, running  # noqa: E402
from widget_page import SITE_SECRET, Chat  # noqa: E402

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox",  # the tests run as root on a build machine
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser and run it last: from its first test on, Playwright's loop runs in the main thread."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def assistant_process() -> Iterator[str]:
    """The address of a scripted assistant."""
    script = HERE.parent / "channels" / "fake_assistant.py"
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


@pytest.fixture(scope="session")
def site(assistant_process: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a gateway."""
    var = tmp_path_factory.mktemp("site")
    url = f"sqlite:///{shutil.copy(sqlite_template, var / 'desk.sqlite3')}"
    with running(assistant_process, url, var, MESSAGES_PER_CONVERSATION="1000", SITE_SECRET=SITE_SECRET) as (
        address,
        _,
    ):
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests; each has its own profile in it."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium here")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def tools() -> Path:
    """What the widget is built and checked with, fetched by name where it isn't there yet."""
    modules = HERE.parents[1] / "bot" / "channels" / "website" / "widget" / "node_modules"
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("no node here: the widget's build and axe-core are left out")
    if not all((modules / name / "package.json").exists() for name in ("axe-core", "esbuild", "terser")):
        fetch = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(fetch, cwd=modules.parent, capture_output=True, timeout=240).returncode:
            pytest.skip("npm could not fetch what the widget is built and checked with")
    return modules


@pytest.fixture(scope="session")
def axe(tools: Path) -> Path:
    """axe-core, which looks for barriers."""
    return tools / "axe-core" / "axe.min.js"


@pytest.fixture
def visit(browser: Any, site: str, assistant: Assistant) -> Iterator[Callable[..., Chat]]:
    """Open the demo page as a new visitor, or, with `beside`, in another tab of the same one."""
    contexts, chats = [], []

    def opened(beside: Chat | None = None, prepare: Callable[[Any], None] | None = None, **options: Any) -> Chat:
        if beside is None:
            contexts.append(browser.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options}))
            contexts[-1].set_default_timeout(30_000)
        context = beside.page.context if beside else contexts[-1]
        chats.append(Chat(context.new_page(), site))
        if prepare:
            prepare(chats[-1].page)
        chats[-1].load()
        return chats[-1]

    yield opened
    broken = [error for chat in chats for error in chat.errors]
    for context in contexts:
        context.close()
    assert not broken, broken


@pytest.fixture
def chat(visit: Callable[..., Chat]) -> Chat:
    """A visitor with the panel open."""
    return visit().opened()
