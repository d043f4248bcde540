"""How a repair stands, put into words."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.talk import Answer, Message, Say
from bot.support.appointments import visit_of
from bot.support.company import the_company
from bot.support.ticket_states import OPEN_STATES
from bot.support.tickets import Ticket


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
