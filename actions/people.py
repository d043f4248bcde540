"""Reaching a person: now, by telephone, or about something the assistant does not decide."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.engine import start
from actions.talk import Answer, Form, Message, Say, State
from actions.tickets import ActionReportFault
from bot.support.company import the_company
from bot.support.handoff import ask_for_person


class ForAPerson(DeskAction):
    """Marks the conversation as waiting for a person, with its cause, and says what happens next."""

    cause: ClassVar[str]
    key: ClassVar[str]

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Mark and say; what was under way stays open."""
        ask_for_person(session, message.origin, cause=self.cause)
        open_now = the_company().is_open(message.now)
        values = {"company_phone": the_company().facts["contact"]["phone"]}
        return Answer((Say(self.key if open_now else f"{self.key}_closed", values),), state.form)


class ActionRequestHuman(ForAPerson):
    """The customer wants a person."""

    cause, key = "asked for", "utter_person"

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_request_human"


class ActionRequestCallback(DeskAction):
    """The customer wants to be phoned."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_request_callback"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Ask for the number, or record what the message tells; who names a fault wants it repaired."""
        if message.find("fault"):
            return ActionReportFault().answer(session, message, state)
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("callback", under=under))
