"""Consents: what a customer has agreed to or refused, purpose by purpose; the latest word holds."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import consents
from bot.storage.columns import new_id
from bot.storage.writing import insert_once
from bot.support.channels import Origin
from bot.support.customers import customer_id_of

PURPOSES = ("follow_up", "improvement")  # being asked after a repair; what was said used to improve the desk


def record_consent(session: Session, origin: Origin, *, purpose: str, given: bool) -> bool:
    """Write down a yes or no to a purpose, once for each message; tell whether this call wrote it."""
    if purpose not in PURPOSES:
        raise ValueError(f"{purpose!r} is nothing that consent is asked for")
    return insert_once(
        session,
        consents,
        id=new_id(),
        conversation_id=origin.conversation_id,
        message_id=origin.message_id,
        customer_id=customer_id_of(session, origin.conversation_id),
        purpose=purpose,
        given=given,
        at=origin.at,
    )


def consent_to(session: Session, origin: Origin, purpose: str) -> bool | None:
    """Tell the latest word on a purpose of the conversation or its customer; None when it was never asked."""
    customer = customer_id_of(session, origin.conversation_id)
    theirs = consents.c.conversation_id == origin.conversation_id
    if customer:
        theirs |= consents.c.customer_id == customer
    given: bool | None = session.execute(
        select(consents.c.given).where(theirs, consents.c.purpose == purpose).order_by(consents.c.at.desc()).limit(1)
    ).scalar_one_or_none()
    return given
