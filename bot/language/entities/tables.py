"""The lookup tables of data/lookups, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.language.scripts.convert import converter

FOLDER = Path(__file__).resolve().parents[3] / "data" / "lookups"
"""Where the tables lie in a checkout."""


@cache
def read(name: str) -> Any:
    """Give the content of a table by its name without ending.

    Shared by everyone who asks: nobody changes it.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (FOLDER / f"{name}.yml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=loader)  # noqa: S506 the loader is a safe one


def simplify(texts: list[str]) -> list[str]:
    """Fold lookup texts as messages are folded: lower case, simplified; one conversion for all of them."""
    if not texts:
        return []
    return str(converter("t2s").convert("\n".join(texts))).lower().split("\n")


def simplified(text: str) -> str:
    """Fold one text to simplified characters without changing its length."""
    if text.isascii():
        return text
    result = str(converter("t2s").convert(text))
    return result if len(result) == len(text) else text
