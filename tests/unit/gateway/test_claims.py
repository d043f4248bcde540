"""One conversation, one worker."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.gateway import claims, conversations, settling
from bot.gateway.claims import Turn
from bot.gateway.settling import Answered
from bot.gateway.transcript import Message
from bot.storage.messaging import conversations as table
from bot.storage.sessions import session_scope


def take(engine: Engine, claim: str, now) -> Turn | None:
    with session_scope(engine) as session:
        return claims.take(session, claim=claim, now=now)


def test_the_first_message_is_taken_when_several_wait(engine, say, clock) -> None:
    first = say("one", id="1")
    say("two", id="2")
    turn = take(engine, "a", clock.now)
    assert turn is not None
    assert (turn.message_id, turn.text, turn.kind) == (first.id, "one", "text")


def test_nobody_else_gets_a_conversation_while_it_is_claimed(engine, say, clock) -> None:
    say("one", id="1")
    say("two", id="2")
    assert take(engine, "a", clock.now)
    assert take(engine, "b", clock.move(9)) is None


def test_another_worker_gets_a_conversation_when_the_claim_has_run_out(engine, say, clock) -> None:
    accepted = say("one", id="1")
    turn = take(engine, "a", clock.now)
    assert turn is not None
    again = take(engine, "b", clock.move(claims.LEASE.total_seconds() + 1))
    assert again is not None
    assert again.message_id == accepted.id
    with session_scope(engine) as session:
        assert not claims.renew(session, turn, clock.now)
        assert claims.renew(session, again, clock.now)


def test_a_claim_lasts_when_it_is_renewed(engine, say, clock) -> None:
    say("one", id="1")
    turn = take(engine, "a", clock.now)
    assert turn is not None
    clock.move(8)
    with session_scope(engine) as session:
        assert claims.renew(session, turn, clock.now)
    assert take(engine, "b", clock.move(8)) is None


def test_a_conversation_is_taken_by_one_only_when_many_reach_for_it(engine, say, clock) -> None:
    with session_scope(engine) as session:
        ids = [conversations.open_conversation(session, channel="website", now=clock.now).id for _ in range(8)]
    for where in ids:
        say("one", id="1", into=where)
        say("two", id="2", into=where)
    start = threading.Barrier(4)

    def reach(worker: int) -> list[str]:
        start.wait()
        turns = [take(engine, f"{worker}-{i}", clock.now) for i in range(8)]
        return [turn.conversation.id for turn in turns if turn]

    with ThreadPoolExecutor(4) as pool:
        taken = [where for part in pool.map(reach, range(4)) for where in part]
    assert sorted(taken) == sorted(ids)


def test_nothing_is_taken_and_all_is_kept_when_a_person_holds_the_conversation(engine, say, clock) -> None:
    say("one", id="1")
    with session_scope(engine) as session:
        session.execute(update(table).values(holder="human"))
    assert take(engine, "a", clock.now) is None
    with session_scope(engine) as session:
        assert not settling.late(session, clock.now + timedelta(hours=1))
        held = session.execute(table.select()).one()
        assert (held.claimed_by, held.last_seq) == (None, 1)


def test_a_message_is_answered_when_the_customer_waits_for_a_person(engine, say, clock) -> None:
    say("one", id="1")
    with session_scope(engine) as session:
        session.execute(update(table).values(holder="waiting"))
    assert take(engine, "a", clock.now)


def test_the_next_message_follows_in_the_same_claim_when_one_is_settled(engine, say, clock) -> None:
    say("one", id="1")
    second = say("two", id="2")
    turn = take(engine, "a", clock.now)
    assert turn is not None
    with session_scope(engine) as session:
        following = settling.settle(session, turn, Answered([Message("assistant", "yes")], None), clock.now)
    assert following is not None
    assert (following.message_id, following.claim) == (second.id, "a")
