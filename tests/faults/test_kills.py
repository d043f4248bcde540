"""The gateway and the assistant are killed with -9 in the middle of everything; clients retry; nothing is lost."""

from __future__ import annotations

import itertools
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from history import History, broken_promises

from bot.settings import ROOT

FAKE = ROOT / "tests" / "channels" / "fake_assistant.py"
LONG = bool(os.environ.get("LONG_FAULTS"))
CUSTOMERS, MESSAGES, KILLS = (10, 20, 24) if LONG else (4, 8, 4)


class Process:
    """A process that is killed and started again."""

    def __init__(self, command: list[str], environ: dict[str, str], log: Path) -> None:
        self.command, self.environ, self.log = command, environ, log
        self.start()

    def start(self) -> None:
        """Start it."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)

    def kill(self) -> None:
        """Kill it: it has no chance to end anything."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Killable:
    """A gateway and a scripted assistant, each in a process of its own."""

    def __init__(self, database_url: str, folder: Path) -> None:
        port, assistant = free_port(), free_port()
        self.url = f"http://127.0.0.1:{port}"
        environ = {
            **os.environ,
            "DATABASE_URL": database_url,
            "GATEWAY_PORT": str(port),
            "ASSISTANT_URL": f"http://127.0.0.1:{assistant}",
            "ACTIONS_URL": f"http://127.0.0.1:{assistant}",
            "ASSISTANT_SECRET": "scripted-secret",
            "TOKEN_SECRET": "t",
            "MESSAGES_PER_CONVERSATION": "10000",
        }
        self.gateway = Process([sys.executable, "-m", "bot.gateway"], environ, folder / "gateway.log")
        self.assistant = Process([sys.executable, str(FAKE), str(assistant)], environ, folder / "assistant.log")

    def wait(self) -> None:
        """Wait until both answer."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.url}/ready", trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError("the gateway did not come up")


@pytest.fixture
def killable(database_url: str, tmp_path: Path) -> Iterator[Killable]:
    """Both processes, up."""
    killable = Killable(database_url, tmp_path)
    killable.wait()
    yield killable
    killable.gateway.kill()
    killable.assistant.kill()


@pytest.mark.timeout(900)
def test_every_acknowledged_message_is_answered_once_whatever_is_killed(killable: Killable) -> None:
    rng = random.Random(20261127)
    over = threading.Event()
    with ThreadPoolExecutor(CUSTOMERS + 1) as pool:
        customers = [pool.submit(be_customer, killable.url, number, rng.random(), over) for number in range(CUSTOMERS)]
        try:
            kill_now_and_then(killable, random.Random(7))
        finally:
            over.set()
        histories = [customer.result(timeout=300) for customer in customers]
    broken = {history.conversation: broken_promises(history) for history in histories}
    assert not any(broken.values()), broken
    assert all(len(history.acknowledged) == len(history.sent) >= MESSAGES for history in histories)


def kill_now_and_then(killable: Killable, rng: random.Random) -> None:
    """Kill the gateway or the assistant at random moments, and start it again."""
    for _ in range(KILLS):
        time.sleep(rng.uniform(0.3, 3))
        victim = rng.choice((killable.gateway, killable.gateway, killable.assistant))
        victim.kill()
        time.sleep(rng.uniform(0, 0.5))
        victim.start()
        killable.wait()


def be_customer(url: str, number: int, seed: float, over: threading.Event) -> History:
    """Send messages until the killing is over, each again until acknowledged, sometimes once more; read at the end."""
    rng = random.Random(seed)
    client = httpx.Client(base_url=url, timeout=10, trust_env=False)
    opened = insist(lambda: client.post("/api/website/conversations"), 201).json()
    client.headers["authorization"] = f"Bearer {opened['token']}"
    history = History(opened["conversation"])
    for i in itertools.count():
        if over.is_set() and i >= MESSAGES:
            break
        client_id, text = f"{number}-{i}", f"customer {number} says {i}"
        history.sent.append((client_id, text))
        body = {"client_message_id": client_id, "text": text}
        for _ in range(rng.choice((1, 1, 2))):
            accepted = insist(lambda body=body: client.post("/api/website/messages", json=body), 202).json()
            history.acknowledged.setdefault(client_id, set()).add(accepted["message"])
        time.sleep(rng.uniform(0, 0.8))
    end = time.monotonic() + 120
    while time.monotonic() < end:
        history.transcript = read_all(client)
        answers = [m for m in history.transcript if m["author"] == "assistant" and "notice" not in m["extras"]]
        if len(answers) >= len(history.sent):
            break
        time.sleep(0.3)
    time.sleep(1)  # anything doubled would still come
    history.transcript = read_all(client)
    return history


def read_all(client: httpx.Client) -> list[dict[str, Any]]:
    """Read a whole transcript, page by page."""
    messages: list[dict[str, Any]] = []
    while True:
        query = {"after": messages[-1]["seq"] if messages else 0}
        page = insist(lambda query=query: client.get("/api/website/messages", params=query), 200).json()["messages"]
        if not page:
            return messages
        messages += page


def insist(ask, status: int) -> httpx.Response:
    """Ask until there is an answer of the wanted status; anything but an outage is an error."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            response = ask()
        except httpx.TransportError:
            time.sleep(0.1)
            continue
        if response.status_code == status:
            return response
        assert response.status_code == 503, response.text
        time.sleep(0.2)
    raise AssertionError("no answer for two minutes")
