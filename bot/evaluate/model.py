"""The trained model, asked the way the assistant asks it: through Rasa's own graph."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODELS = Path("models")


class NoModel(FileNotFoundError):
    """There is no trained model to measure."""


@dataclass(frozen=True)
class Parsed:
    """What the assistant understood, and the milliseconds it took."""

    output: Mapping[str, Any]
    milliseconds: float


def newest(folder: Path = MODELS) -> Path:
    """Give the newest trained model. Raises NoModel."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise NoModel(f"no trained model in {folder}: `make train` makes one")
    return models[-1]


def parse(model: Path, texts: Sequence[str], *, warm_up: int = 20) -> Iterator[Parsed]:
    """Parse texts one by one, each as a stranger's first message."""
    import structlog
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    # Rasa's messages about messages would stand among the figures.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    processor = Agent.load(str(model)).processor
    loop = asyncio.new_event_loop()
    try:
        for text in texts[:warm_up]:
            loop.run_until_complete(processor.parse_message(UserMessage(text)))
        for text in texts:
            start = time.perf_counter()
            output = loop.run_until_complete(processor.parse_message(UserMessage(text)))
            yield Parsed(output, 1000 * (time.perf_counter() - start))
    finally:
        loop.close()
