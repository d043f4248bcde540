"""Forgetting in time: the rest of erasures every minute, and once a day what has been kept long enough."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.gateway.database import Database, DatabaseAway
from bot.gateway.logs import log
from bot.support.retention import finish_erasures, retain

LOOK_SECONDS = 60.0
RETAIN_EVERY = timedelta(days=1)


class Housekeeping:
    """Runs beside the requests. Several gateways may do it at once: what one has deleted the other does not find."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], *, dialogue_days: int, record_days: int
    ) -> None:
        self._database, self._clock = database, clock
        self._dialogue_days, self._record_days = dialogue_days, record_days
        self._retain_next: datetime | None = None

    async def run(self) -> None:
        """Work until cancelled; a database that is away is asked again a minute later."""
        while True:
            try:
                await self.once()
            except DatabaseAway as error:
                log("housekeeping_waits", level="WARNING", failure=str(error))
            await asyncio.sleep(LOOK_SECONDS)

    async def once(self) -> None:
        """Finish the erasures that are due, and enforce the retention when a day has passed."""
        now = self._clock()
        if finished := await self._database.write(finish_erasures, now):
            log("erasures_finished", count=finished)
        if self._retain_next is None or now >= self._retain_next:
            kept = await self._database.write(retain, now, self._dialogue_days, record_days=self._record_days)
            self._retain_next = now + RETAIN_EVERY
            log("retained", forgotten=dict(kept))
