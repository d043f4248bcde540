"""Parts and accessories: which fit a product, what they cost, and whether they are in stock."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import parts
from bot.storage.records import products
from bot.support.codes import is_code


@dataclass(frozen=True)
class Part:
    """A part that can be ordered; its name in the three languages."""

    number: str
    product: str
    model: str | None  # none: fits every model of the product
    kind: str
    name_en: str
    name_zh: str
    name_yue: str
    price: int
    in_stock: int


def find_parts(
    session: Session, *, product: str | None = None, model: str | None = None, kind: str | None = None
) -> tuple[Part, ...]:
    """Give the parts that fit a model or a kind of product, those in stock first; () when neither is known."""
    if model:
        row = session.execute(
            select(products.c.model, products.c.product).where(is_code(products.c.model, model))
        ).first()
        if row is None:
            return ()
        fits = (parts.c.product == row.product) & (parts.c.model.is_(None) | (parts.c.model == row.model))
    elif product:
        fits = parts.c.product == product
    else:
        return ()
    wanted = select(*(parts.c[name] for name in Part.__dataclass_fields__)).where(fits)
    if kind:
        wanted = wanted.where(parts.c.kind == kind)
    rows = session.execute(wanted.order_by((parts.c.in_stock == 0), parts.c.number))
    return tuple(Part(*row) for row in rows)
