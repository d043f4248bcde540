"""Prices: what a visit, a repair or another service costs, from the price list."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import price_list
from bot.support.company import Company

VISIT, REPAIR = "visit", "repair"
NO_REPAIR = frozenset({"installation", "moving", "cleaning"})


@dataclass(frozen=True)
class Price:
    """What a service costs, from and to, in whole units of the company's currency, parts included."""

    service: str  # what the price is for: the service asked about, or repair where only that is known
    low: int
    high: int


def price_of(session: Session, company: Company, product: str | None, service: str = REPAIR) -> Price | None:
    """Give the price of a service for a kind of product; a fault without a price of its own costs what a repair does.

    Visits and repairs always have a price, from the company's data where the list has none; other services may not.
    """
    listed = _listed(session, product, service)
    if listed is None and service == VISIT:
        fee = int(company.facts["visit_fee"])
        return Price(VISIT, fee, fee)
    if listed is None and service not in NO_REPAIR:
        return _listed(session, product, REPAIR) or Price(REPAIR, *company.repair_cost(product))
    return listed


def _listed(session: Session, product: str | None, service: str) -> Price | None:
    row = session.execute(
        select(price_list.c.service, price_list.c.price_from, price_list.c.price_to).where(
            price_list.c.product == product, price_list.c.service == service
        )
    ).first()
    return Price(*row) if row else None
