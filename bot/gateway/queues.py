"""How much waits in the inbox and the outbox, and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.messaging import inbox, messages, outbox

OPEN_STATES = ("new", "failed")  # what is done or sent is no queue, and counting it would take ever longer


@dataclass(frozen=True)
class Queues:
    """The queues as they stood when they were looked at."""

    lengths: Mapping[tuple[str, str, str], int]  # (queue, channel, state): messages
    oldest: Mapping[str, float]  # queue: seconds that its oldest new message has waited; 0 for an empty one


def look(session: Session, now: datetime) -> Queues:
    """Count what waits, and what was left to a person."""
    lengths = {
        (table.name, row.channel, row.state): row.count
        for table in (inbox, outbox)
        for row in session.execute(
            select(table.c.channel, table.c.state, func.count().label("count"))
            .where(table.c.state.in_(OPEN_STATES))
            .group_by(table.c.channel, table.c.state)
        )
    }
    first_in = select(func.min(inbox.c.received_at)).where(inbox.c.state == "new")
    first_out = (
        select(func.min(messages.c.sent_at))
        .join(outbox, outbox.c.message_id == messages.c.id)
        .where(outbox.c.state == "new")
    )
    oldest = {
        name: _waited(session.execute(first).scalar(), now)
        for name, first in (("inbox", first_in), ("outbox", first_out))
    }
    return Queues(lengths, oldest)


def _waited(since: Any, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
