"""Repair tickets in chat: a new one, how one stands, and what a customer wants of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.dangers import dangers
from actions.desk import DeskAction
from actions.forms.engine import start
from actions.forms.repair import RepairForm
from actions.forms.ticket import wanted_of
from actions.forms.ticket_acts import ADD, CANCEL, RESCHEDULE, RETURNED, STATUS
from actions.forms.words import rules_out_day
from actions.signs import shows
from actions.talk import Answer, Entity, Form, Message, Say, State, say
from bot.support.appointments import visit_of
from bot.support.identity import proven_tickets
from bot.support.tickets import Ticket, open_tickets

_SURE = 0.5
_ONE_RATING = re.compile(r"[^\d]*([1-5])[^\d]*")
_AFTER_RATING = ("utter_rating_", "utter_words_", "utter_feedback_done")
_MOSTLY = 0.4  # of a message: the rest is "then", 不如, "would suit me better"


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


class OnTicket(DeskAction):
    """An action on a repair that is there: the conversation's own, or one that is proven first."""

    wanted: ClassVar[str]

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Do what is wanted, or ask which repair is meant."""
        return on_ticket(session, message, state, self.wanted)


class ActionCheckTicket(DeskAction):
    """Tells how a repair stands, and writes it down when the customer presses for it."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_check_ticket"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Show the conversation's own tickets; ask for proof for any other."""
        return on_ticket(session, message, state, wanted_of(message) or STATUS)


class ActionAddToTicket(OnTicket):
    """Adds what the customer says to the ticket; what breaks where no ticket is known is a new repair."""

    wanted = ADD

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Add a note; a fault told by somebody without a ticket starts a repair, and may still belong to another."""
        tells_fault = message.find("fault") or message.find("product")
        known = message.find("ticket_number") or proven_tickets(session, message.origin.conversation_id)
        if state.form or known or not tells_fault:
            return super().answer(session, message, state)
        answer = ActionReportFault().answer(session, message, state)
        if answer.form is None or answer.form.details.get("safety"):
            return answer
        return replace(answer, says=(*answer.says[:-1], say("utter_or_number"), answer.says[-1]))

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_add_to_ticket"


class ActionRescheduleVisit(OnTicket):
    """Moves the visit to another day."""

    wanted = RESCHEDULE

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_reschedule_visit"


class ActionCancelTicket(OnTicket):
    """Cancels the repair, after asking once."""

    wanted = CANCEL

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_cancel_ticket"


class ActionFaultReturned(DeskAction):
    """A repair that did not hold: apology first, then the same repair again, or a new one linked to it."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_fault_returned"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Reopen or renew the repair; where somebody may be in danger nothing is asked first."""
        if dangers(message):
            return ActionReportFault().answer(session, message, state)
        answer = on_ticket(session, message, state, RETURNED)
        return replace(answer, says=(say("utter_sorry_returned"), *answer.says))


class ActionInform(DeskAction):
    """A bare detail that nobody asked for: it belongs to the open ticket, or starts a repair."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_inform"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Start a repair from a product or a fault, look up a number, or ask what it is about."""
        if message.find("ticket_number"):
            return on_ticket(session, message, state, STATUS)
        if open_tickets(proven_tickets(session, message.origin.conversation_id)):
            return on_ticket(session, message, state, ADD)
        if message.find("fault") or message.find("product"):
            return ActionReportFault().answer(session, message, state)
        return Answer((Say("utter_inform_nothing", choices=("report_fault", "check_ticket", "person")),), state.form)


class ActionCorrectDetail(ActionInform):
    """A correction when nothing is open: it goes to the ticket as a note that the desk sees."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_correct_detail"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Change the rating that was just given, or do with the detail what is done with any."""
        rating = _ONE_RATING.fullmatch(message.text)
        if rating and any(line.key.startswith(_AFTER_RATING) for line in state.last):
            meant = replace(message, entities=(Entity("rating", rating[1], rating[1]),), text=rating[1])
            return start(session, meant, Form("feedback", {"asked": True}, skipped=("words",)))
        return super().answer(session, message, state)


def on_ticket(session: Session, message: Message, state: State, wanted: str, **details: Any) -> Answer:
    """Open the ticket form for what is wanted, above the form that is open."""
    under = (*state.form.under, state.form) if state.form else ()
    answer = start(session, message, Form("ticket", {"wanted": wanted, **details}, under=under))
    return replace(answer, asks=True)


def moves_visit(session: Session, message: Message, state: State) -> Answer | None:
    """Move the visit of an open repair to the day or time that is nearly all a message says: "Friday afternoon then"."""
    if state.form or not (message.find("date") or message.find("time")):
        return None
    mine = open_tickets(proven_tickets(session, message.origin.conversation_id))
    if not mine:
        return None
    if rules_out_day(message):
        return on_ticket(session, message, state, RESCHEDULE) if _names_visit(session, message, mine) else None
    if not _is_a_day(message) or shows(message, "since"):
        return None
    told = RepairForm().read(session, Form("repair"), message)
    if not told.keys() & {"date", "window"}:
        return None
    return on_ticket(session, message, state, RESCHEDULE, same_day="date" not in told)


def _names_visit(session: Session, message: Message, mine: Sequence[Ticket]) -> bool:
    """Tell whether a message names the day of a visit that was arranged: "Friday doesn't work after all"."""
    day = message.find("date")
    visits = (visit_of(session, ticket.id) for ticket in mine)
    return day is not None and day.value in {visit.day.isoformat() for visit in visits if visit}


def _is_a_day(message: Message) -> bool:
    """Tell whether a message is about a day or a time and nothing else."""
    if any(entity.name not in ("date", "time") for entity in message.entities) or message.label.startswith("faq/"):
        return False
    share = sum(len(entity.text) for entity in message.entities) / max(1, len(message.text.strip()))
    is_detail = message.label in ("inform", "correct_detail") and message.confidence >= _SURE
    return bool(message.entities) and (is_detail or share >= _MOSTLY)


def of_known_number(session: Session, message: Message, state: State) -> Answer | None:
    """Take what a repair form has heard to the repair whose number the customer gives instead."""
    form = state.form
    if form is None or form.name != "repair" or form.details.get("safety") or not message.find("ticket_number"):
        return None
    below = replace(state, form=replace(form.under[-1], under=form.under[:-1]) if form.under else None)
    return on_ticket(session, message, below, ADD, words=form.details.get("words") or message.text)
