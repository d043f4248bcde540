"""A bounded crew: takes jobs from the database one by one and works on several at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Generic, TypeVar

from bot.gateway.database import DatabaseAway
from bot.gateway.logs import log
from bot.gateway.patience import rung

J = TypeVar("J")
T = TypeVar("T")
POLL_SECONDS = 1.0  # for jobs that no bell told of: another process died, or wrote to the same SQLite file


class Crew(Generic[J]):
    """Works on jobs until cancelled, `at_once` at most; while there is none it sleeps until the bell or the next due."""

    def __init__(
        self,
        *,
        take: Callable[[datetime], Awaitable[J | None]],
        work: Callable[[J], Awaitable[None]],
        next_due: Callable[[datetime], Awaitable[datetime | None]],
        bell: asyncio.Event,
        clock: Callable[[], datetime],
        at_once: int,
    ) -> None:
        self._take, self._work, self._next_due = take, work, next_due
        self._bell, self._clock = bell, clock
        self._slots = asyncio.Semaphore(at_once)
        self._busy: set[asyncio.Future[None]] = set()

    async def run(self) -> None:
        """Work until cancelled; jobs under way are then cancelled too, and taken up again by the next process."""
        try:
            while True:
                await self._slots.acquire()
                self._bell.clear()  # before looking: what is told while we look must not be missed
                job = await unless_away(self._take(self._clock()))
                if job is None:
                    self._slots.release()
                    await self._sleep()
                else:
                    self._start(job)
        finally:
            for task in self._busy:
                task.cancel()
            await asyncio.gather(*self._busy, return_exceptions=True)

    def _start(self, job: J) -> None:
        task = asyncio.ensure_future(self._work(job))
        self._busy.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Future[None]) -> None:
        self._busy.discard(task)
        self._slots.release()
        if not task.cancelled() and (error := task.exception()):
            log("job_broke", level="ERROR", failure=type(error).__name__)

    async def _sleep(self) -> None:
        now = self._clock()
        due = await unless_away(self._next_due(now))
        seconds = min(POLL_SECONDS, (due - now).total_seconds()) if due else POLL_SECONDS
        await rung(self._bell, max(0.01, seconds))


async def unless_away(asking: Awaitable[T]) -> T | None:
    """Give what the database answers, or None, after a short rest, while it is away."""
    try:
        return await asking
    except DatabaseAway as error:
        log("database_away", level="WARNING", failure=str(error))
        await asyncio.sleep(0.2)
        return None
