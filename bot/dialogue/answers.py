"""Rasa's natural language generation, spoken from the desk's wordings in the customer's language and script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue import turns
from bot.language.wording import Wording

TERMS = Path(__file__).resolve().parents[2] / "data" / "terms.yml"


class Answers(TemplatedNaturalLanguageGenerator):
    """Speaks each answer in the reply language that the message's understanding settled on.

    It is of the templated kind because Rasa hands the responses of a loaded model to no other.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        self._terms = yaml.safe_load(TERMS.read_text("utf8"))
        super().__init__(domain.responses)

    @property
    def responses(self) -> dict[str, Any]:
        """The wordings as Rasa's domain holds them; Rasa sets them anew when it has loaded a model."""
        return self._responses

    @responses.setter
    def responses(self, responses: dict[str, Any]) -> None:
        self._responses = responses
        self.wording = Wording.of(responses, self._terms)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        """Give the answer as Rasa's message: text, buttons, and the language and script it is in."""
        reply = reply_of(tracker)
        try:
            said = self.wording.say(
                utter_action,
                reply["language"],
                reply["script"],
                kwargs.get("values"),
                kwargs.get("choices") or (),
                simpler=bool(kwargs.get("simpler")),
            )
        except Exception as error:  # Rasa would log it and answer nothing at all
            turns.fail(f"wording {utter_action}: {type(error).__name__}")
            raise
        return {
            "text": said.text,
            "buttons": [{"label": choice.label, "payload": dict(choice.payload)} for choice in said.choices],
            "language": reply["language"],
            "script": reply["script"],
        }


def reply_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Give the language and script to answer in, settled when the latest message was understood."""
    message = tracker.latest_message
    reply = (message.parse_data or {}).get("reply") if message else None
    return reply or {"language": "en", "script": "latin", "wished_language": False, "wished_script": False}
