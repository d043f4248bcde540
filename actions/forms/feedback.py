"""The feedback form: a rating, then a few words if the customer has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.forms.grievance import kind_of_feedback
from actions.forms.rules import FormRules
from actions.talk import Answer, Entity, Form, Message, Say, say
from bot.support.feedback import LOW_RATING, give_feedback

_BARE_RATING = re.compile(r"\s*([1-5])\s*[.!。！]*\s*")
_MERE_RATING = 24  # bytes around a rating that say nothing more: "I'd give it a", 我给
_ABOUT_THE_OFFER = frozenset({"affirm", "deny", "cancel", "repeat", "switch_language"})


class FeedbackForm(FormRules):
    """Records the rating as soon as it is given, so that nothing is lost when no words follow."""

    name = "feedback"
    optional = frozenset({"rating", "words"})
    open_ended = frozenset({"words"})
    own_labels = frozenset({"rate_service", "give_feedback", "complain", "thank"})
    entities: ClassVar[Mapping[str, str]] = {"rating": "rating"}

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take a rating, and words where the message has more than the rating."""
        told: dict[str, Any] = {}
        rating, bare = message.find("rating"), _BARE_RATING.fullmatch(message.text)
        if rating and rating.value:
            told["rating"] = int(rating.value)
        elif bare and message.label == "rate_service":
            return {"rating": int(bare[1])}  # nobody asked for a number, but what else could it be
        if _says_more(message, rating) if rating else self._is_words(form, message):
            told["words"] = message.text
        return told

    @staticmethod
    def _is_words(form: Form, message: Message) -> bool:
        return form.asking is None and message.label == "give_feedback"

    def read_freely(self, form: Form, message: Message) -> dict[str, Any]:
        """Take the whole message as the customer's words."""
        return {"words": message.text} if form.asking == "words" and message.text.strip() else {}

    def on_told(
        self, session: Session, form: Form, message: Message, told: Mapping[str, Any]
    ) -> tuple[Form, tuple[Say, ...]]:
        """Record what was given, at once."""
        if not told:
            return form, ()
        given = give_feedback(session, message.origin, rating=told.get("rating"), words=told.get("words"))
        if "rating" not in told:
            return form, ()
        if given.is_changed:
            return form, (say("utter_rating_changed", rating=told["rating"]),)
        low = told["rating"] <= LOW_RATING
        return form, (say("utter_rating_low" if low else "utter_rating_noted", rating=told["rating"]),)

    def next_question(self, form: Form) -> str | None:
        """Ask for words after a rating; for a rating only when the desk itself began to ask."""
        if form.details.get("asked") and not form.knows("rating"):
            return "rating"
        return None if form.knows("words") else "words"

    def question(self, form: Form, message: Message) -> Say:
        """Ask for the rating or the words."""
        return Say("utter_ask_rating", extras={"rating": True}) if form.asking == "rating" else say("utter_ask_words")

    def gives_way(self, form: Form, message: Message) -> bool:
        """Let go of a rating that nobody but the desk thought of, as soon as the customer speaks of something else."""
        if message.label == "goodbye":
            return True
        if form.asking != "rating" or not form.details.get("offered") or message.find("rating"):
            return False
        return message.label not in self.own_labels | _ABOUT_THE_OFFER

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Thank the customer."""
        if "words" in form.details:
            if "rating" not in form.details:
                return Answer((say(f"utter_{kind_of_feedback(message)}_noted"),))
            low = int(form.details["rating"]) <= LOW_RATING
            return Answer((Say("utter_words_low", choices=("person",)) if low else say("utter_words_noted"),))
        return Answer((say("utter_feedback_done"),))


def _says_more(message: Message, rating: Entity) -> bool:
    """Tell whether there is more in the message than the rating itself."""
    rest = message.text.replace(rating.text, "").strip(" ,，.。!！~")
    return len(rest.encode()) > _MERE_RATING
