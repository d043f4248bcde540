"""Small rows that the rules' tests begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from sqlalchemy.orm import Session

from bot.storage.messaging import conversations
from bot.support.channels import Origin
from bot.support.tickets import RepairRequest

NOW = datetime(2026, 11, 20, 3, tzinfo=timezone.utc)  # a Friday, 11:00 in Hong Kong

WASHER = RepairRequest(
    product="washing_machine",
    fault="leaking",
    phone="+85291234567",
    name="Chan Tai Man",
    address="12 Nathan Road",
    own_words="my washer leaks",
)


def conversation(session: Session, name: str = "c1", at: datetime = NOW) -> Origin:
    """Make a conversation and give the origin of its first message."""
    session.execute(conversations.insert().values(id=name, channel="website", created_at=at, updated_at=at))
    return Origin(name, f"{name}-m1", "website", "en", "latin", at)


def next_message(origin: Origin, number: int, at: datetime | None = None) -> Origin:
    """Give the origin of a later message of the same conversation."""
    return replace(origin, message_id=f"{origin.conversation_id}-m{number}", at=at or origin.at)
