"""The turn that is under way: which message it is, and whether anything in it has failed.

Rasa answers HTTP 200 and carries on when an action, a wording or the database fails. Here every part that can
fail says so to the turn, a failed turn is never saved, and the gateway is told, so that it can try again.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


class TurnFailed(RuntimeError):
    """A turn that must not be saved; the message says what failed."""


@dataclass
class Turn:
    """One message's way through the assistant."""

    conversation: str
    message_id: str
    events: list[dict[str, Any]] = field(default_factory=list)  # the dialogue as it was loaded
    version: int = 0
    failure: str | None = None
    saved: bool = False


current_turn: ContextVar[Turn | None] = ContextVar("current_turn", default=None)


def fail(what: str) -> None:
    """Mark the turn under way as failed; the first cause is kept."""
    turn = current_turn.get()
    if turn is not None and turn.failure is None:
        turn.failure = what
