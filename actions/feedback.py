"""Ratings, praise and suggestions."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.engine import start
from actions.talk import Answer, Form, Message, State


class ActionRateService(DeskAction):
    """Records a rating, and asks for words."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_rate_service"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Take the rating from the message; ask for it where only a verdict was given."""
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("feedback", {"asked": True}, under=under))


class ActionGiveFeedback(DeskAction):
    """Records praise or a suggestion in the customer's words."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_give_feedback"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Record the words and thank for them."""
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("feedback", under=under))
