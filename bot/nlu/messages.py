"""What the components keep on a message for one another, and what a message came with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.aligned import Language, Script
from bot.language.preference import Preference
from bot.language.reading import Reading

READING = "bot_reading"
LANGUAGE = Path(__file__).parents[1] / "language"


def is_payload(message: Message) -> bool:
    """Tell whether a message is the desk's own `/intent{…}`, which no component reads; people's never are."""
    return str(message.get(TEXT) or "").strip().startswith("/")


def reading_of(message: Message) -> Reading | None:
    """Give the reading that the Reader left on a message."""
    reading = message.get(READING)
    return reading if isinstance(reading, Reading) else None


def metadata_of(message: Message) -> Mapping[str, Any]:
    """Give what the channel sent along with a message."""
    metadata = message.get("metadata")
    return metadata if isinstance(metadata, Mapping) else {}


def previous_preference(message: Message) -> Preference | None:
    """Give the language and script the conversation had before this message; None for a stranger."""
    known = metadata_of(message).get("preference")
    if not isinstance(known, Mapping) or known.get("unknown"):
        return None
    language: Any = known.get("language")
    script: Any = known.get("script")
    if language not in get_args(Language) or script not in get_args(Script):
        return None
    return Preference(language, script, known.get("wished_language") is True, known.get("wished_script") is True)


def now_of(message: Message) -> datetime:
    """Give the moment a message was written; the present one when the channel does not say."""
    try:
        now = datetime.fromisoformat(str(metadata_of(message).get("now")))
    except ValueError:
        return datetime.now(timezone.utc)
    return now if now.tzinfo else now.replace(tzinfo=timezone.utc)


@lru_cache(1)
def language_fingerprint() -> str:
    """Name the state of bot.language, code and tables: a model trained under another is trained anew."""
    digest = hashlib.sha256()
    lookups = LANGUAGE.parents[1] / "data" / "lookups"
    for path in sorted([*LANGUAGE.rglob("*"), *lookups.rglob("*")]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
