"""Hello, thanks and goodbye."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.engine import start
from actions.talk import Answer, Form, Message, Say, State, say
from actions.tickets import ActionReportFault
from bot.support.feedback import latest_feedback
from bot.support.tickets import tickets_of_conversation

_REPORTS = frozenset({"report_fault", "fault_returned"})
WHAT_NEXT = ("report_fault", "check_ticket", "person")


class ActionGreet(DeskAction):
    """Says hello, and what can be done here."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_greet"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Greet shortly in the middle of something, with the choices otherwise; a greeting may lead to the trouble."""
        if state.form:
            return Answer((say("utter_greet_again"),), state.form)
        if _tells_of_a_fault(message):
            return ActionReportFault().answer(session, message, state)
        key = "utter_greet" if message.knows_language else "utter_greet_stranger"
        return Answer((Say(key, choices=WHAT_NEXT),))


class ActionThank(DeskAction):
    """Takes thanks. It changes nothing else."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_thank"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Say that it was a pleasure; ask once how it went when something was done."""
        return _ask_how_it_went(session, message, state, say("utter_thank"))


class ActionGoodbye(DeskAction):
    """Takes leave. What was told so far is kept."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_goodbye"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Say goodbye; an open form waits for the customer's return."""
        if state.form:
            return Answer((say("utter_goodbye_unfinished"),), state.form, asks=True)
        return _ask_how_it_went(session, message, state, say("utter_goodbye"))


def _tells_of_a_fault(message: Message) -> bool:
    """Tell whether what greets goes on to what is broken: "nei ho, ngo bou saigei lau seoi"."""
    is_likely = message.find("product") is not None or _REPORTS.intersection(message.ranking[:3])
    return message.find("fault") is not None and bool(is_likely)


def _ask_how_it_went(session: Session, message: Message, state: State, first: Say) -> Answer:
    """Ask for a rating at the end of a conversation that led to a ticket, unless one was given."""
    done = tickets_of_conversation(session, message.origin.conversation_id)
    just_asked = any(said.key == "utter_ask_rating" for said in state.last)
    if state.form or just_asked or not done or latest_feedback(session, message.origin):
        return Answer((first,), state.form)
    asked = start(session, message, Form("feedback", {"asked": True, "offered": True}))
    return Answer((first, *asked.says), asked.form, asks=True)
