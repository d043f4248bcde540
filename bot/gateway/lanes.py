"""Threads that do urgent work first: acknowledging a customer goes before answering another."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")
Job = tuple["Future[Any]", Callable[[], Any]]
URGENT_IN_A_ROW = 16  # then something else gets its turn, so that a flood of messages doesn't stop the answers


class Lanes:
    """A few threads and two queues."""

    def __init__(self, threads: int, name: str) -> None:
        self._urgent: deque[Job] = deque()
        self._other: deque[Job] = deque()
        self._changed = threading.Condition()
        self._row = 0
        self._closed = False
        self._threads = [threading.Thread(target=self._run, name=f"{name}-{i}", daemon=True) for i in range(threads)]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[], T], *, urgent: bool = False) -> Future[T]:
        """Have `work` done by one of the threads."""
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("closed")
            (self._urgent if urgent else self._other).append((future, work))
            self._changed.notify()
        return future

    def close(self) -> None:
        """Let work under way end, and do none of what waits."""
        with self._changed:
            self._closed = True
            for future, _ in (*self._urgent, *self._other):
                future.cancel()
            self._urgent.clear()
            self._other.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while job := self._next():
            future, work = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001  it belongs to whoever asked
                future.set_exception(error)

    def _next(self) -> Job | None:
        with self._changed:
            while not (self._urgent or self._other or self._closed):
                self._changed.wait()
            if self._urgent and (not self._other or self._row < URGENT_IN_A_ROW):
                self._row += 1
                return self._urgent.popleft()
            self._row = 0
            return self._other.popleft() if self._other else None
