"""What may hurt somebody counts first, unless it is said not to be there; what the engineer should know is kept."""

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from actions.talk import Entity
from bot.storage.records import ticket_events
from bot.storage.sessions import session_scope
from tests.unit.actions.talking import Talk


def test_the_gravest_danger_counts_and_advice_is_given_for_each(engine: Engine):
    talk = Talk(engine)
    with_noise = tuple(
        Entity("fault", words, fault)
        for words, fault in (("sparks", "sparking"), ("got a shock", "electric_shock"), ("loud", "noisy"))
    )
    talk.begin_with("it sparks, I got a shock, and it's loud", with_noise)
    assert talk.said[:3] == ["utter_safety_electric_shock", "utter_safety_sparking", "utter_safety_ticket"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no sparks, it's just loud", ("sparks", "loud")),
        ("没有火花，就是声音大", ("火花", "声音大")),
        ("冇火花，淨係好嘈", ("火花", "好嘈")),
        ("mou fo faa, zing hai hou cou", ("fo faa", "hou cou")),
    ],
)
def test_what_is_said_not_to_be_there_is_no_danger(engine: Engine, text: str, words: tuple[str, str]):
    talk = Talk(engine)
    talk.begin_with(text, (Entity("fault", words[0], "sparking"), Entity("fault", words[1], "noisy")))
    assert talk.form is not None
    assert talk.form.details["fault"] == "noisy"
    assert "utter_safety_sparking" not in talk.said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("是不是漏电了", "漏电"),
        ("有没有煤气味啊，我不确定", "煤气味"),
        ("係唔係漏電呀", "漏電"),
        ("有冇煙都唔知", "煙"),
        ("hai m hai lau din aa", "lau din"),
        ("no, smoke is coming out", "smoke"),
    ],
)
def test_whoever_asks_whether_it_is_dangerous_is_told_what_to_do(engine: Engine, text: str, words: str):
    talk = Talk(engine)
    talk.begin_with(text, (Entity("fault", words, "electric_shock"),))
    assert talk.said[0] == "utter_safety_electric_shock"


def test_what_the_engineer_should_know_is_noted_in_between(engine: Engine):
    talk = Talk(engine)
    talk.begin("repair", "my fan is loud", product="fan", fault="noisy")
    talk.tell("the gate code is 1234", "add_to_ticket")
    assert talk.said == ["utter_noted_meanwhile", "utter_ask_phone"]
    assert talk.form is not None
    assert "the gate code is 1234" in talk.form.details["words"]


def test_a_note_to_an_urgent_repair_is_kept_with_its_ticket(engine: Engine):
    talk = Talk(engine)
    talk.begin("repair", "smell of gas", fault="gas_leak")
    talk.tell("the gate code is 1234", "add_to_ticket")
    with session_scope(engine) as session:
        notes = session.execute(select(ticket_events.c.new).where(ticket_events.c.kind == "note")).scalars().all()
    assert "the gate code is 1234" in notes
