"""Photos of what is broken: with the customer's open ticket, or waiting for the next one to open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.storage.care import photos
from bot.storage.columns import new_id
from bot.support.channels import Origin
from bot.support.identity import proven_tickets
from bot.support.pictures import Picture
from bot.support.tickets import Ticket, open_tickets, record_event

MOST_PHOTOS = 10  # with one ticket, or waiting for one


class TooManyPhotos(RuntimeError):
    """There are MOST_PHOTOS already."""


@dataclass(frozen=True)
class Kept:
    """A photo that is safely kept, and the ticket it is with, if there is one."""

    id: str
    ticket: Ticket | None


def keep_photo(session: Session, origin: Origin, picture: Picture, *, digest: str) -> Kept:
    """Keep a photo with the newest open ticket that its conversation may speak about. Raises TooManyPhotos.

    `digest` is that of the file as it was sent. The caller has made sure that this message was not kept before.
    """
    ticket = next(iter(open_tickets(proven_tickets(session, origin.conversation_id))), None)
    mine = photos.c.conversation_id == origin.conversation_id
    there = photos.c.ticket_id == ticket.id if ticket else mine & photos.c.ticket_id.is_(None)
    if session.execute(select(func.count()).select_from(photos).where(there)).scalar_one() >= MOST_PHOTOS:
        raise TooManyPhotos
    photo = new_id()
    session.execute(
        photos.insert().values(
            id=photo,
            conversation_id=origin.conversation_id,
            message_id=origin.message_id,
            ticket_id=ticket.id if ticket else None,
            digest=digest,
            content=picture.content,
            width=picture.width,
            height=picture.height,
            created_at=origin.at,
        )
    )
    if ticket:
        record_event(session, ticket.id, origin, "photo", None, {"photo": photo})
    return Kept(photo, ticket)


def was_sent(session: Session, conversation_id: str, message_id: str, *, digest: str) -> bool:
    """Tell whether a message of a conversation brought exactly this file."""
    same = select(photos.c.id).filter_by(conversation_id=conversation_id, message_id=message_id, digest=digest)
    return session.execute(same).first() is not None


def own_photo(session: Session, conversation_id: str, photo_id: str) -> bytes | None:
    """Give a photo to the conversation that sent it; None for one that does not exist and for anybody else's."""
    content: bytes | None = session.execute(
        select(photos.c.content).where(photos.c.id == photo_id, photos.c.conversation_id == conversation_id)
    ).scalar_one_or_none()
    return content
