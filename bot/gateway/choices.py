"""Choices the desk has offered: kept on the server, named by random ids, good for one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.gateway import refusals
from bot.storage.messaging import inbox, messages

Match = Callable[[str, Sequence[str]], "int | None"]
_LOOKED_BACK = 40
# Built once, as it is asked for every message.
_SAID_LAST = (
    select(messages.c.choices, messages.c.inbox_id, messages.c.extras, inbox.c.kind)
    .select_from(messages.outerjoin(inbox, inbox.c.id == messages.c.inbox_id))
    .where(messages.c.conversation_id == bindparam("conversation"), messages.c.author != "customer")
    .order_by(messages.c.seq.desc())
    .limit(_LOOKED_BACK)
)


@dataclass(frozen=True)
class Chosen:
    """A choice somebody made."""

    id: str
    label: str
    payload: Any


def chosen_by_id(session: Session, conversation: str, choice_id: str) -> Chosen:
    """Give an open choice. Raises Refused for one that is closed, or was never offered in this conversation."""
    if chosen := still_open(session, conversation, choice_id):
        return chosen
    offered = session.execute(select(messages.c.choices).filter_by(conversation_id=conversation)).scalars()
    if any(choice["id"] == choice_id for choices in offered for choice in choices):
        raise refusals.closed_choice()
    raise refusals.unknown_choice()


def meant_by_text(session: Session, conversation: str, text: str, match: Match) -> str | None:
    """Give the id of the open choice that a typed text means, if it means one.

    Reading a text may take a while: this is asked before the transaction that keeps the message, not in it.
    """
    choices = _open_choices(session, conversation)
    place = match(text, [choice.label for choice in choices]) if choices else None
    return None if place is None else choices[place].id


def still_open(session: Session, conversation: str, choice_id: str | None) -> Chosen | None:
    """Give a choice if it is open."""
    choices = _open_choices(session, conversation) if choice_id else []
    return next((choice for choice in choices if choice.id == choice_id), None)


def _open_choices(session: Session, conversation: str) -> list[Chosen]:
    """Give the choices offered last, unless one was taken or the desk has answered something since."""
    rows = session.execute(_SAID_LAST, {"conversation": conversation}).all()
    answered = None  # the customer's message that the desk has answered last
    for row in rows:
        is_answer = row.kind in ("text", "choice") and "notice" not in row.extras
        answered = answered or (row.inbox_id if is_answer else None)
        if not row.choices:
            continue
        if answered not in (None, row.inbox_id) or _is_taken(session, conversation, row.choices):
            return []
        return [Chosen(choice["id"], choice["label"], choice["payload"]) for choice in row.choices]
    return []


def _is_taken(session: Session, conversation: str, choices: Sequence[Any]) -> bool:
    taken = select(inbox.c.id).where(
        inbox.c.conversation_id == conversation, inbox.c.choice_id.in_([choice["id"] for choice in choices])
    )
    return session.execute(taken.limit(1)).first() is not None
