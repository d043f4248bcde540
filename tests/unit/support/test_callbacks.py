import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.care import callbacks
from bot.storage.sessions import session_scope
from bot.support.callbacks import (
    Callback,
    NoLongerWanted,
    WishInThePast,
    cancel_callback,
    due_callbacks,
    finish_callback,
    not_reached,
    request_callback,
    take_callback,
    waiting_callback,
)
from bot.support.company import the_company
from tests.unit.support.rows import NOW, conversation, next_message

PHONE = "+85291234567"


def hong_kong(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=the_company().zone)


def _ask(session: Session, name: str = "c1", **wish) -> Callback:
    return request_callback(session, conversation(session, name), phone=PHONE, reason="the bill", **wish)


@pytest.mark.parametrize(
    ("wish", "due"),
    [
        ({}, hong_kong(20, 16)),  # four opening hours after Friday 11:00, over lunch
        ({"at": "15:30"}, hong_kong(20, 15, 30)),
        ({"at": "morning"}, NOW),  # which is now
        ({"at": "after 18:00"}, hong_kong(20, 18)),
        ({"at": "13:15"}, hong_kong(20, 14)),  # lunch: at the next opening
        ({"at": "19:30"}, hong_kong(21, 9)),  # closed: the next opening
        ({"at": "before 12:00"}, NOW),
        ({"day": date(2026, 11, 22)}, hong_kong(23, 9)),  # a Sunday
        ({"day": date(2026, 11, 24), "at": "afternoon"}, hong_kong(24, 14)),
        ({"day": date(2026, 11, 24), "at": "14:00-16:00"}, hong_kong(24, 14)),
        ({"day": date(2026, 11, 24), "at": "whenever"}, hong_kong(24, 9)),
    ],
)
def test_a_callback_is_due_as_wished_within_opening_hours(engine: Engine, wish, due: datetime):
    with session_scope(engine) as session:
        asked = _ask(session, **wish)
    assert (asked.due_at, asked.state, asked.is_new) == (due, "wanted", True)


@pytest.mark.parametrize("wish", [{"day": date(2026, 11, 19)}, {"at": "09:30"}, {"at": "before 10:00"}])
def test_a_time_that_is_over_is_refused_by_name(engine: Engine, wish):
    with session_scope(engine) as session:
        with pytest.raises(WishInThePast):
            _ask(session, **wish)
        assert session.execute(select(func.count()).select_from(callbacks)).scalar_one() == 0


def test_a_message_asks_once_and_a_later_one_changes_the_wish(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        later = next_message(origin, 2, NOW + timedelta(minutes=1))
        for _ in range(2):
            request_callback(session, origin, phone=PHONE, reason="the bill")
        for _ in range(2):
            changed = request_callback(session, later, phone="+85261234567", reason="the bill", at="16:30")
        request_callback(session, origin, phone=PHONE, reason="the bill")  # an old message, handled again
        assert session.execute(select(func.count()).select_from(callbacks)).scalar_one() == 1
        assert (changed.phone, changed.due_at) == ("+85261234567", hong_kong(20, 16, 30))
        assert waiting_callback(session, "c1") == changed


def test_a_callback_is_taken_tried_again_and_done(engine: Engine):
    with session_scope(engine) as session:
        asked = _ask(session)
        assert due_callbacks(session, hong_kong(20, 15, 59)) == ()
        assert due_callbacks(session, asked.due_at)[0].id == asked.id
        with pytest.raises(NoLongerWanted):
            finish_callback(session, asked.id, now=NOW)
        take_callback(session, asked.id, owner="Mei", now=asked.due_at)
        assert due_callbacks(session, asked.due_at) == ()
        again = not_reached(session, asked.id, now=hong_kong(20, 18))
        assert (again.state, again.owner, again.tries, again.due_at) == ("wanted", None, 1, hong_kong(21, 9, 30))
        take_callback(session, asked.id, owner="Mei", now=again.due_at)
        finish_callback(session, asked.id, now=again.due_at)
        with pytest.raises(NoLongerWanted):
            not_reached(session, asked.id, now=again.due_at)


def test_a_cancelled_callback_cannot_be_taken_and_a_new_one_can_be_asked_for(engine: Engine):
    with session_scope(engine) as session:
        asked = _ask(session)
        origin = next_message(conversation(session, "other"), 2)
        assert not cancel_callback(session, origin)
        assert cancel_callback(session, replace(origin, conversation_id="c1"))
        with pytest.raises(NoLongerWanted):
            take_callback(session, asked.id, owner="Mei", now=NOW)
        fresh = replace(origin, conversation_id="c1", message_id="c1-m9")
        assert request_callback(session, fresh, phone=PHONE, reason="again").is_new


def test_of_agents_who_take_a_callback_at_once_one_gets_it(engine: Engine):
    with session_scope(engine) as session:
        asked = _ask(session)
    start, outcomes = threading.Barrier(5), []

    def take(owner: str) -> None:
        start.wait()
        try:
            with session_scope(engine) as session:
                take_callback(session, asked.id, owner=owner, now=NOW)
            outcomes.append(owner)
        except NoLongerWanted:
            outcomes.append("too late")

    threads = [threading.Thread(target=take, args=(f"agent {number}",)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("too late") == 4
    with session_scope(engine) as session:
        assert session.execute(select(callbacks.c.owner)).scalar_one() in outcomes
