"""How requests are served: the server's settings, its patience, and how it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from socket import socket
from typing import Any

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.gateway.security import MOST_BYTES
from bot.settings import Settings

HEAD_SECONDS = 10.0


def server_config(app: Starlette, settings: Settings) -> uvicorn.Config:
    """Say how requests are served."""
    return uvicorn.Config(
        app,
        host=settings.gateway_host,
        port=settings.gateway_port,
        http=ImpatientH11,
        ws="wsproto",
        ws_max_size=MOST_BYTES,
        access_log=False,  # it would hold addresses of people
        log_config=None,
        server_header=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=3,
        limit_concurrency=2_000,
        backlog=1_024,
    )


class Server(uvicorn.Server):
    """A server that tells those who wait for news to go, before it waits for them to leave."""

    def __init__(self, config: uvicorn.Config, on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_stop = on_stop

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """End waiting requests, then all others."""
        self._on_stop()
        await super().shutdown(sockets)


class ImpatientH11(H11Protocol):
    """HTTP/1.1 that closes a connection on which the head of a request doesn't arrive in time."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin a connection: its first request is awaited from now on."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and await the rest of a head that is not whole."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._await_head()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """End a connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._waiting is None:  # bytes that trickle in give no more time
            self._waiting = self.loop.call_later(HEAD_SECONDS, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
