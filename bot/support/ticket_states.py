"""The life of a repair ticket: which state may follow which."""

from __future__ import annotations

from datetime import datetime, timedelta

REOPEN_DAYS = 14

SUBMITTED, ACCEPTED, SCHEDULED, IN_PROGRESS = "submitted", "accepted", "scheduled", "in_progress"
RESOLVED, CLOSED, REOPENED = "resolved", "closed", "reopened"
WAITING_CUSTOMER, WAITING_PARTS, CANCELLED, MERGED = "waiting_customer", "waiting_parts", "cancelled", "merged"

_WAITING = {WAITING_CUSTOMER, WAITING_PARTS}
_ASIDE = {*_WAITING, CANCELLED, MERGED}
MOVES: dict[str, frozenset[str]] = {
    SUBMITTED: frozenset({ACCEPTED, *_ASIDE}),
    ACCEPTED: frozenset({SCHEDULED, *_ASIDE}),
    SCHEDULED: frozenset({IN_PROGRESS, ACCEPTED, *_ASIDE}),
    IN_PROGRESS: frozenset({RESOLVED, SCHEDULED, *_ASIDE}),
    WAITING_CUSTOMER: frozenset({ACCEPTED, SCHEDULED, IN_PROGRESS, WAITING_PARTS, CANCELLED, MERGED}),
    WAITING_PARTS: frozenset({ACCEPTED, SCHEDULED, IN_PROGRESS, WAITING_CUSTOMER, CANCELLED, MERGED}),
    RESOLVED: frozenset({CLOSED, REOPENED}),
    CLOSED: frozenset({REOPENED}),
    REOPENED: frozenset({ACCEPTED, SCHEDULED, IN_PROGRESS, *_ASIDE}),
    CANCELLED: frozenset(),
    MERGED: frozenset(),
}
STATES = tuple(MOVES)
OPEN_STATES = frozenset(STATES) - {RESOLVED, CLOSED, CANCELLED, MERGED}


class RefusedMove(ValueError):
    """A change of state that is not allowed; the message names both states and why."""


def check_move(old: str, new: str, *, now: datetime, ended_at: datetime | None = None) -> None:
    """Raise RefusedMove unless a ticket may go from `old` to `new` at `now`.

    `ended_at` is when it was last resolved or closed: it may be reopened within REOPEN_DAYS of that.
    """
    if new not in MOVES:
        raise RefusedMove(f"{new!r} is no state of a ticket")
    if new not in MOVES[old]:
        raise RefusedMove(f"a ticket that is {old} cannot become {new}")
    if new == REOPENED and (ended_at is None or now - ended_at > timedelta(days=REOPEN_DAYS)):
        raise RefusedMove(f"a ticket can be reopened for {REOPEN_DAYS} days; after that a new one is opened")
