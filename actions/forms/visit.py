"""Forms about a ticket that is open: another day for the visit, and cancelling the repair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.forms.repair import RepairForm
from actions.forms.rules import FormRules
from actions.talk import Answer, Form, Message, Say, say
from bot.support.ticket_service import cancel_ticket
from bot.support.tickets import change_details, find_ticket


class VisitForm(RepairForm):
    """Asks for another day and time; days on which nobody comes are refused as in the repair form."""

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
        """Nothing but day and time matters here."""
        return form, ()

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Write the wish into the ticket; the desk confirms the visit."""
        ticket = find_ticket(session, form.details["ticket_id"])
        day, window = date.fromisoformat(form.details["date"]), form.details.get("window")
        told = {"preferred_date": day, "preferred_window": window}
        change_details(session, message.origin, ticket, told)
        values = {"number": ticket.number, "date": day.isoformat(), "window": window or "any"}
        return Answer((Say("utter_visit_moved", values),))


class CancelTicketForm(FormRules):
    """Asks once whether the repair is really no longer wanted."""

    name = "cancel_ticket"
    own_labels = frozenset({"cancel_ticket"})

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take nothing: only a yes counts."""
        return {"confirmed": True} if form.asking and message.label == "cancel_ticket" else {}

    def next_question(self, form: Form) -> str | None:
        """Ask for the confirmation."""
        return None if form.details.get("confirmed") else "confirm"

    def question(self, form: Form, message: Message) -> Say:
        """Ask whether the repair is to be cancelled."""
        return say("utter_cancel_ticket_confirm", number=form.details["number"])

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Cancel the repair."""
        ticket = cancel_ticket(session, message.origin, find_ticket(session, form.details["ticket_id"]))
        return Answer((Say("utter_ticket_cancelled", {"number": ticket.number}, choices=("report_fault",)),))

    def cancelled(self, form: Form) -> Say:
        """Say that the repair stays."""
        return say("utter_ticket_kept", number=form.details["number"])
