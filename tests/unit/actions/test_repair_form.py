import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.engine import Engine

from actions.assistant import ActionHelp
from actions.forms.repair import RepairForm
from actions.talk import Form
from bot.storage.records import ticket_events, tickets
from bot.storage.schema import upgrade
from bot.storage.sessions import open_engine, session_scope
from tests.unit.actions.talking import Talk

DETAILS = {
    "product": "washing_machine",
    "fault": "leaking",
    "phone": "+85291234567",
    "name": "Mary Wong",
    "address": "120 Nathan Road",
    "date": "2026-11-24",
    "time": "morning",
}
COLUMNS = ("product", "fault", "phone", "name", "address", "preferred_date", "preferred_window", "priority", "state")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('forms') / 'desk.sqlite3'}")
    upgrade(engine)
    return engine


numbers = itertools.count()


def talk_on(desk: Engine) -> Talk:
    return Talk(desk, f"talk{next(numbers)}")


def ticket_of(desk: Engine, talk: Talk) -> list[tuple]:
    with session_scope(desk) as session:
        query = select(*(tickets.c[name] for name in COLUMNS)).where(tickets.c.conversation_id == talk.name)
        return [tuple(map(str, row)) for row in session.execute(query)]


WANTED = [(*list(DETAILS.values())[:5], "2026-11-24", "morning", "3", "submitted")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(list(DETAILS)), st.lists(st.integers(1, 4), min_size=7, max_size=7))
def test_any_order_and_grouping_of_details_leads_to_the_same_ticket(desk: Engine, order: list[str], sizes: list[int]):
    talk, left = talk_on(desk), list(order)
    for size in sizes:
        group, left = left[:size], left[size:]
        if not group:
            break
        told = {name: DETAILS[name] for name in group}
        if talk.form is None:
            talk.begin("repair", "some words", **told)
        else:
            talk.tell("some words", **told)
    assert talk.said[-1] == "utter_repair_confirm"
    talk.tell("yes", "affirm")
    assert talk.said == ["utter_ticket_opened", "utter_visit_wished", "utter_ticket_cost"]  # no district is known
    assert ticket_of(desk, talk) == WANTED


def filled(desk: Engine) -> Talk:
    talk = talk_on(desk)
    talk.begin("repair", "my washer leaks", **DETAILS)
    return talk


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("product", "refrigerator"),
        ("fault", "noisy"),
        ("phone", "+85261234567"),
        ("name", "Ann"),
        ("address", "1 Elm St"),
    ],
)
def test_one_detail_is_corrected_without_losing_the_others(desk: Engine, name: str, value: str):
    talk = filled(desk)
    talk.tell("no, I meant something else", "correct_detail", **{name: value})
    assert talk.said == [f"utter_changed_{name}", "utter_repair_confirm"]
    talk.tell("yes", "affirm")
    assert ticket_of(desk, talk) == [tuple(value if wanted == DETAILS[name] else wanted for wanted in WANTED[0])]


def test_corrected_twice_the_last_word_counts(desk: Engine):
    talk = filled(desk)
    talk.tell("the fridge", "correct_detail", product="refrigerator")
    talk.tell("no, the fan", "correct_detail", product="fan")
    talk.tell("yes", "affirm")
    assert ticket_of(desk, talk)[0][0] == "fan"


def test_a_yes_with_a_correction_is_read_back_again_before_anything_is_opened(desk: Engine):
    talk = filled(desk)
    talk.tell("yes but my number is 6123 4567", "affirm", phone="+85261234567")
    assert talk.said == ["utter_changed_phone", "utter_repair_confirm"]
    assert ticket_of(desk, talk) == []


def test_a_no_asks_which_and_the_named_detail_is_asked_anew(desk: Engine):
    talk = filled(desk)
    talk.tell("no", "deny")
    assert talk.said == ["utter_ask_which"]
    talk.tell("The phone number", "correct_detail", detail="phone")
    assert talk.said == ["utter_ask_phone"]
    talk.tell("6123 4567", phone="+85261234567")
    assert talk.said == ["utter_repair_confirm"]


def test_one_confirmation_opens_one_ticket_however_often_it_arrives(desk: Engine):
    talk = filled(desk)
    talk.tell("yes", "affirm")
    talk.again("yes", "affirm")
    assert len(ticket_of(desk, talk)) == 1


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["affirm", "inform", "deny", "nlu_fallback", "correct_detail", "thank"]))
def test_no_text_leads_to_two_tickets_from_one_confirmation(desk: Engine, text: str, label: str):
    talk = filled(desk)
    for _ in range(3):
        if talk.form is None:
            break
        talk.tell(text, label)
    assert len(ticket_of(desk, talk)) <= 1


