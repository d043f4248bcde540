"""One address cannot crowd out the others: what it asks beyond its pace waits, at no cost to anybody else."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.gateway import refusals
from bot.gateway.answers import refusal_response
from bot.gateway.limits import MOST_KEYS, address_key

AT_ONCE = 2.0  # seconds' worth of requests that may come at once: a page with everything on it
LONGEST_WAIT = 2.0  # seconds; what would have to wait longer is refused after them
MOST_WAITING = 100  # of one address; what comes beyond is refused at once


class Pace:
    """Keeps each key to so many requests a second, by telling every request how long it has to wait."""

    def __init__(self, per_second: float, clock: Callable[[], float]) -> None:
        self._gap, self._clock = 1 / per_second, clock
        self._next: OrderedDict[str, float] = OrderedDict()  # the moment that the next request would keep the pace

    def wait(self, key: str) -> float:
        """Give the seconds that a request of `key` has to wait; one that waits too long takes no place in the row."""
        now = self._clock()
        place = max(self._next.get(key, 0.0), now - AT_ONCE)
        wait = max(0.0, place - now)
        if wait <= LONGEST_WAIT:
            self._next[key] = place + self._gap
            self._next.move_to_end(key)
            if len(self._next) > MOST_KEYS:
                self._next.popitem(last=False)
        return wait


class Fair:
    """Has the requests of one address wait when they come faster than its pace.

    `across` makes what it refuses readable for pages of other sites.
    """

    def __init__(
        self, app: ASGIApp, *, per_second: int, spare: Callable[[str], bool], across: Callable[[ASGIApp], ASGIApp]
    ) -> None:
        self._app, self._spare = app, spare
        self._refuse = across(_refuse)
        self._pace: Pace | None = None
        self._per_second = per_second
        self._waiting: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request when it is its turn."""
        address = (scope.get("client") or ("",))[0]
        if scope["type"] == "lifespan" or self._spare(address) or await self._may_pass(address_key(address)):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._refuse(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1013})

    async def _may_pass(self, key: str) -> bool:
        if self._waiting.get(key, 0) >= MOST_WAITING:
            return False
        self._pace = self._pace or Pace(self._per_second, asyncio.get_running_loop().time)
        wait = self._pace.wait(key)
        if wait:
            self._waiting[key] = self._waiting.get(key, 0) + 1
            try:
                await asyncio.sleep(min(wait, LONGEST_WAIT))
            finally:
                self._waiting[key] -= 1
                if not self._waiting[key]:
                    del self._waiting[key]
        return wait <= LONGEST_WAIT


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    refused = await refusal_response(HTTPConnection(scope), refusals.too_many(int(LONGEST_WAIT)))
    refused.headers["connection"] = "close"
    await refused(scope, receive, send)
