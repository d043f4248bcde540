"""A line now and then, so that whoever waits for a long campaign sees how far it is."""

from __future__ import annotations

from time import monotonic

EVERY_SECONDS = 10.0


class Progress:
    """Counts what is done of `total` and says so now and then; a short campaign says nothing."""

    def __init__(self, name: str, total: int) -> None:
        self._name, self._total = name, total
        self._done, self._started = 0, monotonic()
        self._said = self._started

    def step(self, count: int = 1) -> None:
        """Count some more."""
        self._done += count
        now = monotonic()
        if now - self._said >= EVERY_SECONDS:
            self._said = now
            print(f"  {self._name}: {self._done} of {self._total} in {now - self._started:.0f} s", flush=True)
