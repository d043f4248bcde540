"""Recovery: what a person does after a low rating."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import recovery_tasks
from bot.storage.columns import new_id
from bot.storage.writing import insert_once
from bot.support.channels import Origin
from bot.support.company import Company, the_company
from bot.support.hours import add_open_hours

OPEN, DONE, DROPPED = "open", "done", "dropped"


class RecoveryEnded(ValueError):
    """A recovery task that is done or dropped already."""


@dataclass(frozen=True)
class RecoveryTask:
    """A customer to be won back: by whom, and by when."""

    id: str
    feedback_id: str
    ticket_id: str | None
    rating: int
    state: str
    owner: str
    due_at: datetime
    outcome: str | None = None


def follow_rating(
    session: Session,
    origin: Origin,
    feedback_id: str,
    rating: int,
    *,
    ticket_id: str | None,
    is_low: bool,
    company: Company | None = None,
) -> RecoveryTask | None:
    """Open a task for a low rating, drop it when the customer raises the rating, take it up again when lowered.

    One task a feedback. What a person has done stays done.
    """
    known = _of_feedback(session, feedback_id)
    if not is_low:
        if known and known.state == OPEN:
            _change(session, known.id, state=DROPPED, rating=rating, done_at=origin.at)
        return None
    company = company or the_company()
    settings = company.facts["recovery"]
    due_at = add_open_hours(company, origin.at, settings["hours"])
    if known is None:
        insert_once(
            session,
            recovery_tasks,
            id=new_id(),
            feedback_id=feedback_id,
            ticket_id=ticket_id,
            rating=rating,
            state=OPEN,
            owner=settings["owner"],
            due_at=due_at,
            created_at=origin.at,
        )
    elif known.state == DROPPED:
        _change(session, known.id, state=OPEN, rating=rating, due_at=due_at, done_at=None)
    elif known.rating != rating:
        _change(session, known.id, rating=rating)
    return _of_feedback(session, feedback_id)


def open_recoveries(session: Session) -> tuple[RecoveryTask, ...]:
    """Give the tasks that wait, the most pressing first."""
    rows = session.execute(select(*_columns()).where(recovery_tasks.c.state == OPEN).order_by(recovery_tasks.c.due_at))
    return tuple(RecoveryTask(*row) for row in rows)


def finish_recovery(session: Session, task_id: str, *, outcome: str, at: datetime) -> None:
    """Write down how a task ended; raise RecoveryEnded when it had ended before."""
    if not outcome.strip():
        raise ValueError("a recovery ends with an outcome")
    ended = session.execute(
        recovery_tasks.update()
        .where(recovery_tasks.c.id == task_id, recovery_tasks.c.state == OPEN)
        .values(state=DONE, outcome=outcome.strip(), done_at=at)
    )
    if not ended.rowcount:
        raise RecoveryEnded(task_id)


def _of_feedback(session: Session, feedback_id: str) -> RecoveryTask | None:
    row = session.execute(select(*_columns()).where(recovery_tasks.c.feedback_id == feedback_id)).first()
    return RecoveryTask(*row) if row else None


def _columns() -> list[object]:
    return [recovery_tasks.c[name] for name in RecoveryTask.__dataclass_fields__]


def _change(session: Session, task_id: str, **values: object) -> None:
    session.execute(recovery_tasks.update().where(recovery_tasks.c.id == task_id).values(**values))
