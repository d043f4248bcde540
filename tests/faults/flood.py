"""One client that floods: `python flood.py URL TOKEN KIND`, until its standard input is closed.

A process of its own, so that it does not disturb the clock of those who measure.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from typing import Any

from wire import Source, ask

LINES = 20
FLOODER: Source = ("127.0.0.9", 0)  # an address of its own
TEXTS = {
    "messages": "x",
    "long texts": "長" * 10_000,  # 60,000 bytes: read, and then refused
    "too large": "x" * 500_000,
}


async def pour(url: str, token: str, text: str, line: int) -> None:
    """Send as fast as answers come."""
    for i in itertools.count(line, LINES):
        body: Any = {"client_message_id": str(i), "text": text}
        await ask(url, "POST", "/api/website/messages", token=token, body=body, source=FLOODER)


async def flood(url: str, token: str, kind: str) -> None:
    """Flood on every line."""
    lines = [asyncio.ensure_future(pour(url, token, TEXTS[kind], line)) for line in range(LINES)]
    await asyncio.to_thread(sys.stdin.read)
    for line in lines:
        line.cancel()


if __name__ == "__main__":
    asyncio.run(flood(*sys.argv[1:]))
