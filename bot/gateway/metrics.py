"""Figures about this process for those who run the desk, in Prometheus's format; never about one customer."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from starlette.requests import HTTPConnection

from bot.gateway.limits import is_loopback
from bot.gateway.queues import Queues

Stage = Literal["acknowledged", "waited", "asked", "settled", "whole"]
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 900)


class Metrics:
    """The figures of one gateway."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._seconds = Histogram(
            "saamjyu_turn_seconds",
            "How long the stages of a turn took: acknowledged (request to commit), waited (until a worker took it), "
            "asked (the assistant's answer), settled (the answer's commit), whole (commit to commit).",
            ["stage"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._answers = Counter(
            "saamjyu_answers",
            "Turns that were answered, by the language answered in.",
            ["language", "script"],
            registry=registry,
        )
        self._heard = Counter(
            "saamjyu_heard",
            "Customers' messages that were answered, by the language written in; unknown for a number or an ok.",
            ["language", "script"],
            registry=registry,
        )
        self._failures = Counter(
            "saamjyu_failures", "What failed, and how it showed.", ["what", "how"], registry=registry
        )
        self._refusals = Counter(
            "saamjyu_refusals", "Requests that were refused, by code.", ["code"], registry=registry
        )
        self._deliveries = Counter(
            "saamjyu_deliveries", "Messages delivered to a channel.", ["channel"], registry=registry
        )
        self._queued = Gauge(
            "saamjyu_queue_messages",
            "Messages in inbox and outbox: new (to be worked on) and failed (left to a person).",
            ["queue", "channel", "state"],
            registry=registry,
        )
        self._oldest = Gauge(
            "saamjyu_queue_oldest_seconds",
            "How long the oldest new message of a queue has waited.",
            ["queue"],
            registry=registry,
        )
        self._database = Gauge("saamjyu_database_up", "Whether the database answered just now.", registry=registry)

    @contextmanager
    def timed(self, stage: Stage) -> Iterator[None]:
        """Measure a stage, unless it fails."""
        started = perf_counter()
        yield
        self.took(stage, perf_counter() - started)

    def took(self, stage: Stage, seconds: float) -> None:
        """Count a stage and the seconds it took."""
        self._seconds.labels(stage).observe(max(0.0, seconds))

    def answered(self, language: str | None, script: str | None) -> None:
        """Count an answered turn."""
        self._answers.labels(language or "unknown", script or "unknown").inc()

    def heard(self, language: str | None, script: str | None) -> None:
        """Count a customer's message once its language is known, or known to show none."""
        self._heard.labels(language or "unknown", script or "unknown").inc()

    def failed(self, what: Literal["turn", "delivery", "database", "request"], how: str) -> None:
        """Count a failure; `how` is one of a few names, never a text that quotes somebody."""
        self._failures.labels(what, how).inc()

    def database_away(self, how: str) -> None:
        """Count an unanswered question to the database."""
        self.failed("database", how)

    def refused(self, code: str) -> None:
        """Count a refusal."""
        self._refusals.labels(code).inc()

    def delivered(self, channel: str) -> None:
        """Count a delivery."""
        self._deliveries.labels(channel).inc()

    def page(self, queues: Queues | None) -> bytes:
        """Write all figures, with the queues as they stand; None while the database is away."""
        self._database.set(queues is not None)
        self._queued.clear()
        self._oldest.clear()
        if queues is not None:
            for place, count in queues.lengths.items():
                self._queued.labels(*place).set(count)
            for queue, seconds in queues.oldest.items():
                self._oldest.labels(queue).set(seconds)
        return generate_latest(self._registry)


def may_see_metrics(connection: HTTPConnection, token: str) -> bool:
    """Tell whether who asks may see figures: whoever shows the token, or, where none is set, this machine itself.

    A proxy on this machine speaks for others, and says so by a header that it adds.
    """
    if token:
        given = connection.headers.get("authorization", "").encode("utf8", "replace")
        return hmac.compare_digest(given, f"Bearer {token}".encode())
    is_forwarded = any(name in connection.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip", "via"))
    return connection.client is not None and is_loopback(connection.client.host) and not is_forwarded
