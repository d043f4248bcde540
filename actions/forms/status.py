"""The status form: how a repair stands, once it is proven to be the customer's own."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Session

from actions.forms.proof import ProofForm, entities_of
from actions.talk import Answer, Message, Say
from bot.support.appointments import visit_of
from bot.support.company import the_company
from bot.support.identity import prove_ticket
from bot.support.ticket_numbers import BadTicketNumber, read_ticket_number
from bot.support.ticket_states import OPEN_STATES
from bot.support.tickets import Ticket


class StatusForm(ProofForm):
    """Shows a repair ticket."""

    name = "status"
    own_labels = frozenset({"check_ticket", "add_to_ticket"})
    number_entity: ClassVar[str] = "ticket_number"
    entities = entities_of("ticket_number")
    ask_number = "utter_ask_number"
    not_found = "utter_no_such_ticket"

    def canonical(self, written: str) -> str | None:
        """Give the ticket number in its canonical form, if its check character fits."""
        try:
            return read_ticket_number(written)
        except BadTicketNumber:
            return None

    def prove(self, session: Session, message: Message, number: str, last_four: str) -> Say | None:
        """Say how the ticket stands."""
        ticket = prove_ticket(session, message.origin, number, last_four)
        return ticket_status(session, ticket, message) if ticket else None


def ticket_status(session: Session, ticket: Ticket, message: Message) -> Say:
    """Say how a ticket stands, and when the engineer comes or when the customer would like it."""
    card = {"number": ticket.number, "product": ticket.product, "state": ticket.state}
    values = {"number": ticket.number, "state": ticket.state, "product": ticket.product or "appliance"}
    visit = visit_of(session, ticket.id)
    if visit and visit.day >= the_company().today(message.now):
        coming = {**values, "date": visit.day.isoformat(), "window": visit.window}
        return Say("utter_ticket_status_visit", coming, extras={"ticket": card})
    if ticket.preferred_date and visit is None and ticket.state in OPEN_STATES:
        wished = {**values, "date": ticket.preferred_date.isoformat(), "window": ticket.preferred_window or "any"}
        return Say("utter_ticket_status_dated", wished, extras={"ticket": card})
    return Say("utter_ticket_status", values, extras={"ticket": card})


def ticket_ended(ticket: Ticket) -> Answer:
    """Say that nothing can be done any more with a ticket that has ended."""
    values = {"number": ticket.number, "state": ticket.state}
    return Answer((Say("utter_ticket_ended", values, choices=("fault_returned", "report_fault", "person")),))
