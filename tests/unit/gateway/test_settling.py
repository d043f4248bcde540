"""Answers and marks go together, or not at all."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.gateway import claims, conversations, settling, transcript
from bot.gateway.claims import Turn
from bot.gateway.settling import PAUSES, Answered, Said
from bot.gateway.transcript import Message
from bot.storage.messaging import conversations as table
from bot.storage.messaging import inbox, outbox
from bot.storage.sessions import session_scope

APOLOGY = Message("assistant", "sorry", extras={"notice": "apology"})
FAREWELL = Message("assistant", "a person will see to it", extras={"notice": "given_up"})
WISH = {"language": "yue", "script": "latin", "wished_language": True, "wished_script": False}


@pytest.fixture
def turn(engine: Engine, say, clock) -> Turn:
    say("ngo bou sai yi gei lau sui", id="1")
    return taken(engine, clock.now)


def taken(engine: Engine, now, claim: str = "a") -> Turn:
    with session_scope(engine) as session:
        turn = claims.take(session, claim=claim, now=now)
    assert turn is not None
    return turn


def texts(engine: Engine, conversation) -> list[str]:
    with session_scope(engine) as session:
        return [message["text"] for message in transcript.read_after(session, conversation.id, 0)]


def state(engine: Engine) -> tuple[str, int, bool]:
    with session_scope(engine) as session:
        row = session.execute(select(inbox)).one()
        return row.state, row.attempts, row.apologised


def settle(engine: Engine, turn: Turn, now, *said: str) -> Turn | None:
    answers = [Message("assistant", text, "yue", "latin") for text in said]
    with session_scope(engine) as session:
        return settling.settle(session, turn, Answered(answers, WISH), now)


def postpone(engine: Engine, turn: Turn, now) -> bool:
    with session_scope(engine) as session:
        return settling.postpone(session, turn, apology=APOLOGY, farewell=FAREWELL, now=now)


def test_answers_preference_and_mark_are_there_when_a_turn_is_settled(engine, turn, clock, conversation) -> None:
    assert settle(engine, turn, clock.now, "nei5 hou2", "dim2 aa3") is None
    assert texts(engine, conversation)[1:] == ["nei5 hou2", "dim2 aa3"]
    assert state(engine) == ("done", 0, False)
    with session_scope(engine) as session:
        found = conversations.find(session, conversation.id)
    assert found.preference() == WISH
    assert found.claimed_by is None


def test_the_customers_own_message_has_its_language_when_a_turn_is_settled(
    engine, turn, clock, say, conversation
) -> None:
    say("and the next one", id="2")
    answered = Answered([Message("assistant", "yes", "en", "latin")], None, Said("yue", "latin"))
    with session_scope(engine) as session:
        settling.settle(session, turn, answered, clock.now)
        seen = transcript.read_after(session, conversation.id, 0)
    said = {message["text"]: (message["language"], message["script"]) for message in seen}
    own = "ngo bou sai yi gei lau sui"
    assert said == {own: ("yue", "latin"), "and the next one": (None, None), "yes": ("en", "latin")}


def test_nothing_is_written_when_the_transaction_fails(engine, turn, clock, conversation) -> None:
    answered = Answered([Message("assistant", "yes")], {"language": "en", "nonsense": 1})
    with pytest.raises(Exception, match="nonsense"), session_scope(engine) as session:
        settling.settle(session, turn, answered, clock.now)
    assert len(texts(engine, conversation)) == 1
    assert state(engine)[0] == "new"


def test_answers_are_dropped_when_another_worker_has_the_conversation(engine, turn, clock, conversation) -> None:
    second = taken(engine, clock.move(11), claim="b")
    assert settle(engine, turn, clock.now, "from a") is None
    assert state(engine)[0] == "new"
    settle(engine, second, clock.now, "from b")
    assert texts(engine, conversation)[1:] == ["from b"]


def test_answers_are_written_once_when_a_turn_is_settled_twice(engine, turn, clock, conversation) -> None:
    settle(engine, turn, clock.now, "yes")
    settle(engine, turn, clock.now, "yes")
    assert texts(engine, conversation)[1:] == ["yes"]


def test_the_bot_is_silent_when_a_person_has_taken_over_meanwhile(engine, turn, clock, conversation) -> None:
    with session_scope(engine) as session:
        session.execute(update(table).values(holder="human"))
    settle(engine, turn, clock.now, "yes")
    assert len(texts(engine, conversation)) == 1
    assert state(engine)[0] == "done"


def test_the_customer_is_told_once_when_a_turn_fails_again_and_again(engine, turn, clock, conversation) -> None:
    assert postpone(engine, turn, clock.now)
    again = taken(engine, clock.move(PAUSES[0]))
    assert again.attempts == 1
    assert postpone(engine, again, clock.now)
    assert texts(engine, conversation)[1:] == ["sorry"]
    assert state(engine) == ("new", 2, True)


def test_a_failed_turn_waits_longer_each_time(engine, turn, clock) -> None:
    for number, pause in enumerate(PAUSES[:6]):
        postpone(engine, turn, clock.now)
        with session_scope(engine) as session:
            assert claims.take(session, claim="early", now=clock.move(pause * 0.9)) is None
        turn = taken(engine, clock.move(pause * 0.1 + 0.001), claim=str(number))
    assert list(PAUSES) == sorted(PAUSES)
    assert (PAUSES[0], PAUSES[-1]) == (0.5, 60)


def test_later_messages_wait_when_the_first_has_failed(engine, turn, say, clock) -> None:
    say("two", id="2")
    postpone(engine, turn, clock.now)
    with session_scope(engine) as session:
        assert claims.take(session, claim="b", now=clock.now) is None
    assert taken(engine, clock.move(0.5), claim="c").message_id == turn.message_id


def test_a_person_is_called_when_the_last_try_has_failed(engine, turn, clock, conversation) -> None:
    for number in range(len(PAUSES)):
        assert postpone(engine, turn, clock.now)
        turn = taken(engine, clock.move(60), claim=str(number))
    assert not postpone(engine, turn, clock.now)
    assert texts(engine, conversation)[1:] == ["sorry", "a person will see to it"]
    assert state(engine) == ("failed", len(PAUSES) + 1, True)
    with session_scope(engine) as session:
        assert conversations.find(session, conversation.id).holder == "waiting"


def test_a_late_answer_is_apologised_for_once_when_two_gateways_look(engine, turn, clock, conversation) -> None:
    clock.move(4)
    with session_scope(engine) as session:
        [late] = settling.late(session, clock.now)
    for told in (True, False):
        with session_scope(engine) as session:
            assert settling.apologise(session, late.message_id, late.conversation, APOLOGY, clock.now) is told
    settle(engine, turn, clock.now, "yes")
    assert texts(engine, conversation)[1:] == ["sorry", "yes"]


def test_postponed_messages_are_due_at_once_when_hurried(engine, turn, clock) -> None:
    for number in range(5):
        postpone(engine, turn, clock.now)
        turn = taken(engine, clock.move(60), claim=str(number))
    postpone(engine, turn, clock.now)
    with session_scope(engine) as session:
        assert settling.hurry(session, clock.now) == 1
    assert taken(engine, clock.now).message_id == turn.message_id


@pytest.mark.parametrize(("channel", "count"), [("website", 0), ("telegram", 1)])
def test_an_answer_is_in_the_outbox_when_its_channel_must_be_called(engine, say, clock, channel, count) -> None:
    with session_scope(engine) as session:
        where = conversations.open_conversation(session, channel=channel, now=clock.now).id
    say("hello", id="1", into=where)
    settle(engine, taken(engine, clock.now), clock.now, "nei5 hou2")
    with session_scope(engine) as session:
        assert len(session.execute(select(outbox)).all()) == count
