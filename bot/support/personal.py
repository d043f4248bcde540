"""Where people are in the tables: whose rows are whose, and what is left of a row when its person goes.

A test walks the tables: every column that holds text is named here, as personal or as kept, or it fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, null, select
from sqlalchemy.orm import Session

from bot.storage.care import (
    appointments,
    callbacks,
    complaint_events,
    complaints,
    consents,
    photos,
    proofs,
    recovery_tasks,
)
from bot.storage.messaging import conversations, dialogues, inbox, messages, outbox
from bot.storage.records import (
    customers,
    feedback,
    feedback_events,
    orders,
    proof_attempts,
    ticket_events,
    tickets,
    units,
)

_UNLINKED = ("conversation_id", "message_id")  # written over with chance: the row no longer leads to anybody


@dataclass(frozen=True)
class Subject:
    """A person, as the rows that are theirs: only what was said in their conversations or proven to be theirs."""

    conversations: tuple[str, ...]
    customers: tuple[str, ...]
    tickets: tuple[str, ...]
    feedback: tuple[str, ...]
    complaints: tuple[str, ...]
    orders: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True)
class Holding:
    """A table with personal rows: whose they are, and what becomes of them; with nothing kept they are deleted."""

    table: Table
    whose: Callable[[Subject], Any]
    blank: Mapping[str, Any] = field(default_factory=dict)  # what the personal columns become
    unlinked: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()  # texts that name nobody: codes, languages, states
    except_kinds: frozenset[str] = frozenset()  # events of these kinds hold codes only, and keep `old` and `new`

    @property
    def is_deleted(self) -> bool:
        """Tell whether whole rows go."""
        return not self.blank and not self.unlinked


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


def _deleted(table: Table, whose: Callable[[Subject], Any]) -> Holding:
    return Holding(table, whose)


def _in_conversations(table: Table) -> Callable[[Subject], Any]:
    return lambda subject: table.c.conversation_id.in_(subject.conversations)


_NOTHING = {"old": null(), "new": null()}
# In the order in which they go: what points at a row goes before it.
HOLDINGS: tuple[Holding, ...] = (
    _deleted(outbox, _in_conversations(outbox)),
    _deleted(messages, _in_conversations(messages)),
    _deleted(inbox, _in_conversations(inbox)),
    _deleted(dialogues, _in_conversations(dialogues)),
    _deleted(callbacks, _in_conversations(callbacks)),
    _deleted(consents, _in_conversations(consents)),
    _deleted(proofs, _in_conversations(proofs)),
    _deleted(
        photos,
        lambda subject: photos.c.conversation_id.in_(subject.conversations) | photos.c.ticket_id.in_(subject.tickets),
    ),
    Holding(
        ticket_events,
        lambda subject: ticket_events.c.ticket_id.in_(subject.tickets),
        {**_NOTHING, "message_id": null()},
        kept=_names("id ticket_id actor channel language kind"),
        except_kinds=frozenset({"opened", "state", "urged", "visit", "priority", "merged", "photo"}),
    ),
    Holding(
        appointments,
        lambda subject: appointments.c.ticket_id.in_(subject.tickets),
        unlinked=_UNLINKED,
        kept=_names("id ticket_id area window state"),
    ),
    Holding(
        complaint_events,
        lambda subject: complaint_events.c.complaint_id.in_(subject.complaints),
        _NOTHING,
        ("message_id",),
        kept=_names("id complaint_id actor channel language kind"),
        except_kinds=frozenset({"filed", "state", "severity"}),
    ),
    Holding(
        complaints,
        lambda subject: complaints.c.id.in_(subject.complaints),
        {"customer_id": None, "happened": "", "happened_characters": None, "wanted": None, "promise": None},
        _UNLINKED,
        # Cause, remedy and prevention are the company's own words, and what the casebook is made of.
        kept=_names("id ticket_id category signs state owner root_cause remedy prevention language script channel"),
    ),
    Holding(
        feedback_events,
        lambda subject: feedback_events.c.feedback_id.in_(subject.feedback),
        _NOTHING,
        ("message_id",),
        kept=_names("id feedback_id kind"),
    ),
    Holding(
        recovery_tasks,
        lambda subject: recovery_tasks.c.feedback_id.in_(subject.feedback),
        {"outcome": None},
        kept=_names("id feedback_id ticket_id state owner"),
    ),
    Holding(
        feedback,
        lambda subject: feedback.c.id.in_(subject.feedback),
        {"words": None},
        _UNLINKED,
        kept=_names("id ticket_id language channel"),
    ),
    Holding(
        tickets,
        lambda subject: tickets.c.id.in_(subject.tickets),
        {
            "customer_id": None,
            "name": None,
            "phone": None,
            "address": None,
            "serial_number": None,
            "own_words": "",
            "own_words_characters": None,
        },
        _UNLINKED,
        kept=_names("id number state product fault model district preferred_window repeat_of language script channel"),
    ),
    Holding(
        units,
        lambda subject: units.c.serial_number.in_(subject.units),
        {"phone": None},
        kept=_names("serial_number model"),  # of a thing that was sold, to nobody that is known any more
    ),
    Holding(
        orders,
        lambda subject: orders.c.number.in_(subject.orders),
        {"phone": ""},
        kept=_names("number model status"),
    ),
    Holding(
        conversations,
        lambda subject: conversations.c.id.in_(subject.conversations),
        {"customer_id": None, "external_id": None, "waiting_cause": None},
        kept=_names("id channel language script holder claimed_by"),
    ),
    _deleted(customers, lambda subject: customers.c.id.in_(subject.customers)),
)
# Tables without people in them. Wrong proofs outlive an erasure, or it would give fresh tries; they name nobody.
IMPERSONAL = frozenset({"products", "price_list", "parts", "visit_windows", "ticket_merges", "erasures"})
KEPT_FOR_SAFETY: Mapping[str, frozenset[str]] = {proof_attempts.name: frozenset({"id", "conversation_id", "subject"})}


def subject_of(session: Session, conversation_id: str) -> Subject:
    """Find everything that belongs to the person of a conversation.

    A phone number or a name that somebody typed leads to nothing: only the conversation itself, the customer that a
    proof has made it part of, and orders that it has proven.
    """
    customer = session.execute(
        select(conversations.c.customer_id).where(conversations.c.id == conversation_id)
    ).scalar_one_or_none()
    mine = (customer,) if customer else ()
    talks = _ids(session, conversations.c.id, conversations.c.customer_id.in_(mine)) or (conversation_id,)

    def of(table: Table) -> tuple[str, ...]:
        return _ids(session, table.c.id, table.c.conversation_id.in_(talks) | table.c.customer_id.in_(mine))

    return Subject(
        conversations=talks,
        customers=mine,
        tickets=of(tickets),
        feedback=_ids(session, feedback.c.id, feedback.c.conversation_id.in_(talks)),
        complaints=of(complaints),
        orders=_ids(session, proofs.c.subject, proofs.c.conversation_id.in_(talks), proofs.c.kind == "order"),
        units=_ids(
            session,
            units.c.serial_number,
            units.c.serial_number == tickets.c.serial_number,
            units.c.phone == tickets.c.phone,
            tickets.c.conversation_id.in_(talks) | tickets.c.customer_id.in_(mine),
        ),
    )


def _ids(session: Session, column: Any, *conditions: Any) -> tuple[str, ...]:
    return tuple(sorted(set(session.execute(select(column).where(*conditions)).scalars())))
