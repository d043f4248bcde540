from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.care import complaint_events, complaints
from bot.storage.sessions import session_scope
from bot.support.casebook import casebook
from bot.support.channels import Origin
from bot.support.complaint_rules import (
    CATEGORIES,
    MOVES,
    STATES,
    ComplaintRefused,
    Signs,
    check_step,
    severity_of,
)
from bot.support.complaints import (
    Complaint,
    Findings,
    add_to_complaint,
    answer_complaint,
    assign,
    confirm_settled,
    file_complaint,
    live_complaint,
    not_settled,
    overdue,
    promise,
    withdraw,
)
from bot.support.tickets import open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message

FOUND = Findings("the hose was not tightened", "tightened, visit refunded", "checklist before leaving")

# Every state of a complaint, what it may become, and by whose hand alone.
ALLOWED = {
    "open": {"investigating": "any", "answered": "any", "withdrawn": "customer"},
    "investigating": {"answered": "any", "withdrawn": "customer"},
    "answered": {"closed": "customer", "investigating": "any", "withdrawn": "customer"},
    "closed": {"investigating": "customer"},
    "withdrawn": {},
}


@pytest.mark.parametrize("actor", ["customer", "agent", "assistant", "system"])
@pytest.mark.parametrize("new", STATES)
@pytest.mark.parametrize("old", STATES)
def test_every_state_becomes_what_the_table_says_and_nothing_else(old: str, new: str, actor: str):
    if ALLOWED[old].get(new) in ("any", actor):
        check_step(old, new, actor=actor)
    else:
        with pytest.raises(ComplaintRefused):
            check_step(old, new, actor=actor)


def test_the_table_names_every_state_and_invented_ones_are_refused():
    assert set(ALLOWED) == set(MOVES)
    with pytest.raises(ComplaintRefused, match="'done'"):
        check_step("open", "done", actor="agent")


signs = st.builds(
    Signs,
    **{one.name: st.booleans() for one in fields(Signs) if one.name != "waited_days"},
    waited_days=st.integers(0, 60),
)


@given(signs, st.sampled_from([one.name for one in fields(Signs) if one.name != "waited_days"]))
def test_a_further_sign_never_makes_a_complaint_less_grave(seen: Signs, sign: str):
    graver = severity_of(replace(seen, **{sign: True}))
    assert 1 <= graver <= severity_of(replace(seen, **{sign: False})) <= 4


def test_safety_comes_first_and_a_week_of_waiting_counts():
    assert severity_of(Signs(safety=True)) == 1
    assert [severity_of(Signs(waited_days=days)) for days in (6, 7)] == [4, 3]


def _file(session: Session, name: str = "c1", **told) -> tuple[Origin, Complaint]:
    origin = conversation(session, name)
    return origin, file_complaint(session, origin, **{"happened": "nobody came", "category": "delay", **told})


def _agent(origin: Origin, number: int, at: datetime = NOW) -> Origin:
    return replace(next_message(origin, number, at), actor="agent")


def _events(session: Session) -> list[str]:
    return sorted(session.execute(select(complaint_events.c.kind)).scalars())


