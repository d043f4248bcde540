"""What is acknowledged is kept, once."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.engine import Engine

from bot.gateway import conversations, inbox, transcript
from bot.gateway.conversations import Conversation
from bot.gateway.inbox import Accepted, Inbound
from bot.gateway.refusals import Refused
from bot.storage.messaging import conversations as conversations_table
from bot.storage.messaging import inbox as inbox_table
from bot.storage.messaging import messages
from bot.storage.sessions import session_scope

Say = Callable[..., Accepted]


def rows(engine: Engine, table, *order):
    with session_scope(engine) as session:
        return session.execute(select(table).order_by(*order)).all()


def test_a_message_is_in_inbox_and_transcript_once_it_is_accepted(engine: Engine, say: Say) -> None:
    accepted = say("hello\r\nthere\x00", id="1")
    [kept], [seen] = rows(engine, inbox_table), rows(engine, messages)
    assert (kept.id, kept.text, kept.state, kept.kind, kept.position) == (accepted.id, "hello\nthere", "new", "text", 1)
    assert (seen.seq, seen.author, seen.text, seen.inbox_id) == (1, "customer", "hello\nthere", accepted.id)


def test_a_repeated_id_changes_nothing_when_it_comes_again(engine: Engine, say: Say) -> None:
    first, other, again = say("hello", id="1"), say("there", id="2"), say("hello", id="1")
    assert (again.id, again.seq, again.repeated) == (first.id, 1, True)
    assert other.seq == 2
    assert len(rows(engine, inbox_table)) == len(rows(engine, messages)) == 2


def test_another_text_is_refused_under_an_id_that_was_used(engine: Engine, say: Say) -> None:
    say("hello", id="1")
    with pytest.raises(Refused) as refused:
        say("goodbye", id="1")
    assert (refused.value.status, refused.value.code) == (409, "id_reused")
    assert len(rows(engine, messages)) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        (" \u3000\n", "text_empty"),
        ("\x00\x01", "text_empty"),
        ("\u200b\u200d\ufe0f", "text_empty"),
        ("\ud800", "text_empty"),
        ("//／ /", "text_empty"),
        ("x" * 1001, "text_too_long"),
    ],
)
def test_nothing_is_kept_when_a_text_is_refused(engine: Engine, say: Say, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        say(text, id="1")
    assert (refused.value.status, refused.value.code) == (422, code)
    assert not rows(engine, inbox_table)
    assert not rows(engine, messages)


def test_a_thousand_characters_are_kept_when_none_is_too_many(engine: Engine, say: Say) -> None:
    say("水" * 1000, id="1")
    assert rows(engine, inbox_table)[0].text == "水" * 1000


@pytest.mark.parametrize("text", ["/restart", "\u3000/greet", "\u2028/x", "\u200b／affirm", "\u0085//deny"])
def test_no_intent_is_left_when_a_text_begins_with_a_slash(engine: Engine, say: Say, text: str) -> None:
    say(text, id="1")
    kept = rows(engine, inbox_table)[0].text
    assert kept.isalpha()
    assert rows(engine, messages)[0].text == text.replace("\u2028", "").replace("\u0085", "").strip()


def test_a_closed_conversation_reopens_when_the_customer_writes(
    engine: Engine, say: Say, conversation: Conversation
) -> None:
    with session_scope(engine) as session:
        session.execute(update(conversations_table).values(holder="closed"))
    say("hello", id="1")
    assert rows(engine, conversations_table)[0].holder == "bot"


def test_an_event_is_kept_once_when_asked_for_twice(engine: Engine, conversation: Conversation, clock) -> None:
    def add() -> bool:
        with session_scope(engine) as session:
            return inbox.add_event(
                session,
                conversation.id,
                name="event_visit_confirmed",
                entities={"ticket_number": "RT-1"},
                external_id="visit:1",
                now=clock.now,
            )

    assert (add(), add()) == (True, False)
    [kept] = rows(engine, inbox_table)
    assert (kept.kind, kept.payload) == (
        "event",
        {"intent": "event_visit_confirmed", "entities": {"ticket_number": "RT-1"}},
    )
    assert not rows(engine, messages)


def test_each_delivery_has_one_effect_when_they_come_often_at_once_and_out_of_order(
    engine: Engine, say: Say, conversation: Conversation
) -> None:
    with session_scope(engine) as session:
        other = conversations.open_conversation(session, channel="website", now=conversation_time(engine))
    rng = random.Random(7)
    wanted = [(where, str(i)) for where in (conversation.id, other.id) for i in range(20)]
    deliveries = [delivery for delivery in wanted for _ in range(rng.randint(1, 5))]
    rng.shuffle(deliveries)
    start = threading.Barrier(4)

    def deliver(part: list[tuple[str, str]]) -> set[str]:
        start.wait()
        return {say(f"text {id}", id=id, into=where).id for where, id in part}

    with ThreadPoolExecutor(4) as pool:
        parts = [deliveries[i::4] for i in range(4)]
        ids = set(itertools.chain.from_iterable(pool.map(deliver, parts)))
    assert len(ids) == 40
    for where in (conversation.id, other.id):
        kept = [row for row in rows(engine, inbox_table, inbox_table.c.position) if row.conversation_id == where]
        seen = [row for row in rows(engine, messages, messages.c.seq) if row.conversation_id == where]
        assert [row.position for row in kept] == [row.seq for row in seen] == list(range(1, 21))
        assert [row.inbox_id for row in seen] == [row.id for row in kept]


def conversation_time(engine: Engine):
    return rows(engine, conversations_table)[0].created_at


def test_the_same_client_id_is_two_messages_when_two_conversations_use_it(
    engine: Engine, say: Say, conversation: Conversation, clock
) -> None:
    with session_scope(engine) as session:
        other = conversations.open_conversation(session, channel="website", now=clock.now)
    assert say("one", id="1").id != say("two", id="1", into=other.id).id
    with session_scope(engine) as session:
        assert session.execute(select(func.count()).select_from(messages)).scalar() == 2
        assert [m["client_message_id"] for m in transcript.read_after(session, other.id, 0)] == ["1"]


def test_one_person_of_a_channel_has_one_conversation_when_opened_twice(engine: Engine, clock) -> None:
    def open_one() -> Conversation:
        with session_scope(engine) as session:
            return conversations.open_conversation(session, channel="telegram", external_id="42", now=clock.now)

    assert open_one().id == open_one().id


def test_a_refused_message_can_be_sent_corrected_under_its_own_id(engine: Engine, say: Say) -> None:
    with pytest.raises(Refused):
        say("x" * 1001, id="1")
    assert not say("x", id="1").repeated


def test_inbound_of_a_choice_that_was_never_offered_is_refused(say: Say) -> None:
    with pytest.raises(Refused) as refused:
        say(choice="f" * 32, id="1")
    assert (refused.value.status, refused.value.code) == (404, "choice_unknown")
    assert Inbound("c", "c:1").text is None
