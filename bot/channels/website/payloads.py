"""Reading what a website sends: plain JSON into small values; whatever else comes is refused by name."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any, TypeGuard

from bot.gateway import refusals
from bot.gateway.conversations import Tongue

_SCRIPTS = {
    "en": ("latin",),
    "zh": ("simplified", "traditional", "latin", "both"),
    "yue": ("traditional", "simplified", "latin", "both"),
}
LONGEST_ID = 100
_HIGHEST_SEQ = 2**31 - 1


@dataclass(frozen=True)
class Sent:
    """One message as a website sends it: a text or a choice."""

    client_message_id: str
    text: str | None
    choice: str | None


def read_json(raw: bytes) -> dict[str, Any]:
    """Read a JSON object in UTF-8. Raises Refused.

    >>> read_json(b'{"text": "hi"}')
    {'text': 'hi'}
    """
    try:
        body = json.loads(raw.decode("utf8"))
    except (ValueError, RecursionError):
        raise refusals.malformed("the body must be JSON in UTF-8") from None
    if not isinstance(body, dict):
        raise refusals.malformed("the body must be a JSON object")
    return body


def read_sent(body: dict[str, Any]) -> Sent:
    """Read a message. Raises Refused."""
    client_id = read_client_id(body.get("client_message_id"))
    text, choice = body.get("text"), body.get("choice")
    if (text is None) == (choice is None):
        raise refusals.malformed("a message has either a text or a choice")
    if text is not None and not isinstance(text, str):
        raise refusals.malformed("text must be a text")
    if choice is not None and not _is_id(choice):
        raise refusals.malformed("choice must be the id of a choice")
    return Sent(client_id, text, choice)


def read_client_id(value: Any) -> str:
    """Read the id that a client gives its message. Raises Refused."""
    if not _is_id(value):
        raise refusals.malformed(f"client_message_id must be 1 to {LONGEST_ID} printable ASCII characters")
    return value


def read_tongue(body: dict[str, Any]) -> Tongue | None:
    """Read the language and script of the site's own interface, where it gives them. Raises Refused."""
    language, script = body.get("language"), body.get("script")
    if language is None and script is None:
        return None
    if not isinstance(language, str) or language not in _SCRIPTS:
        raise refusals.malformed("language must be en, zh or yue")
    if script is None:
        script = _SCRIPTS[language][0]
    if script not in _SCRIPTS[language]:
        raise refusals.malformed(f"script must be one of {', '.join(_SCRIPTS[language])}")
    return Tongue(language, script)  # type: ignore[arg-type]  # checked above


def read_seq(value: str | None) -> int:
    """Read the number of a message, 0 where there is none. Raises Refused."""
    if value is None:
        return 0
    if not value.isascii() or not value.isdecimal() or len(value) > 18:
        raise refusals.malformed("after must be a whole number, not below zero")
    return min(int(value), _HIGHEST_SEQ)


def read_seconds(value: str | None, most: float) -> float:
    """Read how long to wait, 0 where it isn't said; more than `most` counts as `most`. Raises Refused."""
    try:
        seconds = float(value or "0")
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise refusals.malformed("wait must be a number of seconds, not below zero")
    return min(seconds, most)


def _is_id(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isascii() and value.isprintable()
