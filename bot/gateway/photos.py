"""Where every channel brings its photos: made harmless, kept with the customer's repair, answered at once.

A photo asks the assistant for no turn: it has no words, and it arrives also while the assistant is away.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.gateway import conversations, inbox, refusals, transcript
from bot.gateway.conversations import Conversation
from bot.gateway.inbox import Accepted
from bot.gateway.logs import log
from bot.gateway.notices import Notices
from bot.gateway.parts import Gateway
from bot.gateway.transcript import Message
from bot.support.channels import Origin
from bot.support.photos import MOST_PHOTOS, Kept, TooManyPhotos, keep_photo, was_sent
from bot.support.pictures import Picture


@dataclass(frozen=True)
class SentPhoto:
    """One photo as its channel gave it, under the channel's own id, and what was made of it."""

    conversation: str
    external_id: str
    digest: str  # of the file as it came
    picture: Picture


async def receive_photo(gateway: Gateway, conversation: Conversation, external_id: str, raw: bytes) -> Accepted:
    """Keep a photo of any channel. Raises Refused or DatabaseAway; then nothing was acknowledged."""
    picture = await gateway.darkroom.develop(raw)
    sent = SentPhoto(conversation.id, external_id, hashlib.sha256(raw).hexdigest(), picture)
    accepted = await gateway.database.write(accept, sent, gateway.notices, now=gateway.clock())
    log("photo_accepted", message=accepted.id, repeated=accepted.repeated, bytes=len(picture.content))
    return accepted


def accept(session: Session, sent: SentPhoto, notices: Notices, *, now: datetime) -> Accepted:
    """Keep a photo, put it into the transcript, and tell the customer where it is; a repeated one changes nothing.

    Raises Refused.
    """
    conversation = conversations.lock(session, sent.conversation)
    if before := inbox.known_message(session, conversation, sent.external_id):
        if not was_sent(session, conversation.id, before.id, digest=sent.digest):
            raise refusals.reused_id()
        return Accepted(before.id, transcript.number_of(session, conversation.id, before.id), repeated=True)
    message_id = inbox.add_photo(session, conversation, sent.external_id, now)
    try:
        kept = keep_photo(session, _origin(conversation, message_id, now), sent.picture, digest=sent.digest)
    except TooManyPhotos:
        raise refusals.too_many_photos(MOST_PHOTOS) from None
    if conversation.holder == "closed":
        conversations.change(session, conversation.id, now, holder="bot")
    shown = {"id": kept.id, "width": sent.picture.width, "height": sent.picture.height}
    seen = Message("customer", notices.text("utter_gateway_photo", conversation.tongue), extras={"photo": shown})
    seq = transcript.add(session, conversation, seen, now, message_id)
    if conversation.holder != "human":
        transcript.add(session, conversation, _answer(notices, conversation, kept), now, message_id)
    return Accepted(message_id, seq, repeated=False)


def _origin(conversation: Conversation, message_id: str, now: datetime) -> Origin:
    tongue = conversation.tongue or conversations.Tongue("en", "latin")
    return Origin(conversation.id, message_id, conversation.channel, tongue.language, tongue.script, now)


def _answer(notices: Notices, conversation: Conversation, kept: Kept) -> Message:
    if kept.ticket is None:
        return notices.message("utter_gateway_photo_waits", conversation.tongue)
    number = {"number": kept.ticket.number}
    return notices.message("utter_gateway_photo_with_ticket", conversation.tongue, values=number)
