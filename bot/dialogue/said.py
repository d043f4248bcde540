"""Which language a customer wrote in, as against the one they are answered in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.language.identify import identify


def said_in(event: Mapping[str, Any], reply: Mapping[str, Any]) -> dict[str, Any] | None:
    """Tell the language and script of a customer's message; None where it shows neither, as a number does.

    `reply` is what the customer is answered in: a choice was offered in it, and it tells the script of characters
    that both scripts share.
    """
    about = event.get("metadata") or {}
    if about.get("kind") == "choice" and reply:
        return {"language": reply["language"], "script": reply["script"]}
    if about.get("kind") != "text":
        return None
    seen = identify(event.get("text") or "", (about.get("preference") or {}).get("language"))
    if seen.language is None:
        return None
    is_telling = reply.get("language") == seen.language and reply["script"] in ("simplified", "traditional")
    return {"language": seen.language, "script": seen.script or (reply["script"] if is_telling else None)}
