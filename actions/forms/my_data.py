"""The form about one's own data: what is held, a copy of it, its deletion, after proof of who is asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from actions.forms.proof import canonical_ticket, last_four_of
from actions.forms.rules import FormRules
from actions.forms.verbs import COPY, DELETE, POLICY, WITHDRAW, verb_of
from actions.signs import shows
from actions.talk import Answer, Form, Message, Say, say
from bot.settings import read_settings
from bot.support.company import the_company
from bot.support.consents import PURPOSES, record_consent
from bot.support.copies import copy_code
from bot.support.identity import TooManyTries, person_is_proven, prove_person, prove_ticket
from bot.support.privacy import erase, what_we_hold

_COUNTED = ("tickets", "feedback", "complaints", "callbacks", "messages", "photos")


class MyDataForm(FormRules):
    """Answers what becomes of data at once; shows, copies and deletes only for the person it belongs to."""

    name = "my_data"
    optional = frozenset({"number"})
    own_labels = frozenset({"manage_my_data"})

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take what is wanted, a ticket's number, and the digits that prove it."""
        told: dict[str, Any] = {}
        verb = verb_of(message) if message.label == "manage_my_data" else None
        if form.asking == "confirm" and verb == form.details["verb"]:
            told["confirmed"] = True  # "yes, delete everything"
        elif verb:
            told["verb"] = verb
        number = message.find("ticket_number")
        canonical = canonical_ticket(number.value) if number and number.value else None
        if canonical:
            told["number"] = canonical
        elif form.asking == "number" and not number and not message.find("fault") and shows(message, "no_repairs"):
            told["number"] = None  # "never had anything repaired here"
        digits = last_four_of(message, number)
        if digits and (form.asking == "last_four" or canonical):
            told["last_four"] = digits
        return told

    def refusal(self, form: Form, message: Message) -> Say | None:
        """Refuse a number that cannot be one."""
        number = message.find("ticket_number")
        wrong = number and number.value and canonical_ticket(number.value) is None
        return say("utter_invalid_number") if wrong else None

    def on_told(
        self, session: Session, form: Form, message: Message, told: Mapping[str, Any]
    ) -> tuple[Form, tuple[Say, ...]]:
        """Hold the digits against the records, and look up what an erasure would end."""
        if "last_four" in form.details:
            digits = form.details["last_four"]
            form = form.without("last_four")
            try:
                if not _prove(session, message, form.details.get("number"), digits):
                    wrong = say("utter_no_such_ticket" if form.details.get("number") else "utter_wrong_last_four")
                    return form.without("number"), (wrong,)
            except TooManyTries:
                return form.told(stuck=True), ()
        if "verb" in form.details:
            form = form.told(proven=person_is_proven(session, message.origin))
        if form.details.get("verb") == DELETE:
            form = form.told(ends=", ".join(what_we_hold(session, message.origin).open_tickets))
            if form.details.get("confirmed"):
                form = replace(form, under=())  # what was under way is deleted with the rest
        return form, ()

    def next_question(self, form: Form) -> str | None:
        """Ask what is wanted, then for proof; nothing is deleted without a yes."""
        known = form.details
        if "verb" not in known:
            return "verb"
        if known["verb"] in (POLICY, WITHDRAW) or known.get("stuck"):
            return None
        if known["proven"] is None and not form.knows("number"):
            return "number"
        if known["proven"] is False or (known["proven"] is None and known.get("number")):
            return "last_four"
        return "confirm" if known["verb"] == DELETE and not known.get("confirmed") else None

    def question(self, form: Form, message: Message) -> Say:
        """Ask what is wanted, for the proof, or whether it is meant."""
        if form.asking == "confirm":
            ends = form.details["ends"]
            return say("utter_data_confirm_ending", numbers=ends) if ends else say("utter_data_confirm")
        if form.asking == "last_four":
            return say("utter_ask_last_four" if form.details.get("number") else "utter_ask_own_last_four")
        return say({"verb": "utter_ask_data_verb", "number": "utter_ask_data_number"}[str(form.asking)])

    def why(self, form: Form) -> Say:
        """Say why a yes is wanted before anything is deleted."""
        return say("utter_why_delete") if form.asking == "confirm" else super().why(form)

    def cancelled(self, form: Form) -> Say:
        """Say that everything stays."""
        return say("utter_data_kept") if form.details.get("verb") == DELETE else super().cancelled(form)

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Do what was wanted."""
        verb = form.details["verb"]
        if form.details.get("stuck"):
            return Answer((Say("utter_too_many_tries", choices=("person",)),))
        if verb == POLICY:
            kept = the_company().facts["retention"]
            return Answer((say("utter_data_policy", days=kept["dialogue_days"], months=kept["record_days"] // 30),))
        if verb == WITHDRAW:
            for purpose in PURPOSES:
                record_consent(session, message.origin, purpose=purpose, given=False)
            return Answer((say("utter_consent_withdrawn"),))
        if verb == DELETE:
            return Answer(_erased(session, message))
        if verb == COPY:
            settings = read_settings()
            code = copy_code(settings.token_secret, message.origin.conversation_id, message.now)
            return Answer((say("utter_data_copy", link=f"{settings.public_url}/copies/{code}"),))
        held = what_we_hold(session, message.origin)
        counted = {f"count_{name}": held.rows.get(name, 0) for name in _COUNTED}
        return Answer((Say("utter_data_held", counted),))


def _erased(session: Session, message: Message) -> tuple[Say, ...]:
    receipt = erase(session, message.origin)
    done = say("utter_data_deleted", receipt=receipt.number, count=sum(receipt.rows.values()))
    if not receipt.kept_orders:
        return (done,)
    return done, say("utter_data_order_kept", numbers=", ".join(receipt.kept_orders))


def _prove(session: Session, message: Message, number: str | None, digits: str) -> bool:
    if number:
        return prove_ticket(session, message.origin, number, digits) is not None
    return prove_person(session, message.origin, digits)
