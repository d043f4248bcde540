"""What a committed transaction has to tell: new messages, work to do, somebody typing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

Kind = Literal["message", "work", "outbox", "typing", "still"]
_KINDS = ("message", "work", "outbox", "typing", "still")


@dataclass(frozen=True)
class News:
    """Something new in a conversation."""

    kind: Kind
    conversation: str

    def as_text(self, teller: str) -> str:
        """Write the news for other gateways, with the name of the one who tells it."""
        return json.dumps([teller, self.kind, self.conversation])

    @classmethod
    def read(cls, written: str, reader: str) -> News | None:
        """Read what another gateway wrote; None for what `reader` told itself, and for anything else.

        >>> News.read(News("work", "c1").as_text("a"), "b"), News.read(News("work", "c1").as_text("a"), "a")
        (News(kind='work', conversation='c1'), None)
        """
        try:
            teller, kind, conversation = json.loads(written)
        except (ValueError, TypeError):
            return None
        is_news = teller != reader and kind in _KINDS and isinstance(conversation, str)
        return cls(kind, conversation) if is_news else None


def announce(session: Session, kind: Kind, conversation: str) -> None:
    """Have this told once the session's transaction is committed, and not at all if it isn't."""
    news: list[News] = session.info.setdefault("news", [])
    if (item := News(kind, conversation)) not in news:
        news.append(item)


def gathered(session: Session) -> list[News]:
    """Give what was announced in this session since it was last asked."""
    return list(session.info.pop("news", ()))
