"""Who asks for simpler words gets them; who asks twice about one question is offered a person."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from actions.assistant import ActionRepeat
from actions.simpler import COURTESIES, in_simpler_words, wants_it_simpler
from actions.talk import Answer, Form, Message, Say, State, say
from bot.support.channels import Origin
from tests.unit.actions.talking import NOW, Talk

FAQ = State(last=(say("utter_faq_returns", returns_days=14),))
ASKING = State(form=Form("repair", {"product": "fan"}, asking="phone"), last=(say("utter_sorry_fault"),))


def message(text: str, label: str = "repeat", confidence: float = 0.9) -> Message:
    return Message(Origin("talk", "m1", "website", "en", "latin", NOW), text, text, label, confidence, (), ())


def keys(answer: Answer | None) -> list[tuple[str, bool]]:
    assert answer is not None
    return [(line.key, line.simpler) for line in answer.says]


@pytest.mark.parametrize(
    "text",
    [
        *("I don't understand that", "simpler please", "could you put that more simply?", "shorter please", "huh? i don't get it"),
        *("in plain English please", "too complicated for me", "what does that mean?", "I'm confused"),
        *("听不懂，说简单点", "太长了", "能说得简单一点吗", "没明白", "这是什么意思？", "讲人话", "請說簡單一點"),
        *("講簡單啲", "太長喇", "我唔明你講咩", "可唔可以講淺啲", "即係點呀", "睇唔明呀", "太複雜喇, 講簡單啲", "聽極都唔明", "乜意思嚟㗎"),
    ],
)  # fmt: skip
def test_simpler_words_are_told_from_the_same_words_again(text: str):
    assert wants_it_simpler(message(text))


@pytest.mark.parametrize(
    "text",
    [
        *("pardon?", "say that again", "sorry, what was that?", "repeat please", "I missed that"),
        *("再说一遍", "没听清", "你说什么", "你刚说什么？没看懂", "講多次", "咩話？", "頭先嗰句我睇漏咗"),
    ],
)
def test_a_plain_repeat_stays_a_repeat(text: str):
    assert not wants_it_simpler(message(text))


def test_a_sure_meaning_of_another_kind_is_kept():
    """Words for "short" and "easy" are in many messages that are about the repair."""
    assert not wants_it_simpler(message("is there an easier day for a visit, or a shorter one", "reschedule_visit"))
    assert wants_it_simpler(message("太长了", "rate_service"))
    assert not wants_it_simpler(message("等得太长了", "complain"))


def test_the_last_answer_comes_again_in_simpler_words():
    assert keys(in_simpler_words(message("simpler please"), FAQ)) == [
        ("utter_simpler", False),
        ("utter_faq_returns", True),
    ]
    assert in_simpler_words(message("say that again"), FAQ) is None


def test_a_second_time_a_person_is_offered():
    simple = replace(FAQ, last=tuple(replace(line, simpler=True) for line in FAQ.last))
    assert keys(in_simpler_words(message("simpler please"), simple)) == [
        ("utter_faq_returns", True),
        ("utter_simpler_person", False),
    ]


def test_an_open_question_is_asked_in_simpler_words_and_the_second_time_there_is_a_way_out():
    first = in_simpler_words(message("i don't understand"), ASKING)
    assert keys(first) == [("utter_simpler", False), ("utter_ask_phone", True)]
    assert first is not None
    assert first.form is not None
    again = in_simpler_words(message("太长了", "rate_service", 0.4), State(form=first.form, last=first.says))
    assert keys(again) == [("utter_way_out", False)]
    assert again is not None
    assert again.says[0].choices == ("person", "stop")


def test_what_was_answered_before_the_open_question_is_said_simply_as_well():
    asked = replace(ASKING, last=(say("utter_faq_returns", returns_days=14), say("utter_ask_phone")))
    assert [key for key, _ in keys(in_simpler_words(message("shorter please"), asked))] == [
        *("utter_simpler", "utter_faq_returns", "utter_ask_phone"),
    ]


def test_words_asked_for_are_not_taken_for_a_wish():
    """Whatever the customer says answers an open-ended question, unless it is surely about the question."""
    telling = State(form=Form("complaint", {"begun": "bad"}, asking="happened"))
    assert in_simpler_words(message("it is far too complicated", "complain", 0.3), telling) is None
    assert in_simpler_words(message("what do you mean?"), telling) is not None


def test_nothing_said_yet_is_answered_with_help():
    assert keys(in_simpler_words(message("simpler please"), State())) == [("utter_help", True)]
    assert keys(in_simpler_words(message("simpler please"), State(last=(Say("utter_greet"),)))) == [
        ("utter_help", True)
    ]
    assert any("utter_greet".startswith(courtesy) for courtesy in COURTESIES)


def test_simpler_words_are_for_one_question_only(engine: Engine):
    talk = Talk(engine)
    talk.begin("repair", "the fan rattles", product="fan", fault="noisy")
    talk.ask(ActionRepeat(), "I don't understand", "repeat")
    assert talk.said == ["utter_simpler", "utter_ask_phone"]
    again = talk.tell("hm", "nlu_fallback")
    assert keys(again) == [("utter_unusable", False), ("utter_ask_phone", True)]
    following = talk.tell("9123 4567", phone="+85291234567")
    assert keys(following) == [("utter_ask_name", False)]
