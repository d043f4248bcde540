"""Alive, ready, and in figures; ready means that database, assistant and actions really answered."""

from __future__ import annotations

import asyncio

from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.gateway import queues, refusals
from bot.gateway.database import Database, DatabaseAway
from bot.gateway.metrics import may_see_metrics
from bot.gateway.parts import Gateway
from bot.storage.messaging import conversations


async def health(request: Request) -> JSONResponse:
    """Answer that this process is alive."""
    return JSONResponse({"status": "alive"})


async def ready(request: Request) -> JSONResponse:
    """Answer whether a message sent now would be answered, and if not, what is missing."""
    gateway: Gateway = request.app.state.gateway
    names = ("database", "assistant", "actions")
    states = await asyncio.gather(
        _database_ready(gateway.database), gateway.assistant.assistant_ready(), gateway.assistant.actions_ready()
    )
    parts = {name: "ready" if state else "not ready" for name, state in zip(names, states, strict=True)}
    is_ready = all(states)
    return JSONResponse({"status": "ready" if is_ready else "not ready", **parts}, 200 if is_ready else 503)


async def metrics(request: Request) -> Response:
    """Answer with figures for those who run the desk; to anybody else there is nothing here."""
    gateway: Gateway = request.app.state.gateway
    if not may_see_metrics(request, gateway.settings.metrics_token):
        raise refusals.not_found()
    try:
        standing = await gateway.database.read(queues.look, gateway.clock())
    except DatabaseAway:
        standing = None
    return Response(gateway.metrics.page(standing), media_type=CONTENT_TYPE_LATEST)


def _look(session: Session) -> None:
    session.execute(select(conversations.c.id).limit(1)).first()


async def _database_ready(database: Database) -> bool:
    try:  # a write transaction: a database that can only be read is of no use
        await database.write(_look)
    except DatabaseAway:
        return False
    return True