def test_a_complaint_is_filed_once_for_each_message_with_owner_and_deadline(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        ticket = open_ticket(session, origin, WASHER)
        told = {
            "happened": "佢冇嚟",
            "happened_characters": None,
            "wanted": "a refund",
            "category": "price",
            "signs": Signs(strong_anger=True, repeat_fault=True),
        }
        filed = [file_complaint(session, next_message(origin, 2), ticket=ticket, **told) for _ in range(2)]
        assert session.execute(select(func.count()).select_from(complaints)).scalar_one() == 1
        assert session.execute(select(complaints.c.customer_id)).scalar_one() is not None
        assert _events(session) == ["filed"]
        assert live_complaint(session, "c1") == filed[1]
    assert [one.is_new for one in filed] == [True, False]
    assert (filed[0].severity, filed[0].owner, filed[0].ticket_id, filed[0].state) == (2, "accounts", ticket.id, "open")
    assert filed[0].due_at == datetime(
        2026, 11, 21, 3, 30, tzinfo=timezone.utc
    )  # nine opening hours after Friday 11:00


def test_an_invented_category_is_refused(engine: Engine):
    with session_scope(engine) as session, pytest.raises(ValueError, match="'weather'"):
        _file(session, category="weather")
    assert "other" in CATEGORIES


def test_what_is_added_is_noted_once_and_graver_signs_bring_the_deadline_nearer(engine: Engine):
    with session_scope(engine) as session:
        origin, filed = _file(session)
        for _ in range(2):
            graver = add_to_complaint(
                session, next_message(origin, 2), filed, words="and it sparked", signs=Signs(safety=True)
            )
        calmer = add_to_complaint(session, next_message(origin, 3), filed, wanted="a new one", signs=Signs())
        assert _events(session) == ["filed", "note", "note", "severity"]
    assert (filed.severity, graver.severity, calmer.severity, calmer.wanted) == (4, 1, 1, "a new one")
    assert graver.due_at < filed.due_at
    assert calmer.due_at == graver.due_at


def test_only_the_customer_closes_a_complaint_and_a_closed_one_becomes_a_case(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        ticket = open_ticket(session, origin, WASHER)
        filed = file_complaint(
            session, next_message(origin, 2), happened="Chan says no", category="staff", ticket=ticket
        )
        with pytest.raises(ComplaintRefused, match="open cannot become closed"):
            confirm_settled(session, next_message(origin, 3), filed)
        assert assign(session, _agent(origin, 4), filed, "Mei").state == "investigating"
        answered = answer_complaint(session, _agent(origin, 5), filed, FOUND)
        with pytest.raises(ComplaintRefused, match="only the customer"):
            confirm_settled(session, _agent(origin, 6), answered)
        assert casebook(session) == ()
        later = NOW + timedelta(days=2)
        closed = [confirm_settled(session, next_message(origin, 7, later), answered) for _ in range(2)]
        (case,) = casebook(session, category="staff", product="washing_machine")
        assert casebook(session, category="price") == ()
    assert [one.state for one in closed] == ["closed", "closed"]
    assert closed[0].closed_at == later
    assert (case.product, case.fault, case.root_cause, case.took) == (
        "washing_machine",
        "leaking",
        FOUND.root_cause,
        timedelta(days=2),
    )
    assert "Chan" not in str(case)


def test_a_customer_who_is_not_content_takes_it_up_again_with_a_new_deadline(engine: Engine):
    with session_scope(engine) as session:
        origin, filed = _file(session)
        answered = answer_complaint(session, _agent(origin, 2), filed, FOUND)
        confirm_settled(session, next_message(origin, 3), answered)
        later = NOW + timedelta(days=3)
        again = [not_settled(session, next_message(origin, 4, later), answered) for _ in range(2)]
        assert _events(session).count("state") == 3
    assert again[0] == again[1]
    assert (again[0].state, again[0].closed_at) == ("investigating", None)
    assert again[0].due_at > later


def test_an_answer_needs_cause_remedy_and_prevention(engine: Engine):
    with session_scope(engine) as session:
        origin, filed = _file(session)
        with pytest.raises(ValueError, match="needs remedy, prevention"):
            answer_complaint(session, _agent(origin, 2), filed, Findings("cause", "", " "))


def test_a_withdrawn_complaint_takes_nothing_more_and_is_no_case(engine: Engine):
    with session_scope(engine) as session:
        origin, filed = _file(session)
        for _ in range(2):
            assert withdraw(session, next_message(origin, 2), filed).state == "withdrawn"
        for act in (
            lambda: add_to_complaint(session, next_message(origin, 3), filed, words="wait"),
            lambda: promise(session, _agent(origin, 3), filed, words="x", due_at=NOW + timedelta(days=1)),
            lambda: not_settled(session, next_message(origin, 3), filed),
        ):
            with pytest.raises(ComplaintRefused, match="withdrawn"):
                act()
        assert casebook(session) == ()
        assert live_complaint(session, "c1") is None


def test_a_promise_is_written_down_with_its_day_and_is_late_when_the_day_has_passed(engine: Engine):
    with session_scope(engine) as session:
        origin, filed = _file(session)
        _, graver = _file(session, "c2", signs=Signs(safety=True))
        promised = promise(
            session, _agent(origin, 2), filed, words="a new engineer comes", due_at=NOW + timedelta(days=9)
        )
        with pytest.raises(ValueError, match="future"):
            promise(session, _agent(origin, 3), filed, words="yesterday", due_at=NOW)
        assert promised.promise == "a new engineer comes"
        assert overdue(session, NOW) == ()
        assert [one.id for one in overdue(session, NOW + timedelta(days=8))] == [graver.id]
        assert [one.id for one in overdue(session, NOW + timedelta(days=10))] == [graver.id, filed.id]
        answer_complaint(session, _agent(origin, 4), filed, FOUND)
        assert [one.id for one in overdue(session, NOW + timedelta(days=10))] == [graver.id]
