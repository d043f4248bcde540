"""Keeping a person's text away from Rasa's way of writing intents."""

from __future__ import annotations

import unicodedata

_SLASHES = frozenset("/／⁄∕⧸")


def disarm(text: str) -> str:
    """Take away every slash a text begins with, whatever white space or invisible character it hides behind.

    Rasa reads a text that begins with "/" after `str.strip` as an intent or a command.

    >>> disarm("\\u3000/restart"), disarm("/ /\\u200b／greet"), disarm(" 1/2 "), disarm("//")
    ('restart', 'greet', '1/2', '')
    """
    start = 0
    while start < len(text) and _is_hiding(text[start]):
        start += 1
    return text[start:].strip()


def _is_hiding(character: str) -> bool:
    return (
        character in _SLASHES
        or character.isspace()
        or unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")
    )
