"""When many customers write at once, all are acknowledged before the first is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

MANY = 6  # acknowledgements under way at the same time
CALM_SECONDS = 0.1  # without many, and the rush is over
LONGEST = 1.5  # seconds; what lasts longer is no rush but the day's work, and is shared as ever


class Rush:
    """Counts the acknowledgements under way. Every method belongs to the event loop's thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._under_way = 0
        self._began = self._seen = -LONGEST  # when there began to be many, and when there were last

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count one acknowledgement for as long as the block lasts."""
        self._under_way += 1
        self._look()
        try:
            yield
        finally:
            self._look()
            self._under_way -= 1

    @property
    def is_on(self) -> bool:
        """Tell whether answers should wait."""
        now = self._clock()
        return now - self._seen < CALM_SECONDS and now - self._began < LONGEST

    async def over(self) -> None:
        """Wait until the rush is over, but no longer than LONGEST from its beginning."""
        while self.is_on:
            await asyncio.sleep(CALM_SECONDS / 4)

    def _look(self) -> None:
        if self._under_way >= MANY:
            now = self._clock()
            if now - self._seen >= CALM_SECONDS:
                self._began = now
            self._seen = now
