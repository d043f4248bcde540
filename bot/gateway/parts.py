"""The gateway's parts, made once from the settings and handed to whoever serves a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from bot.gateway.assistant import Assistant
from bot.gateway.bells import Bells
from bot.gateway.choices import Match
from bot.gateway.darkroom import Darkroom
from bot.gateway.database import Database
from bot.gateway.limits import Limit
from bot.gateway.metrics import Metrics
from bot.gateway.notices import Notices
from bot.gateway.tokens import Tokens
from bot.settings import Settings

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the present moment."""
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Limits:
    """How often an address may open a conversation, speak and send photos, and a conversation be spoken in."""

    openings: Limit
    from_address: Limit
    in_conversation: Limit
    photos: Limit
    spare_loopback: bool


@dataclass(frozen=True)
class Gateway:
    """Everything a request may need."""

    settings: Settings
    database: Database
    bells: Bells
    assistant: Assistant
    notices: Notices
    tokens: Tokens
    limits: Limits
    darkroom: Darkroom
    metrics: Metrics
    match: Match
    clock: Clock


def assemble(settings: Settings, *, notices: Notices, match: Match, clock: Clock = utc_now) -> Gateway:
    """Make the parts; nothing is opened or started yet."""
    bells, metrics = Bells(), Metrics()
    return Gateway(
        settings=settings,
        database=Database(settings.database_url, on_news=bells.tell, on_away=metrics.database_away),
        bells=bells,
        assistant=Assistant(
            url=settings.assistant_url,
            secret=settings.assistant_secret,
            actions_url=settings.actions_url,
            seconds=settings.turn_seconds,
        ),
        notices=notices,
        tokens=Tokens(settings.token_secret, settings.token_days, clock),
        limits=Limits(
            openings=Limit(settings.conversations_per_address, 12 * 3600, clock),
            from_address=Limit(settings.messages_per_address, 60, clock),
            in_conversation=Limit(settings.messages_per_conversation, 60, clock),
            photos=Limit(settings.photos_per_address, 3600, clock),
            spare_loopback=not settings.limit_loopback,
        ),
        darkroom=Darkroom(),
        metrics=metrics,
        match=match,
        clock=clock,
    )
