"""Small signs in a message, which no intent stands for: regular expressions kept as data, in three languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from actions.talk import Message
from bot.language.scripts import to_simplified

SIGNS = Path(__file__).resolve().parents[1] / "data" / "signs"


@lru_cache(maxsize=1)
def all_signs() -> dict[str, re.Pattern[str]]:
    """Read every sign, in all languages at once: people mix them."""
    files = (yaml.safe_load(path.read_text("utf8")) for path in sorted(SIGNS.glob("*.yml")))
    return {name: _any_of(languages) for by_name in files for name, languages in by_name.items()}


def shows(message: Message, sign: str) -> bool:
    """Tell whether a message shows a sign of data/signs."""
    return all_signs()[sign].search(said(message)) is not None


def share(message: Message, sign: str) -> float:
    """Tell how much of a message, from 0 to 1, shows a sign of data/signs."""
    text = said(message)
    return sum(len(found[0]) for found in all_signs()[sign].finditer(text)) / max(1, len(text))


def said(message: Message) -> str:
    """Give a message as signs are matched: its reading in characters, simplified."""
    return to_simplified(message.characters)


def _any_of(languages: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    patterns = (pattern for patterns in languages.values() for pattern in patterns)
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
