"""The component that says what a customer wants, and admits when it cannot tell."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from bot.language.emoji import in_words, is_emoji
from bot.language.hesitation import is_hesitation
from bot.language.intents import Classifier, Guess, embedding
from bot.language.reading import read
from bot.nlu import lessons
from bot.nlu.messages import language_fingerprint, metadata_of, reading_of

FALLBACK = "nlu_fallback"
_UNMEANT = "unmeant.json"
_STRANGERS = "strangers.json"
_TOO_STRANGE = 3  # kinds of entities that hardly ever go with a label, in one message: it means something else


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent):
    """Classifies messages with bot.language.intents; kept as arrays and JSON.

    Of `faq/opening_hours` the intent is `faq`; `label` keeps the whole name. Below `fallback_threshold`, or
    when the two best are within `ambiguity_margin` of each other, the intent is `nlu_fallback`. Entities that under
    the label found are hardly ever meant are taken away. Whoever gives several details that hardly ever go with a
    label means another: "hi, my fridge leaks, I'm May, 6432 1098" is no greeting. A mere "erm" is `nlu_fallback`, its
    label too: whatever it resembles, it must not confirm or cancel anything. Emoji alone are taken for what they say, and
    those that say nothing by themselves as "erm" is.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the settings a config.yml may change."""
        return {"fallback_threshold": 0.3, "ambiguity_margin": 0.02, "ranking": 5, "seed": 7}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: Classifier | None,
        unmeant: Mapping[str, Collection[str]] | None = None,
        strangers: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Take the settings, a place to keep what is learned, and what was learned before."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._classifier = classifier
        self._unmeant = unmeant or {}
        self._strangers = strangers or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """Make one that has learned nothing."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """Make one from what `train` kept; the encoder is loaded now, not at the first message."""
        with model_storage.read_from(resource) as folder:
            classifier = Classifier.load(folder)
            unmeant = json.loads((folder / _UNMEANT).read_text(encoding="utf-8"))
            strangers = json.loads((folder / _STRANGERS).read_text(encoding="utf-8"))
        embedding.load().encode("")
        # One message is too little work to share: threads that wait for one another cost more than they bring.
        threadpool_limits(limits=1, user_api="blas")
        return cls(config, model_storage, resource, classifier, unmeant, strangers)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Train anew when bot.language changed: Rasa looks at this class's own source only."""
        return language_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the lines, and from the Cantonese ones also as people spell them in Latin letters."""
        examples = [(str(line.get(TEXT)), line.get_full_intent()) for line in training_data.intent_examples]
        marked = [{one["entity"] for one in line.get(ENTITIES) or ()} for line in training_data.intent_examples]
        lines = lessons.lines(examples, seed=self._config["seed"])
        self._classifier, _ = Classifier.fit(lines)
        self._unmeant = lessons.unmeant(lines, marked)
        self._strangers = lessons.strangers(lines)
        with self._model_storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
            (folder / _UNMEANT).write_text(json.dumps(self._unmeant), encoding="utf-8")
            (folder / _STRANGERS).write_text(json.dumps(self._strangers), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and label on each message."""
        for message in messages:
            reading = reading_of(message)
            if reading is not None and self._classifier is not None:
                found = [entity["entity"] for entity in message.get(ENTITIES) or ()]
                said = in_words(reading.original)
                guesses = self._classifier.guess(read(said) if said else reading, found)
                self._tell(message, self._fitting(guesses, set(found)))
                self._drop_unmeant(message)
                if not said and (is_hesitation(reading.original) or is_emoji(reading.original)):
                    _leave_open(message)
        return messages

    def _fitting(self, guesses: list[Guess], found: set[str]) -> list[Guess]:
        """Put last the labels that what was found hardly ever goes with; the others share the confidence."""
        strange = {
            guess.label
            for guess in guesses
            if len(found.intersection(self._strangers.get(guess.label, ()))) >= _TOO_STRANGE
        }
        left = [guess for guess in guesses if guess.label not in strange]
        if not strange or len(left) < 2:
            return guesses
        whole = sum(guess.confidence for guess in left)
        return [Guess(guess.label, guess.confidence / whole) for guess in left] + [
            Guess(guess.label, 0.0) for guess in guesses if guess.label in strange
        ]

    def _drop_unmeant(self, message: Message) -> None:
        """Take away entities of kinds that mean nothing under the label, unless the desk has just asked for one."""
        unmeant = self._unmeant.get(message.get("label"), ())
        if unmeant and message.get(INTENT)["name"] != FALLBACK and not metadata_of(message).get("expected"):
            kept = [one for one in message.get(ENTITIES) or () if one["entity"] not in unmeant]
            message.set(ENTITIES, kept, add_to_output=True)

    def _tell(self, message: Message, guesses: list[Guess]) -> None:
        best, second = guesses[0], guesses[1]
        unsure = (
            best.confidence < self._config["fallback_threshold"]
            or best.confidence - second.confidence < self._config["ambiguity_margin"]
        )
        name = FALLBACK if unsure else best.label.split("/")[0]
        ranking = [
            {"name": guess.label, "confidence": guess.confidence} for guess in guesses[: self._config["ranking"]]
        ]
        message.set(INTENT, {"name": name, "confidence": best.confidence}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set("label", best.label, add_to_output=True)
        if not unsure and "/" in best.label:
            message.set("response_selector", _retrieval(best), add_to_output=True)


def _leave_open(message: Message) -> None:
    """Say that a message means nothing yet; what it resembles stays in the ranking."""
    message.set(INTENT, {"name": FALLBACK, "confidence": 0.0}, add_to_output=True)
    message.set("label", FALLBACK, add_to_output=True)
    message.data.pop("response_selector", None)


def _retrieval(guess: Guess) -> dict[str, Any]:
    """Put a sub-intent into the form in which Rasa's own selector answers."""
    response = {
        "responses": [],
        "confidence": guess.confidence,
        "intent_response_key": guess.label,
        "utter_action": f"utter_{guess.label}",
    }
    retrieval = guess.label.split("/")[0]
    return {"all_retrieval_intents": [retrieval], retrieval: {"response": response, "ranking": []}}
