"""Proof that a record is the customer's own: its number together with the last four digits of its phone."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.forms.rules import FormRules
from actions.talk import Answer, Entity, Form, Message, Say, say
from bot.support.identity import TooManyTries
from bot.support.ticket_numbers import BadTicketNumber, read_ticket_number

_FOUR_DIGITS = re.compile(r"(?<!\d)(\d{4})(?!\d)")


class ProofForm(FormRules):
    """Asks for a number and the digits that prove it, then shows the record; nothing else tells that it exists."""

    number_entity: ClassVar[str]
    ask_number: ClassVar[str]
    not_found: ClassVar[str]

    @abstractmethod
    def canonical(self, written: str) -> str | None:
        """Give the number as records hold it; None for what cannot be one."""

    @abstractmethod
    def prove(self, session: Session, form: Form, message: Message) -> Answer | None:
        """Answer about the record; None when number and digits do not fit. Raises TooManyTries."""

    def after_failure(self, form: Form) -> tuple[str | Mapping[str, Any], ...]:
        """Give the choices after number and digits that do not fit."""
        return ("person",)

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take the number, and four digits or a whole phone number."""
        told: dict[str, Any] = {}
        number = message.find(self.number_entity)
        canonical = self.canonical(number.value) if number and number.value else None
        if canonical:
            told["number"] = canonical
        digits = last_four_of(message, number)
        if digits:
            told["last_four"] = digits
        return told

    def refusal(self, form: Form, message: Message) -> Say | None:
        """Refuse a number that cannot be one."""
        number = message.find(self.number_entity)
        wrong = number and number.value and self.canonical(number.value) is None
        return say("utter_invalid_number") if wrong else None

    def next_question(self, form: Form) -> str | None:
        """Ask for the number first, then for the digits that prove it."""
        return next((detail for detail in ("number", "last_four") if not form.knows(detail)), None)

    def question(self, form: Form, message: Message) -> Say:
        """Ask for the number or the digits."""
        return say(self.ask_number if form.asking == "number" else "utter_ask_last_four")

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Show the record, or say that number and digits do not fit, and no more than that."""
        try:
            proven = self.prove(session, form, message)
        except TooManyTries:
            return Answer((Say("utter_too_many_tries", choices=("person",)),))
        return proven or Answer((Say(self.not_found, choices=self.after_failure(form)),))


def last_four_of(message: Message, number: Entity | None) -> str | None:
    """Give the last four digits of a phone that a message tells beside a record's number, whole or by themselves."""
    phone = message.find("phone")
    if phone and phone.value:
        return phone.value[-4:]
    digits = _FOUR_DIGITS.search(message.text.replace(number.text, " ") if number else message.text)
    return digits[1] if digits else None


def canonical_ticket(written: str) -> str | None:
    """Give a ticket number in its canonical form; None when its check character does not fit."""
    try:
        return read_ticket_number(written)
    except BadTicketNumber:
        return None


def entities_of(number_entity: str) -> Mapping[str, str]:
    """Give the one detail of these forms that an entity fills."""
    return {"number": number_entity}
