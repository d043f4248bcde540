"""The application: routes of the channels, guards around them, and the work that runs beside them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.gateway import refusals
from bot.gateway.answers import refusal_response
from bot.gateway.copies import own_copy
from bot.gateway.database import DatabaseAway
from bot.gateway.fairness import Fair
from bot.gateway.health import health, metrics, ready
from bot.gateway.housekeeping import Housekeeping
from bot.gateway.limits import is_loopback
from bot.gateway.logs import log
from bot.gateway.outbox import Outbox, Sender
from bot.gateway.outside import listen_outside
from bot.gateway.parts import Gateway
from bot.gateway.refusals import Refused
from bot.gateway.security import Bounded, SecurityHeaders
from bot.gateway.turns import Turns
from bot.support.company import the_company

OWN_ROUTES = (
    Route("/health", health),
    Route("/ready", ready),
    Route("/metrics", metrics),
    Route("/copies/{code}", own_copy),
)


def build(gateway: Gateway, routes: Sequence[BaseRoute], senders: Mapping[str, Sender] | None = None) -> Starlette:
    """Build the application around the routes of its channels, and the senders of those that must be called."""
    across = partial(
        CORSMiddleware,
        allow_origins=list(gateway.settings.company_sites),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["authorization", "content-type"],
        expose_headers=["retry-after"],
        max_age=600,
    )
    app = Starlette(
        routes=[*OWN_ROUTES, *routes],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(
                Fair,
                per_second=gateway.settings.requests_per_address,
                spare=lambda address: gateway.limits.spare_loopback and is_loopback(address),
                across=across,
            ),
            Middleware(across),
            Middleware(Bounded),
        ],
        exception_handlers={Refused: _refused, DatabaseAway: _away, HTTPException: _http_error, Exception: _broke},
        lifespan=_working,
    )
    app.state.gateway = gateway
    app.state.senders = senders or {}
    return app


@asynccontextmanager
async def _working(app: Starlette) -> AsyncIterator[None]:
    """Work on the inbox for as long as requests are served."""
    gateway: Gateway = app.state.gateway
    turns = Turns(
        database=gateway.database,
        bells=gateway.bells,
        assistant=gateway.assistant,
        notices=gateway.notices,
        metrics=gateway.metrics,
        clock=gateway.clock,
    )
    outbox = Outbox(
        database=gateway.database,
        bells=gateway.bells,
        senders=app.state.senders,
        metrics=gateway.metrics,
        clock=gateway.clock,
    )
    housekeeping = Housekeeping(gateway.database, gateway.clock, **the_company().facts["retention"])
    warming = asyncio.to_thread(_warm, gateway)
    works = (turns.run(), outbox.run(), listen_outside(gateway.database, gateway.bells), housekeeping.run(), warming)
    jobs = [asyncio.ensure_future(work) for work in works]
    for job in jobs:
        job.add_done_callback(_report)
    try:
        yield
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)
        await gateway.assistant.close()
        await asyncio.to_thread(gateway.database.close)


def _warm(gateway: Gateway) -> None:
    """Load what reading and speaking need, so that the first customer is served as fast as the others."""
    gateway.notices.warm()
    gateway.match("the second one", ("Yes", "No"))


def _report(job: asyncio.Future[Any]) -> None:
    if not job.cancelled() and job.exception() is not None:
        log("job_died", level="CRITICAL", failure=type(job.exception()).__name__)


async def _refused(request: Request, error: Exception) -> Response:
    return await refusal_response(request, error if isinstance(error, Refused) else refusals.broke())


async def _away(request: Request, error: Exception) -> Response:
    log("database_away", level="WARNING", failure=str(error))
    return await refusal_response(request, refusals.away())


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "refused")
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return JSONResponse({"code": code, "text": code.replace("_", " ")}, status, headers=headers)


async def _broke(request: Request, error: Exception) -> Response:
    gateway: Gateway = request.app.state.gateway
    gateway.metrics.failed("request", type(error).__name__)
    log(
        "request_broke",
        level="ERROR",
        endpoint=getattr(request.scope.get("endpoint"), "__name__", None),
        failure=type(error).__name__,
    )
    return await refusal_response(request, refusals.broke())
