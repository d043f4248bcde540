"""What every form must say about itself. The engine does the rest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.talk import Answer, Form, Message, Say


class FormRules(ABC):
    """The rules of one kind of form."""

    name: ClassVar[str]
    optional: ClassVar[frozenset[str]] = frozenset()
    open_ended: ClassVar[frozenset[str]] = frozenset()  # questions that whatever the customer says answers
    own_labels: ClassVar[frozenset[str]] = frozenset()  # labels that speak to this form, not past it
    entities: ClassVar[Mapping[str, str]] = {}  # detail → the entity that fills it

    @abstractmethod
    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Give the details that the message's entities tell."""

    def read_freely(self, form: Form, message: Message) -> dict[str, Any]:
        """Give what the whole message tells when it answers the open question in free words; {} when it cannot."""
        return {}

    def refusal(self, form: Form, message: Message) -> Say | None:
        """Say why a detail in the message cannot be used; None when all can."""
        return None

    @abstractmethod
    def next_question(self, form: Form) -> str | None:
        """Name the detail to ask for next, or None when the form is complete."""

    @abstractmethod
    def question(self, form: Form, message: Message) -> Say:
        """Ask for `form.asking`."""

    def gives_way(self, form: Form, message: Message) -> bool:
        """Tell whether the form is dropped without a word for what the customer says instead."""
        return False

    def is_answered_by_none(self, form: Form, message: Message) -> bool:
        """Tell whether not having what was asked for is an answer that the form can use."""
        return False

    def why(self, form: Form) -> Say:
        """Say why the open question is asked."""
        return Say(f"utter_why_{'confirm' if form.asking == 'which' else form.asking}")

    @abstractmethod
    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Do what the form was for."""

    def on_told(
        self, session: Session, form: Form, message: Message, told: Mapping[str, Any]
    ) -> tuple[Form, tuple[Say, ...]]:
        """React to fresh details before the next question is asked."""
        return form, ()

    def shows_change(self, detail: str, value: Any) -> bool:
        """Tell whether a changed detail is read back at once."""
        return True

    def cancelled(self, form: Form) -> Say:
        """Say that the form was dropped."""
        return Say("utter_form_cancelled")
