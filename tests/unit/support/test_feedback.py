from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.storage.records import feedback, feedback_events
from bot.storage.sessions import session_scope
from bot.support.feedback import give_feedback
from bot.support.tickets import open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message


def test_a_rating_and_later_words_are_one_feedback_on_the_ticket(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        ticket = open_ticket(session, origin, WASHER)
        give_feedback(session, next_message(origin, 2), rating=4)
        give_feedback(session, next_message(origin, 3), words="punctual and kind")
        row = session.execute(select(feedback.c.rating, feedback.c.words, feedback.c.ticket_id)).one()
    assert tuple(row) == (4, "punctual and kind", ticket.id)


def test_a_rating_can_be_changed_for_twelve_hours_and_both_are_written_down(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        give_feedback(session, origin, rating=2)
        changed = give_feedback(session, next_message(origin, 2, NOW + timedelta(hours=11)), rating=5)
        later = give_feedback(session, next_message(origin, 3, NOW + timedelta(hours=13)), rating=1)
        events = session.execute(select(feedback_events.c.kind, feedback_events.c.new)).all()
        count = session.execute(select(func.count()).select_from(feedback)).scalar_one()
    assert (changed.rating, changed.is_changed) == (5, True)
    assert (later.rating, later.is_changed, count) == (1, False, 2)
    assert sorted((kind, new["rating"]) for kind, new in events) == [("changed", 5), ("given", 1), ("given", 2)]


def test_the_same_message_twice_is_one_feedback(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        for _ in range(2):
            give_feedback(session, origin, rating=3)
            give_feedback(session, next_message(origin, 2), rating=4)
        assert session.execute(select(func.count()).select_from(feedback)).scalar_one() == 1
        assert session.execute(select(func.count()).select_from(feedback_events)).scalar_one() == 2


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_outside_one_to_five_is_refused(engine: Engine, rating: int):
    with session_scope(engine) as session, pytest.raises(ValueError, match="from 1 to 5"):
        give_feedback(session, conversation(session), rating=rating)
