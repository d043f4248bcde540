"""One customer's conversation on the website: opened, spoken in, read; the same over HTTP and over a socket."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import HTTPConnection

from bot.channels.website.payloads import Sent
from bot.gateway import conversations, refusals, transcript
from bot.gateway.conversations import Conversation, Tongue
from bot.gateway.inbox import Accepted, Inbound
from bot.gateway.limits import Limit, address_key, is_loopback
from bot.gateway.logs import log
from bot.gateway.parts import Gateway
from bot.gateway.reception import receive


async def open_talk(
    gateway: Gateway, connection: HTTPConnection, tongue: Tongue | None, customer: str | None = None
) -> dict[str, Any]:
    """Open a conversation, or find that of a signed customer; give its id with a token. Raises Refused."""
    count(gateway, gateway.limits.openings, connection)
    now = gateway.clock()
    opened = await gateway.database.write_first(
        conversations.open_conversation, channel="website", now=now, external_id=customer, tongue=tongue
    )
    log("conversation_opened", conversation=opened.id[:8])
    return {"conversation": opened.id, "token": gateway.tokens.issue(opened.id, opened.token_version)}


async def enter(gateway: Gateway, connection: HTTPConnection, token: str) -> Conversation:
    """Give the conversation that a token opens, and remember its language for refusals. Raises Refused."""
    opened = gateway.tokens.read(token)
    conversation = await gateway.database.read(conversations.permitted, opened.conversation, opened.version)
    if conversation is None:
        raise refusals.not_yours()
    connection.state.tongue = conversation.tongue
    return conversation


async def say(gateway: Gateway, connection: HTTPConnection, conversation: Conversation, sent: Sent) -> Accepted:
    """Keep a message, then acknowledge it. Raises Refused."""
    count(gateway, gateway.limits.from_address, connection)
    gateway.limits.in_conversation.count(conversation.id)
    external_id = f"{conversation.id}:{sent.client_message_id}"
    return await receive(gateway, Inbound(conversation.id, external_id, sent.text, sent.choice))


async def read(gateway: Gateway, conversation: str, after: int) -> list[dict[str, Any]]:
    """Give the messages behind number `after`."""
    return await gateway.database.read(transcript.read_after, conversation, after)


async def read_when_there(
    gateway: Gateway, conversation: str, after: int, wait: float, gone: asyncio.Future[None]
) -> list[dict[str, Any]]:
    """Give the messages behind number `after`, waiting for the first one up to `wait` seconds or until `gone`."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait
    with gateway.bells.listening(conversation) as listener:
        gone.add_done_callback(lambda _: listener.ring())
        while True:
            messages = await read(gateway, conversation, after)
            left = deadline - loop.time()
            if messages or left <= 0 or gone.done() or gateway.bells.closing or not await listener.wait(left):
                return messages


def count(gateway: Gateway, limit: Limit, connection: HTTPConnection) -> None:
    """Count a request of an address; this machine's own are spared unless the settings say otherwise. Raises Refused."""
    address = connection.client.host if connection.client else ""
    if not (gateway.limits.spare_loopback and is_loopback(address)):
        limit.count(address_key(address))


async def still_allowed(gateway: Gateway, conversation: Conversation) -> None:
    """Check that the tokens of a conversation have not been revoked since it was entered. Raises Refused."""
    found = await gateway.database.read(conversations.permitted, conversation.id, conversation.token_version)
    if found is None:
        raise refusals.not_yours()
