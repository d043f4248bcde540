"""The component that finds what is named in a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from bot.language.entities import Entity, find
from bot.nlu.messages import metadata_of, now_of, reading_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityFinder(GraphComponent):
    """Finds products, faults, numbers, dates and the rest, with their canonical values."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityFinder:
        """Make one; there is nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add to each message the entities that it names."""
        for message in messages:
            reading = reading_of(message)
            if reading is not None and reading.original:
                expected = metadata_of(message).get("expected")
                found = find(reading, now_of(message), expected if isinstance(expected, str) else None)
                message.set(ENTITIES, [_shown(entity) for entity in found], add_to_output=True)
        return messages


def _shown(entity: Entity) -> dict[str, Any]:
    """Put an entity into Rasa's form; one without a canonical value has its own words as value.

    `canonical` tells the two apart, `refused` names why an impossible value is refused.
    """
    shown: dict[str, Any] = {
        "entity": entity.name,
        "start": entity.start,
        "end": entity.end,
        "value": entity.value if entity.value is not None else entity.text,
        "text": entity.text,
        "canonical": entity.value is not None,
        "extractor": "EntityFinder",
    }
    if entity.refused:
        shown["refused"] = entity.refused
    return shown
