"""One client floods or sends all it can: the others hardly notice. Both are measured in turns, in one run."""

from __future__ import annotations

import asyncio
import itertools
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flood import FLOODER, TEXTS
from processes import LONG, Killable
from progress import Progress
from wire import open_talk, percentile, say

ROUNDS, SECONDS = (4, 8.0) if LONG else (2, 3.0)
SLACK = 0.0 if LONG else 0.3  # seconds; some sixty messages say little about the slowest twentieth
NEIGHBOURS = 8


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
@pytest.mark.parametrize("kind", TEXTS)
def test_others_are_served_less_than_half_as_fast_at_worst_when_one_floods(
    limited: Killable, kind: str, record_property: Callable[[str, object], None]
) -> None:
    calm, flooded = asyncio.run(campaign(limited.url, kind))
    before, after = percentile(calm, 0.95), percentile(flooded, 0.95)
    record_property("p95", f"{before * 1000:.0f} ms alone, {after * 1000:.0f} ms beside a flood")
    record_property("messages", f"{len(calm)} and {len(flooded)}")
    assert after < 2 * before + SLACK, (before, after)


async def campaign(url: str, kind: str) -> tuple[list[float], list[float]]:
    """Let neighbours speak, now without and now with a flood beside them; give the seconds of both."""
    talks = [(await open_talk(url, (f"127.0.1.{i + 1}", 0)))[1] for i in range(NEIGHBOURS)]
    _, flooder = await open_talk(url, FLOODER)
    seconds: tuple[list[float], list[float]] = ([], [])
    progress = Progress(f"rounds beside {kind}", 2 * ROUNDS)
    for part in range(2 * ROUNDS):
        flood = start_flood(url, flooder, kind) if part % 2 else None
        await asyncio.sleep(1.5)  # behind the first wave, which comes once
        parts = [speak(url, token, i, part, seconds[part % 2]) for i, token in enumerate(talks)]
        await asyncio.gather(*parts)
        if flood:
            assert flood.poll() is None, "the flood has dried up"
            flood.communicate()
        progress.step()
        await asyncio.sleep(0.5)
    return seconds


def start_flood(url: str, token: str, kind: str) -> subprocess.Popen[bytes]:
    """Have somebody flood until their standard input is closed."""
    script = Path(__file__).with_name("flood.py")
    return subprocess.Popen([sys.executable, str(script), url, token, kind], stdin=subprocess.PIPE)


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
