"""One client floods or sends all it can: the others hardly notice. Both are measured in turns, in one run."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from processes import LONG, Killable
from progress import Progress
from wire import ask, open_talk, percentile, say

ROUNDS, SECONDS = (6, 8.0) if LONG else (2, 3.0)
SLACK = 0.0 if LONG else 0.1  # seconds; some sixty messages say little about the slowest twentieth
NEIGHBOURS, FLOODERS = 8, 20  # customers, and connections of the one who floods
FLOODER = ("127.0.0.9", 0)  # an address of its own

BODIES = {
    "messages": lambda i: {"client_message_id": str(i), "text": "x"},
    "long texts": lambda i: {"client_message_id": str(i), "text": "長" * 20_000},
    "too large": lambda i: {"client_message_id": str(i), "text": "x" * 500_000},
}


@pytest.fixture
def limited(sqlite_url: str, tmp_path: Path) -> Iterator[Killable]:
    """A gateway that limits every address as it would a stranger's."""
    limited = Killable(sqlite_url, tmp_path, LIMIT_LOOPBACK="yes", MESSAGES_PER_CONVERSATION="120")
    try:
        limited.wait()
        yield limited
    finally:
        limited.kill()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", BODIES)
def test_others_are_served_less_than_half_as_fast_at_worst_when_one_floods(
    limited: Killable, kind: str, record_property: Callable[[str, object], None]
) -> None:
    calm, flooded = asyncio.run(campaign(limited.url, BODIES[kind]))
    before, after = percentile(calm, 0.95), percentile(flooded, 0.95)
    record_property("p95", f"{before * 1000:.0f} ms alone, {after * 1000:.0f} ms beside a flood")
    record_property("messages", f"{len(calm)} and {len(flooded)}")
    assert after < 2 * before + SLACK


async def campaign(url: str, body: Callable[[int], Any]) -> tuple[list[float], list[float]]:
    """Let neighbours speak, now without and now with a flood beside them; give the seconds of both."""
    talks = [(await open_talk(url, (f"127.0.1.{i + 1}", 0)))[1] for i in range(NEIGHBOURS)]
    _, flooder = await open_talk(url, FLOODER)
    seconds: tuple[list[float], list[float]] = ([], [])
    progress = Progress(f"rounds beside {FLOODERS} lines", 2 * ROUNDS)
    for part in range(2 * ROUNDS):
        over = asyncio.Event()
        flood = [asyncio.ensure_future(pour(url, flooder, body, f, over)) for f in range(FLOODERS)] if part % 2 else []
        await asyncio.sleep(0.5)
        parts = [speak(url, token, i, part, seconds[part % 2]) for i, token in enumerate(talks)]
        await asyncio.gather(*parts)
        over.set()
        await asyncio.gather(*flood)
        progress.step()
        await asyncio.sleep(0.5)
    return seconds


async def speak(url: str, token: str, neighbour: int, part: int, seconds: list[float]) -> None:
    """Speak now and then, as people do."""
    rng = random.Random(neighbour)
    end = asyncio.get_running_loop().time() + SECONDS
    for i in itertools.count():
        await asyncio.sleep(rng.uniform(0.5, 0.9))
        if asyncio.get_running_loop().time() > end:
            return
        reply = await say(url, token, f"{part}-{i}", "my kettle is broken", (f"127.0.1.{neighbour + 1}", 0))
        assert reply.status == 202, reply
        seconds.append(reply.seconds)


async def pour(url: str, token: str, body: Callable[[int], Any], line: int, over: asyncio.Event) -> None:
    """Send as fast as answers come, until it is over."""
    for i in itertools.count(line, FLOODERS):
        if over.is_set():
            return
        await ask(url, "POST", "/api/website/messages", token=token, body=body(i), source=FLOODER)
