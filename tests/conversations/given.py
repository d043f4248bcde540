"""What is there before a dialogue begins: repairs of the customer's own or of another conversation, full days."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy.engine import Engine

from bot.storage.care import appointments, visit_windows
from bot.storage.columns import new_id
from bot.storage.messaging import conversations
from bot.storage.records import tickets
from bot.storage.sessions import session_scope
from bot.support.channels import Origin
from bot.support.company import the_company
from bot.support.tickets import RepairRequest, open_ticket

AREA = "hk.yau_tsim_mong"
REPAIR = {"product": "washing_machine", "fault": "leaking", "name": "Chan Tai Man"}
_phones = (f"+8529{number:03d}4567" for number in itertools.count())  # one each: the same would be a repeat repair


def prepare(given: Mapping[str, Any], records: Engine, conversation: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a dialogue begins with, every visit being free but for it; give the number of the last repair."""
    with records.begin() as connection:
        connection.execute(appointments.delete())
        connection.execute(visit_windows.delete())
    if "booked_up" in given:
        _book_up(records, values[given["booked_up"]])
    numbers = [_repair(records, conversation, dict(told)) for told in given.get("repairs", ())]
    return {"number": numbers[-1]} if numbers else {}


def _repair(records: Engine, conversation: str, told: dict[str, Any]) -> str:
    """Open a repair; `elsewhere` in another conversation, `ended_days_ago` as one that has ended."""
    now = datetime.now(timezone.utc)
    ended = now - timedelta(days=told.pop("ended_days_ago")) if "ended_days_ago" in told else None
    opened_at = (ended or now) - timedelta(minutes=1)
    state, elsewhere = told.pop("state", "submitted"), told.pop("elsewhere", False)
    with session_scope(records) as session:
        if elsewhere:
            conversation = new_id()
            row = {"id": conversation, "channel": "website", "created_at": opened_at, "updated_at": opened_at}
            session.execute(conversations.insert().values(**row))
        origin = Origin(conversation, new_id(), "website", "en", "latin", opened_at)
        ticket = open_ticket(
            session, origin, RepairRequest(**{**REPAIR, "phone": next(_phones), "district": AREA, **told})
        )
        session.execute(tickets.update().where(tickets.c.id == ticket.id).values(state=state, ended_at=ended))
    return ticket.number


def _book_up(records: Engine, day: date) -> None:
    company = the_company()
    with records.begin() as connection:
        for window in company.visit_windows(day):
            taken = company.visit_capacity(AREA, window)
            connection.execute(visit_windows.insert().values(area=AREA, day=day, window=window, taken=taken))
