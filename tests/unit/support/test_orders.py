from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.records import orders, products
from bot.storage.sessions import session_scope
from bot.support.identity import MOST_WRONG_TRIES, TooManyTries, prove_ticket
from bot.support.orders import prove_order, proven_orders
from tests.unit.support.rows import conversation

NUMBER = "SO20261119-1012"


def _order(session: Session) -> None:
    session.execute(products.insert().values(model="WX-9000", product="washing_machine", warranty_months=24))
    session.execute(
        orders.insert().values(
            number=NUMBER,
            phone="+8613119946072",
            model="WX-9000",
            status="shipped",
            placed_on=date(2026, 11, 19),
            expected_on=date(2026, 11, 26),
        )
    )


@pytest.mark.parametrize("written", [NUMBER, "so20261119-1012", "SO 20261119 1012", "ＳＯ２０２６１１１９１０１２"])
def test_number_and_last_digits_tell_where_an_order_is(engine: Engine, written: str):
    with session_scope(engine) as session:
        _order(session)
        found = prove_order(session, conversation(session), written, "6072")
        assert found is not None
        assert (found.number, found.status, found.product) == (NUMBER, "shipped", "washing_machine")
        assert not found.is_late(date(2026, 11, 26))
        assert found.is_late(date(2026, 11, 27))
        assert proven_orders(session, "c1") == (found,)


@pytest.mark.parametrize(("number", "digits"), [(NUMBER, "0000"), ("SO1", "6072"), (NUMBER, ""), (NUMBER, "16072")])
def test_a_foreign_order_is_answered_like_a_missing_one_and_not_remembered(engine: Engine, number: str, digits: str):
    with session_scope(engine) as session:
        _order(session)
        assert prove_order(session, conversation(session), number, digits) is None
        assert proven_orders(session, "c1") == ()


def test_wrong_tries_for_orders_and_tickets_are_counted_together(engine: Engine):
    with session_scope(engine) as session:
        _order(session)
        origin = conversation(session)
        for number in range(MOST_WRONG_TRIES):
            wrong = prove_order if number % 2 else prove_ticket
            assert wrong(session, origin, NUMBER, "0000") is None
        for prove in (prove_order, prove_ticket):
            with pytest.raises(TooManyTries):
                prove(session, origin, NUMBER, "6072")


def test_an_order_without_a_phone_cannot_be_proven(engine: Engine):
    with session_scope(engine) as session:
        _order(session)
        session.execute(orders.update().values(phone=""))
        assert prove_order(session, conversation(session), NUMBER, "") is None


def test_a_delivered_order_is_not_late(engine: Engine):
    with session_scope(engine) as session:
        _order(session)
        session.execute(orders.update().values(status="delivered"))
        found = prove_order(session, conversation(session), NUMBER, "6072")
    assert found is not None
    assert not found.is_late(date(2026, 11, 26) + timedelta(days=30))
