"""Complaints in chat: kept from the first word on, graver ones with a person, ended by the customer only."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from actions.assistant import ActionAffirm
from actions.company import ActionAnswerFaq
from actions.complaints import ActionComplain
from actions.feedback import ActionGiveFeedback
from actions.forms.grievance import category_of, kind_of_feedback, says_it_is_settled, says_what_happened, signs_of
from actions.greetings import ActionGoodbye, ActionThank
from actions.talk import Answer
from actions.tickets import ActionReportFault
from bot.storage.care import complaint_events, complaints
from bot.storage.messaging import conversations
from bot.storage.records import feedback
from bot.storage.sessions import session_scope
from bot.support.channels import Origin
from bot.support.complaint_rules import Signs, severity_of
from bot.support.complaints import Findings, answer_complaint, live_complaint
from bot.support.tickets import RepairRequest, open_ticket
from tests.unit.actions.talking import NOW, Talk

ACTIONS = {
    "complain": ActionComplain(),
    "affirm": ActionAffirm(),
    "thank": ActionThank(),
    "goodbye": ActionGoodbye(),
    "give_feedback": ActionGiveFeedback(),
    "report_fault": ActionReportFault(),
}
CALM = "The engineer came on the wrong day and left mud on the carpet"


@pytest.fixture
def desk(engine: Engine) -> Engine:
    return engine


@pytest.fixture
def chat(desk: Engine) -> Talk:
    return Talk(desk)


def say(chat: Talk, text: str, label: str = "complain", **entities: str) -> Answer:
    return chat.ask(ACTIONS[label], text, label, **entities)


def row(chat: Talk, *names: str) -> tuple:
    with session_scope(chat.engine) as session:
        return tuple(session.execute(select(*(complaints.c[name] for name in names))).one())


def holder(chat: Talk) -> tuple:
    with session_scope(chat.engine) as session:
        return tuple(session.execute(select(conversations.c.holder, conversations.c.waiting_cause)).one())


def test_a_complaint_is_kept_at_once_and_both_questions_are_asked(chat: Talk):
    say(chat, "I want to complain")
    assert chat.said == ["utter_sorry_complaint", "utter_ask_happened"]
    assert row(chat, "happened", "severity", "state") == ("I want to complain", 4, "open")
    say(chat, CALM)
    assert chat.said == ["utter_ask_wanted"]
    say(chat, "I'd like the carpet cleaned")
    assert (chat.said, chat.form) == (["utter_complaint_noted"], None)
    assert row(chat, "happened", "wanted") == (f"I want to complain\n{CALM}", "I'd like the carpet cleaned")
    assert holder(chat) == ("bot", None)


def test_what_the_first_message_tells_is_not_asked(chat: Talk):
    say(chat, f"{CALM}. I want a refund")
    assert chat.said == ["utter_sorry_complaint", "utter_complaint_noted"]


def test_both_questions_can_be_skipped_and_stopped(chat: Talk):
    say(chat, "I want to complain")
    chat.tell("no", "deny")
    assert chat.said == ["utter_skipped", "utter_ask_wanted"]
    chat.tell("never mind", "cancel")
    assert (chat.said, chat.form) == (["utter_complaint_kept"], None)
    assert row(chat, "state") == ("open",)


def test_a_no_that_tells_something_is_kept_as_words(chat: Talk):
    say(chat, "I want to complain")
    chat.tell("no engineer came, no call, nothing", "deny")
    assert chat.said == ["utter_ask_wanted"]
    assert "no engineer came" in row(chat, "happened")[0]


def test_the_deadline_is_told(chat: Talk):
    answer = say(chat, f"{CALM}. I want a refund")
    assert dict(answer.says[-1].values) == {
        "date": "2026-11-24",
        "clock": "18:00",
    }  # 27 opening hours from Friday 11:00
    assert answer.says[-1].choices == ("person", "no")


def test_strong_anger_gets_a_person_once(chat: Talk):
    say(chat, "Nobody came twice, this is ridiculous")
    assert chat.said == ["utter_sorry_complaint", "utter_complaint_person", "utter_ask_wanted"]
    assert holder(chat) == ("waiting", "complaint")
    assert row(chat, "severity") == (2,)
    answer = say(chat, "I am furious!!")
    assert chat.said == ["utter_complaint_noted_waiting"]
    assert not answer.says[0].choices  # one has been called


def test_graver_words_later_raise_the_severity_and_get_a_person(chat: Talk):
    say(chat, f"{CALM}. I want a refund")
    assert holder(chat) == ("bot", None)
    say(chat, "I will go to the consumer council and the press")
    assert chat.said == ["utter_complaint_person", "utter_complaint_added_waiting"]
    assert row(chat, "severity") == (2,)
    assert holder(chat) == ("waiting", "complaint")


def test_later_words_go_to_the_same_complaint(chat: Talk):
    say(chat, f"{CALM}. I want a refund")
    say(chat, "and the invoice was wrong too")
    assert chat.said == ["utter_complaint_added"]
    assert row(chat, "happened")[0].endswith("\nand the invoice was wrong too")


def test_thanks_and_goodbyes_are_no_words_of_a_complaint(chat: Talk):
    say(chat, CALM)
    say(chat, "thank you", "thank")
    assert chat.said == ["utter_thank", "utter_ask_wanted"]
    assert row(chat, "wanted") == (None,)


def test_the_form_that_waited_goes_on_after_the_complaint(chat: Talk):
    say(chat, "my fan rattles", "report_fault", product="fan", fault="noisy")
    say(chat, f"{CALM}. I want a refund")
    assert chat.said == ["utter_sorry_complaint", "utter_complaint_noted", "utter_ask_phone"]


def answered(chat: Talk) -> None:
    with session_scope(chat.engine) as session:
        complaint = live_complaint(session, chat.name)
        assert complaint
        agent = Origin(chat.name, "answer", "website", "en", "latin", NOW, actor="agent")
        answer_complaint(session, agent, complaint, Findings("wrong entry", "cleaning paid", "entries checked"))


def test_an_answered_complaint_is_closed_when_the_customer_says_so(chat: Talk):
    say(chat, f"{CALM}. I want a refund")
    answered(chat)
    say(chat, "thanks, that is solved now", "thank")
    assert chat.said == ["utter_complaint_settled"]
    assert row(chat, "state") == ("closed",)


@pytest.mark.parametrize(("label", "state", "key"), [("affirm", "withdrawn", "settled"), ("deny", "open", "kept")])
def test_a_complaint_nobody_has_answered_ends_only_after_a_yes(chat: Talk, label: str, state: str, key: str):
    say(chat, CALM)  # leaves the question what would make it good
    say(chat, "it's sorted now", "affirm")
    assert chat.said == ["utter_ask_settled"]
    chat.tell("well", label)
    assert (chat.said, chat.form) == ([f"utter_complaint_{key}"], None)
    assert row(chat, "state") == (state,)


def test_words_about_a_solution_mean_nothing_where_nothing_was_complained_of(chat: Talk):
    say(chat, "it's solved, thanks", "thank")
    assert chat.said == ["utter_thank"]


def test_the_same_message_twice_adds_nothing(chat: Talk):
    say(chat, f"{CALM}. I want a refund")
    say(chat, "and the invoice was wrong too")
    chat.number -= 1
    say(chat, "and the invoice was wrong too")
    with session_scope(chat.engine) as session:
        kinds = list(session.execute(select(complaint_events.c.kind)).scalars())
    assert sorted(kinds) == ["filed", "note"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Your engineer Mr Lee was so friendly and quick", "praise"),
        ("你们应该开通微信预约", "suggestion"),
        ("師傅好有禮貌呀", "praise"),
        ("I saw your shop yesterday", "words"),
    ],
)
def test_praise_and_suggestions_are_recorded_and_answered_as_such(chat: Talk, text: str, key: str):
    say(chat, text, "give_feedback")
    assert chat.said == [f"utter_{key}_noted"]
    with session_scope(chat.engine) as session:
        assert session.execute(select(feedback.c.words)).scalar_one() == text


def read(text: str):
    from actions.talk import Message

    return Message(Origin("c", "m", "website", "en", "latin", NOW), text, text, "complain", 0.9, (), ())


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("The engineer came late", 4),
        ("師傅遲到咗半粒鐘", 4),
        ("忍无可忍，修了三次还是坏的", 2),
        ("我要向消委會投訴你哋", 2),
        ("I'll sue you, my floor is ruined", 1),
        ("The heater caught fire after your repair", 1),
        ("等咗兩個星期都冇人嚟，激死", 2),
        ("等咗你哋成日，真係吹脹", 3),
        ("個熱水爐辣親我個女", 1),
    ],
)
def test_the_severity_follows_the_words_in_each_language(text: str, severity: int):
    assert severity_of(signs_of(read(text))) == severity


def test_a_key_account_weighs_more():
    assert signs_of(read("late"), key_account=True) == replace(Signs(), key_account=True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I want to make a complaint", False),
        ("你们服务太差了，我要投诉", False),
        ("我要投訴", False),
        ("师傅约了两次都没来", True),
        ("he hung up on me", True),
    ],
)
def test_a_bare_complaint_is_known_from_one_that_tells_something(text: str, told: bool):
    assert says_what_happened(read(text)) is told


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("it is solved", True),
        ("已经解决了，谢谢", True),
        ("搞掂咗喇唔該", True),
        ("師傅已經整返好喇", True),
        ("it's not solved", False),
        ("解决了吗", False),
        ("仲未搞掂", False),
        ("都未搞定喇", False),
        ("tell me when it is sorted", False),
    ],
)
def test_settled_is_known_from_not_yet_settled(text: str, over: bool):
    assert says_it_is_settled(read(text)) is over


@pytest.mark.parametrize(
    ("text", "subject"),
    [("佢收咗我線", "staff"), ("cut我線", "staff"), ("寫咗三次都唔覆", "communication"), ("個師傅甩底", "delay")],
)
def test_the_subject_of_a_complaint_is_known_from_words_only_cantonese_has(text: str, subject: str):
    assert category_of(read(text)) == subject


def test_the_kind_of_feedback_prefers_the_suggestion():
    assert kind_of_feedback(read("Great service, but you should open on Sundays")) == "suggestion"


def test_a_complaint_belongs_to_the_repair_it_is_about(chat: Talk):
    with session_scope(chat.engine) as session:
        origin = Origin(chat.name, "opened", "website", "en", "latin", NOW)
        ticket = open_ticket(session, origin, RepairRequest(product="fan", fault="noisy", phone="+85291234567"))
    say(chat, CALM)
    assert row(chat, "ticket_id") == (ticket.id,)


def test_a_remedy_that_is_named_later_goes_to_the_complaint(chat: Talk):
    """Asked for out of the blue, a refund is a question about returns."""
    faq = ActionAnswerFaq()
    chat.ask(faq, "I want a refund", "faq/returns")
    assert chat.said == ["utter_faq_returns"]
    say(chat, CALM)
    chat.tell("skip", "deny")
    chat.ask(faq, "how do refunds work?", "faq/returns")
    assert chat.said == ["utter_faq_returns"]
    chat.ask(faq, "I want a refund", "faq/returns")
    assert chat.said[0].startswith("utter_complaint_added")
    assert row(chat, "wanted") == ("I want a refund",)
