"""The one way every action runs: message in, rule called in a thread with its own session, answer out."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from functools import lru_cache
from time import perf_counter
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from actions.talk import Answer, Entity, Form, Message, Say, State
from bot.logs import event_log
from bot.settings import read_settings
from bot.storage.sessions import open_engine, session_scope
from bot.support.channels import Origin

_log = event_log("saamjyu.actions")
_UNKNOWN_REPLY: dict[str, Any] = {"language": "en", "script": "latin"}


@lru_cache(maxsize=1)
def database() -> Engine:
    """Give the action server's engine, opened at its first use."""
    return open_engine(read_settings().database_url)


class DeskAction(Action, ABC):
    """An action of the desk. Subclasses say their name and what they answer."""

    @abstractmethod
    def name(self) -> str:
        """Name the action as the rules do."""

    @abstractmethod
    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Answer a message that no open form took. Runs in a thread; may read and write through the session."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]) -> list[Any]:
        """Run one turn and remember where it ended."""
        message, state = read_message(tracker), read_state(tracker)
        answer = await self._logged(message, asyncio.to_thread(self._turn, message, state))
        for said in answer.says:
            dispatcher.utter_message(
                response=said.key,
                values=dict(said.values),
                choices=list(said.choices),
                extras=dict(said.extras),
                simpler=said.simpler,
            )
        return [
            SlotSet("form", answer.form.as_slot() if answer.form else None),
            SlotSet("misses", answer.misses),
            SlotSet("last", _slot(tracker, "last") if answer.keeps_last else [vars(said) for said in answer.says]),
        ]

    async def _logged(self, message: Message, working: Awaitable[Answer]) -> Answer:
        """Leave a line under the message's id, which is also on whatever record the action wrote."""
        started, about = perf_counter(), {"message": message.origin.message_id, "action": self.name()}
        try:
            answer = await working
        except Exception as error:
            _log("action_failed", level="ERROR", failure=type(error).__name__, **about)
            raise
        said = [said.key for said in answer.says]
        _log("action_answered", said=said, action_ms=round((perf_counter() - started) * 1000), **about)
        return answer

    def respond(self, session: Session, message: Message, state: State) -> Answer:
        """Let the open form take the message, else answer it and come back to the form's question."""
        from actions.complaints import settled
        from actions.facts import asked_again
        from actions.forms.engine import give_way, resume, take
        from actions.simpler import in_simpler_words
        from actions.tickets import moves_visit, of_known_number

        state = give_way(message, state)
        answer = (
            settled(session, message, state)
            or in_simpler_words(message, state)
            or of_known_number(session, message, state)
        )
        taken = take(session, message, state) if state.form and answer is None else None
        if taken:
            return taken
        answer = answer or asked_again(session, message, state) or moves_visit(session, message, state)
        answer = answer or self.answer(session, message, state)
        if answer.form and not answer.asks:
            answer = replace(answer, says=(*answer.says, *resume(message, answer.form)))
        return answer

    def _turn(self, message: Message, state: State) -> Answer:
        with session_scope(database()) as session:
            return self.respond(session, message, state)


def read_message(tracker: Tracker) -> Message:
    """Read the latest message as the assistant understood it."""
    latest = tracker.latest_message
    reply = latest.get("reply") or _UNKNOWN_REPLY
    metadata = latest.get("metadata") or {}
    origin = Origin(
        conversation_id=tracker.sender_id,
        message_id=latest["message_id"],
        channel=metadata.get("channel") or "website",
        language=reply["language"],
        script=reply["script"],
        at=datetime.fromisoformat(metadata["now"]) if metadata.get("now") else datetime.now(timezone.utc),
    )
    text = latest.get("text") or ""
    return Message(
        origin=origin,
        text=text,
        characters=(latest.get("reading") or {}).get("characters") or text,
        label=latest.get("label") or latest["intent"]["name"] or "nlu_fallback",
        confidence=float(latest["intent"].get("confidence") or 0),
        ranking=tuple(candidate["name"] for candidate in latest.get("intent_ranking") or ()),
        entities=tuple(_entity(found) for found in latest.get("entities") or ()),
        knows_language=not reply.get("unknown", False),
    )


def read_state(tracker: Tracker) -> State:
    """Read what the dialogue remembers."""
    last = tuple(Say(**said) for said in _slot(tracker, "last") or ())
    return State(Form.from_slot(_slot(tracker, "form")), int(_slot(tracker, "misses") or 0), last)


def _slot(tracker: Tracker, name: str) -> Any:
    return tracker.slots.get(name)


def _entity(found: Mapping[str, Any]) -> Entity:
    value = found.get("value")
    return Entity(
        found["entity"], found.get("text") or str(value), None if value is None else str(value), found.get("refused")
    )
