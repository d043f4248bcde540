"""The website's HTTP interface: requests in, JSON out; what happens in between is in `talk`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from bot.channels.website import payloads, talk
from bot.channels.website.signing import read_customer
from bot.gateway import conversations, refusals
from bot.gateway.parts import Gateway

LONGEST_WAIT = 30.0
MOST_LISTENERS = 12  # tabs and long polls of one conversation
OPENAPI = Path(__file__).parent / "openapi.json"


async def open_conversation(request: Request) -> JSONResponse:
    """POST /api/website/conversations"""
    gateway: Gateway = request.app.state.gateway
    raw = await request.body()
    body = payloads.read_json(raw) if raw else {}
    customer = read_customer(body.get("customer"), gateway.settings.site_secret, gateway.clock())
    return JSONResponse(await talk.open_talk(gateway, request, payloads.read_tongue(body), customer), 201)


async def end_conversation(request: Request) -> Response:
    """DELETE /api/website/conversations"""
    gateway: Gateway = request.app.state.gateway
    conversation = await talk.enter(gateway, request, bearer(request))
    now = gateway.clock()
    await gateway.database.write(conversations.end, conversation.id, now)
    return Response(status_code=204)


async def send_message(request: Request) -> JSONResponse:
    """POST /api/website/messages"""
    gateway: Gateway = request.app.state.gateway
    token = bearer(request)
    gateway.tokens.read(token)  # before a stranger's body is read
    body = payloads.read_json(await request.body())
    conversation = await talk.enter(gateway, request, token)
    accepted = await talk.say(gateway, request, conversation, payloads.read_sent(body))
    return JSONResponse({"message": accepted.id, "seq": accepted.seq, "repeated": accepted.repeated}, 202)


async def read_messages(request: Request) -> JSONResponse:
    """GET /api/website/messages?after=SEQ&wait=SECONDS"""
    gateway: Gateway = request.app.state.gateway
    conversation = await talk.enter(gateway, request, bearer(request))
    query = request.query_params
    after = payloads.read_seq(query.get("after"))
    wait = payloads.read_seconds(query.get("wait"), LONGEST_WAIT)
    if wait and gateway.bells.count(conversation.id) >= MOST_LISTENERS:
        raise refusals.too_many(1)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        messages = await talk.read_when_there(gateway, conversation.id, after, wait, gone)
    finally:
        gone.cancel()
    return JSONResponse({"messages": messages})


async def openapi(request: Request) -> FileResponse:
    """GET /api/openapi.json"""
    return FileResponse(OPENAPI, media_type="application/json")


def bearer(request: Request) -> str:
    """Give the token of a request. Raises Refused where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise refusals.not_yours()
    return token.strip()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
