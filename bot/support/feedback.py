"""Feedback: a rating from 1 to 5, words, or both; changeable for twelve hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.columns import new_id
from bot.storage.records import feedback, feedback_events
from bot.support.channels import Origin
from bot.support.recovery import follow_rating
from bot.support.tickets import tickets_of_conversation

CHANGEABLE_FOR = timedelta(hours=12)
LOW_RATING = 2  # this and below is followed up by a person


@dataclass(frozen=True)
class Feedback:
    """What a customer thought."""

    id: str
    rating: int | None
    words: str | None
    is_changed: bool = False


def give_feedback(session: Session, origin: Origin, *, rating: int | None = None, words: str | None = None) -> Feedback:
    """Record a rating, words or both; what the same conversation gave within CHANGEABLE_FOR is changed instead.

    Called again for the same message it changes nothing. A rating of LOW_RATING or below opens a recovery task, a
    better one drops it. Raises ValueError for a rating outside 1 to 5.
    """
    if rating is not None and not 1 <= rating <= 5:
        raise ValueError(f"a rating is from 1 to 5, not {rating}")
    known = latest_feedback(session, origin)
    if known is None:
        return _record(session, origin, rating, words)
    seen = select(feedback_events.c.id).where(
        feedback_events.c.feedback_id == known.id, feedback_events.c.message_id == origin.message_id
    )
    if session.execute(seen).first():
        return known
    now = Feedback(
        known.id,
        rating if rating is not None else known.rating,
        words or known.words,
        is_changed=rating is not None and known.rating is not None,
    )
    new = {"rating": now.rating, "words": now.words}
    session.execute(feedback.update().where(feedback.c.id == known.id).values(**new, changed_at=origin.at))
    _event(session, origin, known.id, "changed", {"rating": known.rating, "words": known.words}, new)
    _follow(session, origin, known.id, rating)
    return now


def latest_feedback(session: Session, origin: Origin) -> Feedback | None:
    """Give the conversation's feedback that may still be changed."""
    row = session.execute(
        select(feedback.c.id, feedback.c.rating, feedback.c.words)
        .where(
            feedback.c.conversation_id == origin.conversation_id,
            feedback.c.created_at > origin.at - CHANGEABLE_FOR,
        )
        .order_by(feedback.c.created_at.desc())
    ).first()
    return Feedback(*row) if row else None


def _record(session: Session, origin: Origin, rating: int | None, words: str | None) -> Feedback:
    about = tickets_of_conversation(session, origin.conversation_id)
    feedback_id = new_id()
    session.execute(
        feedback.insert().values(
            id=feedback_id,
            conversation_id=origin.conversation_id,
            message_id=origin.message_id,
            ticket_id=about[0].id if about else None,
            rating=rating,
            words=words,
            language=origin.language,
            channel=origin.channel,
            created_at=origin.at,
            changed_at=origin.at,
        )
    )
    _event(session, origin, feedback_id, "given", None, {"rating": rating, "words": words})
    _follow(session, origin, feedback_id, rating)
    return Feedback(feedback_id, rating, words)


def _follow(session: Session, origin: Origin, feedback_id: str, rating: int | None) -> None:
    if rating is None:
        return
    about = session.execute(select(feedback.c.ticket_id).where(feedback.c.id == feedback_id)).scalar_one()
    follow_rating(session, origin, feedback_id, rating, ticket_id=about, is_low=rating <= LOW_RATING)


def _event(session: Session, origin: Origin, feedback_id: str, kind: str, old: object, new: object) -> None:
    session.execute(
        feedback_events.insert().values(
            feedback_id=feedback_id, at=origin.at, kind=kind, old=old, new=new, message_id=origin.message_id
        )
    )
