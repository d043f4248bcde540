"""The warranty form: whether the customer's own product is still covered, by its serial number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.forms.rules import FormRules
from actions.talk import Answer, Form, Message, Say, say
from bot.support.company import the_company
from bot.support.warranty import COVERED, EXPIRED, check_warranty


class WarrantyForm(FormRules):
    """Asks for the serial number on the plate."""

    name = "warranty"
    optional = frozenset({"serial_number"})
    own_labels = frozenset({"check_warranty"})
    entities: ClassVar[Mapping[str, str]] = {"serial_number": "serial_number", "product": "product"}

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take the serial number and the kind of product."""
        found = {detail: message.find(entity) for detail, entity in self.entities.items()}
        return {detail: entity.value for detail, entity in found.items() if entity and entity.value}

    def next_question(self, form: Form) -> str | None:
        """Ask for the serial number."""
        return None if form.knows("serial_number") else "serial_number"

    def question(self, form: Form, message: Message) -> Say:
        """Ask for the serial number and say where it stands."""
        return say("utter_ask_serial_number")

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Say until when it is covered, or what proof would settle it."""
        company = the_company()
        told = form.details
        warranty = check_warranty(
            session,
            company,
            serial_number=told.get("serial_number"),
            product=told.get("product"),
            today=company.today(message.now),
        )
        if warranty.state not in (COVERED, EXPIRED) or warranty.until is None:
            months = company.warranty_months(told.get("product"))
            return Answer((Say("utter_warranty_unknown", {"months": months}, choices=("report_fault", "person")),))
        values = {"product": warranty.product or "appliance", "date": warranty.until.isoformat()}
        values["year"] = str(warranty.until.year)
        return Answer((Say(f"utter_warranty_{warranty.state}", values, choices=("report_fault",)),))
