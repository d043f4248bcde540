from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.records import products, units
from bot.storage.sessions import session_scope
from bot.support.company import the_company
from bot.support.warranty import ImpossiblePurchase, add_months, check_warranty

TODAY = date(2026, 11, 20)


def _sold(session: Session, until: date) -> None:
    session.execute(products.insert().values(model="WX-9000", product="washing_machine", warranty_months=36))
    session.execute(
        units.insert().values(
            serial_number="SN20260104-654", model="WX-9000", purchased_on=date(2024, 1, 4), warranty_until=until
        )
    )


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (TODAY, "covered"),  # the last day counts
        (TODAY - timedelta(days=1), "expired"),
        (date(2028, 1, 4), "covered"),
    ],
)
def test_a_sold_unit_is_covered_to_its_last_day(engine: Engine, until: date, state: str):
    with session_scope(engine) as session:
        _sold(session, until)
        for serial in ("SN20260104-654", "sn20260104654", "ＳＮ 2026 0104 654"):
            found = check_warranty(session, the_company(), serial_number=serial, today=TODAY)
            assert (found.state, found.until, found.product) == (state, until, "washing_machine")


def test_what_is_on_record_outweighs_what_is_said(engine: Engine):
    with session_scope(engine) as session:
        _sold(session, date(2026, 1, 4))
        found = check_warranty(
            session, the_company(), serial_number="SN20260104654", purchased_on=TODAY, model="WX-9000", today=TODAY
        )
    assert found.state == "expired"


def test_a_purchase_that_is_only_said_needs_the_receipt(engine: Engine):
    with session_scope(engine) as session:
        _sold(session, TODAY)
        by_model = check_warranty(session, the_company(), model="wx9000", purchased_on=date(2024, 5, 1), today=TODAY)
        by_kind = check_warranty(session, the_company(), product="fan", purchased_on=date(2024, 5, 1), today=TODAY)
    assert (by_model.state, by_model.until, by_model.needs) == ("covered", date(2027, 5, 1), ("receipt",))
    assert (by_kind.state, by_kind.until, by_kind.needs) == ("expired", date(2025, 5, 1), ())


@pytest.mark.parametrize(
    ("told", "needs"),
    [
        ({}, ("serial_number", "model", "purchase_date")),
        ({"product": "fan"}, ("serial_number", "purchase_date")),
        ({"purchased_on": TODAY}, ("serial_number", "model")),
        ({"serial_number": "SN-NOBODY"}, ("model", "purchase_date", "receipt")),
        ({"serial_number": "SN-NOBODY", "product": "fan"}, ("purchase_date", "receipt")),
        ({"model": "NO-SUCH"}, ("serial_number", "model", "purchase_date")),
    ],
)
def test_what_cannot_be_told_says_what_is_missing(engine: Engine, told, needs):
    with session_scope(engine) as session:
        found = check_warranty(session, the_company(), **told, today=TODAY)
    assert (found.state, found.until, found.needs) == ("unknown", None, needs)


def test_a_purchase_in_the_future_is_refused(engine: Engine):
    with session_scope(engine) as session, pytest.raises(ImpossiblePurchase, match="2026-11-21"):
        check_warranty(session, the_company(), product="fan", purchased_on=TODAY + timedelta(days=1), today=TODAY)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
