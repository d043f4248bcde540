"""The answer of the finder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """Something a customer named, with its exact place in what the customer typed.

    `value` is canonical (a code, an ISO date, an E.164 number) and None when the words alone give
    none; `refused` names why an impossible value is refused ("no such day").
    """

    name: str
    start: int
    end: int
    text: str
    value: str | None = None
    refused: str | None = None
