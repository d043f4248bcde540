"""Where every channel brings its messages: read against open choices, kept, and only then acknowledged."""

from __future__ import annotations

from dataclasses import replace

from bot.gateway import choices, inbox
from bot.gateway.database import DatabaseAway
from bot.gateway.inbox import Accepted, Inbound
from bot.gateway.logs import log
from bot.gateway.parts import Gateway
from bot.gateway.texts import MOST_CHARACTERS, cleaned


async def receive(gateway: Gateway, inbound: Inbound) -> Accepted:
    """Keep a message of any channel. Raises Refused or DatabaseAway; then nothing was acknowledged."""
    with gateway.database.rush.one(), gateway.metrics.timed("acknowledged"):
        meant = await _meant(gateway, inbound)
        accepted = await gateway.database.write_first(inbox.accept, replace(inbound, meant=meant), now=gateway.clock())
    log("message_accepted", message=accepted.id, repeated=accepted.repeated)
    return accepted


async def _meant(gateway: Gateway, inbound: Inbound) -> str | None:
    text = cleaned(inbound.text or "")
    if not text or len(text) > MOST_CHARACTERS:
        return None
    try:
        return await gateway.database.read(choices.meant_by_text, inbound.conversation, text, gateway.match)
    except DatabaseAway:
        raise
    except Exception as error:  # noqa: BLE001  a mistake in reading a choice leaves a text, which is kept
        log("choice_not_read", level="ERROR", failure=type(error).__name__)
        return None
