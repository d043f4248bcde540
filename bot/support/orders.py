"""Orders: where one is, told only to who knows its number and the last four digits of its phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.records import orders, products
from bot.support.channels import Origin
from bot.support.codes import is_code
from bot.support.identity import ORDER, check_tries, note_try, proven_subjects, remember_proof

_ON_THE_WAY = frozenset({"placed", "packed", "shipped"})


@dataclass(frozen=True)
class Order:
    """An order as the customer may see it."""

    number: str
    model: str
    product: str
    status: str  # placed, packed, shipped, delivered, returned
    placed_on: date
    expected_on: date | None

    def is_late(self, today: date) -> bool:
        """Tell whether it should have come before today and has not."""
        return self.status in _ON_THE_WAY and self.expected_on is not None and self.expected_on < today


def prove_order(session: Session, origin: Origin, number: str, last_four: str) -> Order | None:
    """Give the order when its number and the last four digits of its phone fit together, else None.

    A number that does not exist and one that belongs to somebody else are the same to the caller. Wrong tries are
    counted together with those for tickets; raises TooManyTries (bot.support.identity).
    """
    check_tries(session, origin, number)
    row = session.execute(select(orders.c.number, orders.c.phone).where(is_code(orders.c.number, number))).first()
    if not note_try(session, origin, number, row.phone if row else None, last_four) or row is None:
        return None
    remember_proof(session, origin, ORDER, row.number)
    return _order(session, row.number)


def proven_orders(session: Session, conversation_id: str) -> tuple[Order, ...]:
    """Give the orders that a conversation has proven to be its own, the latest proof first."""
    found = (_order(session, number) for number in proven_subjects(session, conversation_id, ORDER))
    return tuple(order for order in found if order)


def _order(session: Session, number: str) -> Order | None:
    row = session.execute(
        select(
            orders.c.number,
            orders.c.model,
            products.c.product,
            orders.c.status,
            orders.c.placed_on,
            orders.c.expected_on,
        )
        .join(products, products.c.model == orders.c.model)
        .where(orders.c.number == number)
    ).first()
    return Order(*row) if row else None
