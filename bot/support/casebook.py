"""The casebook: what closed complaints have taught, without the people who made them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import complaints
from bot.storage.records import tickets
from bot.support.complaint_rules import CLOSED


@dataclass(frozen=True)
class Case:
    """A complaint that its customer has confirmed as settled: why it came about, and what keeps it from returning."""

    category: str
    severity: int
    product: str | None
    fault: str | None
    root_cause: str
    remedy: str
    prevention: str
    language: str
    took: timedelta


def casebook(session: Session, *, category: str | None = None, product: str | None = None) -> tuple[Case, ...]:
    """Give the closed complaints as cases, newest first, of a category or about a product where that is asked.

    The customer's own words and anything that names them stay out.
    """
    wanted = complaints.c.state == CLOSED
    if category:
        wanted &= complaints.c.category == category
    if product:
        wanted &= tickets.c.product == product
    rows = session.execute(
        select(
            complaints.c.category,
            complaints.c.severity,
            tickets.c.product,
            tickets.c.fault,
            complaints.c.root_cause,
            complaints.c.remedy,
            complaints.c.prevention,
            complaints.c.language,
            complaints.c.created_at,
            complaints.c.closed_at,
        )
        .select_from(complaints.outerjoin(tickets, tickets.c.id == complaints.c.ticket_id))
        .where(wanted)
        .order_by(complaints.c.closed_at.desc())
    )
    return tuple(Case(*(*row[:8], row.closed_at - row.created_at)) for row in rows.all())
