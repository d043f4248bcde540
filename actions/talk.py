"""The values actions work with: the message that came in, the form under way, and the answer that goes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.support.channels import Origin


@dataclass(frozen=True)
class Entity:
    """One detail found in a message: its name, the words it was found in, and its canonical value."""

    name: str
    text: str
    value: str | None
    refused: str | None = None  # why the value cannot be used


@dataclass(frozen=True)
class Message:
    """A message as it was understood."""

    origin: Origin
    text: str
    characters: str  # the reading in characters where it was romanized, else the text
    label: str  # an intent, or faq/…
    confidence: float
    ranking: tuple[str, ...]
    entities: tuple[Entity, ...]
    knows_language: bool = True  # False: a stranger who has not shown a language yet

    def find(self, name: str) -> Entity | None:
        """Give the last usable entity of that name: what is said last is meant."""
        return next((entity for entity in reversed(self.entities) if entity.name == name and not entity.refused), None)

    def refusal(self, name: str) -> Entity | None:
        """Give the entity of that name whose value cannot be used."""
        return next((entity for entity in self.entities if entity.name == name and entity.refused), None)

    @property
    def now(self) -> datetime:
        """When the message came, with its zone."""
        return self.origin.at


@dataclass(frozen=True)
class Say:
    """A wording to be spoken, with its values and choices."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    choices: Sequence[str | Mapping[str, Any]] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    simpler: bool = False  # in plainer and fewer words


@dataclass(frozen=True)
class Form:
    """Something done together with the customer in several turns: what is known, what is being asked.

    `under` holds the forms that wait until this one ends, innermost last.
    """

    name: str
    details: Mapping[str, Any] = field(default_factory=dict)
    asking: str | None = None
    expects: str | None = None  # the entity that would answer the open question
    unusable: int = 0  # answers in a row that could not be used
    simpler: int = 0  # how often simpler words were asked for the open question
    skipped: tuple[str, ...] = ()
    under: tuple[Form, ...] = ()

    def knows(self, detail: str) -> bool:
        """Tell whether a detail is known or was skipped."""
        return detail in self.details or detail in self.skipped

    def told(self, **details: Any) -> Form:
        """Add details; one that was skipped is no longer."""
        skipped = tuple(name for name in self.skipped if name not in details)
        return replace(self, details={**self.details, **details}, skipped=skipped)

    def without(self, *names: str) -> Form:
        """Forget details."""
        return replace(self, details={name: value for name, value in self.details.items() if name not in names})

    def as_slot(self) -> dict[str, Any]:
        """Give the form as plain values, for the dialogue's slot."""
        return {**vars(self), "skipped": list(self.skipped), "under": [form.as_slot() for form in self.under]}

    @classmethod
    def from_slot(cls, value: Mapping[str, Any] | None) -> Form | None:
        """Read a form back from the dialogue's slot."""
        if not value:
            return None
        under = tuple(form for form in map(cls.from_slot, value["under"]) if form)
        return cls(**{**value, "skipped": tuple(value["skipped"]), "under": under})


@dataclass(frozen=True)
class State:
    """What the dialogue remembers between turns."""

    form: Form | None = None
    misses: int = 0  # messages in a row that were not understood
    last: tuple[Say, ...] = ()  # what was said last, to be said again


@dataclass(frozen=True)
class Answer:
    """What an action says, and the form that is open afterwards. `asks` tells that a question is already in it."""

    says: tuple[Say, ...]
    form: Form | None = None
    asks: bool = False
    misses: int = 0
    keeps_last: bool = False  # what was said before stays what is said again on request


def say(key: str, **values: Any) -> Say:
    """Shorthand for a wording with values."""
    return Say(key, values)
