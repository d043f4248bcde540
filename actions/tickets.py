"""Repair tickets in chat: a new one, how one stands, and what a customer adds to it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.engine import start
from actions.forms.status import ticket_status
from actions.talk import Answer, Form, Message, Say, State, say
from bot.support.tickets import Ticket, add_note, open_tickets, tickets_of_conversation


class ActionReportFault(DeskAction):
    """Starts a repair with whatever the message already tells."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_report_fault"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Apologise first, then ask for what is missing."""
        under = (*state.form.under, state.form) if state.form else ()
        answer = start(session, message, Form("repair", under=under))
        sorry = () if answer.form is None or answer.form.details.get("safety") else (say("utter_sorry_fault"),)
        return Answer((*sorry, *answer.says), answer.form, asks=True)


class ActionFaultReturned(ActionReportFault):
    """A repair that did not hold: apology first, then a new visit."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_fault_returned"


class ActionCheckTicket(DeskAction):
    """Tells how a repair stands."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_check_ticket"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Show the conversation's own tickets; ask for proof for any other."""
        own = tickets_of_conversation(session, message.origin.conversation_id)
        wanted = message.find("ticket_number")
        named = [ticket for ticket in own if wanted and wanted.value == ticket.number]
        if own and (named or not wanted):
            return Answer(tuple(ticket_status(session, ticket, message) for ticket in (named or own)[:3]), state.form)
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("status", under=under))


class OnOwnTicket(DeskAction):
    """An action on the latest open ticket of the same conversation."""

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Act on the ticket, or offer a person where the conversation has none."""
        own = open_tickets(tickets_of_conversation(session, message.origin.conversation_id))
        if not own:
            return Answer(
                (Say("utter_no_open_ticket", choices=("check_ticket", "report_fault", "person")),), state.form
            )
        return self.act(session, message, state, own[0])

    def act(self, session: Session, message: Message, state: State, ticket: Ticket) -> Answer:
        """Do what the action is for."""
        raise NotImplementedError


class ActionAddToTicket(OnOwnTicket):
    """Adds what the customer says to the ticket."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_add_to_ticket"

    def act(self, session: Session, message: Message, state: State, ticket: Ticket) -> Answer:
        """Write the words down."""
        add_note(session, message.origin, ticket, message.text)
        return Answer((say("utter_note_added", number=ticket.number),), state.form)


class ActionRescheduleVisit(OnOwnTicket):
    """Moves the visit to another day."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_reschedule_visit"

    def act(self, session: Session, message: Message, state: State, ticket: Ticket) -> Answer:
        """Ask for the new day, or take it from the message."""
        return start(session, message, _about(ticket, "visit", state))


class ActionCancelTicket(OnOwnTicket):
    """Cancels the repair, after asking once."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_cancel_ticket"

    def act(self, session: Session, message: Message, state: State, ticket: Ticket) -> Answer:
        """Ask whether it is meant."""
        return start(session, message, _about(ticket, "cancel_ticket", state))


class ActionInform(ActionAddToTicket):
    """A bare detail that nobody asked for: it belongs to the open ticket, or starts a repair."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_inform"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Start a repair from a product or a fault, look up a number, or ask what it is about."""
        if message.find("ticket_number"):
            return ActionCheckTicket().answer(session, message, state)
        if open_tickets(tickets_of_conversation(session, message.origin.conversation_id)):
            return super().answer(session, message, state)
        if message.find("fault") or message.find("product"):
            return ActionReportFault().answer(session, message, state)
        return Answer((Say("utter_inform_nothing", choices=("report_fault", "check_ticket", "person")),), state.form)


class ActionCorrectDetail(ActionInform):
    """A correction when nothing is open: it goes to the ticket as a note that the desk sees."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_correct_detail"


def _about(ticket: Ticket, form: str, state: State) -> Form:
    """Open a form about a ticket, above the one that is open."""
    under = (*state.form.under, state.form) if state.form else ()
    return Form(form, {"ticket_id": ticket.id, "number": ticket.number}, under=under)
