"""The first component: a message is read before anything else looks at it."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language import reading
from bot.nlu.messages import READING, is_payload, previous_preference


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Reader(GraphComponent):
    """Reads a message: its language, its characters, its Jyutping, with every place in the original kept."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Reader:
        """Make one; there is nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Leave a reading on each message, and show it where characters stand for what was romanized."""
        for message in messages:
            if not is_payload(message):
                _read(message)
        return messages


def _read(message: Message) -> None:
    previous = previous_preference(message)
    read = reading.read(str(message.get(TEXT) or ""), previous.language if previous else None)
    message.set(READING, read)
    if read.identified.romanized:
        shown = {"characters": read.characters.text, "jyutping": read.jyutping}
        message.set("reading", shown, add_to_output=True)
