"""A choice is the server's: its id opens it once, in its own conversation."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.gateway import claims, conversations, settling, transcript
from bot.gateway.refusals import Refused
from bot.gateway.settling import Answered
from bot.gateway.transcript import Message
from bot.storage.messaging import inbox
from bot.storage.sessions import session_scope

YES = {"label": "Yes", "payload": {"intent": "affirm", "entities": {}}}
NO = {"label": "No", "payload": {"intent": "deny", "entities": {}}}


@pytest.fixture
def answer(engine: Engine, clock):
    """Answer the message that waits."""

    def answer(text: str, *choices) -> None:
        with session_scope(engine) as session:
            turn = claims.take(session, claim=text, now=clock.now)
            settling.settle(session, turn, Answered([Message("assistant", text, choices=choices)], None), clock.now)

    return answer


def offered(engine: Engine, conversation) -> list[dict]:
    with session_scope(engine) as session:
        messages = transcript.read_after(session, conversation.id, 0)
    return [choice for message in messages for choice in message["choices"]]


def kept(engine: Engine, message: str):
    with session_scope(engine) as session:
        return session.execute(select(inbox).filter_by(id=message)).one()


def test_payloads_stay_on_the_server_when_a_client_reads(engine, say, answer, conversation) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    choices = offered(engine, conversation)
    assert [set(choice) for choice in choices] == [{"id", "label"}, {"id", "label"}]
    assert len({choice["id"] for choice in choices}) == 2
    assert all(len(choice["id"]) == 32 for choice in choices)


def test_a_tapped_choice_carries_its_payload_and_shows_its_label(engine, say, answer, conversation) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    accepted = say(choice=offered(engine, conversation)[1]["id"], id="2")
    row = kept(engine, accepted.id)
    assert (row.kind, row.text, row.payload) == ("choice", "No", NO["payload"])
    with session_scope(engine) as session:
        last = transcript.read_after(session, conversation.id, 2)[0]
    assert (last["author"], last["text"]) == ("customer", "No")


def test_a_typed_label_means_the_choice_while_it_is_open(engine, say, answer) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    row = kept(engine, say("Yes", id="2").id)
    assert (row.kind, row.payload, row.text) == ("choice", YES["payload"], "Yes")


def test_a_typed_label_is_a_text_when_the_choice_was_taken(engine, say, answer) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    say("Yes", id="2")
    assert kept(engine, say("Yes", id="3").id).kind == "text"


def test_a_choice_is_refused_when_it_was_taken(engine, say, answer, conversation) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    yes, no = offered(engine, conversation)
    first = say(choice=yes["id"], id="2")
    assert say(choice=yes["id"], id="2").id == first.id
    with pytest.raises(Refused) as refused:
        say(choice=no["id"], id="3")
    assert (refused.value.status, refused.value.code) == (409, "choice_closed")


def test_a_choice_is_refused_when_the_desk_has_answered_something_since(engine, say, answer, conversation) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    say("what does it cost", id="2")
    answer("It costs nothing.")
    with pytest.raises(Refused) as refused:
        say(choice=offered(engine, conversation)[0]["id"], id="3")
    assert refused.value.code == "choice_closed"


def test_a_choice_stays_open_when_only_a_notice_or_an_event_came_since(
    engine, say, answer, conversation, clock
) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    accepted = say("hm", id="2")
    with session_scope(engine) as session:
        apology = Message("assistant", "sorry", extras={"notice": "apology"})
        settling.apologise(session, accepted.id, conversation.id, apology, clock.now)
        locked = conversations.lock(session, conversation.id)
        transcript.add(session, locked, Message("assistant", "Your visit is confirmed."), clock.now, None)
    assert kept(engine, say(choice=offered(engine, conversation)[0]["id"], id="3").id).kind == "choice"


def test_a_choice_is_unknown_when_it_belongs_to_another_conversation(engine, say, answer, conversation, clock) -> None:
    say("hello", id="1")
    answer("Is that right?", YES, NO)
    with session_scope(engine) as session:
        other = conversations.open_conversation(session, channel="website", now=clock.now)
    with pytest.raises(Refused) as foreign:
        say(choice=offered(engine, conversation)[0]["id"], id="1", into=other.id)
    with pytest.raises(Refused) as invented:
        say(choice="0" * 32, id="1", into=other.id)
    assert (foreign.value.status, foreign.value.code) == (invented.value.status, invented.value.code)