def test_what_is_optional_can_be_skipped_and_is_not_asked_again(desk: Engine):
    talk = talk_on(desk)
    told = {name: DETAILS[name] for name in ("product", "fault", "phone")}
    talk.begin("repair", "my washer leaks", **told)
    assert talk.said == ["utter_ask_name"]
    talk.tell("I'd rather not say", "deny")
    assert talk.said == ["utter_skipped", "utter_ask_address"]
    talk.tell("120 Nathan Road", address="120 Nathan Road")
    talk.tell("no", "deny")
    assert talk.said == ["utter_skipped", "utter_repair_confirm"]


def test_two_unusable_answers_are_offered_a_way_out(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "it leaks", product="fan", fault="noisy")
    talk.tell("dunno", "nlu_fallback", confidence=0.2)
    assert talk.said == ["utter_unusable", "utter_ask_phone"]
    talk.tell("blah", "nlu_fallback", confidence=0.2)
    assert talk.said == ["utter_way_out"]


def test_another_subject_is_left_to_its_own_action(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "it leaks", product="fan", fault="noisy")
    assert talk.tell("what are your hours", "faq/opening_hours") is None
    assert talk.tell("I want a person", "request_human") is None


def test_cancelling_drops_the_form_at_every_step(desk: Engine):
    for known in range(len(DETAILS) + 1):
        talk = talk_on(desk)
        talk.begin("repair", "it is broken", **dict(list(DETAILS.items())[:known]))
        talk.tell("stop", "cancel")
        assert (talk.said, talk.form) == (["utter_form_cancelled"], None)
        assert ticket_of(desk, talk) == []


@pytest.mark.parametrize(("day", "key"), [("2026-11-22", "utter_closed_day"), ("2026-11-19", "utter_invalid_date")])
def test_a_day_on_which_nobody_comes_is_refused_and_asked_again(desk: Engine, day: str, key: str):
    talk = talk_on(desk)
    talk.begin("repair", "it leaks", **{name: DETAILS[name] for name in DETAILS if name not in ("date", "time")})
    talk.tell("then", date=day)
    assert talk.said == [key, "utter_ask_date"]


@pytest.mark.parametrize("fault", ["gas_leak", "sparking", "electric_shock"])
def test_danger_opens_an_urgent_ticket_before_anything_is_asked(desk: Engine, fault: str):
    talk = talk_on(desk)
    talk.begin("repair", "help", fault=fault)
    assert talk.said[:2] == [f"utter_safety_{fault}", "utter_safety_ticket"]
    ((product, seen, phone, *_, priority, state),) = ticket_of(desk, talk)
    assert (product, seen, phone, priority, state) == ("None", fault, "None", "1", "submitted")
    talk.tell("9123 4567", phone="+85291234567")
    talk.tell("120 Nathan Road", address="120 Nathan Road")
    assert talk.said == ["utter_safety_complete"]
    assert ticket_of(desk, talk)[0][2] == "+85291234567"
    with session_scope(desk) as session:
        kinds = session.execute(
            select(ticket_events.c.kind).join(tickets).where(tickets.c.conversation_id == talk.name)
        )
        assert sorted(kinds.scalars()) == ["detail", "opened"]


def test_stopping_an_urgent_case_says_that_its_ticket_stays(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "help", fault="sparking")
    talk.tell("stop asking", "cancel")
    assert talk.said == ["utter_safety_kept"]
    assert ticket_of(desk, talk)[0][-1] == "submitted"


def test_danger_that_appears_in_the_middle_is_taken_at_once(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "the hob will not light", product="gas_stove", fault="not_igniting")
    talk.tell("and now I smell gas", "report_fault", fault="gas_leak")
    assert "utter_safety_gas_leak" in talk.said
    assert ticket_of(desk, talk)[0][7] == "1"


def test_random_walks_never_break_the_form(desk: Engine):
    rng = random.Random(3)
    labels = [
        "inform",
        "affirm",
        "deny",
        "cancel",
        "correct_detail",
        "nlu_fallback",
        "report_fault",
        "faq/contact",
        "thank",
    ]
    for _ in range(60):
        talk = talk_on(desk)
        talk.begin("repair", "it is broken")
        for _ in range(15):
            if talk.form is None:
                break
            told = {name: DETAILS[name] for name in DETAILS if rng.random() < 0.15}
            talk.tell(rng.choice(["hm", "ok", "12", "旺角"]), rng.choice(labels), rng.random(), **told)
        assert len(ticket_of(desk, talk)) <= 1


