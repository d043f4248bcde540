"""The gateway and the assistant are killed with -9 in the middle of everything; clients retry; nothing is lost."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from history import History, broken_promises
from processes import LONG, Killable
from progress import Progress

CUSTOMERS, MESSAGES, KILLS = (10, 20, 24) if LONG else (4, 8, 4)


@pytest.mark.timeout(720)
def test_every_acknowledged_message_is_answered_once_whatever_is_killed(
    killable: Killable, record_property: Callable[[str, object], None]
) -> None:
    rng = random.Random(20261127)
    over = threading.Event()
    with ThreadPoolExecutor(CUSTOMERS + 1) as pool:
        customers = [pool.submit(be_customer, killable.url, number, rng.random(), over) for number in range(CUSTOMERS)]
        try:
            kill_now_and_then(killable, random.Random(7))
        finally:
            over.set()
        histories = [customer.result(timeout=300) for customer in customers]
    record_property("kills", KILLS)
    record_property("messages", sum(len(history.sent) for history in histories))
    broken = {history.conversation: broken_promises(history) for history in histories}
    assert not any(broken.values()), broken
    assert all(len(history.acknowledged) == len(history.sent) >= MESSAGES for history in histories)


def kill_now_and_then(killable: Killable, rng: random.Random) -> None:
    """Kill the gateway or the assistant at random moments, and start it again."""
    progress = Progress("kills", KILLS)
    for _ in range(KILLS):
        time.sleep(rng.uniform(0.3, 3))
        victim = rng.choice((killable.gateway, killable.gateway, killable.assistant))
        victim.kill()
        time.sleep(rng.uniform(0, 0.5))
        victim.start()
        killable.wait()
        progress.step()


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
