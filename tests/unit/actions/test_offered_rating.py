from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from actions.forms.engine import give_way, take
from actions.talk import Form, Message, State
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
