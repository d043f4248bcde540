"""Visits in the repair and visit forms: what can be booked is booked, what cannot is said, with what can be."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from actions.talk import Answer, Form, Message
from bot.storage.care import appointments, visit_windows
from bot.storage.records import tickets
from bot.storage.sessions import session_scope
from bot.support.appointments import book
from bot.support.company import the_company
from bot.support.tickets import RepairRequest, find_ticket, open_ticket
from tests.unit.actions.talking import NOW, Talk

DISTRICT = "hk.yau_tsim_mong.mong_kok"
MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
KNOWN = {"product": "fan", "fault": "noisy", "phone": "+85291234567", "name": "Mary Wong", "address": "120 Nathan Road"}


@pytest.fixture
def desk(engine: Engine) -> Engine:
    return engine


def asked_for_a_day(desk: Engine, district: str = DISTRICT) -> Talk:
    talk = Talk(desk)
    talk.begin("repair", "my fan rattles", **KNOWN, district=district)
    return talk


def fill(desk: Engine, day: str, *windows: str, area: str = "hk.yau_tsim_mong") -> None:
    """Let others have taken every place."""
    with session_scope(desk) as session:
        for window in windows:
            taken = the_company().visit_capacity(area, window)
            session.execute(
                visit_windows.insert().values(area=area, day=date.fromisoformat(day), window=window, taken=taken)
            )


def offered(answer: Answer | None) -> list[tuple[str, str]]:
    assert answer is not None
    choices = [choice for choice in answer.says[-1].choices if not isinstance(choice, str)]
    return [tuple(choice["payload"]["entities"].values()) for choice in choices]


def visits(desk: Engine) -> list[tuple[str, str, str]]:
    with session_scope(desk) as session:
        query = select(appointments.c.day, appointments.c.window, appointments.c.state).order_by(appointments.c.state)
        return [tuple(map(str, row)) for row in session.execute(query)]


def test_the_confirmed_repair_has_its_visit_booked(desk: Engine):
    talk = asked_for_a_day(desk)
    talk.tell("Tuesday morning", date=TUESDAY, time="morning")
    talk.tell("yes", "affirm")
    assert talk.said == ["utter_ticket_opened", "utter_visit_booked", "utter_ticket_cost"]
    assert visits(desk) == [(TUESDAY, "morning", "booked")]
    with session_scope(desk) as session:
        assert session.execute(select(tickets.c.state)).scalars().all() == ["scheduled"]


@pytest.mark.parametrize(("wish", "window"), [("15:30", "afternoon"), ("any", "morning"), (None, "morning")])
def test_a_clock_time_takes_its_window_and_any_time_the_first_free_one(desk: Engine, wish: str | None, window: str):
    talk = asked_for_a_day(desk)
    talk.tell("Tuesday", date=TUESDAY)
    talk.tell("at that time", time=wish) if wish else talk.tell("whenever", "deny")
    talk.tell("yes", "affirm")
    assert visits(desk) == [(TUESDAY, window, "booked")]


@pytest.mark.parametrize(
    ("day", "window", "key"),
    [
        ("2026-11-22", "morning", "utter_closed_day"),  # a Sunday
        ("2026-11-19", "morning", "utter_invalid_date"),
        ("2026-11-20", "morning", "utter_window_past"),  # today, at eleven
        ("2027-03-01", "morning", "utter_visit_too_far"),
        ("2026-11-21", "evening", "utter_no_such_window"),  # a Saturday
        ("2026-11-23", "afternoon", "utter_fully_booked"),
    ],
)
def test_what_cannot_be_booked_is_said_and_the_form_goes_on_with_what_is_offered(
    desk: Engine, day: str, window: str, key: str
):
    fill(desk, MONDAY, "afternoon")
    talk = asked_for_a_day(desk)
    answer = talk.tell("then please", date=day, time=window)
    assert talk.said == [key, "utter_ask_date"]
    first_day, first_window = offered(answer)[0]
    talk.tell("that one", date=first_day, time=first_window)
    assert talk.said == ["utter_repair_confirm"]
    talk.tell("yes", "affirm")
    assert visits(desk) == [(first_day, first_window, "booked")]


def test_a_closed_day_in_the_first_message_is_not_passed_over(desk: Engine):
    talk = Talk(desk)
    talk.begin("repair", "my fan rattles, come on Sunday", **KNOWN, district=DISTRICT, date="2026-11-22")
    assert talk.said == ["utter_closed_day", "utter_ask_date"]


def test_a_correction_to_a_closed_day_is_not_called_changed(desk: Engine):
    talk = asked_for_a_day(desk)
    talk.tell("Tuesday morning", date=TUESDAY, time="morning")
    talk.tell("no, Sunday", "correct_detail", date="2026-11-22")
    assert talk.said == ["utter_closed_day", "utter_ask_date"]


def test_the_holidays_of_the_district_count_also_when_the_place_is_told_last(desk: Engine):
    talk = Talk(desk)
    told = {name: KNOWN[name] for name in KNOWN if name != "address"}
    talk.begin("repair", "on New Year's second day", **told, date="2027-01-01", time="morning")
    assert "utter_closed_day" in talk.said
    talk.tell("Tuesday morning then", date=TUESDAY, time="morning")
    fill(desk, TUESDAY, "morning", area="gd.guangzhou.tianhe")
    talk.tell("in Tianhe", address="天河区体育西路103号")
    assert talk.said == ["utter_fully_booked", "utter_ask_date"]


def test_a_place_that_went_to_somebody_else_at_the_last_moment_costs_no_ticket(desk: Engine):
    talk = asked_for_a_day(desk)
    talk.tell("Tuesday morning", date=TUESDAY, time="morning")
    fill(desk, TUESDAY, "morning")
    answer = talk.tell("yes", "affirm")
    assert talk.said == ["utter_ticket_opened", "utter_ticket_cost", "utter_fully_booked", "utter_ask_date"]
    day, window = offered(answer)[0]
    talk.tell("that one", date=day, time=window)
    assert (talk.said, talk.form) == (["utter_visit_booked"], None)
    assert visits(desk) == [(day, window, "booked")]


def test_a_place_where_nobody_comes_is_said_at_once_and_another_address_is_asked(desk: Engine):
    talk = asked_for_a_day(desk, district="cn.beijing")
    assert talk.said == ["utter_not_served", "utter_ask_address"]
    talk.tell("油麻地上海街18號", address="油麻地上海街18號")
    assert talk.said == ["utter_ask_date"]
    assert talk.form
    assert talk.form.details["district"] == "hk.yau_tsim_mong.yau_ma_tei"


def booked(desk: Engine) -> tuple[Talk, Form]:
    """A ticket with a visit on Tuesday morning, and its visit form."""
    talk = Talk(desk)
    with session_scope(desk) as session:
        request = RepairRequest(product="fan", fault="noisy", phone="+85291234567", district=DISTRICT)
        origin = message_of(talk).origin
        ticket = open_ticket(session, origin, request)
        book(session, origin, ticket, date.fromisoformat(TUESDAY), "morning")
    return talk, Form("visit", {"ticket_id": ticket.id, "number": ticket.number})


def message_of(talk: Talk) -> Message:
    return talk._message("words", "inform", {})


def test_a_visit_is_moved_and_its_old_place_given_back(desk: Engine):
    talk, form = booked(desk)
    talk.begin(form, "can we make it Monday afternoon", "reschedule_visit", date=MONDAY, time="afternoon")
    assert talk.said == ["utter_visit_booked"]
    assert visits(desk) == [(MONDAY, "afternoon", "booked"), (TUESDAY, "morning", "moved")]
    with session_scope(desk) as session:
        rows = session.execute(select(visit_windows.c.day, visit_windows.c.taken).order_by(visit_windows.c.day))
        assert [tuple(map(str, row)) for row in rows] == [(MONDAY, "1"), (TUESDAY, "0")]


def test_cancelling_the_repair_frees_its_place(desk: Engine):
    talk, form = booked(desk)
    talk.begin(Form("cancel_ticket", form.details), "cancel it", "cancel_ticket")
    talk.tell("yes", "affirm")
    assert talk.said == ["utter_ticket_cancelled"]
    assert visits(desk) == [(TUESDAY, "morning", "cancelled")]
    with session_scope(desk) as session:
        assert session.execute(select(visit_windows.c.taken)).scalars().all() == [0]


def test_a_repair_that_has_ended_meanwhile_is_neither_moved_nor_cancelled(desk: Engine):
    talk, form = booked(desk)
    with session_scope(desk) as session:
        session.execute(tickets.update().values(state="closed", ended_at=NOW - timedelta(days=1)))
    talk.begin(form, "Monday afternoon", "reschedule_visit", date=MONDAY, time="afternoon")
    assert talk.said == ["utter_ticket_ended"]
    talk.begin(Form("cancel_ticket", form.details), "cancel it", "cancel_ticket")
    talk.tell("yes", "affirm")
    assert talk.said == ["utter_ticket_ended"]
    with session_scope(desk) as session:
        assert find_ticket(session, form.details["ticket_id"]).state == "closed"


def test_the_day_it_broke_is_no_wish_for_a_visit(desk: Engine):
    talk = Talk(desk)
    talk.begin("repair", "it has been rattling since yesterday", **KNOWN, district=DISTRICT, date="2026-11-19")
    assert talk.said == ["utter_ask_date"]
    talk = Talk(desk, "today")
    talk.begin("repair", "it broke this morning", **KNOWN, district=DISTRICT, date="2026-11-20", time="morning")
    assert talk.said == ["utter_ask_date"]
    talk = Talk(desk, "later today")
    talk.begin("repair", "come this afternoon", **KNOWN, district=DISTRICT, date="2026-11-20", time="afternoon")
    assert talk.said == ["utter_repair_confirm"]


def test_no_visit_is_booked_where_nobody_comes(desk: Engine):
    talk, form = booked(desk)
    with session_scope(desk) as session:
        session.execute(tickets.update().values(district="cn.beijing"))
    talk.begin(form, "Monday afternoon", "reschedule_visit", date=MONDAY, time="afternoon")
    assert (talk.said, talk.form) == (["utter_not_served"], None)
    assert visits(desk) == [(TUESDAY, "morning", "booked")]
