"""What a typed parser answers: where something stands in a text, and its canonical value."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """A thing recognised in `text[start:end]`; `refused` names why an impossible value is refused."""

    start: int
    end: int
    value: str | None
    refused: str | None = None
