"""Refusals as answers: a code for the program, a sentence for the customer in their language."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse

from bot.gateway.conversations import Tongue
from bot.gateway.notices import Notices
from bot.gateway.parts import Gateway
from bot.gateway.refusals import Refused


async def refusal_response(connection: HTTPConnection, refused: Refused) -> JSONResponse:
    """Answer a refusal over HTTP."""
    gateway: Gateway = connection.app.state.gateway
    gateway.metrics.refused(refused.code)
    body = await refusal_body(gateway.notices, refused, tongue_of_request(connection))
    headers = {"retry-after": str(refused.retry_after)} if refused.retry_after else {}
    if refused.status == 401:
        headers["www-authenticate"] = "Bearer"
    return JSONResponse(body, refused.status, headers=headers)


async def refusal_body(notices: Notices, refused: Refused, tongue: Tongue | None) -> dict[str, Any]:
    """Write a refusal; without a known language, in that of the customer's own text, or else in all three."""
    body: dict[str, Any] = {"code": refused.code, "text": refused.plain, **refused.values}
    if refused.retry_after:
        body["retry_after"] = refused.retry_after
    if refused.wording:
        said = await asyncio.to_thread(_say, notices, refused, tongue)
        body.update(said, detail=refused.plain)
    return body


def _say(notices: Notices, refused: Refused, tongue: Tongue | None) -> dict[str, Any]:
    tongue = tongue or (notices.tongue_of(refused.about) if refused.about else None)
    text = notices.text(refused.wording or "", tongue, refused.values)
    return {"text": text, "language": tongue and tongue.language, "script": tongue and tongue.script}


def tongue_of_request(connection: HTTPConnection) -> Tongue | None:
    """Give the language of the conversation that a request turned out to be about, or that its browser prefers."""
    known: Tongue | None = getattr(connection.state, "tongue", None)
    return known or accepted_tongue(connection.headers.get("accept-language", ""))


def accepted_tongue(header: str) -> Tongue | None:
    """Read the first language of an Accept-Language header that the desk speaks.

    >>> accepted_tongue("fr, yue;q=0.9"), accepted_tongue("zh-HK"), accepted_tongue("zh-CN,zh"), accepted_tongue("")
    (Tongue(language='yue', script='traditional'), Tongue(language='yue', script='traditional'), \
Tongue(language='zh', script='simplified'), None)
    """
    for item in header[:200].lower().split(","):
        tag = item.partition(";")[0].strip()
        if tag.startswith("en"):
            return Tongue("en", "latin")
        if tag.startswith("yue") or tag in ("zh-hk", "zh-mo", "zh-hant-hk", "zh-hant-mo"):
            return Tongue("yue", "traditional")
        if tag.startswith("zh"):
            return Tongue("zh", "traditional" if "hant" in tag or "tw" in tag else "simplified")
    return None
