from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from actions.forms.engine import give_way, take
from actions.talk import Form, Message, State, say
from actions.tickets import ActionCorrectDetail
from bot.storage.sessions import session_scope
from bot.support.channels import Origin
from tests.unit.actions.talking import NOW, Talk

OFFERED = Form("feedback", {"asked": True, "offered": True}, asking="rating", expects="rating")
WISHED = Form("feedback", {"asked": True}, asking="rating", expects="rating")


def message(label: str, text: str = "whatever it is") -> Message:
    return Message(Origin("talk", "m1", "website", "en", "latin", NOW), text, text, label, 0.3, (), ())


@pytest.mark.parametrize("label", ["add_to_ticket", "report_fault", "nlu_fallback", "inform", "greet"])
def test_a_rating_that_only_the_desk_thought_of_is_let_go_for_anything_else(label: str):
    assert give_way(message(label), State(form=OFFERED)).form is None
    assert give_way(message(label), State(form=WISHED)).form == WISHED


def test_what_waited_under_it_comes_back():
    below = Form("repair", {"product": "fan"}, asking="phone")
    assert give_way(message("add_to_ticket"), State(form=replace(OFFERED, under=(below,)))).form == below


@pytest.mark.parametrize("label", ["rate_service", "give_feedback", "complain", "deny", "affirm", "cancel", "repeat"])
def test_what_is_about_the_rating_stays_with_it(label: str):
    assert give_way(message(label), State(form=OFFERED)).form == OFFERED


def test_a_no_ends_it_kindly(engine: Engine):
    Talk(engine)
    with session_scope(engine) as session:
        answer = take(session, message("deny", "no thanks"), State(form=OFFERED))
    assert answer is not None
    assert answer.says[0].key == "utter_skipped"


def test_a_bare_number_is_a_rating_where_a_rating_is_meant(engine: Engine):
    talk = Talk(engine)
    talk.begin("feedback", " 5! ", "rate_service")
    assert talk.said == ["utter_rating_noted", "utter_ask_words"]
    assert talk.tell("bye then", "goodbye") is None
    assert give_way(message("goodbye"), State(form=talk.form)).form is None


def test_a_rating_is_changed_by_its_new_number_alone(engine: Engine):
    """ "Actually make it 3" names a rating only after one was given; else it may be a time."""
    talk = Talk(engine)
    talk.begin("feedback", "5", "rate_service", rating="5")
    said = (say("utter_words_noted"),)
    with session_scope(engine) as session:
        change = replace(
            message("correct_detail", "actually make it 3"), origin=Origin("talk", "m2", "website", "en", "latin", NOW)
        )
        changed = ActionCorrectDetail().respond(session, change, State(last=said))
        other = ActionCorrectDetail().respond(session, change, State(last=(say("utter_faq_payment"),)))
    assert [line.key for line in changed.says] == ["utter_rating_changed", "utter_feedback_done"]
    assert other.says[0].key == "utter_inform_nothing"


@pytest.mark.parametrize(("wish", "key"), [({"date": "2026-11-24"}, "wished"), ({}, "noted")])
def test_a_callback_at_a_wished_time_begins_then(engine: Engine, wish: dict[str, str], key: str):
    talk = Talk(engine)
    talk.begin("callback", "ring me", "request_callback", phone="+85291234567", **wish)
    assert talk.said == [f"utter_callback_{key}"]
