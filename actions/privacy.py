"""The customer's own data: what is held, a copy, deletion, and what becomes of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.engine import start
from actions.forms.verbs import POLICY, verb_of
from actions.talk import Answer, Form, Message, State


class ActionManageMyData(DeskAction):
    """The customer asks about their data, or wants something done with it."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_manage_my_data"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Begin with what is wanted; a question that names nothing is answered with what becomes of data."""
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("my_data", {"verb": verb_of(message) or POLICY}, under=under))
