"""The last answer in plainer words, when the customer cannot make anything of it."""

from __future__ import annotations

from dataclasses import replace

from actions.forms.engine import answers_freely, ask_simply
from actions.greetings import WHAT_NEXT
from actions.signs import said, share, shows
from actions.talk import Answer, Form, Message, Say, State, say

LONGEST = 60  # characters; a longer message tells a story
_SURE = 0.5
_NEARLY_ALL = 0.6  # of a message
_LABELS = frozenset({"repeat", "switch_language"})  # "in plain English" names a language and asks for none
# How wordings begin that only lead to an answer, and need not be said in plainer words.
COURTESIES = (
    *("utter_sorry_", "utter_changed_", "utter_skipped", "utter_unusable", "utter_greet", "utter_thank"),
    *("utter_repeat", "utter_simpler", "utter_switched", "utter_way_out"),
)


def wants_it_simpler(message: Message) -> bool:
    """Tell whether the customer asks for plainer or fewer words; where another label is sure, in all of the message."""
    if len(said(message)) > LONGEST or not shows(message, "simpler"):
        return False
    is_open = message.label in _LABELS or message.confidence < _SURE
    return is_open or share(message, "simpler") >= _NEARLY_ALL


def in_simpler_words(message: Message, state: State) -> Answer | None:
    """Say the last answer in simpler words; None when nobody asks for that. A second time, offer a person."""
    form = state.form
    if not wants_it_simpler(message) or (form and message.label != "repeat" and answers_freely(form)):
        return None
    if form:
        return _in_form(message, form, state)
    told = _told(state)
    if not told:
        return Answer((Say("utter_help", choices=WHAT_NEXT, simpler=True),))
    if any(line.simpler for line in state.last):
        return Answer((*told, say("utter_simpler_person")))
    return Answer((say("utter_simpler"), *told))


def _in_form(message: Message, form: Form, state: State) -> Answer:
    asked = ask_simply(message, form)
    if asked.form is None or asked.form.simpler > 1:
        return asked
    questions = {line.key for line in asked.says}
    told = (line for line in _told(state) if line.key not in questions)
    return replace(asked, says=(say("utter_simpler"), *told, *asked.says))


def _told(state: State) -> tuple[Say, ...]:
    return tuple(replace(line, simpler=True) for line in state.last if not line.key.startswith(COURTESIES))
