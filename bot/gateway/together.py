"""One commit for many: what several wait for at the same time is written in one transaction.

A commit on SQLite waits for the disk, some milliseconds each and one after the other. PostgreSQL shares that wait
among its connections by itself.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot.gateway.lanes import Lanes
from bot.storage.sessions import session_scope

T = TypeVar("T")
Job = tuple["Future[Any]", Callable[[Session], Any]]
MOST_TOGETHER = 24


class Together:
    """Gathers work while earlier work is being committed, and writes all of it with the next commit."""

    def __init__(self, engine: Engine, lanes: Lanes) -> None:
        self._engine, self._lanes = engine, lanes
        self._lock = threading.Lock()
        self._waiting: deque[Job] = deque()

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        """Have `work` done in a transaction, alone or with other work; done means committed."""
        future: Future[T] = Future()
        with self._lock:
            self._waiting.append((future, work))
        flush = self._lanes.submit(self._flush, urgent=True)
        flush.add_done_callback(lambda done: future.cancel() if done.cancelled() else None)
        return future

    def _flush(self) -> None:
        with self._lock:
            count = min(MOST_TOGETHER, len(self._waiting))
            jobs = [self._waiting.popleft() for _ in range(count)]
        jobs = [job for job in jobs if job[0].set_running_or_notify_cancel()]
        if not jobs:
            return  # done together with earlier ones
        if len(jobs) == 1 or not self._all_at_once(jobs):
            for future, work in jobs:
                self._alone(future, work)

    def _all_at_once(self, jobs: list[Job]) -> bool:
        """Do all jobs in one transaction; False, with nothing done, when one of them cannot be done."""
        try:
            with session_scope(self._engine) as session:
                results = [work(session) for _, work in jobs]
        except (OperationalError, InterfaceError) as error:  # the database is away: no use asking again for each
            for future, _ in jobs:
                future.set_exception(error)
            return True
        except Exception:  # noqa: BLE001  one was refused or broke: each finds out alone whether it was that one
            return False
        for (future, _), result in zip(jobs, results, strict=True):
            future.set_result(result)
        return True

    def _alone(self, future: Future[Any], work: Callable[[Session], Any]) -> None:
        try:
            with session_scope(self._engine) as session:
                result = work(session)
        except BaseException as error:  # noqa: BLE001  it belongs to whoever asked
            future.set_exception(error)
        else:
            future.set_result(result)
