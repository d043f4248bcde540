"""What customers want of a repair ticket that is theirs."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from actions.forms.engine import start
from actions.forms.status import ticket_ended, ticket_status
from actions.talk import Answer, Form, Message, Say, say
from bot.support.appointments import visit_of
from bot.support.company import the_company
from bot.support.ticket_service import return_fault
from bot.support.ticket_service import urge as count_urging
from bot.support.ticket_states import OPEN_STATES
from bot.support.tickets import Ticket, add_note

STATUS, ADD, RESCHEDULE, CANCEL, URGE, RETURNED = "status", "add", "reschedule", "cancel", "urge", "returned"


def act(session: Session, form: Form, message: Message, ticket: Ticket) -> Answer:
    """Do with a ticket what a ticket form was opened for."""
    wanted = form.details["wanted"]
    if wanted in _FOR_OPEN_ONES and ticket.state not in OPEN_STATES:
        return ticket_ended(ticket)
    return _ACTS[wanted](session, form, message, ticket)


def without_number(session: Session, form: Form, message: Message) -> Answer:
    """Go on without a number: a fault that came back becomes a new repair, anything else needs a person."""
    if form.details["wanted"] != RETURNED:
        return Answer((Say("utter_no_number", choices=("person", "report_fault")),))
    told = {**form.details["repair"], "words": form.details["words"]}
    return start(session, message, Form("repair", told, under=form.under))


def _show(session: Session, form: Form, message: Message, ticket: Ticket) -> Answer:
    return Answer((ticket_status(session, ticket, message),))


def _add(session: Session, form: Form, message: Message, ticket: Ticket) -> Answer:
    add_note(session, message.origin, ticket, form.details["words"])
    return Answer((say("utter_note_added", number=ticket.number),))


def _reschedule(session: Session, form: Form, message: Message, ticket: Ticket) -> Answer:
    moved = _about(ticket, "visit", form, "date", "window")
    visit = visit_of(session, ticket.id)
    if visit and form.details.get("same_day") and visit.day >= the_company().today(message.now):
        moved = moved.told(date=visit.day.isoformat())
    return start(session, message, moved)


def _cancel(session: Session, form: Form, message: Message, ticket: Ticket) -> Answer:
    return start(session, message, _about(ticket, "cancel_ticket", form))


def _urge(session: Session, form: Form, message: Message, ticket: Ticket) -> Answer:
    urged = count_urging(session, message.origin, ticket)
    told = say("utter_urged" if urged.is_raised else "utter_urged_again", number=ticket.number)
    return Answer((told, ticket_status(session, urged.ticket, message)))


def _take_back(session: Session, form: Form, message: Message, ticket: Ticket) -> Answer:
    returned = return_fault(session, message.origin, ticket, words=form.details["words"])
    ticket = returned.ticket
    if not (returned.is_reopened or returned.is_new):
        return Answer((say("utter_note_added", number=ticket.number), ticket_status(session, ticket, message)))
    done = say("utter_fault_reopened" if returned.is_reopened else "utter_fault_new_ticket", number=ticket.number)
    visit = visit_of(session, ticket.id)
    if visit and visit.day >= the_company().today(message.now):
        return Answer((done, ticket_status(session, ticket, message)))
    asked = start(session, message, _about(ticket, "visit", form, "date", "window"))
    return Answer((done, *asked.says), asked.form, asks=True)


def _about(ticket: Ticket, name: str, form: Form, *kept: str) -> Form:
    """Open another form about a ticket in the place of this one, with details that were told at the beginning."""
    told = {detail: value for detail, value in form.details["repair"].items() if detail in kept}
    return Form(name, {"ticket_id": ticket.id, "number": ticket.number, **told}, under=form.under)


_ACTS: dict[str, Callable[[Session, Form, Message, Ticket], Answer]] = {
    STATUS: _show,
    ADD: _add,
    RESCHEDULE: _reschedule,
    CANCEL: _cancel,
    URGE: _urge,
    RETURNED: _take_back,
}
_FOR_OPEN_ONES = frozenset({ADD, RESCHEDULE, CANCEL})
