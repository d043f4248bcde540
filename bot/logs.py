"""Logs are events with fields, one JSON object a line; never a customer's words, number, name or address."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime, timezone
from typing import Any, Protocol


class Log(Protocol):
    """Logs an event with its fields. `message` is an inbox id: the same all the way to the ticket."""

    def __call__(self, event: str, level: str = "INFO", **fields: Any) -> None:
        """Log an event."""


def event_log(name: str) -> Log:
    """Give the log of one process."""
    logger = logging.getLogger(name)

    def log(event: str, level: str = "INFO", **fields: Any) -> None:
        logger.log(logging.getLevelName(level), event, extra={"fields": fields})

    return log


def start_logging(level: str) -> None:
    """Send this process's logs to standard error, one JSON object a line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "uvicorn.access", "sanic.access"):  # their lines hold addresses of people
        logging.getLogger(noisy).setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the event, its fields, and of an error only where it came from: its text may quote a customer."""
        at = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "event": record.getMessage().strip()}
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[0]:
            line["failure"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _places(trace: Any) -> list[str]:
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-8:]