@pytest.mark.parametrize(
    ("text", "label", "entities"),
    [
        ("Jyutping please", "switch_language", {"script": "latin"}),
        ("someone real", "request_human", {}),
        ("幾點收工", "faq/opening_hours", {}),
    ],
)
def test_a_wish_is_no_name(desk: Engine, text: str, label: str, entities: dict[str, str]):
    talk = talk_on(desk)
    talk.begin("repair", "my fan is noisy", product="fan", fault="noisy", phone="+85291234567")
    assert talk.said[-1] == "utter_ask_name"
    assert talk.tell(text, label, name=text, **entities) is None  # it is about something else
    talk.tell("Will Human", "request_human", confidence=0.3, name="Will Human")
    assert talk.form is not None
    assert talk.form.details["name"] == "Will Human"


@pytest.mark.parametrize(
    ("text", "label", "opened"),
    [
        ("係，唔該", "thank", 1),
        ("对的谢谢", "thank", 1),
        ("yes, perfect", "rate_service", 1),
        ("好，不过改一下地址", "nlu_fallback", 0),
        ("ok but the phone is wrong", "nlu_fallback", 0),
        ("是不是明天？", "nlu_fallback", 0),
        ("thanks", "thank", 0),
    ],
)
def test_only_a_plain_yes_with_manners_confirms(desk: Engine, text: str, label: str, opened: int):
    talk = filled(desk)
    talk.tell(text, label)
    assert len(ticket_of(desk, talk)) == opened


@pytest.mark.parametrize("text", ["skip", "跳过", "跳過啦"])
def test_skipping_in_words_leaves_out_one_detail_and_drops_nothing(desk: Engine, text: str):
    talk = talk_on(desk)
    talk.begin("repair", "my washer leaks", **{name: DETAILS[name] for name in ("product", "fault", "phone")})
    talk.tell(text, "cancel", name=text)
    assert talk.said == ["utter_skipped", "utter_ask_address"]


@pytest.mark.parametrize(("text", "label"), [("I don't want to give you my number", "manage_my_data"), ("no", "deny")])
def test_who_refuses_what_is_needed_hears_why_then_gets_a_way_out(desk: Engine, text: str, label: str):
    talk = talk_on(desk)
    talk.begin("repair", "it leaks", product="fan", fault="noisy")
    talk.tell(text, label)
    assert talk.said == ["utter_why_phone", "utter_ask_phone"]
    talk.tell(text, label)
    assert talk.said == ["utter_way_out"]


def test_the_day_it_broke_is_no_wish_for_a_visit(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "it broke last night", product="fan", fault="noisy", date="2026-11-19", time="evening")
    assert talk.said == ["utter_ask_phone"]


def test_a_detail_named_wrong_without_the_right_one_is_asked_anew(desk: Engine):
    talk = filled(desk)
    talk.tell("地址要改一下", "nlu_fallback")
    assert talk.said == ["utter_ask_address"]


def test_a_question_about_a_day_is_no_wish_for_it(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "it leaks", **{name: DETAILS[name] for name in DETAILS if name not in ("date", "time")})
    assert talk.tell("are you open on Sunday?", "faq/opening_hours", date="2026-11-22") is None


@pytest.mark.parametrize("text", ["個名可唔可以改做我老公嘅", "what do you mean?", "嗯嗯嗯嗯"])
def test_not_everything_is_an_address(desk: Engine, text: str):
    talk = talk_on(desk)
    talk.begin("repair", "it leaks", **{name: DETAILS[name] for name in ("product", "fault", "phone", "name")})
    talk.tell(text, "nlu_fallback", confidence=0.2)
    assert "address" not in talk.form.details


def test_nothing_comes_before_the_advice_to_somebody_in_danger(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "the hob will not light", product="gas_stove", fault="not_igniting")
    talk.tell("now I smell gas", "report_fault", fault="gas_leak")
    assert talk.said[0] == "utter_safety_gas_leak"


def test_a_romanized_address_lies_where_its_reading_says(desk: Engine):
    talk = talk_on(desk)
    message = talk._message("wong gok nei dun dou 8 hou", "inform", {"address": "wong gok nei dun dou 8 hou"})
    read = replace(message, characters="旺角彌敦道8號")
    with session_scope(desk) as session:
        told = RepairForm().read(session, Form("repair", asking="address"), read)
    assert told["district"] == "hk.yau_tsim_mong.mong_kok"


def test_somebody_in_danger_who_asks_what_to_do_is_told_again(desk: Engine):
    talk = talk_on(desk)
    talk.begin("repair", "it smells of gas", product="gas_stove", fault="gas_leak")
    talk.ask(ActionHelp(), "what should I do", "help")
    assert talk.said == ["utter_safety_gas_leak", "utter_ask_phone"]
