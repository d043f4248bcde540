import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.records import ticket_events, tickets
from bot.storage.sessions import session_scope
from bot.support.appointments import book, visit_of
from bot.support.channels import Origin
from bot.support.ticket_service import (
    MergeRefused,
    NotAllowed,
    cancel_ticket,
    merge_tickets,
    merged_into,
    override_priority,
    return_fault,
    urge,
)
from bot.support.ticket_states import RefusedMove
from bot.support.tickets import Ticket, change_state, find_ticket, open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message

MONDAY = date(2026, 11, 23)
TO_THE_END = ("accepted", "scheduled", "in_progress", "resolved")


def _ticket(session: Session, name: str = "c1") -> tuple[Origin, Ticket]:
    origin = conversation(session, name)
    return origin, open_ticket(session, origin, WASHER)


def _repaired(session: Session, name: str = "c1") -> tuple[Origin, Ticket]:
    origin, ticket = _ticket(session, name)
    for state in TO_THE_END:
        ticket = change_state(session, origin, ticket, state)
    return origin, ticket


def _agent(origin: Origin, number: int = 50) -> Origin:
    return replace(next_message(origin, number), actor="agent")


def _events(session: Session, kind: str) -> list[tuple[object, object]]:
    rows = session.execute(select(ticket_events.c.old, ticket_events.c.new).where(ticket_events.c.kind == kind))
    return [tuple(row) for row in rows]


