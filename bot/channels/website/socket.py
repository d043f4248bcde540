"""The website's WebSocket: the same messages as over HTTP, pushed; sends and typing the other way.

A client names itself by the subprotocols `saamjyu` and `token.<token>`, or by a first frame
`{"type": "open", "token": …, "after": SEQ}`; a token never stands in the address. Frames are JSON objects:

    to the client                                       from the client
    {"type": "ready", "after": SEQ}                     {"type": "open", "token": …, "after": SEQ}
    {"type": "message", "message": {seq, author, …}}    {"type": "send", "client_message_id": …, "text" | "choice": …}
    {"type": "typing", "author": "assistant", "on": …}  {"type": "typing", "on": true}
    {"type": "accepted", "client_message_id", "message", "seq", "repeated"}
    {"type": "refused", "client_message_id", "status", "code", "text", "retry_after"}
    {"type": "trouble", "text": …}                      {"type": "ping"} (answered by {"type": "pong"})
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.channels.website import payloads, talk
from bot.channels.website.api import MOST_LISTENERS
from bot.gateway import refusals
from bot.gateway.answers import refusal_body
from bot.gateway.bells import Listener
from bot.gateway.conversations import Conversation
from bot.gateway.database import DatabaseAway
from bot.gateway.parts import Gateway
from bot.gateway.patience import in_time
from bot.gateway.refusals import Refused
from bot.gateway.security import is_own_origin

PROTOCOL = "saamjyu"
OPEN_SECONDS = 10.0
REFRESH_SECONDS = 25.0  # looks for itself now and then, and keeps proxies from closing a silent line
NOT_ALLOWED, GOING_AWAY, TOO_MANY, FORBIDDEN_ORIGIN = 4401, 1001, 4429, 4403


async def socket(websocket: WebSocket) -> None:
    """Serve one WebSocket from its opening to its end."""
    gateway: Gateway = websocket.app.state.gateway
    if not is_own_origin(websocket.headers, gateway.settings.company_sites):
        await websocket.close(FORBIDDEN_ORIGIN)
        return
    offered = websocket.scope.get("subprotocols", [])
    await websocket.accept(PROTOCOL if PROTOCOL in offered else None)
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        try:
            conversation, after = await _open(gateway, websocket, offered)
        except (Refused, asyncio.TimeoutError):
            await websocket.close(NOT_ALLOWED)
            return
        except DatabaseAway:
            await websocket.close(1013)
            return
        if gateway.bells.count(conversation.id) >= MOST_LISTENERS:
            await websocket.close(TOO_MANY)
            return
        await _serve(gateway, websocket, conversation, after)


async def _open(gateway: Gateway, websocket: WebSocket, offered: list[str]) -> tuple[Conversation, int]:
    token = next((name.removeprefix("token.") for name in offered if name.startswith("token.")), None)
    after = websocket.query_params.get("after")
    if token is None:
        first = _read_frame(await in_time(websocket.receive(), OPEN_SECONDS))
        token, after = str(first.get("token", "")), str(first.get("after", 0))
    conversation = await talk.enter(gateway, websocket, token)
    return conversation, payloads.read_seq(after)


async def _serve(gateway: Gateway, websocket: WebSocket, conversation: Conversation, after: int) -> None:
    with gateway.bells.listening(conversation.id) as listener:
        jobs = [
            asyncio.ensure_future(_push(gateway, websocket, conversation, after, listener)),
            asyncio.ensure_future(_take(gateway, websocket, conversation)),
        ]
        try:
            await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for job in jobs:
                job.cancel()
            results = await asyncio.gather(*jobs, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, (WebSocketDisconnect, RuntimeError)):
            raise result
    await websocket.close(GOING_AWAY)


async def _push(
    gateway: Gateway, websocket: WebSocket, conversation: Conversation, after: int, listener: Listener
) -> None:
    await websocket.send_json({"type": "ready", "after": after})
    while not gateway.bells.closing:
        try:
            for message in await talk.read(gateway, conversation.id, after):
                await websocket.send_json({"type": "message", "message": message})
                after = message["seq"]
        except DatabaseAway:
            await _tell_trouble(gateway, websocket, conversation)
        if (typing := listener.take_typing()) is not None:
            await websocket.send_json({"type": "typing", "author": "assistant", "on": typing})
        await listener.wait(REFRESH_SECONDS)


async def _tell_trouble(gateway: Gateway, websocket: WebSocket, conversation: Conversation) -> None:
    body = await refusal_body(gateway.notices, refusals.away(), conversation.tongue)
    await websocket.send_json({"type": "trouble", **body})
    await asyncio.sleep(2)


async def _take(gateway: Gateway, websocket: WebSocket, conversation: Conversation) -> None:
    while True:
        frame: dict[str, Any] = {}
        try:
            frame = _read_frame(await websocket.receive())
            if frame.get("type") == "send":
                await _send(gateway, websocket, conversation, frame)
            elif frame.get("type") == "ping":
                await websocket.send_json({"type": "pong"})
            elif frame.get("type") != "typing":  # typing is for the agents' desk; here it is only allowed
                raise refusals.malformed("a frame's type is send, typing or ping")
        except (Refused, DatabaseAway) as error:
            refused = error if isinstance(error, Refused) else refusals.away()
            gateway.metrics.refused(refused.code)
            body = await refusal_body(gateway.notices, refused, conversation.tongue)
            about = {"client_message_id": frame.get("client_message_id"), "status": refused.status}
            await websocket.send_json({"type": "refused", **about, **body})


async def _send(gateway: Gateway, websocket: WebSocket, conversation: Conversation, frame: dict[str, Any]) -> None:
    sent = payloads.read_sent(frame)
    await talk.still_allowed(gateway, conversation)
    accepted = await talk.say(gateway, websocket, conversation, sent)
    await websocket.send_json(
        {
            "type": "accepted",
            "client_message_id": sent.client_message_id,
            "message": accepted.id,
            "seq": accepted.seq,
            "repeated": accepted.repeated,
        }
    )


def _read_frame(event: Any) -> dict[str, Any]:
    if event["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(event.get("code", 1000))
    text = event.get("text")
    if text is None:
        raise refusals.malformed("frames are texts")
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        raise refusals.malformed("a frame must be JSON") from None
    if not isinstance(frame, dict):
        raise refusals.malformed("a frame must be a JSON object")
    return frame
