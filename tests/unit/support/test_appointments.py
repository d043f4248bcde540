import threading
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.storage.care import appointments, visit_windows
from bot.storage.records import ticket_events, tickets
from bot.storage.sessions import session_scope
from bot.support.appointments import book, cancel_visit, end_visit, offer_days, visit_of
from bot.support.channels import Origin
from bot.support.company import Company, the_company
from bot.support.ticket_states import RefusedMove
from bot.support.tickets import Ticket, change_state, find_ticket, open_ticket
from bot.support.visit_refusals import (
    ClosedDay,
    FullyBooked,
    InThePast,
    NoSuchWindow,
    NotServed,
    OfferedDay,
    TooFarAhead,
    VisitRefused,
)
from tests.unit.support.rows import NOW, WASHER, conversation, next_message

HOME = "hk.wan_chai"
MONDAY = date(2026, 11, 23)
TIGHT = Company(
    {
        **the_company().facts,
        "visits": {
            **the_company().facts["visits"],
            "capacity": {"default": {"morning": 1, "afternoon": 1, "evening": 0}},
        },
    }
)


def _ticket(session: Session, name: str = "c1", district: str | None = HOME) -> tuple[Origin, Ticket]:
    origin = conversation(session, name)
    return origin, open_ticket(session, origin, replace(WASHER, district=district))


def _taken(session: Session) -> dict[tuple[date, str], int]:
    rows = session.execute(select(visit_windows.c.day, visit_windows.c.window, visit_windows.c.taken))
    return {(row.day, row.window): row.taken for row in rows if row.taken}