def test_urging_is_counted_and_raises_the_priority_once_a_day(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        session.execute(tickets.update().values(priority=4))
        first = urge(session, next_message(origin, 2), ticket)
        again = urge(session, next_message(origin, 2), ticket)
        later = urge(session, next_message(origin, 3, NOW + timedelta(hours=5)), ticket)
        tomorrow = urge(session, next_message(origin, 4, NOW + timedelta(hours=14)), ticket)  # 01:00 in Hong Kong
    assert [(one.times, one.is_raised) for one in (first, again, later, tomorrow)] == [
        (1, True),
        (1, False),
        (2, False),
        (3, True),
    ]
    assert (first.ticket.priority, later.ticket.priority, tomorrow.ticket.priority) == (3, 3, 2)


def test_urging_never_reaches_the_priority_of_a_safety_case(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        for day in range(5):
            urged = urge(session, next_message(origin, 2 + day, NOW + timedelta(days=day)), ticket)
    assert (urged.ticket.priority, urged.times) == (2, 5)


def test_a_repair_that_has_ended_cannot_be_urged(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _repaired(session)
        with pytest.raises(RefusedMove, match="resolved cannot be urged"):
            urge(session, next_message(origin, 9), ticket)


def test_cancelling_gives_the_visit_back_and_happens_once(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        book(session, next_message(origin, 2), ticket, MONDAY, "morning")
        for _ in range(2):  # with what the caller read before the visit was booked
            cancelled = cancel_ticket(session, next_message(origin, 3), ticket, reason="bought a new one")
        assert cancelled.state == "cancelled"
        assert visit_of(session, ticket.id) is None
        assert _events(session, "reason") == [(None, "bought a new one")]


def test_a_repair_that_is_done_cannot_be_cancelled(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _repaired(session)
        with pytest.raises(RefusedMove):
            cancel_ticket(session, next_message(origin, 9), ticket)


@pytest.mark.parametrize(("days", "reopened"), [(0, True), (14, True), (15, False)])
def test_still_broken_reopens_inside_the_window_and_opens_a_linked_ticket_after_it(
    engine: Engine, days: int, reopened: bool
):
    with session_scope(engine) as session:
        origin, ticket = _repaired(session)
        back = next_message(origin, 9, NOW + timedelta(days=days))
        results = [return_fault(session, back, ticket, words="it leaks again") for _ in range(2)]
        count = session.execute(select(func.count()).select_from(tickets)).scalar_one()
        notes = _events(session, "note")
    assert {(result.is_reopened, result.is_new) for result in results} == {(reopened, not reopened)}
    assert count == (1 if reopened else 2)
    now = results[-1].ticket
    if reopened:
        assert (now.id, now.state, notes) == (ticket.id, "reopened", [(None, "it leaks again")])
    else:
        assert (now.repeat_of, now.priority, now.phone, now.state) == (ticket.id, 2, WASHER.phone, "submitted")


def test_still_broken_about_an_open_repair_is_a_note_and_about_a_cancelled_one_a_new_ticket(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        noted = return_fault(session, next_message(origin, 2), ticket, words="still leaks")
        cancel_ticket(session, next_message(origin, 3), ticket)
        renewed = return_fault(session, next_message(origin, 4), ticket, words="it came back")
        assert (noted.ticket.id, noted.is_new, noted.is_reopened) == (ticket.id, False, False)
        assert (renewed.is_new, renewed.ticket.repeat_of, renewed.ticket.priority) == (True, None, 3)


def test_only_agents_merge_and_override(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        _, other = _ticket(session, "c2")
        with pytest.raises(NotAllowed):
            merge_tickets(session, origin, ticket, other)
        with pytest.raises(NotAllowed):
            override_priority(session, origin, ticket, 1, reason="me first")


def test_a_merged_ticket_lives_on_in_the_other_with_the_higher_priority(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        _, other = _ticket(session, "c2")
        _, third = _ticket(session, "c3")
        session.execute(tickets.update().where(tickets.c.id == ticket.id).values(priority=1, safety=True))
        book(session, next_message(origin, 2), ticket, MONDAY, "morning")
        for _ in range(2):
            into = merge_tickets(session, _agent(origin), ticket, other)
        merge_tickets(session, _agent(origin, 51), other, third)
        assert (into.id, into.priority, into.safety) == (other.id, 1, True)
        assert visit_of(session, ticket.id) is None
        assert merged_into(session, find_ticket(session, ticket.id)).id == third.id
        assert (None, {"number": ticket.number}) in _events(session, "merged")
        back = return_fault(session, next_message(origin, 7), ticket, words="still leaks")
        assert back.ticket.id == third.id


@pytest.mark.parametrize("state", ["cancelled", "resolved"])
def test_nothing_is_merged_into_a_ticket_that_has_ended_or_into_itself(engine: Engine, state: str):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        _, other = _repaired(session, "c2") if state == "resolved" else _ticket(session, "c2")
        if state == "cancelled":
            other = cancel_ticket(session, origin, other)
        with pytest.raises(MergeRefused, match=state):
            merge_tickets(session, _agent(origin), ticket, other)
        with pytest.raises(MergeRefused, match="itself"):
            merge_tickets(session, _agent(origin), ticket, ticket)


def test_another_priority_is_written_down_with_its_reason(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        for _ in range(2):
            changed = override_priority(session, _agent(origin), ticket, 1, reason=" a newborn in the house ")
        assert changed.priority == 1
        assert _events(session, "priority") == [(3, 1)]
        assert _events(session, "reason") == [(None, "a newborn in the house")]
        for priority, reason in ((0, "x"), (5, "x"), (2, " ")):
            with pytest.raises(ValueError, match="priority"):
                override_priority(session, _agent(origin), ticket, priority, reason=reason)


def test_of_two_who_move_a_ticket_at_once_one_is_refused(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
    start, outcomes = threading.Barrier(4), []

    def move(state: str) -> None:
        start.wait()
        try:
            with session_scope(engine) as session:
                change_state(session, origin, ticket, state)
            outcomes.append("moved")
        except RefusedMove:
            outcomes.append("refused")

    threads = [
        threading.Thread(target=move, args=(state,)) for state in ("accepted", "cancelled", "accepted", "cancelled")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "refused", "refused", "refused"]
    with session_scope(engine) as session:
        assert len(_events(session, "state")) == 1


STEPS = ("urge", "cancel", "return", "book", "accepted", "in_progress", "resolved", "closed")


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 3)), max_size=8))
def test_any_steps_each_repeated_leave_one_event_a_message_and_places_for_live_visits_only(steps, sqlite_template):
    """Whatever is asked in whatever order, a repeated message changes nothing, and no place is held by nobody."""
    from bot.storage.care import appointments, visit_windows
    from bot.storage.sessions import open_engine

    engine = open_engine(f"sqlite:///{sqlite_template}")
    session = Session(engine, future=True)  # never committed: every example begins with an empty desk
    try:
        origin, ticket = _ticket(session)
        for number, (step, times) in enumerate(steps, 2):
            message, seen = next_message(origin, number, NOW + timedelta(hours=number)), []
            for _ in range(times):
                _take(session, message, step, ticket)
                seen.append(session.execute(select(func.count()).select_from(ticket_events)).scalar_one())
            assert len(set(seen)) == 1, step
        booked = session.execute(select(func.count()).where(appointments.c.state == "booked")).scalar_one()
        assert booked == session.execute(select(func.coalesce(func.sum(visit_windows.c.taken), 0))).scalar_one()
    finally:
        session.close()
        engine.dispose()


def _take(session: Session, message: Origin, step: str, ticket: Ticket) -> None:
    now = find_ticket(session, ticket.id)
    try:
        if step == "urge":
            urge(session, message, now)
        elif step == "cancel":
            cancel_ticket(session, message, now, reason="no more")
        elif step == "return":
            return_fault(session, message, now, words="still broken")
        elif step == "book":
            book(session, message, now, MONDAY + timedelta(days=int(message.message_id[-1]) % 5), "morning")
        else:
            change_state(session, message, now, step)
    except RefusedMove:
        pass
