"""The order form: where an order is, once it is proven to be the customer's own."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Session

from actions.forms.proof import ProofForm, entities_of
from actions.talk import Answer, Form, Message, Say
from bot.support.orders import Order, prove_order


class OrderForm(ProofForm):
    """Shows an order."""

    name = "order"
    own_labels = frozenset({"check_order"})
    number_entity: ClassVar[str] = "order_number"
    entities = entities_of("order_number")
    ask_number = "utter_ask_order_number"
    not_found = "utter_no_such_order"

    def canonical(self, written: str) -> str | None:
        """Give the order number as it was understood."""
        return written.upper()

    def prove(self, session: Session, form: Form, message: Message) -> Answer | None:
        """Say where the order is."""
        order = prove_order(session, message.origin, form.details["number"], form.details["last_four"])
        return Answer((order_status(order),)) if order else None


def order_status(order: Order) -> Say:
    """Say where an order is."""
    values = {"number": order.number, "product": order.product, "order_state": order.status}
    if order.expected_on and order.status in ("placed", "packed", "shipped"):
        return Say("utter_order_status_dated", {**values, "date": order.expected_on.isoformat()})
    return Say("utter_order_status", values)
