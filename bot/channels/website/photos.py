"""Photos over HTTP: sent as the bare file, given back to nobody but the conversation that sent them."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.website import payloads, talk
from bot.channels.website.api import bearer
from bot.gateway import refusals
from bot.gateway.limits import address_key
from bot.gateway.parts import Gateway
from bot.gateway.photos import receive_photo
from bot.gateway.security import BodyTooLarge, widen
from bot.support.photos import own_photo
from bot.support.pictures import MEDIA_TYPE, MOST_BYTES

SECONDS = 60.0  # a phone far from its mast sends slowly
HEADERS = {
    "cache-control": "private, no-store",
    "content-disposition": 'inline; filename="photo.jpg"',
    "content-security-policy": "default-src 'none'; sandbox",
}
_ID = re.compile(r"[0-9a-f]{32}")


async def send_photo(request: Request) -> JSONResponse:
    """POST /api/website/photos?client_message_id=ID, with the file as the body"""
    gateway: Gateway = request.app.state.gateway
    token = bearer(request)
    conversation = await talk.enter(gateway, request, token)
    client_id = payloads.read_client_id(request.query_params.get("client_message_id"))
    talk.count(gateway, gateway.limits.photos, request)
    gateway.limits.in_conversation.count(conversation.id)
    with gateway.darkroom.receiving(address_key(request.client.host if request.client else "")):
        widen(request.scope, MOST_BYTES, SECONDS)
        try:
            raw = await request.body()
        except BodyTooLarge:
            raise refusals.photo_too_large() from None
    accepted = await receive_photo(gateway, conversation, f"{conversation.id}:{client_id}", raw)
    return JSONResponse({"message": accepted.id, "seq": accepted.seq, "repeated": accepted.repeated}, 202)


async def read_photo(request: Request) -> Response:
    """GET /api/website/photos/ID: what is somebody else's is not found"""
    gateway: Gateway = request.app.state.gateway
    conversation = await talk.enter(gateway, request, bearer(request))
    photo = request.path_params["photo"]
    known = _ID.fullmatch(photo) is not None
    content = await gateway.database.read(own_photo, conversation.id, photo) if known else None
    if content is None:
        raise refusals.not_found()
    return Response(content, media_type=MEDIA_TYPE, headers=HEADERS)
