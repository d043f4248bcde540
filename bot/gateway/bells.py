"""Wake-ups: whoever waits for a conversation, or for work, is told as soon as there is something."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.gateway.news import News
from bot.gateway.patience import rung


class Listener:
    """Somebody who waits for news of one conversation."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.typing: bool | None = None  # what has changed since `take_typing`

    def ring(self) -> None:
        """Wake the listener."""
        self._rung.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for news; False when none came in time."""
        await rung(self._rung, seconds)
        is_rung = self._rung.is_set()
        self._rung.clear()
        return is_rung

    def take_typing(self) -> bool | None:
        """Give whether the desk has begun or stopped typing since last asked; None for no change."""
        typing, self.typing = self.typing, None
        return typing


class Bells:
    """All who listen in this process. Every method belongs to the event loop's thread."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}
        self.work = asyncio.Event()
        self.outbox = asyncio.Event()
        self.closing = False

    @contextmanager
    def listening(self, conversation: str) -> Iterator[Listener]:
        """Listen to a conversation for as long as the block lasts."""
        listener = Listener()
        self._listeners.setdefault(conversation, set()).add(listener)
        try:
            yield listener
        finally:
            others = self._listeners[conversation]
            others.discard(listener)
            if not others:
                del self._listeners[conversation]

    def count(self, conversation: str) -> int:
        """Count who listens to a conversation."""
        return len(self._listeners.get(conversation, ()))

    def heard(self) -> list[str]:
        """Name the conversations that somebody listens to."""
        return list(self._listeners)

    def tell(self, news: News) -> None:
        """Wake whom this news is for."""
        if news.kind == "work":
            self.work.set()
        elif news.kind == "outbox":
            self.outbox.set()
        else:
            for listener in self._listeners.get(news.conversation, ()):
                if news.kind != "message":
                    listener.typing = news.kind == "typing"
                listener.ring()

    def ring_all(self) -> None:
        """Wake everybody: news may have been missed."""
        self.work.set()
        self.outbox.set()
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.ring()

    def close(self) -> None:
        """Let everybody who waits go home: the process is ending."""
        self.closing = True
        self.ring_all()
