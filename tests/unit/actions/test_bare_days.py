"""A day that somebody names after a repair was arranged moves its visit; any other day does not."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from actions.forms.words import rules_out_day
from actions.talk import Entity, Message
from bot.storage.sessions import session_scope
from bot.support.appointments import book, visit_of
from bot.support.channels import Origin
from tests.unit.actions.talking import NOW
from tests.unit.actions.test_ticket_form import Chat, events, message_origin, repair

TUESDAY, FRIDAY = "2026-11-24", "2026-11-27"


@pytest.fixture
def desk(engine: Engine) -> Engine:
    return engine


def booked(desk: Engine) -> Chat:
    """A conversation with a repair whose visit is on Tuesday morning."""
    ticket = repair(desk, "mine")
    with session_scope(desk) as session:
        book(session, message_origin("mine"), ticket, date.fromisoformat(TUESDAY), "morning")
    chat = Chat(desk, "mine")
    chat.ticket = ticket
    return chat


def visit(chat: Chat) -> tuple[str, str]:
    with session_scope(chat.engine) as session:
        found = visit_of(session, chat.ticket.id)
    assert found is not None
    return found.day.isoformat(), found.window


def test_a_day_and_a_time_move_the_visit_at_once(desk: Engine):
    chat = booked(desk)
    chat.say("Friday afternoon then", "inform", date=FRIDAY, time="afternoon")
    assert chat.said == ["utter_visit_booked"]
    assert visit(chat) == (FRIDAY, "afternoon")


def test_a_day_alone_is_asked_the_time_for(desk: Engine):
    chat = booked(desk)
    chat.say("不如星期五啦", "inform", date=FRIDAY)
    assert chat.said == ["utter_ask_window"]
    assert visit(chat) == (TUESDAY, "morning")


def test_a_time_alone_keeps_the_day(desk: Engine):
    chat = booked(desk)
    chat.say("the afternoon, rather", "inform", time="afternoon")
    assert chat.said == ["utter_visit_booked"]
    assert visit(chat) == (TUESDAY, "afternoon")


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("it has been so since Friday", {"date": FRIDAY}),
        ("Friday doesn't work for us", {"date": FRIDAY}),
        ("礼拜五我们不在", {"date": FRIDAY}),
        ("the dog is at home on Friday, my sister opens on 9123 4567", {"date": FRIDAY, "phone": "+85291234567"}),
        ("it broke on the 20th", {"date": "2026-11-19"}),
    ],
)
def test_a_day_that_is_no_wish_stays_a_note(desk: Engine, text: str, entities: dict[str, str]):
    chat = booked(desk)
    chat.say(text, "inform", **entities)
    assert chat.said == ["utter_note_added"]
    assert visit(chat) == (TUESDAY, "morning")


def test_without_a_repair_a_day_is_nothing(desk: Engine):
    chat = Chat(desk, "nobody")
    chat.say("Friday then", "inform", date=FRIDAY)
    assert chat.said == ["utter_inform_nothing"]


@pytest.mark.parametrize(
    "text",
    [
        "I can't do Friday",
        "Friday is no good",
        "27 November doesn't work",
        "礼拜五不行",
        "禮拜五唔得閒",
        "禮拜五我要返工",
        "禮拜五晏晝冇得閒",
        "not on Friday",
    ],
)
def test_a_day_that_is_ruled_out_is_not_booked(desk: Engine, text: str):
    chat = booked(desk)
    chat.say("another day please", "reschedule_visit")
    chat.tell(text, "deny", date=FRIDAY)
    assert chat.said == ["utter_another_day", "utter_ask_date"]
    assert visit(chat) == (TUESDAY, "morning")


def test_a_day_is_one_that_suits_unless_it_is_ruled_out(desk: Engine):
    chat = booked(desk)
    chat.say("I can't make it, could we do Friday", "reschedule_visit", date=FRIDAY)
    assert chat.said == ["utter_ask_window"]


def test_a_fault_of_somebody_without_a_repair_starts_one(desk: Engine):
    chat = Chat(desk, "nobody")
    chat.say("also, the fan rattles", "add_to_ticket", product="fan", fault="noisy")
    assert chat.said == ["utter_sorry_fault", "utter_or_number", "utter_ask_phone"]


def test_danger_comes_before_any_number(desk: Engine):
    chat = Chat(desk, "nobody")
    chat.say("also, the hob smells of gas", "add_to_ticket", product="gas_stove", fault="gas_leak")
    assert chat.said == ["utter_safety_gas_leak", "utter_safety_ticket", "utter_ask_phone"]


def test_the_number_of_a_repair_takes_what_was_told_to_it(desk: Engine):
    ticket = repair(desk, "elsewhere")
    chat = Chat(desk, "here")
    chat.say("also, the fan rattles", "add_to_ticket", product="fan", fault="noisy")
    chat.say(ticket.number, "inform", ticket_number=ticket.number)
    assert chat.said == ["utter_ask_last_four"]
    chat.say("4567", "inform")
    assert chat.said == ["utter_note_added"]
    assert "also, the fan rattles" in str(events(desk, ticket, "note"))
    assert chat.form is None


def test_the_day_of_the_visit_that_no_longer_suits_is_asked_anew(desk: Engine):
    chat = booked(desk)
    chat.say("Friday doesn't work for us", "deny", date=FRIDAY)
    assert chat.said == ["utter_note_added"]  # nobody comes on that day
    chat.say("Tuesday doesn't work for us", "deny", date=TUESDAY)
    assert chat.said == ["utter_ask_date"]


def test_cancelling_the_repair_while_a_day_is_asked_cancels_the_repair(desk: Engine):
    chat = booked(desk)
    chat.say("another day please", "reschedule_visit")
    chat.say("no, cancel the repair", "cancel_ticket")
    assert chat.said == ["utter_cancel_ticket_confirm"]
    chat.tell("yes", "affirm")
    assert chat.said == ["utter_ticket_cancelled"]
    assert chat.form is None


@pytest.mark.parametrize(
    ("text", "days", "is_out"),
    [
        ("not Saturday, Monday instead", ("Saturday", "Monday"), False),
        ("Saturday is no good, make it Monday", ("Saturday", "Monday"), False),
        ("不要星期六，改星期一", ("星期六", "星期一"), False),
        ("唔好星期六，星期一啦", ("星期六", "星期一"), False),
        ("not on Saturday or Monday", ("Saturday", "Monday"), True),
        ("Saturday, Monday don't work", ("Saturday", "Monday"), True),
        ("星期六、星期一我都唔得閒", ("星期六", "星期一"), True),
        ("not on Monday", ("Monday",), True),
        ("Monday please", ("Monday",), False),
    ],
)
def test_a_day_put_in_the_place_of_another_is_the_one_that_suits(text: str, days: tuple[str, ...], is_out: bool):
    entities = tuple(Entity("date", day, TUESDAY) for day in days)
    message = Message(Origin("c", "m", "website", "en", "latin", NOW), text, text, "inform", 0.9, (), entities)
    assert rules_out_day(message) is is_out
