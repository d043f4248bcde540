"""A burst of new conversations is acknowledged within a second, the slowest hundredth too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from processes import LONG, Killable
from wire import Reply, open_talk, percentile, say

CONVERSATIONS = 200
BURSTS = 5 if LONG else 3
BAR = 1.0 if LONG else 2.5  # seconds; the short run shares the machine with other tests


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not LONG, reason="only in the long run"))]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", KINDS)
def test_every_message_of_a_burst_is_acknowledged_within_a_second(
    request: pytest.FixtureRequest, kind: str, record_property: Callable[[str, object], None]
) -> None:
    killable: Killable = request.getfixturevalue(f"on_{kind}")
    slowest = [percentile([reply.seconds for reply in asyncio.run(burst(killable.url))], 0.99) for _ in range(BURSTS)]
    record_property("p99 of each burst", " ".join(f"{seconds:.2f}" for seconds in slowest) + " s")
    assert min(slowest) < BAR, slowest  # the best of several: what else the machine does is not the gateway's


async def burst(url: str) -> list[Reply]:
    """Open conversations, then have all of them speak at once, each on a new connection."""
    talks = await asyncio.gather(*[open_talk(url) for _ in range(CONVERSATIONS)])
    replies = await asyncio.gather(*[say(url, token, "1", "my washing machine leaks") for _, token in talks])
    assert {reply.status for reply in replies} == {202}
    await asyncio.sleep(3)  # the answers are no part of it
    return list(replies)
