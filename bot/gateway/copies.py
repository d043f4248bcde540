"""The copy of one's own data: a file behind a link that the assistant gives after a proof."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway import refusals
from bot.gateway.parts import Gateway
from bot.support.copies import conversation_of_copy
from bot.support.privacy import export


async def own_copy(request: Request) -> Response:
    """GET /copies/CODE: everything held about one person, by table, as a JSON file to keep."""
    gateway: Gateway = request.app.state.gateway
    code = request.path_params["code"]
    conversation = conversation_of_copy(gateway.settings.token_secret, code, gateway.clock())
    if conversation is None:
        raise refusals.not_found()
    held = await gateway.database.read(export, conversation)
    return Response(
        json.dumps(held, ensure_ascii=False, indent=1, default=str),
        media_type="application/json",
        headers={"content-disposition": 'attachment; filename="my-data.json"', "cache-control": "no-store"},
    )
