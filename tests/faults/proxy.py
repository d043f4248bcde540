"""A line to PostgreSQL that can be cut: nothing of the server itself is touched."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from typing import Any, Literal

How = Literal["refused", "silent"]


class Line:
    """Passes bytes between a port of this machine and a server, until it is cut, and again once it is mended."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._do(self._listen(0))
        self.port: int = self._listener.sockets[0].getsockname()[1]

    def cut(self, how: How) -> None:
        """Cut it: break every connection and refuse new ones, or leave all of them without an answer."""
        self._do(self._break() if how == "refused" else self._hold())

    def mend(self) -> None:
        """Mend it; what hung is broken, for the other end has long forgotten it."""
        self._do(self._mend())

    def close(self) -> None:
        """Cut it for good."""
        self._do(self._break())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _listen(self, port: int) -> None:
        self._listener = await asyncio.start_server(self._pass, "127.0.0.1", port)
        self._flowing.set()

    async def _hold(self) -> None:
        self._flowing.clear()

    async def _break(self) -> None:
        self._listener.close()
        await self._listener.wait_closed()
        for writer in list(self._open):
            writer.transport.abort()

    async def _mend(self) -> None:
        await self._break()
        await self._listen(self.port)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            await self._flowing.wait()
            far_reader, far_writer = await asyncio.open_connection(*self._server)
            self._open.add(far_writer)
            await asyncio.gather(self._pour(reader, far_writer), self._pour(far_reader, writer))
        except OSError:
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        self._open.discard(writer)
        writer.close()
