from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.storage.records import customers, ticket_events, tickets
from bot.storage.sessions import session_scope
from bot.support.identity import MOST_WRONG_TRIES, TooManyTries, prove_ticket
from bot.support.ticket_states import RefusedMove
from bot.support.tickets import add_note, change_details, change_state, computed_priority, open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message


def test_a_message_opens_one_ticket_however_often_it_is_handled(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        first = open_ticket(session, origin, WASHER)
    with session_scope(engine) as session:
        again = open_ticket(session, origin, WASHER)
        count = session.execute(select(func.count()).select_from(tickets)).scalar_one()
    assert first.is_new
    assert not again.is_new
    assert (again.number, count) == (first.number, 1)


def test_opening_writes_an_event_and_a_customer(engine: Engine):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), WASHER)
        event = session.execute(select(ticket_events).where(ticket_events.c.ticket_id == ticket.id)).mappings().one()
        known = session.execute(select(customers.c.name, customers.c.phone)).one()
    assert (event["kind"], event["actor"], event["new"]["number"]) == ("opened", "customer", ticket.number)
    assert tuple(known) == ("Chan Tai Man", "+85291234567")


def test_the_same_name_and_phone_in_two_conversations_stay_two_customers(engine: Engine):
    with session_scope(engine) as session:
        open_ticket(session, conversation(session, "c1"), WASHER)
        open_ticket(session, conversation(session, "c2"), WASHER)
        assert session.execute(select(func.count()).select_from(customers)).scalar_one() == 2


@pytest.mark.parametrize(
    ("safety", "repeat", "key_account", "priority"),
    [
        (False, False, False, 3),
        (False, True, False, 2),
        (False, False, True, 2),
        (True, False, False, 1),
        (True, True, True, 1),
    ],
)
def test_priority_is_raised_for_safety_repeats_and_key_accounts(safety, repeat, key_account, priority):
    assert computed_priority(safety=safety, repeat=repeat, key_account=key_account) == priority


@pytest.mark.parametrize("fault", ["gas_leak", "sparking", "electric_shock"])
def test_a_dangerous_fault_is_a_safety_case(engine: Engine, fault: str):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), replace(WASHER, fault=fault))
    assert (ticket.safety, ticket.priority) == (True, 1)


def _repaired(session, name, at):
    origin = conversation(session, name, at)
    ticket = open_ticket(session, origin, WASHER)
    for number, state in enumerate(("accepted", "scheduled", "in_progress", "resolved"), 2):
        ticket = change_state(session, next_message(origin, number), ticket, state)
    return ticket


@pytest.mark.parametrize(("days", "is_repeat"), [(10, True), (89, True), (91, False)])
def test_a_repair_within_ninety_days_is_linked_to_the_earlier_one(engine: Engine, days: int, is_repeat: bool):
    with session_scope(engine) as session:
        earlier = _repaired(session, "before", NOW - timedelta(days=days))
        again = open_ticket(session, conversation(session, "now"), WASHER)
        other = open_ticket(session, conversation(session, "other"), replace(WASHER, fault="noisy"))
    assert again.repeat_of == (earlier.id if is_repeat else None)
    assert again.priority == (2 if is_repeat else 3)
    assert other.repeat_of is None


def test_every_change_is_written_down_with_old_and_new(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        ticket = open_ticket(session, origin, WASHER)
        ticket = change_details(
            session, next_message(origin, 2), ticket, {"phone": "+85261234567", "name": "Chan Tai Man"}
        )
        ticket = change_state(session, next_message(origin, 3), ticket, "cancelled")
        events = session.execute(
            select(ticket_events.c.kind, ticket_events.c.old, ticket_events.c.new).where(
                ticket_events.c.kind != "opened"
            )
        ).all()
    by_kind = {kind: (old, new) for kind, old, new in events}
    assert by_kind["detail"] == ({"phone": "+85291234567"}, {"phone": "+85261234567"})
    assert by_kind["state"] == ("submitted", "cancelled")
    assert (ticket.phone, ticket.state) == ("+85261234567", "cancelled")


def test_a_refused_move_changes_nothing(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        ticket = open_ticket(session, origin, WASHER)
    with pytest.raises(RefusedMove), session_scope(engine) as session:
        change_state(session, origin, ticket, "resolved")
    with session_scope(engine) as session:
        assert session.execute(select(tickets.c.state)).scalar_one() == "submitted"
        assert session.execute(select(func.count()).select_from(ticket_events)).scalar_one() == 1


def test_a_note_is_added_once_for_each_message(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session)
        ticket = open_ticket(session, origin, WASHER)
        for number in (2, 2, 3):
            add_note(session, next_message(origin, number), ticket, "bring a ladder")
        notes = session.execute(select(func.count()).where(ticket_events.c.kind == "note")).scalar_one()
    assert notes == 2


def test_number_and_last_digits_together_prove_a_ticket(engine: Engine):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), WASHER)
        stranger = conversation(session, "stranger")
        assert prove_ticket(session, stranger, ticket.number, "4567") == replace(ticket, is_new=False)
        assert prove_ticket(session, stranger, ticket.number, "0000") is None
        assert prove_ticket(session, stranger, "RT-0000-0000", "4567") is None


def test_a_ticket_without_a_phone_cannot_be_proven(engine: Engine):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), replace(WASHER, phone=None))
        for guess in ("", "????", "None", "0000"):
            assert prove_ticket(session, conversation(session, f"s{guess}"), ticket.number, guess) is None


def test_wrong_proofs_are_limited_until_an_hour_has_passed(engine: Engine):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), WASHER)
        stranger = conversation(session, "stranger")
        for _ in range(MOST_WRONG_TRIES):
            assert prove_ticket(session, stranger, ticket.number, "0000") is None
        with pytest.raises(TooManyTries):
            prove_ticket(session, stranger, ticket.number, "4567")
        later = next_message(stranger, 9, NOW + timedelta(hours=1, minutes=1))
        assert prove_ticket(session, later, ticket.number, "4567") is not None
