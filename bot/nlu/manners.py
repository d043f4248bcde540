"""The last component: which language and script a customer is answered in."""

from __future__ import annotations

from typing import Any, get_args

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.aligned import Language, Script
from bot.language.identify import identify
from bot.language.preference import Preference, choose
from bot.nlu.messages import metadata_of, previous_preference, reading_of

# RT-FKHH-HPNY is no word of any language, though it may look like one.
_NUMBERS = frozenset({"phone", "email", "serial_number", "ticket_number", "order_number"})
_UNASKED = frozenset({"address", "district"}) | _NUMBERS
_SAME_IN_ALL_LANGUAGES = frozenset({"name", "model"}) | _UNASKED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ReplyLanguage(GraphComponent):
    """Settles the language and script of the answer: what was wished, else what was written, else what was."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ReplyLanguage:
        """Make one; there is nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `reply` on each message."""
        for message in messages:
            message.set("reply", shown(_chosen(message)), add_to_output=True)
        return messages


def shown(preference: Preference | None) -> dict[str, Any]:
    """Put a preference into plain values; a stranger who showed nothing is answered in English for now.

    >>> shown(None)["unknown"], shown(Preference("yue", "latin"))["script"]
    (True, 'latin')
    """
    if preference is None:
        return {**shown(Preference("en", "latin")), "unknown": True}
    return {
        "language": preference.language,
        "script": preference.script,
        "wished_language": preference.wished_language,
        "wished_script": preference.wished_script,
    }


def _chosen(message: Message) -> Preference | None:
    previous, reading = previous_preference(message), reading_of(message)
    if reading is None:
        return previous
    if (message.get(INTENT) or {}).get("name") != "switch_language":
        if previous and _is_a_place_told_in_english(message, previous):
            return previous
        around = _around_details(message) if previous else None
        if previous and around is not None:
            seen = identify(around, previous.language)
            return choose(previous, seen) if seen.firm else previous
        return choose(previous, reading.identified, presumed=metadata_of(message).get("first") is True)
    wish_language: Language | None = _wished(message, "language", Language)
    wish_script: Script | None = _wished(message, "script", Script)
    return choose(previous, reading.identified, wish_language, wish_script)


def _is_a_place_told_in_english(message: Message, previous: Preference) -> bool:
    """Tell an address of Hong Kong, given by somebody who writes English, from romanized Cantonese: both are full of it."""
    reading = reading_of(message)
    found = {entity["entity"] for entity in message.get(ENTITIES) or ()}
    return bool(
        previous.language == "en"
        and metadata_of(message).get("expected") == "address"
        and reading
        and reading.identified.romanized == "jyutping"
        and not found.isdisjoint({"address", "district"})
    )


def _around_details(message: Message) -> str | None:
    """Give what stands around numbers, places, or the name or model that the desk has asked for; None where they are little.

    "Chan Tai Man" and "120 Nathan Road, Mong Kok" are what they are in every language; 我叫 around them is not.
    """
    expected = metadata_of(message).get("expected")
    text = str(message.get(TEXT) or "")
    bare = _SAME_IN_ALL_LANGUAGES if expected in _SAME_IN_ALL_LANGUAGES else _UNASKED
    found = [entity for entity in message.get(ENTITIES) or () if entity["entity"] in bare]
    if not found or sum(entity["end"] - entity["start"] for entity in found) * 2 < len(text.strip()):
        return None
    around = list(text)
    for entity in found:
        around[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    return "".join(around)


def _wished(message: Message, name: str, allowed: Any) -> Any:
    """Give the last value of an entity that is one of those allowed."""
    values = [entity["value"] for entity in message.get(ENTITIES) or () if entity["entity"] == name]
    return next((value for value in reversed(values) if value in get_args(allowed)), None)
