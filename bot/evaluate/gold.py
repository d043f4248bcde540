"""Evaluation files: what each message should be understood as."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

_MARKED = re.compile(r"\[([^\[\]]+)\]\((\w+)(?::([^()]*))?\)")


class BadFile(ValueError):
    """A file that cannot be evaluated; the message says why."""


@dataclass(frozen=True)
class GoldEntity:
    """An entity as marked by hand; `value` is None where the file gives none."""

    name: str
    start: int
    end: int
    value: str | None


@dataclass(frozen=True)
class GoldMessage:
    """A message with its right label, the variety it is written in and its entities."""

    label: str
    variety: str
    text: str
    entities: tuple[GoldEntity, ...]


def read_marked(marked: str) -> tuple[str, tuple[GoldEntity, ...]]:
    """Take the marks out of a text and give the entities they marked.

    >>> read_marked("my [fridge](product:refrigerator) died")
    ('my fridge died', (GoldEntity(name='product', start=3, end=9, value='refrigerator'),))
    """
    text = ""
    entities = []
    last = 0
    for match in _MARKED.finditer(marked):
        text += marked[last : match.start()]
        entities.append(GoldEntity(match[2], len(text), len(text) + len(match[1]), match[3] or None))
        text += match[1]
        last = match.end()
    return text + marked[last:], tuple(entities)


def read_messages(path: Path) -> list[GoldMessage]:
    """Read a tab-separated file with at least the columns intent, variety and text. Raises BadFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}") from error
    if not rows:
        raise BadFile(f"{path}: no messages")
    missing = {"intent", "variety", "text"} - set(rows[0])
    if missing:
        raise BadFile(f"{path}: no column {', '.join(sorted(missing))}")
    return [GoldMessage(row["intent"], row["variety"], *read_marked(row["text"])) for row in rows if row["text"]]
