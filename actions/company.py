"""Questions that the company's own facts answer."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.complaints import wish_of_complaint
from actions.desk import DeskAction
from actions.facts import Question, facts_about
from actions.forms.engine import start
from actions.forms.order import order_status
from actions.talk import Answer, Form, Message, State
from actions.tickets import ActionReportFault
from bot.support.company import the_company
from bot.support.orders import proven_orders

_SURE = 0.5


class ActionAnswerFaq(DeskAction):
    """Answers one of the questions that everybody asks, with today's facts."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_answer_faq"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Look the facts up and say them; an open form goes on afterwards."""
        topic = message.label.removeprefix("faq/")
        wish = wish_of_complaint(session, message, state) if topic == "returns" else None
        if wish:
            return wish
        return Answer((facts_about(topic, Question(session, the_company(), message, state.form)),), state.form)


class ActionCheckWarranty(DeskAction):
    """Tells whether the customer's own product is still under warranty."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_check_warranty"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Ask for the serial number, or answer with the date; a fault, less than surely a question, is to be repaired."""
        if message.find("fault") and message.confidence < _SURE:
            return ActionReportFault().answer(session, message, state)
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("warranty", under=under))


class ActionCheckOrder(DeskAction):
    """Tells where an order is."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_check_order"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Show what the conversation has proven; ask for proof otherwise."""
        proven = proven_orders(session, message.origin.conversation_id)
        if proven and not message.find("order_number"):
            return Answer((order_status(proven[0]),), state.form)
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("order", under=under))
