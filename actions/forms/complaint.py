"""The complaint form: what happened and what would make it good, kept from the first word on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from actions.forms.grievance import (
    category_of,
    says_what_happened,
    says_what_is_wanted,
    signs_of,
)
from actions.forms.rules import FormRules
from actions.talk import Answer, Form, Message, Say, say
from bot.support.company import the_company
from bot.support.complaint_rules import ANSWERED
from bot.support.complaints import (
    Complaint,
    add_to_complaint,
    confirm_settled,
    file_complaint,
    live_complaint,
    withdraw,
)
from bot.support.customers import customer_id_of, customer_of
from bot.support.handoff import BOT, ask_for_person, holder_of
from bot.support.identity import proven_tickets
from bot.support.tickets import open_tickets

GRAVE = 2  # a severity at or above which a person takes over without being asked for


class ComplaintForm(FormRules):
    """Files the complaint at once, and adds to it what the customer is willing to tell."""

    name = "complaint"
    optional = frozenset({"happened", "wanted"})
    open_ended = optional
    own_labels = frozenset(
        {"complain", "fault_returned", "report_fault", "give_feedback", "rate_service", "check_ticket", "check_order"}
        | {"add_to_ticket", "cancel_ticket", "faq/returns"}
    )

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take the words that began it; a no that says more than no is an answer too."""
        if form.asking is None:
            return {"begun": message.text}
        return {form.asking: message.text} if message.label == "deny" and says_what_happened(message) else {}

    def read_freely(self, form: Form, message: Message) -> dict[str, Any]:
        """Take the whole message as the answer."""
        return {str(form.asking): message.text} if message.text.strip() else {}

    def on_told(
        self, session: Session, form: Form, message: Message, told: Mapping[str, Any]
    ) -> tuple[Form, tuple[Say, ...]]:
        """File the complaint or add to it, and get a person where it is grave."""
        if "begun" in told:
            complaint = _file(session, message)
            known = {"happened": says_what_happened(message), "wanted": says_what_is_wanted(message)}
            form = form.told(**{name: message.text for name, is_told in known.items() if is_told})
        elif told:
            complaint = add_words(session, message, happened=told.get("happened"), wanted=told.get("wanted"))
        else:
            return form, ()
        return form, person_for(session, message, complaint)

    def next_question(self, form: Form) -> str | None:
        """Ask what happened, then what would make it good."""
        return next((detail for detail in ("happened", "wanted") if not form.knows(detail)), None)

    def question(self, form: Form, message: Message) -> Say:
        """Ask in plain words; both may be skipped."""
        return Say(f"utter_ask_{form.asking}", choices=("skip",))

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Say by when it is answered, and offer a person."""
        complaint = live_complaint(session, message.origin.conversation_id)
        return Answer((noted(session, "utter_complaint_noted", complaint),)) if complaint else Answer(())

    def cancelled(self, form: Form) -> Say:
        """Say that the complaint stays, without more questions."""
        return say("utter_complaint_kept")


class SettledForm(FormRules):
    """Asks whether a complaint that nobody has answered yet is really over."""

    name = "settled"

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take nothing: only a yes counts."""
        return {}

    def next_question(self, form: Form) -> str | None:
        """Ask for the confirmation."""
        return None if form.details.get("confirmed") else "confirm"

    def question(self, form: Form, message: Message) -> Say:
        """Ask whether the complaint may be closed."""
        return say("utter_ask_settled")

    def why(self, form: Form) -> Say:
        """Say why it is asked."""
        return say("utter_why_settled")

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Close the complaint, because the customer says so."""
        complaint = live_complaint(session, message.origin.conversation_id)
        if complaint:
            close_complaint(session, message, complaint)
        return Answer((say("utter_complaint_settled"),))

    def cancelled(self, form: Form) -> Say:
        """Say that the complaint stays."""
        return say("utter_complaint_kept")


def add_words(
    session: Session, message: Message, *, happened: str | None = None, wanted: str | None = None
) -> Complaint:
    """Add what a customer says to the complaint of the conversation; file one when there is none any more."""
    complaint = live_complaint(session, message.origin.conversation_id)
    if complaint is None:
        return _file(session, message)
    return add_to_complaint(
        session,
        message.origin,
        complaint,
        words=message.text,
        happened=happened,
        happened_characters=_reading(message) if happened else None,
        wanted=wanted,
        signs=signs_of(message),
    )


def person_for(session: Session, message: Message, complaint: Complaint) -> tuple[Say, ...]:
    """Mark the conversation as waiting for a person where a complaint is grave or its words are; say so once."""
    is_grave = complaint.severity <= GRAVE or signs_of(message).strong_anger
    if not is_grave or not ask_for_person(session, message.origin, cause="complaint"):
        return ()
    company = the_company()
    key = "utter_complaint_person" if company.is_open(message.now) else "utter_complaint_person_closed"
    return (say(key, company_phone=company.facts["contact"]["phone"]),)


def noted(session: Session, key: str, complaint: Complaint) -> Say:
    """Say by when a complaint is answered, and offer a person unless one has been called."""
    due = complaint.due_at.astimezone(the_company().zone)
    values = {"date": due.date().isoformat(), "clock": f"{due:%H:%M}"}
    if holder_of(session, complaint.conversation_id) != BOT:
        return Say(f"{key}_waiting", values)
    return Say(key, values, choices=("person", "no"))


def close_complaint(session: Session, message: Message, complaint: Complaint) -> None:
    """End a complaint by the customer's word: one that was answered is settled, any other is taken back."""
    end = confirm_settled if complaint.state == ANSWERED else withdraw
    end(session, message.origin, complaint)


def _file(session: Session, message: Message) -> Complaint:
    known = proven_tickets(session, message.origin.conversation_id)
    customer = customer_id_of(session, message.origin.conversation_id)
    return file_complaint(
        session,
        message.origin,
        happened=message.text,
        happened_characters=_reading(message),
        wanted=message.text if says_what_is_wanted(message) else None,
        category=category_of(message),
        signs=signs_of(message, key_account=bool(customer) and customer_of(session, str(customer)).key_account),
        ticket=next(iter((*open_tickets(known), *known)), None),
    )


def _reading(message: Message) -> str | None:
    return message.characters if message.characters != message.text else None
