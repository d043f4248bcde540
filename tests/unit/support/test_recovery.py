from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.storage.care import recovery_tasks
from bot.storage.sessions import session_scope
from bot.support.feedback import give_feedback
from bot.support.recovery import RecoveryEnded, finish_recovery, open_recoveries
from bot.support.tickets import open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message


@pytest.mark.parametrize(("rating", "tasks"), [(1, 1), (2, 1), (3, 0), (5, 0)])
def test_a_low_rating_opens_a_task_with_owner_and_a_due_time_in_opening_hours(engine: Engine, rating: int, tasks: int):
    with session_scope(engine) as session:
        origin = conversation(session)
        ticket = open_ticket(session, origin, WASHER)
        for _ in range(2):
            give_feedback(session, next_message(origin, 2), rating=rating)
        opened = open_recoveries(session)
    assert len(opened) == tasks
    for task in opened:
        assert (task.ticket_id, task.rating, task.owner) == (ticket.id, rating, "service manager")
        # Friday 11:00 and 9 opening hours: 2 + 4.5 on Friday, 2.5 on Saturday from 09:00, in Hong Kong
        assert task.due_at == datetime(2026, 11, 21, 3, 30, tzinfo=timezone.utc)


def test_words_alone_open_nothing(engine: Engine):
    with session_scope(engine) as session:
        give_feedback(session, conversation(session), words="terrible")
        assert open_recoveries(session) == ()


def test_a_raised_rating_drops_the_task_and_a_lowered_one_takes_it_up_again(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        seen = []
        for number, rating in enumerate((1, 5, 2, 1), 2):
            give_feedback(session, next_message(origin, number, NOW + timedelta(hours=number)), rating=rating)
            seen.append([task.rating for task in open_recoveries(session)])
        count = session.execute(select(func.count()).select_from(recovery_tasks)).scalar_one()
    assert (seen, count) == ([[1], [], [2], [1]], 1)


def test_a_task_ends_once_with_its_outcome_and_stays_ended(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        give_feedback(session, origin, rating=1)
        (task,) = open_recoveries(session)
        with pytest.raises(ValueError, match="outcome"):
            finish_recovery(session, task.id, outcome=" ", at=NOW)
        finish_recovery(session, task.id, outcome="apologised, refunded the visit", at=NOW)
        with pytest.raises(RecoveryEnded):
            finish_recovery(session, task.id, outcome="again", at=NOW)
        give_feedback(session, next_message(origin, 2), rating=2)
        assert open_recoveries(session) == ()
