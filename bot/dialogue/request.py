"""What the gateway asks for: one turn, read and checked before anything in Rasa sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.language.identify import identify
from bot.language.preference import Preference, choose
from bot.language.slash import disarm

MOST_CHARACTERS = 1_000
_STRANGER = {"language": "en", "script": "latin", "wished_language": False, "wished_script": False, "unknown": True}


class BadTurn(ValueError):
    """A request of the wrong form; the message says what is wrong with it."""


@dataclass(frozen=True)
class TurnRequest:
    """One message for the assistant. `parse_data` is set when the desk itself knows what it means."""

    conversation: str
    message_id: str
    channel: str
    kind: str  # text, choice, event
    text: str
    preference: dict[str, Any] | None
    parse_data: dict[str, Any] | None


def read_turn(body: Any) -> TurnRequest:
    """Read the gateway's JSON. Text from a person never comes near Rasa's way of writing intents.

    Raises BadTurn.
    """
    if not isinstance(body, dict):
        raise BadTurn("a turn is a JSON object")
    for name in ("conversation", "message_id", "channel", "kind", "text"):
        if not isinstance(body.get(name), str) or "\x00" in body[name]:
            raise BadTurn(f"{name} must be a text")
    if not body["conversation"] or not body["message_id"]:
        raise BadTurn("conversation and message_id must not be empty")
    if body["kind"] not in ("text", "choice", "event"):
        raise BadTurn(f"unknown kind {body['kind']}")
    if len(body["text"]) > MOST_CHARACTERS:
        raise BadTurn(f"text is longer than {MOST_CHARACTERS} characters")
    preference = body.get("preference")
    if preference is not None and not isinstance(preference, dict):
        raise BadTurn("preference must be an object")
    parse_data = None if body["kind"] == "text" else _known_meaning(body.get("payload"), body["text"], preference)
    return TurnRequest(
        conversation=body["conversation"],
        message_id=body["message_id"],
        channel=body["channel"],
        kind=body["kind"],
        text=disarm(body["text"]),
        preference=preference,
        parse_data=parse_data,
    )


def _known_meaning(payload: Any, text: str, preference: dict[str, Any] | None) -> dict[str, Any]:
    """Build the understanding of a choice or event, which needs no reading."""
    if not isinstance(payload, dict) or not isinstance(payload.get("intent"), str):
        raise BadTurn("a choice or event needs a payload with an intent")
    label = payload["intent"]
    entities = payload.get("entities") or {}
    if not isinstance(entities, dict):
        raise BadTurn("payload.entities must be an object")
    return {
        "text": text,
        "intent": {"name": label.split("/")[0], "confidence": 1.0},
        "intent_ranking": [],
        "label": label,
        "entities": [{"entity": name, "value": value, "text": text} for name, value in entities.items()],
        "reply": _reply(label, entities, preference),
    }


def _reply(label: str, entities: dict[str, Any], preference: dict[str, Any] | None) -> dict[str, Any]:
    """Give the language and script to answer a choice in: as before, unless the choice was a language."""
    if label != "switch_language":
        return preference or dict(_STRANGER)
    known = {name: value for name, value in (preference or {}).items() if name in Preference.__dataclass_fields__}
    previous = Preference(**known) if known else None
    chosen = choose(previous, identify(""), entities.get("language"), entities.get("script"))
    return vars(chosen) if chosen else dict(_STRANGER)
