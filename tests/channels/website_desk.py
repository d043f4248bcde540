"""A running gateway with a scripted assistant behind it, and a website's visitor before it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from conforming import conforms

from bot.channels.website.routes import website_routes
from bot.gateway.app import build
from bot.gateway.notices import Notices, identified
from bot.gateway.parts import Gateway, assemble
from bot.gateway.serving import Server, server_config
from bot.language.choices import match
from bot.language.wording import Wording
from bot.settings import ROOT, read_settings


class Assistant:
    """The scripted assistant, as a test speaks with it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = httpx.Client(base_url=url, trust_env=False)

    def script(self, **script: Any) -> None:
        """Have it behave so from now on."""
        self._client.post("/script", json=script).raise_for_status()

    def asked(self, conversation: str | None = None) -> list[dict[str, Any]]:
        """Give the turns it was asked for, of one conversation or of all."""
        turns = self._client.get("/asked").json()
        return [turn for turn in turns if conversation in (None, turn["conversation"])]


class Visitor:
    """One conversation, as a website holds it."""

    def __init__(self, url: str, **opening: Any) -> None:
        self.http = httpx.Client(base_url=url, timeout=40, trust_env=False, event_hooks={"response": [conforms]})
        opened = self.http.post("/api/website/conversations", json=opening)
        assert opened.status_code == 201, opened.text
        self.conversation, self.token = opened.json()["conversation"], opened.json()["token"]
        self.http.headers["authorization"] = f"Bearer {self.token}"
        self.seen = 0

    def send(self, text: str | None = None, **body: Any) -> httpx.Response:
        """Send a message."""
        body = {"client_message_id": str(uuid.uuid4()), **({} if text is None else {"text": text}), **body}
        return self.http.post("/api/website/messages", json=body)

    def read(self, after: int = 0, wait: float = 0) -> list[dict[str, Any]]:
        """Read what was said."""
        response = self.http.get("/api/website/messages", params={"after": after, "wait": wait})
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def answers(self, count: int = 1, patience: float = 10) -> list[dict[str, Any]]:
        """Wait for so many further messages of the desk."""
        got: list[dict[str, Any]] = []
        end = time.monotonic() + patience
        while len(got) < count and time.monotonic() < end:
            for message in self.read(self.seen, wait=max(0, end - time.monotonic())):
                self.seen = message["seq"]
                if message["author"] != "customer":
                    got.append(message)
        assert len(got) >= count, f"{len(got)} answers of {count} after {patience} s: {got}"
        return got


@contextmanager
def running(assistant_url: str, database_url: str, var: Path, **environ: str) -> Iterator[tuple[str, Gateway]]:
    """Run a gateway in a thread of its own; give its address and its parts."""
    settings = read_settings(
        {
            "DATABASE_URL": database_url,
            "ASSISTANT_URL": assistant_url,
            "ACTIONS_URL": assistant_url,
            "ASSISTANT_SECRET": "scripted-secret",
            "TURN_SECONDS": "2",
            "COMPANY_SITES": "https://shop.example",
            **environ,
        },
        var,
    )
    wording = Wording.load(ROOT / "domain.yml", ROOT / "data" / "terms.yml")
    parts: list[Gateway] = []

    def make() -> uvicorn.Server:
        gateway = assemble(settings, notices=Notices(wording, identified), match=match)
        parts.append(gateway)
        config = server_config(build(gateway, website_routes()), settings)
        config.port = 0
        return Server(config, gateway.bells.close)

    servers: list[uvicorn.Server] = []

    def serve() -> None:
        async def run() -> None:
            servers.append(make())  # its events belong to this thread's loop
            await servers[0].serve()

        asyncio.run(run())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    until(lambda: bool(servers) and servers[0].started)
    port = servers[0].servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", parts[0]
    finally:
        servers[0].should_exit = True
        thread.join(10)
        assert not thread.is_alive(), "the gateway did not stop"


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(httpx.TransportError):
            if holds():
                return
        time.sleep(0.02)
    raise AssertionError("it never came to that")
