"""The callback form: which number to phone, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.forms.rules import FormRules
from actions.forms.speaking import is_day, spoken_phone
from actions.talk import Answer, Form, Message, Say, say
from bot.support.callbacks import WishInThePast, request_callback
from bot.support.company import the_company


class CallbackForm(FormRules):
    """Asks for the number; a wish about the time is taken when it is told."""

    name = "callback"
    own_labels = frozenset({"request_callback"})
    entities: ClassVar[Mapping[str, str]] = {"phone": "phone", "date": "date", "window": "time", "name": "name"}

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take the number, a day, a time and a name."""
        found = {detail: message.find(entity) for detail, entity in self.entities.items()}
        told = {detail: entity.value or entity.text for detail, entity in found.items() if entity}
        if "date" in told and not is_day(told["date"]):
            del told["date"]
        return told

    def refusal(self, form: Form, message: Message) -> Say | None:
        """Refuse an impossible number."""
        refused = message.refusal("phone") and not message.find("phone")
        return say("utter_invalid_phone") if refused else None

    def next_question(self, form: Form) -> str | None:
        """Ask for the number."""
        return None if form.knows("phone") else "phone"

    def question(self, form: Form, message: Message) -> Say:
        """Ask for the number, and when it suits."""
        return say("utter_ask_callback_phone")

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Record the callback and say by when somebody phones."""
        told = form.details
        day, at = (date.fromisoformat(told["date"]) if "date" in told else None), told.get("window")
        reason, name = "asked for in the chat", told.get("name")
        key = "utter_callback_wished" if day or at else "utter_callback_noted"  # a wish is due when it begins
        try:
            callback = request_callback(
                session, message.origin, phone=told["phone"], reason=reason, name=name, day=day, at=at
            )
        except WishInThePast:
            key = "utter_callback_noted"
            callback = request_callback(session, message.origin, phone=told["phone"], reason=reason, name=name)
        due = callback.due_at.astimezone(the_company().zone)
        values = {"phone": spoken_phone(told["phone"]), "date": due.date().isoformat(), "clock": f"{due:%H:%M}"}
        return Answer((Say(key, values),))
