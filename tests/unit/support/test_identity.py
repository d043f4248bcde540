from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.messaging import conversations
from bot.storage.records import customers
from bot.storage.sessions import session_scope
from bot.support.customers import remember_customer
from bot.support.identity import (
    MOST_WRONG_TRIES,
    MOST_WRONG_TRIES_OF_NUMBER,
    TRIES_COUNT_FOR,
    TRIES_OF_NUMBER_COUNT_FOR,
    TooManyTries,
    prove_ticket,
    proven_tickets,
)
from bot.support.tickets import open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message


def _customer(session: Session, name: str) -> str | None:
    return session.execute(select(conversations.c.customer_id).where(conversations.c.id == name)).scalar_one()


def test_what_is_proven_once_is_not_asked_again_in_that_conversation_only(engine: Engine):
    with session_scope(engine) as session:
        ticket = replace(open_ticket(session, conversation(session), WASHER), is_new=False)
        here, there = conversation(session, "here"), conversation(session, "there")
        assert proven_tickets(session, "here") == ()
        for _ in range(2):
            prove_ticket(session, here, ticket.number, "4567")
        prove_ticket(session, there, ticket.number, "0000")
        assert proven_tickets(session, "here") == (ticket,)
        assert proven_tickets(session, "there") == ()


def test_a_proof_makes_two_channels_one_customer_with_one_history(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session, "web")
        first = open_ticket(session, origin, WASHER)
        second = open_ticket(session, next_message(origin, 2, NOW + timedelta(hours=1)), replace(WASHER, fault="noisy"))
        wechat = conversation(session, "wechat")
        remember_customer(session, wechat, name="A Man", phone=None, address="Flat 5")
        assert _customer(session, "wechat") != _customer(session, "web")
        prove_ticket(session, wechat, first.number, "4567")
        assert _customer(session, "wechat") == _customer(session, "web")
        assert [ticket.number for ticket in proven_tickets(session, "wechat")] == [second.number, first.number]
        kept = session.execute(select(customers.c.name, customers.c.phone)).one()  # the other is gone
    assert tuple(kept) == ("Chan Tai Man", "+85291234567")


def test_a_neighbour_with_another_phone_proves_the_ticket_but_stays_another_customer(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session, "web")
        first = open_ticket(session, origin, WASHER)
        open_ticket(session, next_message(origin, 2, NOW + timedelta(hours=1)), replace(WASHER, fault="noisy"))
        neighbour = conversation(session, "neighbour")
        mine = open_ticket(session, neighbour, replace(WASHER, phone="+85261234567", product="fan"))
        prove_ticket(session, neighbour, first.number, "4567")
        known = {ticket.number for ticket in proven_tickets(session, "neighbour")}
        count = session.execute(select(func.count()).select_from(customers)).scalar_one()
    assert known == {mine.number, first.number}
    assert count == 2


def test_a_wrong_proof_joins_nobody(engine: Engine):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session, "web"), WASHER)
        conversation(session, "stranger")
        prove_ticket(session, replace(conversation(session, "s2"), conversation_id="stranger"), ticket.number, "0000")
        assert _customer(session, "stranger") is None


def _try_wrongly(session: Session, number: str, times: int) -> None:
    """Try a number in as many conversations, which keeps each of them under its own limit."""
    for count in range(times):
        prove_ticket(session, conversation(session, f"guess{count}"), number, "0000")


def test_wrong_tries_of_a_conversation_are_limited_and_forgotten_after_an_hour(engine: Engine):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), WASHER)
        stranger = conversation(session, "stranger")
        for _ in range(MOST_WRONG_TRIES):
            assert prove_ticket(session, stranger, ticket.number, "0000") is None
        with pytest.raises(TooManyTries):
            prove_ticket(session, stranger, ticket.number, "4567")
        later = next_message(stranger, 9, NOW + TRIES_COUNT_FOR + timedelta(seconds=1))
        assert prove_ticket(session, later, ticket.number, "4567") == replace(ticket, is_new=False)


@pytest.mark.parametrize("exists", [True, False])
def test_wrong_tries_for_a_number_are_limited_across_conversations_whether_it_exists_or_not(
    engine: Engine, exists: bool
):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), WASHER)
        number = ticket.number if exists else "RT-0000-0000"
        _try_wrongly(session, number, MOST_WRONG_TRIES_OF_NUMBER)
        with pytest.raises(TooManyTries):
            prove_ticket(session, conversation(session, "one more"), number, "4567")
        assert prove_ticket(session, conversation(session, "other number"), "RT-1111-1111", "4567") is None


def test_the_owner_is_not_shut_out_where_it_is_proven_and_for_no_longer_than_a_day(engine: Engine):
    with session_scope(engine) as session:
        ticket = open_ticket(session, conversation(session), WASHER)
        _try_wrongly(session, ticket.number, MOST_WRONG_TRIES_OF_NUMBER)
        assert [known.number for known in proven_tickets(session, "c1")] == [ticket.number]
        tomorrow = conversation(session, "tomorrow", NOW + TRIES_OF_NUMBER_COUNT_FOR + timedelta(seconds=1))
        assert prove_ticket(session, tomorrow, ticket.number, "4567")
