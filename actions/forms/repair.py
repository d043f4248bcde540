"""The repair form: what the engineer must know before a visit, from the customer's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.dangers import dangers, is_denied
from actions.forms.booking import ask_date, ask_window, book_visit, check_wish, is_over
from actions.forms.rules import FormRules
from actions.forms.speaking import NOT_GIVEN, is_day, spoken_phone
from actions.forms.words import is_part_of_place, is_question, looks_like_place, rules_out_day, skips, takes_back
from actions.talk import Answer, Form, Message, Say, say
from bot.support.company import the_company
from bot.support.places import district_in, most_exact
from bot.support.tickets import (
    SAFETY_FAULTS,
    RepairRequest,
    Ticket,
    add_note,
    change_details,
    open_ticket,
    ticket_of_number,
)

_ORDER = ("product", "fault", "phone", "name", "address", "date", "window")
_ABOUT_THE_DAY = ("date", "window", "confirm", "which")  # otherwise a day gone by is the day it broke
_SAFETY_ORDER = ("phone", "address")
_LONGEST_NAME = 40
_SHORTEST_ADDRESS = 4
_WISHES = frozenset(
    {"switch_language", "request_human", "request_callback", "repeat", "help", "bot_challenge", "goodbye"}
)
_SURELY_A_NOTE = 0.6  # "the gate code is 1234"; an address has digits as well
_SURELY_A_WISH = 0.6  # names are short, and the label of a short message is often a guess
_A_PHONE = "mobile_phone"  # what is called, and what may be broken


class RepairForm(FormRules):
    """Leads to a confirmed repair ticket; a safety case gets its ticket at once and its details afterwards."""

    name = "repair"
    optional = frozenset({"name", "date", "window"})
    own_labels = frozenset({"report_fault", "fault_returned", "add_to_ticket", "reschedule_visit"})
    entities: ClassVar[Mapping[str, str]] = {
        "product": "product",
        "fault": "fault",
        "phone": "phone",
        "name": "name",
        "address": "address",
        "date": "date",
        "window": "time",
        "model": "model",
        "serial_number": "serial_number",
    }

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take every detail the message tells, whatever was asked."""
        told: dict[str, Any] = {}
        for detail, entity_name in self.entities.items():
            entity = message.find(entity_name)
            if entity:
                told[detail] = entity.text if detail in ("name", "address") else entity.value
        corrected = _address_put_right(message)
        if corrected:
            told["address"] = corrected
        if form.asking == "name" and told.get("name") == message.text.strip() and _is_no_name(message):
            del told["name"]
        if form.asking == "phone" and told.get("product") == _A_PHONE and form.details.get("product"):
            del told["product"]  # "that's the house phone, I haven't got a mobile"
        if told.get("date") and (not is_day(told["date"]) or rules_out_day(message)):
            del told["date"]  # a week does not say when the engineer should come, nor does "not on Friday"
        day = told.get("date") if form.asking not in _ABOUT_THE_DAY else None
        if day and is_over(date.fromisoformat(day), told.get("window"), message):
            told = {name: value for name, value in told.items() if name not in ("date", "window")}
        if "fault" in told:
            told["fault"] = _fault_of(message)
            if told["fault"] is None:
                del told["fault"]
        if told.get("fault") == "other" and "fault" in form.details:
            del told["fault"]
        named = [entity.value for entity in message.entities if entity.name == "district" and entity.value]
        is_whole = not corrected and _is_nothing_but_a_place(told, message.text)
        if form.asking == "address" and (told or named) and is_whole:
            told["address"] = message.text.strip()  # what stands around the street belongs to it as well
        known, unit = form.details.get("address"), told.get("address", message.text.strip())
        if known and is_part_of_place(unit) and unit not in known:
            told["address"] = f"{known}, {unit}" if unit.isascii() else known + unit
        district = most_exact(named) or district_in(told.get("address") or "")
        if district is None and "address" in told:
            district = district_in(message.characters)  # romanized: "wong gok nei dun dou 8 hou"
        if district or ("address" in told and "address" in form.details):
            told["district"] = district  # another address does not keep the district of the one before
        answers = form.asking in told  # "I'm back: 9123 4567" is about no repair that came back
        if message.label == "fault_returned" and form.asking and "fault" in self.entities and not answers:
            told["returned"] = True
        return told

    def read_freely(self, form: Form, message: Message) -> dict[str, Any]:
        """Take a whole message as a name, an address or a description of the fault."""
        text = message.text.strip()
        if message.label == "add_to_ticket" and message.confidence >= _SURELY_A_NOTE and form.asking != "fault":
            return {"note": text}
        if form.asking == "fault":
            return {"fault": "other"}
        if is_question(message):
            return {}
        if form.asking == "address" and len(text) >= _SHORTEST_ADDRESS and looks_like_place(message):
            return {"address": text}
        if form.asking == "name" and len(text) <= _LONGEST_NAME and not any(map(str.isdigit, text)):
            return {"name": text}
        return {}

    def refusal(self, form: Form, message: Message) -> Say | None:
        """Refuse an impossible phone or day."""
        for detail in ("phone", "date"):
            if message.refusal(detail) and not message.find(detail):
                return say(f"utter_invalid_{detail}")
        if form.asking in _ABOUT_THE_DAY and message.find("date") and rules_out_day(message):
            return say("utter_another_day")
        return None

    def next_question(self, form: Form) -> str | None:
        """Ask for what is missing, in the order an engineer would; then read everything back."""
        order = _SAFETY_ORDER if form.details.get("safety") else _ORDER
        for detail in order:
            if not form.knows(detail) and not (detail == "window" and "date" in form.skipped):
                return detail
        return None if form.details.get("safety") or form.details.get("confirmed") else "confirm"

    def question(self, form: Form, message: Message) -> Say:
        """Ask for a detail, read all of them back, or ask which one is wrong."""
        if form.asking == "confirm":
            return Say("utter_repair_confirm", _read_back(form))
        if form.asking in ("date", "window"):
            skip = ("skip",) if form.asking in self.optional else ()
            return ask_date(form, message, *skip) if form.asking == "date" else ask_window(form, *skip)
        return Say(f"utter_ask_{form.asking}", {"product": form.details["product"]} if form.asking == "fault" else {})

    def on_told(
        self, session: Session, form: Form, message: Message, told: Mapping[str, Any]
    ) -> tuple[Form, tuple[Say, ...]]:
        """Keep the customer's own words; open a ticket at once when somebody may be in danger; check place and time."""
        sorry = (say("utter_sorry_returned"),) if "returned" in told else ()
        if told.keys() & {"fault", "product", "returned", "note"} or form.asking in (None, "fault"):
            form = form.told(
                words="\n".join(filter(None, (form.details.get("words"), message.text))),
                characters="\n".join(filter(None, (form.details.get("characters"), message.characters))),
            )
        noted = (say("utter_noted_meanwhile"),) if "note" in told else ()
        if form.details.get("safety"):
            ticket = ticket_of_number(session, form.details["number"]) if noted else None
            if ticket:
                add_note(session, message.origin, ticket, told["note"])
            return form, noted
        if told.get("fault") not in SAFETY_FAULTS:
            district = told.get("district")
            if district and not the_company().serves(district):
                return form.without("address", "district"), (Say("utter_not_served", choices=("person", "stop")),)
            form, refused = check_wish(session, form, message, told)
            return form, (*sorry, *noted, *refused)
        ticket = open_ticket(session, message.origin, replace(_request(form), safety=True))
        form = form.told(safety=True, number=ticket.number)
        advice = (say(f"utter_safety_{fault}") for fault in dangers(message) or (told["fault"],))
        return form, (*advice, _opened("utter_safety_ticket", ticket))

    def cancelled(self, form: Form) -> Say:
        """Say that nothing was opened, or that an urgent repair stays open."""
        if form.details.get("safety"):
            return say("utter_safety_kept", number=form.details["number"])
        return super().cancelled(form)

    def shows_change(self, detail: str, value: Any) -> bool:
        """Let nothing come before the advice to somebody in danger."""
        return value not in SAFETY_FAULTS

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Open the ticket, or complete the one that a safety case already has."""
        if form.details.get("safety"):
            ticket = ticket_of_number(session, form.details["number"])
            if ticket is None:
                raise LookupError("the safety ticket of this form is gone")
            wanted = ("phone", "address", "name", "district", "product")
            told = {name: form.details[name] for name in wanted if name in form.details}
            change_details(session, message.origin, ticket, told)
            return Answer((say("utter_safety_complete", number=ticket.number),))
        ticket = open_ticket(session, message.origin, _request(form))
        low, high = the_company().repair_cost(ticket.product)
        money = {"currency": the_company().facts["currency"], "fee": the_company().facts["visit_fee"]}
        opened = _opened("utter_ticket_opened", ticket)
        cost = Say("utter_ticket_cost", {**money, "low": low, "high": high, "product": ticket.product})
        if "date" not in form.details:
            return Answer((opened, cost))
        visit = book_visit(session, message, ticket, form)
        if visit.form:  # the last place went to somebody else in the meantime
            return replace(visit, says=(opened, cost, *visit.says))
        return Answer((opened, *visit.says, cost))


def _fault_of(message: Message) -> str | None:
    """Name the fault that counts: what may hurt somebody, else what was said last and not denied."""
    said = [one for one in message.entities if one.name == "fault" and not one.refused]
    meant = [one.value for one in said if not (one.value in SAFETY_FAULTS and is_denied(message, one))]
    return next(iter(dangers(message)), meant[-1] if meant else None)


def _is_no_name(message: Message) -> bool:
    """Tell whether what stands where a name was asked for is a wish or a refusal instead: "characters please", "I'd rather not say"."""
    if message.find("language") or message.find("script") or message.label == "deny" or skips(message):
        return True
    is_wish = message.label in _WISHES or message.label == "affirm" or is_question(message)  # "when do you close?"
    return message.confidence >= _SURELY_A_WISH and is_wish


def _address_put_right(message: Message) -> str | None:
    """Give the last of several addresses where the customer takes back the one before: "12 Fuk Wing St, no wait, …"."""
    said = [one.text for one in message.entities if one.name == "address" and not one.refused]
    return said[-1] if len(said) > 1 and takes_back(message) else None


def _is_nothing_but_a_place(told: Mapping[str, Any], text: str) -> bool:
    return not told.keys() - {"address"} and told.get("address", text) in text


def _opened(key: str, ticket: Ticket) -> Say:
    values = {"number": ticket.number}
    card = {"number": ticket.number, "product": ticket.product, "state": ticket.state}
    return Say(key, values, extras={"ticket": card})


def _read_back(form: Form) -> dict[str, Any]:
    known = form.details
    return {
        "product": known["product"],
        "fault": known["fault"],
        "phone": spoken_phone(known["phone"]),
        "name": known.get("name", NOT_GIVEN),
        "address": known["address"],
        "date": known.get("date", NOT_GIVEN),
        "window": known.get("window", "any" if "date" in known else NOT_GIVEN),
    }


def _request(form: Form) -> RepairRequest:
    known = form.details
    return RepairRequest(
        product=known.get("product"),
        fault=known.get("fault"),
        phone=known.get("phone"),
        name=known.get("name"),
        address=known.get("address"),
        district=known.get("district"),
        preferred_date=date.fromisoformat(known["date"]) if known.get("date") else None,
        preferred_window=known.get("window"),
        model=known.get("model"),
        serial_number=known.get("serial_number"),
        own_words=known.get("words", ""),
        own_words_characters=known.get("characters") if known.get("characters") != known.get("words") else None,
    )
