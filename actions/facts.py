"""What the company knows, looked up for a question: hours, places, prices, parts, warranty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.talk import Answer, Entity, Form, Message, Say, State, say
from bot.support.company import Company, the_company
from bot.support.parts import Part, find_parts
from bot.support.prices import REPAIR, price_of
from bot.support.tickets import open_tickets, tickets_of_conversation

MOST_PARTS = 4
_NEARLY_ALL = 0.6  # of a message: what is so short has few words for its label to be told by
# By topic: how the wordings that answer it begin, and the detail that asks it again.
_FOLLOWED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "opening_hours": (("utter_faq_opening_hours", "utter_faq_hours_on", "utter_faq_closed_on"), "date"),
    "service_area": (("utter_faq_service_area", "utter_faq_area_"), "district"),
    "repair_cost": (("utter_faq_repair_cost",), "product"),
    "warranty_policy": (("utter_faq_warranty_",), "product"),
    "installation": (("utter_faq_installation",), "product"),
    "parts": (("utter_faq_parts",), "product"),
}


@dataclass(frozen=True)
class Question:
    """A question in the middle of a conversation: what it says itself, and what the open form knows already."""

    session: Session
    company: Company
    message: Message
    form: Form | None

    def code(self, name: str) -> str | None:
        """Give a product, fault or model: the one that is named, else the open form's, else that of an open repair."""
        named = self.message.find(name)
        if named and named.value:
            return named.value
        if self.form and self.form.details.get(name):
            return str(self.form.details[name])
        own = open_tickets(tickets_of_conversation(self.session, self.message.origin.conversation_id))
        return getattr(own[0], name, None) if own else None


def asked_again(session: Session, message: Message, state: State) -> Answer | None:
    """Answer the last question once more, for the detail that is all this message says; None when it says more."""
    topic = None if message.find("fault") else topic_followed(state.last, message)
    if topic is None:
        return None
    return Answer((facts_about(topic, Question(session, the_company(), message, state.form)),), state.form)


def topic_followed(last: Sequence[Say], message: Message) -> str | None:
    """Tell which question a bare detail goes on with: "and Christmas?" after the opening hours, "a fridge" after prices."""
    for said in last:
        for topic, (keys, entity) in _FOLLOWED.items():
            found = message.find(entity)
            if found and said.key.startswith(keys) and (message.label == "inform" or _is_little_else(found, message)):
                return topic
    return None


def _is_little_else(found: Entity, message: Message) -> bool:
    return len(found.text) >= _NEARLY_ALL * len(message.text.strip())


def facts_about(topic: str, question: Question) -> Say:
    """Answer a question of a topic of `faq/…` with today's facts."""
    facts = _FACTS.get(topic)
    return facts(question) if facts else say(f"utter_faq_{topic}", **_contact(question.company))


def _contact(company: Company) -> dict[str, Any]:
    known = company.facts["contact"]
    return {"company_phone": known["phone"], "company_email": known["email"], "shop": known["shop"], **_money(company)}


def _money(company: Company) -> dict[str, Any]:
    facts = company.facts
    return {
        "currency": facts["currency"],
        "fee": facts["visit_fee"],
        "delivery_fee": facts["delivery"]["fee"],
        "free_above": facts["delivery"]["free_above"],
        "days_from": facts["delivery"]["days"][0],
        "days_to": facts["delivery"]["days"][1],
        "returns_days": facts["returns_days"],
    }


def _opening_hours(question: Question) -> Say:
    company, asked = question.company, question.message.find("date")
    today = company.today(question.message.now)
    values: dict[str, Any] = {"hours": _week(company), "next_date": _next_holiday(company, today)}
    if asked and asked.value and len(asked.value) == len("2026-11-22"):
        return _hours_on(company, date.fromisoformat(asked.value), values)
    if not company.spans(today):
        return Say("utter_faq_opening_hours_closed", {**values, "open_date": _after(company, today)})
    return Say("utter_faq_opening_hours", {**values, "today": _spans(company, today)})


def _hours_on(company: Company, day: date, values: dict[str, Any]) -> Say:
    if company.spans(day):
        return Say("utter_faq_hours_on", {**values, "date": day.isoformat(), "today": _spans(company, day)})
    return Say("utter_faq_closed_on", {**values, "date": day.isoformat(), "open_date": _after(company, day)})


