"""What every answer carries and every request must keep to: headers, origins, sizes, patience."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.gateway.patience import in_time

MOST_BYTES = 64 * 1024
BODY_SECONDS = 10.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


class SecurityHeaders:
    """Puts the headers on every answer; an answer's own header of the same name stands."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class Bounded:
    """Ends a request whose body is too large, or doesn't arrive in time, while it is being read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = scope["saamjyu.body"] = _Body(scope, receive)
        try:
            await self._app(scope, body.receive, send)
        except (BodyTooLarge, BodyTooSlow) as error:
            refusal = {"code": error.code, "text": error.code.replace("_", " ")}
            await JSONResponse(refusal, error.status, headers={"connection": "close"})(scope, receive, send)


def widen(scope: Scope, most_bytes: int, seconds: float) -> None:
    """Let the body of a request be larger and take longer; for whoever has shown a token, before it is read."""
    body: _Body = scope["saamjyu.body"]
    body.widen(most_bytes, seconds)


class BodyTooLarge(Exception):
    """The body of a request has more bytes than it may."""

    status, code = 413, "too_large"


class BodyTooSlow(Exception):
    """The body of a request did not arrive within BODY_SECONDS."""

    status, code = 408, "too_slow"


class _Body:
    """The body of one request as it comes in."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self._size = 0
        self._announced = Headers(scope=scope).get("content-length", "0")
        self._deadline = asyncio.get_running_loop().time() + BODY_SECONDS
        self._is_whole = False
        self._most_bytes = MOST_BYTES

    def widen(self, most_bytes: int, seconds: float) -> None:
        """Take so many bytes, for so long from now on."""
        self._most_bytes = most_bytes
        self._deadline = asyncio.get_running_loop().time() + seconds

    async def receive(self) -> Message:
        """Receive the next part, or raise BodyTooLarge or BodyTooSlow; behind the body there is no hurry."""
        if self._is_whole:
            return await self._receive()
        if self._announced.isdecimal() and int(self._announced[:12]) > self._most_bytes:
            raise BodyTooLarge
        try:
            message = await in_time(self._receive(), self._deadline - asyncio.get_running_loop().time())
        except asyncio.TimeoutError:
            raise BodyTooSlow from None
        self._size += len(message.get("body", b""))
        if self._size > self._most_bytes:
            raise BodyTooLarge
        self._is_whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message


def is_own_origin(headers: Headers, sites: Sequence[str]) -> bool:
    """Tell whether a browser's request comes from the gateway's own pages or a configured site."""
    origin = headers.get("origin")
    return origin is None or origin in sites or urlsplit(origin).netloc == headers.get("host")
