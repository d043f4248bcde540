"""Proof that a ticket or an order is the customer's own, before anything about it is said."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.care import proofs
from bot.storage.messaging import conversations
from bot.storage.records import proof_attempts, tickets
from bot.storage.writing import insert_once
from bot.support.channels import Origin
from bot.support.codes import plain_code
from bot.support.customers import join_customers
from bot.support.tickets import Ticket, find_ticket, ticket_of_number

MOST_WRONG_TRIES = 5  # of one conversation
TRIES_COUNT_FOR = timedelta(hours=1)
MOST_WRONG_TRIES_OF_NUMBER = 10  # for one number, by whomever
TRIES_OF_NUMBER_COUNT_FOR = timedelta(hours=24)
TICKET, ORDER, PERSON = "ticket", "order", "person"
PERSON_STAYS_PROVEN = timedelta(minutes=30)  # a browser may be left open; a ticket, once proven, stays


class TooManyTries(RuntimeError):
    """Too many wrong proofs in one conversation, or for one number; a person has to help."""


def prove_ticket(session: Session, origin: Origin, number: str, last_four: str) -> Ticket | None:
    """Give the ticket when its number and the last four digits of its phone fit together, else None.

    A number that does not exist and one that belongs to somebody else are the same to the caller. Raises
    TooManyTries after too many wrong proofs of late, in the conversation or for the number. What is proven stays
    proven for the conversation, and makes its customer the ticket's customer.
    """
    check_tries(session, origin, number)
    ticket = ticket_of_number(session, number)
    if not note_try(session, origin, number, ticket.phone if ticket else None, last_four) or ticket is None:
        return None
    remember_proof(session, origin, TICKET, ticket.id)
    join_customers(session, origin, ticket.id)
    return ticket


def proven_tickets(session: Session, conversation_id: str) -> tuple[Ticket, ...]:
    """Give every ticket that may be spoken about in a conversation, newest first.

    They are its own, those proven in it, and those of the customer that a proof has made it part of.
    """
    customer = select(conversations.c.customer_id).where(conversations.c.id == conversation_id).scalar_subquery()
    known = select(proofs.c.subject).where(proofs.c.conversation_id == conversation_id, proofs.c.kind == TICKET)
    ids = session.execute(
        select(tickets.c.id)
        .where(
            (tickets.c.conversation_id == conversation_id)
            | (tickets.c.customer_id == customer)
            | tickets.c.id.in_(known)
        )
        .order_by(tickets.c.created_at.desc(), tickets.c.number)
    )
    return tuple(find_ticket(session, ticket_id) for ticket_id in ids.scalars())


def prove_person(session: Session, origin: Origin, last_four: str) -> bool:
    """Tell whether four digits end a phone of the conversation's own repairs, and count the try.

    What is right stands for PERSON_STAYS_PROVEN. Raises TooManyTries as `prove_ticket` does.
    """
    check_tries(session, origin, None)
    phones = _phones(session, origin.conversation_id)
    meant = next((phone for phone in phones if phone.endswith(last_four)), None)
    if not note_try(session, origin, None, meant, last_four):
        return False
    remember_proof(session, origin, PERSON, origin.message_id)
    return True


def person_is_proven(session: Session, origin: Origin) -> bool | None:
    """Tell whether the person of a conversation has proven of late who they are; None when nothing could prove it."""
    since = origin.at - PERSON_STAYS_PROVEN
    lately = (proofs.c.conversation_id == origin.conversation_id) & (proofs.c.at >= since)
    proven = select(func.count()).where(lately, proofs.c.kind.in_((PERSON, TICKET)))
    if session.execute(proven).scalar_one():
        return True
    return False if _phones(session, origin.conversation_id) else None


def _phones(session: Session, conversation_id: str) -> tuple[str, ...]:
    return tuple(ticket.phone for ticket in proven_tickets(session, conversation_id) if ticket.phone)


def check_tries(session: Session, origin: Origin, number: str | None) -> None:
    """Raise TooManyTries when a conversation, or anybody about a number, has proven wrongly too often of late."""
    here = proof_attempts.c.conversation_id == origin.conversation_id
    if _wrong_tries(session, here, since=origin.at - TRIES_COUNT_FOR) >= MOST_WRONG_TRIES:
        raise TooManyTries
    about_it = proof_attempts.c.subject == _digest(number)
    if (
        number
        and _wrong_tries(session, about_it, since=origin.at - TRIES_OF_NUMBER_COUNT_FOR) >= MOST_WRONG_TRIES_OF_NUMBER
    ):
        raise TooManyTries


def note_try(session: Session, origin: Origin, number: str | None, phone: str | None, last_four: str) -> bool:
    """Tell whether four digits end a phone number, and count the try; no phone is never proven."""
    known = phone or ""
    fits = hmac.compare_digest(known[-4:].encode(), last_four.encode()) and len(known) >= 4
    session.execute(
        proof_attempts.insert().values(
            conversation_id=origin.conversation_id, at=origin.at, succeeded=fits, subject=_digest(number)
        )
    )
    return fits


def _wrong_tries(session: Session, which: Any, *, since: datetime) -> int:
    wrong = select(func.count()).where(which, proof_attempts.c.succeeded.is_(False), proof_attempts.c.at > since)
    return int(session.execute(wrong).scalar_one())


def _digest(number: str | None) -> str | None:
    """Give what a number is counted under; the number itself is not kept beside a try, which outlives an erasure."""
    return hashlib.sha256(plain_code(number).encode()).hexdigest() if number else None


def remember_proof(session: Session, origin: Origin, kind: str, subject: str) -> None:
    """Keep what a conversation has proven, so that it is not asked again."""
    insert_once(session, proofs, conversation_id=origin.conversation_id, kind=kind, subject=subject, at=origin.at)


def proven_subjects(session: Session, conversation_id: str, kind: str) -> tuple[str, ...]:
    """Give what a conversation has proven of one kind, newest first."""
    rows = session.execute(
        select(proofs.c.subject)
        .where(proofs.c.conversation_id == conversation_id, proofs.c.kind == kind)
        .order_by(proofs.c.at.desc())
    )
    return tuple(rows.scalars())
