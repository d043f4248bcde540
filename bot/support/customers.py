"""Customers: who they are as far as they have told, and what they own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.care import callbacks, complaints, consents
from bot.storage.columns import new_id
from bot.storage.messaging import conversations
from bot.storage.records import customers, tickets
from bot.support.channels import Origin


@dataclass(frozen=True)
class Customer:
    """A customer as the desk knows them."""

    id: str
    name: str | None
    phone: str | None
    key_account: bool


def remember_customer(
    session: Session, origin: Origin, *, name: str | None, phone: str | None, address: str | None
) -> Customer:
    """Keep what a conversation's customer has told about themselves.

    The customer belongs to the conversation: a name or number that somebody types proves nothing, so it never
    joins two conversations to one customer.
    """
    known = session.execute(
        select(conversations.c.customer_id).where(conversations.c.id == origin.conversation_id)
    ).scalar_one_or_none()
    told = {key: value for key, value in (("name", name), ("phone", phone), ("address", address)) if value}
    told |= {"language": origin.language, "script": origin.script}
    if known:
        session.execute(customers.update().where(customers.c.id == known).values(**told))
        return customer_of(session, known)
    customer_id = new_id()
    session.execute(customers.insert().values(id=customer_id, created_at=origin.at, **told))
    session.execute(
        conversations.update().where(conversations.c.id == origin.conversation_id).values(customer_id=customer_id)
    )
    return customer_of(session, customer_id)


def customer_of(session: Session, customer_id: str) -> Customer:
    """Give the customer of that id; raise LookupError when there is none."""
    row = session.execute(
        select(customers.c.id, customers.c.name, customers.c.phone, customers.c.key_account).where(
            customers.c.id == customer_id
        )
    ).first()
    if row is None:
        raise LookupError(f"no customer has the id {customer_id}")
    return Customer(*row)


def customer_id_of(session: Session, conversation_id: str) -> str | None:
    """Give the customer that a conversation belongs to, None while it belongs to nobody."""
    found: str | None = session.execute(
        select(conversations.c.customer_id).where(conversations.c.id == conversation_id)
    ).scalar_one_or_none()
    return found


def join_customers(session: Session, origin: Origin, ticket_id: str) -> bool:
    """Make a conversation part of the customer of a ticket that it has just proven; tell whether anything changed.

    A conversation whose customer has told another phone number stays apart: it may be a neighbour who asks. Call it
    after a proof only (bot.support.identity).
    """
    owner = session.execute(select(tickets.c.customer_id).where(tickets.c.id == ticket_id)).scalar_one()
    mine = customer_id_of(session, origin.conversation_id)
    if owner is None or owner == mine:
        return False
    if mine is None:
        session.execute(
            conversations.update().where(conversations.c.id == origin.conversation_id).values(customer_id=owner)
        )
        return True
    if customer_of(session, mine).phone not in (None, customer_of(session, owner).phone):
        return False
    for table in (conversations, tickets, complaints, callbacks, consents):
        session.execute(table.update().where(table.c.customer_id == mine).values(customer_id=owner))
    told = session.execute(select(customers).where(customers.c.id == mine)).mappings().one()
    missing = {name: func.coalesce(customers.c[name], told[name]) for name in ("name", "phone", "email", "address")}
    session.execute(customers.update().where(customers.c.id == owner).values(**missing))
    session.execute(customers.delete().where(customers.c.id == mine))
    return True