def test_the_days_offered_are_open_ones_with_free_windows(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        book(session, next_message(origin, 2), ticket, MONDAY, "morning", company=TIGHT)
        offered = offer_days(session, TIGHT, "hk.wan_chai.causeway_bay", date(2026, 11, 20), 3)
        elsewhere = offer_days(session, the_company(), "hk.eastern", date(2026, 11, 21), 1)
    assert offered == (
        OfferedDay(date(2026, 11, 21), ("morning",)),  # a Saturday
        OfferedDay(MONDAY, ("afternoon",)),
        OfferedDay(date(2026, 11, 24), ("morning", "afternoon")),
    )
    assert elsewhere == (OfferedDay(MONDAY, ("morning", "afternoon", "evening")),)


def test_the_holidays_of_the_district_are_not_offered(engine: Engine):
    before = date(2026, 10, 4)  # a Sunday; the mainland rests until the 8th
    with session_scope(engine) as session:
        (here,) = offer_days(session, the_company(), HOME, before, 1)
        (there,) = offer_days(session, the_company(), "gd.shenzhen", before, 1)
    assert (here.day, there.day) == (date(2026, 10, 5), date(2026, 10, 8))


def test_booking_schedules_the_ticket_and_writes_it_down(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        visit = book(session, next_message(origin, 2), ticket, MONDAY, "morning")
        now = find_ticket(session, ticket.id)
        events = session.execute(
            select(ticket_events.c.kind, ticket_events.c.old, ticket_events.c.new).where(
                ticket_events.c.message_id == "c1-m2"
            )
        ).all()
        assert visit_of(session, ticket.id) == replace(visit, is_new=False)
    assert (now.state, now.preferred_date, now.preferred_window) == ("scheduled", MONDAY, "morning")
    assert ("visit", None, {"day": "2026-11-23", "window": "morning", "area": HOME}) in map(tuple, events)
    assert {("submitted", "accepted"), ("accepted", "scheduled")} <= {
        (old, new) for k, old, new in events if k == "state"
    }


def test_the_same_message_books_once_even_after_it_was_moved(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        for _ in range(2):
            book(session, next_message(origin, 2), ticket, MONDAY, "morning")
        moved = book(session, next_message(origin, 3), ticket, date(2026, 11, 24), "evening")
        book(session, next_message(origin, 2), ticket, MONDAY, "morning")
        assert _taken(session) == {(date(2026, 11, 24), "evening"): 1}
        assert session.execute(select(func.count()).select_from(appointments)).scalar_one() == 2
        visit = visit_of(session, ticket.id)
    assert moved.moved_from == (MONDAY, "morning")
    assert visit is not None
    assert (visit.day, visit.window) == (date(2026, 11, 24), "evening")


def test_moving_to_a_full_window_leaves_the_visit_where_it_was(engine: Engine):
    with session_scope(engine) as session:
        one, mine = _ticket(session, "c1")
        other, theirs = _ticket(session, "c2")
        book(session, next_message(one, 2), mine, MONDAY, "morning", company=TIGHT)
        book(session, next_message(other, 2), theirs, MONDAY, "afternoon", company=TIGHT)
        with pytest.raises(FullyBooked) as refused:
            book(session, next_message(one, 3), mine, MONDAY, "afternoon", company=TIGHT)
        visit = visit_of(session, mine.id)
        assert _taken(session) == {(MONDAY, "morning"): 1, (MONDAY, "afternoon"): 1}
    assert visit is not None
    assert visit.window == "morning"
    assert [offer.day.isoformat() for offer in refused.value.alternatives] == ["2026-11-21", "2026-11-24", "2026-11-25"]


@pytest.mark.parametrize(
    ("day", "window", "refusal"),
    [
        (date(2026, 11, 19), "morning", InThePast),
        (date(2026, 11, 20), "morning", InThePast),  # it is 11:00
        (date(2026, 11, 22), "morning", ClosedDay),  # a Sunday
        (date(2026, 12, 25), "morning", ClosedDay),
        (date(2026, 11, 21), "evening", NoSuchWindow),  # a Saturday
        (MONDAY, "night", NoSuchWindow),
        (date(2027, 11, 22), "morning", TooFarAhead),
    ],
)
def test_an_impossible_visit_is_refused_by_name_with_alternatives(
    engine: Engine, day: date, window: str, refusal: type[VisitRefused]
):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        with pytest.raises(refusal, match=f"{day} {window}") as refused:
            book(session, next_message(origin, 2), ticket, day, window)
        assert len(refused.value.alternatives) == 3
        assert all(offer.day > date(2026, 11, 20) for offer in refused.value.alternatives)
        assert _taken(session) == {}
        assert find_ticket(session, ticket.id).state == "submitted"


def test_the_afternoon_of_the_same_day_can_be_booked_in_the_morning(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        assert book(session, next_message(origin, 2), ticket, date(2026, 11, 20), "afternoon").is_new


def test_a_district_that_is_not_served_gets_no_visit(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session, district="gd.shantou")
        with pytest.raises(NotServed) as refused:
            book(session, next_message(origin, 2), ticket, MONDAY, "morning")
    assert refused.value.alternatives == ()


def test_a_ticket_that_has_ended_gets_no_visit(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        change_state(session, next_message(origin, 2), ticket, "cancelled")
        with pytest.raises(RefusedMove):
            book(session, next_message(origin, 3), ticket, MONDAY, "morning")


def test_a_cancelled_visit_gives_its_place_back_once_and_a_kept_one_does_not(engine: Engine):
    with session_scope(engine) as session:
        one, mine = _ticket(session, "c1")
        other, theirs = _ticket(session, "c2")
        book(session, next_message(one, 2), mine, MONDAY, "morning")
        book(session, next_message(other, 2), theirs, MONDAY, "morning")
        assert [cancel_visit(session, next_message(one, 3), mine) for _ in range(2)] == [True, False]
        assert _taken(session) == {(MONDAY, "morning"): 1}
        assert end_visit(session, next_message(other, 3), theirs, "kept")
        assert _taken(session) == {(MONDAY, "morning"): 1}


def _all_at_once(engine: Engine, wishes: list[tuple[Origin, Ticket, date, str]], company: Company) -> list[str]:
    """Book all wishes at the same moment, each in its own thread and transaction."""
    start, outcomes = threading.Barrier(len(wishes)), []

    def wish(origin: Origin, ticket: Ticket, day: date, window: str) -> None:
        start.wait()
        try:
            with session_scope(engine) as session:
                book(session, origin, ticket, day, window, company=company)
            outcomes.append("booked")
        except (VisitRefused, SQLAlchemyError) as error:  # a deadlock would be seen here
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=wish, args=one) for one in wishes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_many_who_want_the_last_place_at_once_one_gets_it(engine: Engine):
    for round_number in range(5):
        day = date(2026, 11, 23) + timedelta(days=round_number)
        window = "morning"
        with session_scope(engine) as session:
            made = [_ticket(session, f"c{round_number}-{number}") for number in range(6)]
        wishes = [(next_message(origin, 2), ticket, day, window) for origin, ticket in made]
        assert _all_at_once(engine, wishes, TIGHT) == ["FullyBooked"] * 5 + ["booked"]
    with session_scope(engine) as session:
        assert set(_taken(session).values()) == {1}


def test_customers_who_move_into_each_others_windows_do_not_wait_for_ever(engine: Engine):
    with session_scope(engine) as session:
        made = [_ticket(session, f"c{number}") for number in range(6)]
        for number, (origin, ticket) in enumerate(made):
            book(session, next_message(origin, 2), ticket, MONDAY, ("morning", "afternoon")[number % 2])
    roomy = Company(
        {
            **the_company().facts,
            "visits": {**the_company().facts["visits"], "capacity": {"default": {"morning": 9, "afternoon": 9}}},
        }
    )
    wishes = [
        (next_message(origin, 3), ticket, MONDAY, ("afternoon", "morning")[number % 2])
        for number, (origin, ticket) in enumerate(made)
    ]
    assert _all_at_once(engine, wishes, roomy) == ["booked"] * 6
    with session_scope(engine) as session:
        assert _taken(session) == {(MONDAY, "morning"): 3, (MONDAY, "afternoon"): 3}


def test_one_message_handled_twice_at_once_takes_one_place(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
    wish = (next_message(origin, 2), ticket, MONDAY, "morning")
    assert _all_at_once(engine, [wish] * 4, the_company()) == ["booked"] * 4
    with session_scope(engine) as session:
        assert _taken(session) == {(MONDAY, "morning"): 1}
        assert session.execute(select(tickets.c.state)).scalar_one() == "scheduled"


def test_today_is_the_companys_day_not_the_servers(engine: Engine):
    late = datetime(2026, 11, 22, 17, tzinfo=timezone.utc)  # already Monday the 23rd in Hong Kong
    with session_scope(engine) as session:
        origin, ticket = _ticket(session)
        assert book(session, next_message(origin, 2, late), ticket, MONDAY, "morning").is_new
        assert late > NOW