def _next_holiday(company: Company, today: date) -> str:
    return (company.next_holiday(today) or today).isoformat()


def _after(company: Company, day: date) -> str:
    return company.next_open_days(day, 1)[0].isoformat()


def _spans(company: Company, day: date) -> str:
    return ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in company.spans(day))


def _week(company: Company) -> dict[str, str]:
    """Write the week's hours, joining days in a row that have the same."""
    groups: list[tuple[int, int, str]] = []
    for number, spans in enumerate(company.facts["hours"].values()):
        written = ", ".join(span.replace("-", "–") for span in spans)
        if groups and groups[-1][2] == written:
            groups[-1] = (groups[-1][0], number, written)
        else:
            groups.append((number, number, written))
    english = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    chinese = "一二三四五六日"

    def days(first: int, last: int, names: Any, before: str, dash: str) -> str:
        return before + (names[first] if first == last else f"{names[first]}{dash}{names[last]}")

    return {
        "en": "; ".join(f"{days(a, b, english, '', '–')} {hours or 'closed'}" for a, b, hours in groups),
        "zh": "；".join(f"{days(a, b, chinese, '星期', '至')} {hours or '休息'}" for a, b, hours in groups),
        "yue": "；".join(f"{days(a, b, chinese, '星期', '至')} {hours or '休息'}" for a, b, hours in groups),
    }


def _service_area(question: Question) -> Say:
    areas, asked = question.company.facts["served_areas"], question.message.find("district")
    if asked is None or not asked.value:
        return say("utter_faq_service_area", areas=areas)
    key = "utter_faq_area_served" if question.company.serves(asked.value) else "utter_faq_area_not_served"
    return say(key, place=asked.text, areas=areas)


def _warranty_policy(question: Question) -> Say:
    product, company = question.code("product"), question.company
    if product:
        return say("utter_faq_warranty_of", product=product, months=company.warranty_months(product))
    return say("utter_faq_warranty_policy", months=company.warranty_months(None))


def _repair_cost(question: Question) -> Say:
    product, fault = question.code("product"), question.code("fault")
    price = price_of(question.session, question.company, product, fault if product and fault else REPAIR)
    low, high = (price.low, price.high) if price else question.company.repair_cost(product)
    values = {"low": low, "high": high, **_money(question.company)}
    if product and price and price.service == fault:
        return Say("utter_faq_repair_cost_fault", {**values, "product": product, "fault": fault})
    return Say(f"utter_faq_repair_cost{'_of' if product else ''}", {**values, "product": product or "appliance"})


def _installation(question: Question) -> Say:
    product = question.code("product")
    price = price_of(question.session, question.company, product, "installation") if product else None
    if price is None:
        return say("utter_faq_installation", **_contact(question.company))
    values = {"low": price.low, "high": price.high, "product": product, **_money(question.company)}
    return Say("utter_faq_installation_of", values)


def _parts(question: Question) -> Say:
    product, model = question.code("product"), question.code("model")
    found = find_parts(question.session, product=product, model=model)
    contact = _contact(question.company)
    if not found:
        return say("utter_faq_parts", **contact)
    ready = [part for part in found if part.in_stock][:MOST_PARTS]
    if not ready:
        return Say("utter_faq_parts_to_order", {**contact, "parts": _named(found[:MOST_PARTS], question.company)})
    return Say("utter_faq_parts_in_stock", {**contact, "parts": _named(ready, question.company)})


def _named(found: list[Part] | tuple[Part, ...], company: Company) -> Mapping[str, str]:
    """Write parts with their models and prices, as the company names them in each language."""
    money = company.facts["currency"]

    def listed(names: list[str], between: str) -> str:
        return between.join(
            f"{name} {part.model or ''}".strip() + f" {money}{part.price}"
            for name, part in zip(names, found, strict=True)
        )

    return {
        "en": listed([part.name_en for part in found], "; "),
        "zh": listed([part.name_zh for part in found], "；"),
        "yue": listed([part.name_yue for part in found], "；"),
    }


_FACTS: Mapping[str, Callable[[Question], Say]] = {
    "opening_hours": _opening_hours,
    "service_area": _service_area,
    "warranty_policy": _warranty_policy,
    "repair_cost": _repair_cost,
    "installation": _installation,
    "parts": _parts,
}
