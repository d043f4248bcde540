"""Talking to the forms without Rasa: messages with entities in, answers out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

from sqlalchemy.engine import Engine

from actions.desk import DeskAction
from actions.forms.engine import start, take
from actions.talk import Answer, Entity, Form, Message, State
from bot.storage.messaging import conversations
from bot.storage.sessions import session_scope
from bot.support.channels import Origin

NOW = datetime(2026, 11, 20, 3, tzinfo=timezone.utc)  # a Friday, 11:00 in Hong Kong


@dataclass
class Talk:
    """One conversation with one form."""

    engine: Engine
    name: str = "talk"
    form: Form | None = None
    now: datetime = NOW
    number: int = 0
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with session_scope(self.engine) as session:
            row = {"id": self.name, "channel": "website", "created_at": NOW, "updated_at": NOW}
            session.execute(conversations.insert().values(**row))

    def begin(self, form: str | Form, text: str, label: str = "report_fault", **entities: str) -> Answer:
        """Open a form with a message."""
        opened = form if isinstance(form, Form) else Form(form)
        with session_scope(self.engine) as session:
            answer = start(session, self._message(text, label, entities), opened)
        return self._keep(answer)

    def begin_with(self, text: str, entities: tuple[Entity, ...]) -> Answer:
        """Open a repair with a message that names something more than once."""
        message = replace(self._message(text, "report_fault", {}), entities=entities)
        with session_scope(self.engine) as session:
            answer = start(session, message, Form("repair"))
        return self._keep(answer)

    def tell(self, text: str, label: str = "inform", confidence: float = 0.9, **entities: str) -> Answer | None:
        """Give the open form a message."""
        with session_scope(self.engine) as session:
            answer = take(session, self._message(text, label, entities, confidence), State(form=self.form))
        return self._keep(answer) if answer else None

    def ask(self, action: DeskAction, text: str, label: str, **entities: str) -> Answer:
        """Say something that the open form may take, and the action answers otherwise."""
        with session_scope(self.engine) as session:
            answer = action.respond(session, self._message(text, label, entities), State(form=self.form))
        return self._keep(answer)

    def again(self, text: str, label: str, **entities: str) -> Answer | None:
        """Give the form the same message once more, as after a crash."""
        self.number -= 1
        with session_scope(self.engine) as session:
            return take(session, self._message(text, label, entities), State(form=self.before))

    def _keep(self, answer: Answer) -> Answer:
        self.before, self.form = self.form, answer.form
        self.said = [say.key for say in answer.says]
        return answer

    def _message(self, text: str, label: str, entities: dict[str, Any], confidence: float = 0.9) -> Message:
        self.number += 1
        origin = Origin(self.name, f"{self.name}-{self.number}", "website", "en", "latin", self.now)
        found = tuple(
            Entity(name, value if name in ("name", "address") or value in text else text, value)
            for name, value in entities.items()
        )
        return Message(origin, text, text, label, confidence, (), found)
