"""HTTP by hand, so that thousands of requests cost the machine under test as little as possible."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

Source = tuple[str, int] | None  # an address of this machine that a request comes from


@dataclass(frozen=True)
class Reply:
    """What came back, and the seconds from the first byte sent to the last one read; status 0 for a broken line."""

    status: int
    body: Any
    seconds: float


async def ask(url: str, method: str, path: str, *, token: str = "", body: Any = None, source: Source = None) -> Reply:
    """Send one request on a connection of its own, from `source` if that is given."""
    address = urlsplit(url)
    content = b"" if body is None else json.dumps(body).encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nhost: {address.netloc}\r\nconnection: close\r\ncontent-length: {len(content)}\r\n"
    )
    head += f"authorization: Bearer {token}\r\n\r\n" if token else "\r\n"
    started = perf_counter()
    try:
        reader, writer = await asyncio.open_connection(address.hostname, address.port, local_addr=source)
        writer.write(head.encode("latin-1") + content)
        answer = await asyncio.wait_for(reader.read(), 60)
        writer.close()
    except (OSError, asyncio.TimeoutError):
        return Reply(0, None, perf_counter() - started)
    seconds = perf_counter() - started
    top, _, rest = answer.partition(b"\r\n\r\n")
    if not top.startswith(b"HTTP/1.1 "):
        return Reply(0, None, seconds)
    return Reply(int(top[9:12]), json.loads(rest) if rest[:1] in b"{[" and rest else None, seconds)


async def open_talk(url: str, source: Source = None, **opening: Any) -> tuple[str, str]:
    """Open a conversation; give its id and its token."""
    reply = await ask(url, "POST", "/api/website/conversations", body=opening, source=source)
    assert reply.status == 201, reply
    return reply.body["conversation"], reply.body["token"]


async def say(url: str, token: str, client_id: str, text: str, source: Source = None) -> Reply:
    """Send a message."""
    body = {"client_message_id": client_id, "text": text}
    return await ask(url, "POST", "/api/website/messages", token=token, body=body, source=source)


async def read_all(url: str, token: str) -> list[dict[str, Any]]:
    """Read a whole transcript, page by page."""
    messages: list[dict[str, Any]] = []
    while True:
        after = messages[-1]["seq"] if messages else 0
        reply = await ask(url, "GET", f"/api/website/messages?after={after}", token=token)
        assert reply.status == 200, reply
        if not reply.body["messages"]:
            return messages
        messages += reply.body["messages"]


def percentile(seconds: list[float], share: float) -> float:
    """Give the value that `share` of all stay below.

    >>> percentile([5, 1, 2, 3, 4], 0.5), percentile([1, 2], 0.99)
    (3, 2)
    """
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
