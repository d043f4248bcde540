"""Forms about a ticket that is open: another day for the visit, and cancelling the repair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.forms.booking import book_visit, check_wish
from actions.forms.repair import RepairForm
from actions.forms.rules import FormRules
from actions.forms.status import ticket_ended
from actions.forms.words import cancels
from actions.talk import Answer, Form, Message, Say, say
from bot.support.appointments import district_of
from bot.support.ticket_service import cancel_ticket
from bot.support.ticket_states import RefusedMove
from bot.support.tickets import find_ticket


class VisitForm(RepairForm):
    """Asks for another day and time; what cannot be booked is refused as in the repair form."""

    name = "visit"
    optional = frozenset({"window"})
    own_labels = frozenset({"reschedule_visit", "add_to_ticket"})
    entities: ClassVar[Mapping[str, str]] = {"date": "date", "window": "time"}

    def next_question(self, form: Form) -> str | None:
        """Ask for the day, then for the time of day."""
        return next((detail for detail in ("date", "window") if not form.knows(detail)), None)

    def on_told(
        self, session: Session, form: Form, message: Message, told: Mapping[str, Any]
    ) -> tuple[Form, tuple[Say, ...]]:
        """Hold the wish against what can be booked where the customer lives."""
        form = form.told(district=district_of(session, form.details["ticket_id"]))
        return check_wish(session, form, message, told)

    def gives_way(self, form: Form, message: Message) -> bool:
        """Let go of another day when the whole repair is to be cancelled."""
        return message.label == "cancel_ticket"

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Book the visit, or move it."""
        ticket = find_ticket(session, form.details["ticket_id"])
        try:
            return book_visit(session, message, ticket, form)
        except RefusedMove:
            return ticket_ended(ticket)


class CancelTicketForm(FormRules):
    """Asks once whether the repair is really no longer wanted."""

    name = "cancel_ticket"
    own_labels = frozenset({"cancel_ticket"})

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take nothing: only a yes counts."""
        says_so = message.label == "cancel_ticket" or (message.label == "cancel" and cancels(message))
        return {"confirmed": True} if form.asking and says_so else {}

    def next_question(self, form: Form) -> str | None:
        """Ask for the confirmation."""
        return None if form.details.get("confirmed") else "confirm"

    def question(self, form: Form, message: Message) -> Say:
        """Ask whether the repair is to be cancelled."""
        return say("utter_cancel_ticket_confirm", number=form.details["number"])

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Cancel the repair."""
        ticket = find_ticket(session, form.details["ticket_id"])
        try:
            cancel_ticket(session, message.origin, ticket)
        except RefusedMove:
            return ticket_ended(ticket)
        return Answer((Say("utter_ticket_cancelled", {"number": ticket.number}, choices=("report_fault",)),))

    def cancelled(self, form: Form) -> Say:
        """Say that the repair stays."""
        return say("utter_ticket_kept", number=form.details["number"])
