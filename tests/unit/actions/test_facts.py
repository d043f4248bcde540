from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from actions.facts import Question, facts_about, topic_followed
from actions.talk import Entity, Form, Message, Say
from bot.settings import ROOT
from bot.storage.care import parts
from bot.storage.load import load_file
from bot.storage.sessions import session_scope
from bot.support.channels import Origin
from bot.support.company import the_company
from bot.support.ticket_service import cancel_ticket
from bot.support.tickets import open_ticket
from tests.unit.actions.talking import NOW
from tests.unit.support.rows import WASHER, conversation


@pytest.fixture
def session(sqlite_url: str) -> Iterator[Session]:
    from bot.storage.sessions import open_engine

    engine: Engine = open_engine(sqlite_url)
    for name in ("products", "prices", "parts"):
        load_file(engine, ROOT / "data" / "demo" / f"{name}.csv")
    with session_scope(engine) as session:
        yield session
    engine.dispose()


def ask(session: Session, topic: str, form: Form | None = None, **entities: str) -> Say:
    found = tuple(Entity(name, value, value) for name, value in entities.items())
    origin = Origin("c", "m", "website", "en", "latin", NOW)
    message = Message(origin, "?", "?", f"faq/{topic}", 0.9, (), found)
    return facts_about(topic, Question(session, the_company(), message, form))


def test_a_price_is_as_exact_as_the_question(session: Session):
    assert ask(session, "repair_cost").key == "utter_faq_repair_cost"
    washer = ask(session, "repair_cost", product="washing_machine")
    assert (washer.key, washer.values["low"], washer.values["high"]) == ("utter_faq_repair_cost_of", 350, 1200)
    leak = ask(session, "repair_cost", product="washing_machine", fault="leaking")
    assert (leak.key, leak.values["low"], leak.values["high"]) == ("utter_faq_repair_cost_fault", 350, 750)
    unlisted = ask(session, "repair_cost", product="washing_machine", fault="noisy")
    assert (unlisted.key, unlisted.values["high"]) == ("utter_faq_repair_cost_of", 1200)


def test_what_is_being_spoken_about_need_not_be_named_again(session: Session):
    form = Form("repair", {"product": "washing_machine", "fault": "leaking"})
    assert ask(session, "repair_cost", form).values["high"] == 750
    assert ask(session, "repair_cost", form, product="television").values["product"] == "television"


def test_an_installation_has_its_price_where_it_is_listed(session: Session):
    assert ask(session, "installation", product="air_conditioner").values["low"] == 800
    assert ask(session, "installation", product="refrigerator").key == "utter_faq_installation"
    assert ask(session, "installation").key == "utter_faq_installation"


def test_parts_are_those_that_fit_and_are_there(session: Session):
    found: Any = ask(session, "parts", product="washing_machine").values["parts"]
    assert "lint filter HK$60" in found["en"]
    assert "去水喉 HK$90" in found["yue"]
    assert "门封圈 WX-9000 HK$320" in found["zh"]
    session.execute(parts.update().values(in_stock=0))
    assert ask(session, "parts", product="washing_machine").key == "utter_faq_parts_to_order"
    assert ask(session, "parts", product="fan", model="NO-SUCH").key == "utter_faq_parts"
    assert ask(session, "parts").key == "utter_faq_parts"


def test_a_place_is_looked_up(session: Session):
    assert ask(session, "service_area", district="hk.tsuen_wan").key == "utter_faq_area_served"
    assert ask(session, "service_area", district="gd.shantou").key == "utter_faq_area_not_served"
    assert ask(session, "service_area").key == "utter_faq_service_area"


def test_the_customers_open_repair_is_what_is_spoken_about(session: Session):
    origin = conversation(session, "c")
    ticket = open_ticket(session, origin, WASHER)
    assert ask(session, "repair_cost").values["high"] == 750
    assert ask(session, "repair_cost", product="television").values["high"] == 2200
    cancel_ticket(session, origin, ticket)
    assert ask(session, "repair_cost").key == "utter_faq_repair_cost"


@pytest.mark.parametrize(
    ("last", "entity", "topic"),
    [
        ("utter_faq_opening_hours_closed", "date", "opening_hours"),
        ("utter_faq_service_area", "district", "service_area"),
        ("utter_faq_repair_cost", "product", "repair_cost"),
        ("utter_faq_warranty_of", "product", "warranty_policy"),
        ("utter_faq_repair_cost", "date", None),
        ("utter_greet", "product", None),
    ],
)
def test_a_bare_detail_goes_on_with_the_question_before_it(last: str, entity: str, topic: str | None):
    origin = Origin("c", "m", "website", "en", "latin", NOW)
    message = Message(origin, "x", "x", "inform", 0.9, (), (Entity(entity, "x", "x"),))
    assert topic_followed((Say("utter_note_added"), Say(last)), message) == topic


def test_what_says_more_than_its_detail_is_no_repeated_question():
    origin = Origin("c", "m", "website", "en", "latin", NOW)
    last = (Say("utter_faq_service_area"),)
    found = (Entity("district", "Tuen Mun", "hk.tuen_mun"),)
    short = Message(origin, "Tuen Mun?", "Tuen Mun?", "rate_service", 0.3, (), found)
    told = "the engineer who came to Tuen Mun was rude"
    assert topic_followed(last, short) == "service_area"
    assert topic_followed(last, Message(origin, told, told, "complain", 0.9, (), found)) is None
