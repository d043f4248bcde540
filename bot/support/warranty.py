"""Warranty: until when a product is covered, and what is missing where that cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.records import products, units
from bot.support.codes import is_code
from bot.support.company import Company

COVERED, EXPIRED, UNKNOWN = "covered", "expired", "unknown"
# What would settle the question, or has to be shown to the engineer.
SERIAL_NUMBER, MODEL, PURCHASE_DATE, RECEIPT = "serial_number", "model", "purchase_date", "receipt"
_MONTHS = 12


class ImpossiblePurchase(ValueError):
    """A day of purchase that has not come yet."""


@dataclass(frozen=True)
class Warranty:
    """How a product's warranty stands: covered until, expired on, or unknown until `needs` is known or shown."""

    state: str
    until: date | None = None  # the last day that is covered
    needs: tuple[str, ...] = ()
    product: str | None = None
    model: str | None = None


def check_warranty(
    session: Session,
    company: Company,
    *,
    serial_number: str | None = None,
    model: str | None = None,
    product: str | None = None,
    purchased_on: date | None = None,
    today: date,
) -> Warranty:
    """Tell how the warranty of a product stands, by its serial number, else by kind or model and day of purchase.

    What the customer only says, a day of purchase, has to be proven with the receipt at the visit. Raises
    ImpossiblePurchase for a day that has not come yet.
    """
    if purchased_on and purchased_on > today:
        raise ImpossiblePurchase(f"bought on {purchased_on}, which is after {today}")
    sold = _sold_unit(session, serial_number) if serial_number else None
    if sold:
        return _until(sold.warranty_until, today, product=sold.product, model=sold.model)
    known = _known_model(session, model) if model else None
    product = known.product if known else product
    if purchased_on and (known or product):
        months = known.warranty_months if known else company.warranty_months(product)
        until = add_months(purchased_on, months)
        return _until(until, today, product=product, model=known.model if known else None, needs=(RECEIPT,))
    missing = ((serial_number, SERIAL_NUMBER), (known or product, MODEL), (purchased_on, PURCHASE_DATE))
    needs = tuple(name for value, name in missing if not value)
    # A serial number that nobody knows is answered with what else proves a purchase.
    needs = (*needs, RECEIPT) if serial_number else needs
    return Warranty(UNKNOWN, None, needs, product, known.model if known else None)


def add_months(day: date, months: int) -> date:
    """Give the same day some months later, the last of the month where it has no such day.

    >>> add_months(date(2024, 2, 29), 12), add_months(date(2026, 8, 31), 6)
    (datetime.date(2025, 2, 28), datetime.date(2027, 2, 28))
    """
    years, month = divmod(day.month - 1 + months, _MONTHS)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return last if day.day > last.day else first.replace(day=day.day)


def _until(
    until: date, today: date, *, product: str | None, model: str | None, needs: tuple[str, ...] = ()
) -> Warranty:
    if today > until:
        return Warranty(EXPIRED, until, (), product, model)
    return Warranty(COVERED, until, needs, product, model)


@dataclass(frozen=True)
class _Known:
    model: str
    product: str
    warranty_months: int


@dataclass(frozen=True)
class _Sold:
    model: str
    product: str
    warranty_until: date


def _sold_unit(session: Session, serial_number: str) -> _Sold | None:
    query = select(units.c.model, products.c.product, units.c.warranty_until).join(
        products, products.c.model == units.c.model
    )
    exact = session.execute(query.where(units.c.serial_number == serial_number)).first()
    row = exact or session.execute(query.where(is_code(units.c.serial_number, serial_number))).first()
    return _Sold(*row) if row else None


def _known_model(session: Session, model: str) -> _Known | None:
    row = session.execute(
        select(products.c.model, products.c.product, products.c.warranty_months).where(is_code(products.c.model, model))
    ).first()
    return _Known(*row) if row else None
