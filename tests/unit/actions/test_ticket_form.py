"""What customers want of a repair that is there: only of their own, and with proof where it is needed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from actions.desk import DeskAction
from actions.talk import Answer, Form
from actions.tickets import (
    ActionAddToTicket,
    ActionCancelTicket,
    ActionCheckTicket,
    ActionFaultReturned,
    ActionInform,
    ActionReportFault,
    ActionRescheduleVisit,
)
from bot.storage.records import ticket_events, tickets
from bot.storage.sessions import session_scope
from bot.support.identity import MOST_WRONG_TRIES
from bot.support.tickets import RepairRequest, Ticket, open_ticket
from tests.unit.actions.talking import NOW, Talk
from tests.unit.support.rows import conversation

FAN = RepairRequest(
    product="fan", fault="noisy", phone="+85291234567", district="hk.yau_tsim_mong", own_words="rattles"
)
ACTIONS = {
    "check_ticket": ActionCheckTicket(),
    "add_to_ticket": ActionAddToTicket(),
    "reschedule_visit": ActionRescheduleVisit(),
    "cancel_ticket": ActionCancelTicket(),
    "fault_returned": ActionFaultReturned(),
    "inform": ActionInform(),
    "deny": ActionInform(),
    "report_fault": ActionReportFault(),
}
SORRY = "utter_sorry_returned"


@pytest.fixture
def desk(engine: Engine) -> Engine:
    return engine


def repair(desk: Engine, name: str, state: str = "submitted", ended: datetime | None = None, **told: str) -> Ticket:
    """A repair that was opened in a conversation of that name."""
    with session_scope(desk) as session:
        origin = replace(conversation(session, name), message_id=f"{name}-opened")
        ticket = open_ticket(session, origin, replace(FAN, **told))
        session.execute(tickets.update().where(tickets.c.id == ticket.id).values(state=state, ended_at=ended))
        return replace(ticket, state=state)


def second(desk: Engine, name: str, product: str) -> Ticket:
    """One more repair in the same conversation."""
    with session_scope(desk) as session:
        origin = replace(message_origin(name), message_id=f"{name}-{product}")
        return open_ticket(session, origin, replace(FAN, product=product))


def message_origin(name: str):
    from bot.support.channels import Origin

    return Origin(name, "", "website", "en", "latin", NOW)


class Chat(Talk):
    """A conversation that is there already."""

    def __post_init__(self) -> None:
        with session_scope(self.engine) as session:
            from bot.storage.messaging import conversations

            if session.execute(select(conversations.c.id).where(conversations.c.id == self.name)).first() is None:
                conversation(session, self.name)

    def say(self, text: str, label: str, **entities: str) -> Answer:
        action: DeskAction = ACTIONS[label]
        return self.ask(action, text, label, **entities)


def events(desk: Engine, ticket: Ticket, *kinds: str) -> list[tuple]:
    with session_scope(desk) as session:
        query = select(ticket_events.c.kind, ticket_events.c.new).where(ticket_events.c.ticket_id == ticket.id)
        return [tuple(row) for row in session.execute(query.order_by(ticket_events.c.at)) if row.kind in kinds]


def column(desk: Engine, name: str) -> list:
    with session_scope(desk) as session:
        return list(session.execute(select(tickets.c[name]).order_by(tickets.c.created_at)).scalars())


@pytest.mark.parametrize(
    ("label", "words", "key"),
    [
        ("check_ticket", "how is my repair", "utter_ticket_status"),
        ("check_ticket", "please hurry up", "utter_urged"),
        ("add_to_ticket", "the dog bites", "utter_note_added"),
        ("reschedule_visit", "another day please", "utter_ask_date"),
        ("cancel_ticket", "cancel it", "utter_cancel_ticket_confirm"),
        ("fault_returned", "still broken", SORRY),
    ],
)
def test_the_only_repair_of_the_conversation_is_meant(desk: Engine, label: str, words: str, key: str):
    repair(desk, "mine")
    chat = Chat(desk, "mine")
    chat.say(words, label)
    assert chat.said[0] == key


@pytest.mark.parametrize(
    ("label", "keys"),
    [
        ("check_ticket", ["utter_ticket_status"]),
        ("add_to_ticket", ["utter_note_added"]),
        ("reschedule_visit", ["utter_ask_date"]),
        ("cancel_ticket", ["utter_cancel_ticket_confirm"]),
        ("fault_returned", ["utter_note_added", "utter_ticket_status"]),
    ],
)
def test_any_other_repair_is_proven_first_and_then_what_was_wanted_goes_on(desk: Engine, label: str, keys: list[str]):
    ticket = repair(desk, "elsewhere")
    chat = Chat(desk, "here")
    chat.say("I want something of my repair", label)
    assert chat.said[-1] == "utter_ask_number"
    chat.say(ticket.number, "inform", ticket_number=ticket.number)
    assert chat.said == ["utter_ask_last_four"]
    chat.say("4567", "inform")
    assert chat.said == keys
    chat.form = None
    chat.say("and again", label)
    assert "utter_ask_number" not in chat.said  # what is proven is not asked again


def test_a_foreign_number_and_an_invented_one_are_answered_alike_and_nothing_is_done(desk: Engine):
    ticket = repair(desk, "elsewhere")
    told = []
    for number in (ticket.number, "RT-8888-888D"):
        chat = Chat(desk, f"stranger {number}")
        chat.say("cancel my repair", "cancel_ticket")
        chat.say(number, "inform", ticket_number=number)
        told.append(chat.say("0000", "inform"))
        assert chat.said == ["utter_no_such_ticket"]
    assert told[0].says == told[1].says
    assert column(desk, "state") == ["submitted"]


def test_a_number_that_is_not_ones_own_is_not_taken_for_ones_own(desk: Engine):
    other = repair(desk, "elsewhere")
    repair(desk, "mine")
    chat = Chat(desk, "mine")
    chat.say("cancel that one", "cancel_ticket", ticket_number=other.number)
    assert chat.said == ["utter_ask_last_four"]


def test_after_too_many_wrong_tries_the_right_digits_do_not_help(desk: Engine):
    ticket = repair(desk, "elsewhere")
    chat = Chat(desk, "stranger")
    for _ in range(MOST_WRONG_TRIES):
        chat.say("status", "check_ticket", ticket_number=ticket.number)
        chat.say("0000", "inform")
    chat.say("status", "check_ticket", ticket_number=ticket.number)
    chat.say("4567", "inform")
    assert chat.said == ["utter_too_many_tries"]


def test_of_several_repairs_the_customer_chooses_one(desk: Engine):
    repair(desk, "mine")
    laptop = second(desk, "mine", "laptop")
    chat = Chat(desk, "mine")
    answer = chat.say("cancel the repair", "cancel_ticket")
    assert chat.said == ["utter_ask_which_ticket"]
    payloads = [choice["payload"]["entities"] for choice in answer.says[0].choices]
    assert {"ticket_number": laptop.number} in payloads
    chat.say(laptop.number, "inform", ticket_number=laptop.number)
    assert chat.said == ["utter_cancel_ticket_confirm"]
    chat.tell("yes", "affirm")
    assert sorted(column(desk, "state")) == ["cancelled", "submitted"]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_repair_is_also_chosen_by_its_appliance(desk: Engine, at_once: bool):
    repair(desk, "mine")
    second(desk, "mine", "laptop")
    chat = Chat(desk, "mine")
    if not at_once:
        chat.say("I no longer need the repair", "cancel_ticket")
    chat.say("the laptop one", "cancel_ticket" if at_once else "inform", product="laptop")
    assert chat.said == ["utter_cancel_ticket_confirm"]


def test_another_aim_while_the_number_is_asked_is_followed(desk: Engine):
    ticket = repair(desk, "elsewhere")
    chat = Chat(desk, "here")
    chat.say("how is it going", "check_ticket")
    chat.say("no, cancel it", "cancel_ticket")
    assert chat.said == ["utter_ask_number"]
    chat.say(f"{ticket.number} 4567", "inform", ticket_number=ticket.number)
    assert chat.said == ["utter_cancel_ticket_confirm"]


def test_a_customer_without_a_number_is_not_left_alone(desk: Engine):
    chat = Chat(desk, "here")
    chat.say("how is it going", "check_ticket")
    chat.say("I lost it", "inform")
    assert (chat.said, chat.form) == (["utter_no_number"], None)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("I can't find the number", "utter_no_number"),
        ("单号找不到了", "utter_no_number"),
        ("張單唔見咗", "utter_no_number"),
        ("can't find the number, never mind", "utter_form_cancelled"),
        ("单号找不到，算了", "utter_form_cancelled"),
        ("搵唔到個number，算啦", "utter_form_cancelled"),
    ],
)
def test_lacking_the_number_is_no_wish_to_stop(desk: Engine, words: str, answer: str):
    talk = Talk(desk)
    talk.begin(Form("ticket", {"wanted": "status"}), "how is it going", "check_ticket")
    talk.tell(words, "cancel")
    assert talk.said == [answer]


def test_the_day_told_before_the_proof_is_not_asked_again(desk: Engine):
    ticket = repair(desk, "elsewhere")
    chat = Chat(desk, "here")
    chat.say("come on Tuesday morning instead", "reschedule_visit", date="2026-11-24", time="morning")
    chat.say(f"{ticket.number}, 4567", "inform", ticket_number=ticket.number)
    assert chat.said == ["utter_visit_booked"]
    assert list(map(str, column(desk, "preferred_date"))) == ["2026-11-24"]


def test_urging_is_written_down_and_raises_the_priority_once_a_day(desk: Engine):
    ticket = repair(desk, "mine")
    chat = Chat(desk, "mine")
    chat.say("hurry up", "check_ticket")
    assert chat.said == ["utter_urged", "utter_ticket_status"]
    chat.say("hurry up!!", "check_ticket")
    assert chat.said == ["utter_urged_again", "utter_ticket_status"]
    assert column(desk, "priority") == [2]
    assert [new for _, new in events(desk, ticket, "urged")] == [
        {"times": 1, "raised": True},
        {"times": 2, "raised": False},
    ]


@pytest.mark.parametrize("label", ["add_to_ticket", "reschedule_visit", "cancel_ticket"])
def test_a_repair_that_has_ended_is_not_changed(desk: Engine, label: str):
    repair(desk, "mine", "closed", NOW - timedelta(days=1))
    chat = Chat(desk, "mine")
    chat.say("please", label)
    assert chat.said == ["utter_ticket_ended"]


def test_a_fault_that_returns_within_the_window_reopens_the_repair_and_asks_only_for_the_day(desk: Engine):
    ticket = repair(desk, "mine", "resolved", NOW - timedelta(days=13))
    chat = Chat(desk, "mine")
    chat.say("it rattles again", "fault_returned")
    assert chat.said == [SORRY, "utter_fault_reopened", "utter_ask_date"]
    chat.say("Tuesday morning", "inform", date="2026-11-24", time="morning")
    assert chat.said == ["utter_visit_booked"]
    assert column(desk, "state") == ["scheduled"]
    assert [new for _, new in events(desk, ticket, "note")] == ["it rattles again"]


def test_a_fault_that_returns_later_opens_a_linked_repair(desk: Engine):
    ticket = repair(desk, "mine", "closed", NOW - timedelta(days=15))
    chat = Chat(desk, "mine")
    chat.say("it rattles again, come Tuesday morning", "fault_returned", date="2026-11-24", time="morning")
    assert chat.said == [SORRY, "utter_fault_new_ticket", "utter_visit_booked"]
    assert sorted(column(desk, "state")) == ["closed", "scheduled"]
    assert ticket.id in column(desk, "repeat_of")


def test_a_fault_that_returned_without_a_number_becomes_a_repair_with_what_was_told(desk: Engine):
    chat = Chat(desk, "here")
    chat.say("the fan you mended rattles again", "fault_returned", product="fan", fault="noisy")
    assert chat.said == [SORRY, "utter_ask_number"]
    chat.say("I don't have it", "deny")
    assert chat.said == ["utter_ask_phone"]


def test_a_fault_that_returned_as_danger_asks_nothing_first(desk: Engine):
    repair(desk, "mine", "resolved", NOW - timedelta(days=2))
    chat = Chat(desk, "mine")
    chat.say("now it sparks", "fault_returned", fault="sparking")
    assert chat.said[:2] == ["utter_safety_sparking", "utter_safety_ticket"]


def test_a_returned_fault_in_the_middle_of_a_repair_keeps_its_question(desk: Engine):
    chat = Chat(desk, "here")
    chat.say("my fan rattles", "report_fault", product="fan", fault="noisy")
    chat.say("it broke again after your man was here", "fault_returned")
    assert chat.said == [SORRY, "utter_ask_phone"]
    assert chat.form
    assert "after your man was here" in chat.form.details["words"]


def test_the_form_that_waited_goes_on_after_a_question_about_another_repair(desk: Engine):
    repair(desk, "mine")
    chat = Chat(desk, "mine")
    chat.say("my laptop is slow", "report_fault", product="laptop", fault="slow")
    chat.say("how is my other repair", "check_ticket")
    assert chat.said == ["utter_ticket_status", "utter_ask_phone"]
    assert chat.form
    assert chat.form.name == "repair"
