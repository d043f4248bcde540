"""About the assistant itself: help, what it is, saying it again, another language, stopping."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.forms.engine import resume
from actions.greetings import WHAT_NEXT
from actions.talk import Answer, Message, Say, State, say
from bot.support.tickets import SAFETY_FAULTS


class OneLine(DeskAction):
    """An action that says one line; an open question follows by itself."""

    key: ClassVar[str]
    choices: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def name(self) -> str:
        """Name the action as the rules do."""

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Say the line, with its choices where nothing is open."""
        return Answer((Say(self.key, choices=() if state.form else self.choices),), state.form)


class ActionHelp(OneLine):
    """Tells what the assistant can do."""

    key, choices = "utter_help", WHAT_NEXT

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_help"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Say what can be done here; to somebody in danger, once more what to do."""
        danger = state.form.details.get("fault") if state.form and state.form.details.get("safety") else None
        if danger in SAFETY_FAULTS:
            return Answer((Say(f"utter_safety_{danger}", simpler=True),), state.form)
        return super().answer(session, message, state)


class ActionBotChallenge(OneLine):
    """Says that this is a program, and how to reach a person."""

    key, choices = "utter_bot_challenge", ("person",)

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_bot_challenge"


class ActionOutOfScope(OneLine):
    """Declines kindly what no service desk does."""

    key, choices = "utter_out_of_scope", WHAT_NEXT

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_out_of_scope"


class ActionAffirm(OneLine):
    """A yes to no question of the desk's."""

    key, choices = "utter_affirm_nothing", WHAT_NEXT

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_affirm"


class ActionDeny(OneLine):
    """A no to no question of the desk's."""

    key = "utter_deny_nothing"

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_deny"


class ActionCancel(OneLine):
    """Stopping, when nothing is under way; an open form takes the word itself."""

    key, choices = "utter_cancel_nothing", WHAT_NEXT

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_cancel"


class ActionSwitchLanguage(DeskAction):
    """Goes on in the language and script that were asked for; understanding has settled which."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_switch_language"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Confirm in the new language; ask which one when none was named."""
        if message.find("language") or message.find("script"):
            return Answer((say("utter_switched"),), state.form)
        return Answer((Say("utter_ask_language", choices=("english", "mandarin", "cantonese")),), state.form, asks=True)


class ActionRepeat(DeskAction):
    """Says the last answer again, in the language of the moment."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_repeat"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Say the last thing again; with an open form its question. Simpler words are found before (actions/simpler)."""
        if state.form:
            says = (say("utter_repeat"), *resume(message, state.form))
            return Answer(says, state.form, asks=True, keeps_last=True)
        if state.last:
            return Answer((say("utter_repeat"), *state.last), keeps_last=True)
        return Answer((Say("utter_help", choices=WHAT_NEXT),))
