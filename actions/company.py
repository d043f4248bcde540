"""Questions that the company's own facts answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.engine import start
from actions.forms.order import order_status
from actions.talk import Answer, Form, Message, Say, State, say
from bot.support.company import Company, the_company
from bot.support.orders import proven_orders


class ActionAnswerFaq(DeskAction):
    """Answers one of the questions that everybody asks, with today's facts."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_answer_faq"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Look the facts up and say them; an open form goes on afterwards."""
        topic = message.label.removeprefix("faq/")
        facts = _FACTS.get(topic)
        says = facts(the_company(), message) if facts else say(f"utter_faq_{topic}", **_contact(the_company()))
        return Answer((says,), state.form)


class ActionCheckWarranty(DeskAction):
    """Tells whether the customer's own product is still under warranty."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_check_warranty"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Ask for the serial number, or answer with the date."""
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("warranty", under=under))


class ActionCheckOrder(DeskAction):
    """Tells where an order is."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_check_order"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Show what the conversation has proven; ask for proof otherwise."""
        proven = proven_orders(session, message.origin.conversation_id)
        if proven and not message.find("order_number"):
            return Answer((order_status(proven[0]),), state.form)
        under = (*state.form.under, state.form) if state.form else ()
        return start(session, message, Form("order", under=under))


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


def _opening_hours(company: Company, message: Message) -> Say:
    asked = message.find("date")
    today = company.today(message.now)
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


def _service_area(company: Company, message: Message) -> Say:
    asked = message.find("district")
    if asked is None or not asked.value:
        return say("utter_faq_service_area", areas=_areas())
    key = "utter_faq_area_served" if company.serves(asked.value) else "utter_faq_area_not_served"
    return say(key, place=asked.text, areas=_areas())


def _areas() -> dict[str, str]:
    return {
        "en": "all of Hong Kong and Macau, and Guangzhou, Shenzhen, Foshan, Dongguan, Zhuhai and Zhongshan",
        "zh": "香港、澳门全境，以及广州、深圳、佛山、东莞、珠海、中山",
        "yue": "成個香港同澳門，仲有廣州、深圳、佛山、東莞、珠海、中山",
    }


def _warranty_policy(company: Company, message: Message) -> Say:
    asked = message.find("product")
    if asked and asked.value:
        return say("utter_faq_warranty_of", product=asked.value, months=company.warranty_months(asked.value))
    return say("utter_faq_warranty_policy", months=company.warranty_months(None))


def _repair_cost(company: Company, message: Message) -> Say:
    asked = message.find("product")
    product = asked.value if asked and asked.value else None
    low, high = company.repair_cost(product)
    values = {"low": low, "high": high, **_money(company)}
    return Say(
        "utter_faq_repair_cost_of" if product else "utter_faq_repair_cost",
        {**values, "product": product or "appliance"},
    )


_FACTS = {
    "opening_hours": _opening_hours,
    "service_area": _service_area,
    "warranty_policy": _warranty_policy,
    "repair_cost": _repair_cost,
}
