"""Complaints in chat: apology first, a record at once, and an end only by the customer's word."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.complaint import add_words, close_complaint, noted, person_for
from actions.forms.engine import start
from actions.forms.grievance import says_it_is_settled, says_what_is_wanted
from actions.forms.words import is_question
from actions.talk import Answer, Form, Message, State, say
from bot.support.complaint_rules import ANSWERED
from bot.support.complaints import live_complaint


class ActionComplain(DeskAction):
    """The customer is dissatisfied: apology first, then what happened and what would make it good."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_complain"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """File a complaint, or add to the one that the conversation has."""
        if live_complaint(session, message.origin.conversation_id):
            complaint = add_words(session, message, happened=message.text)
            person = person_for(session, message, complaint)
            return Answer((*person, noted(session, "utter_complaint_added", complaint)), state.form)
        under = (*state.form.under, state.form) if state.form else ()
        answer = start(session, message, Form("complaint", under=under))
        return replace(answer, says=(say("utter_sorry_complaint"), *answer.says), asks=True)


def wish_of_complaint(session: Session, message: Message, state: State) -> Answer | None:
    """Add to the open complaint what would make it good: "I want a refund" is then no question about returns."""
    if not says_what_is_wanted(message) or is_question(message):
        return None
    complaint = live_complaint(session, message.origin.conversation_id)
    if complaint is None:
        return None
    complaint = add_words(session, message, wanted=message.text)
    return Answer((noted(session, "utter_complaint_added", complaint),), state.form)


def settled(session: Session, message: Message, state: State) -> Answer | None:
    """Answer a customer who says that their complaint is settled; None for any other message."""
    if not says_it_is_settled(message) or (state.form and state.form.name == "settled"):
        return None
    complaint = live_complaint(session, message.origin.conversation_id)
    if complaint is None:
        return None
    if complaint.state == ANSWERED:
        close_complaint(session, message, complaint)
        return Answer((say("utter_complaint_settled"),), state.form)
    held = (*state.form.under, state.form) if state.form else ()
    if held and held[-1].name == "complaint":
        held = held[:-1]  # nothing more needs to be asked about it
    return start(session, message, Form("settled", under=held))
