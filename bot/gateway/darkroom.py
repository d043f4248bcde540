"""Where photos are developed from the files that come in: bounded in number, and off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.gateway import refusals
from bot.support.pictures import Picture, Unusable, read_picture


class Darkroom:
    """Takes a bounded number of files, and develops one at a time: that takes little from whoever is talking."""

    def __init__(self, most_coming: int = 24, most_of_one: int = 3) -> None:
        self._most_coming, self._most_of_one = most_coming, most_of_one
        self._coming: dict[str, int] = {}
        self._developing: asyncio.Semaphore | None = None

    @contextmanager
    def receiving(self, whose: str) -> Iterator[None]:
        """Hold a place for a file that is coming in. Raises Refused when too many are, in all or of one sender."""
        mine = self._coming.get(whose, 0)
        if mine >= self._most_of_one or sum(self._coming.values()) >= self._most_coming:
            raise refusals.too_many(2)
        self._coming[whose] = mine + 1
        try:
            yield
        finally:
            self._coming[whose] -= 1
            if not self._coming[whose]:
                del self._coming[whose]

    async def develop(self, raw: bytes) -> Picture:
        """Make a harmless picture of a file. Raises Refused."""
        self._developing = self._developing or asyncio.Semaphore(1)  # belongs to the loop that serves
        async with self._developing:
            try:
                return await asyncio.to_thread(read_picture, raw)
            except Unusable as unusable:
                raise refusals.unusable_photo(unusable.fault) from None
