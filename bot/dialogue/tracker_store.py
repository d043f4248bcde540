"""Rasa's tracker in the shared database: one row a conversation, a bounded tail of events.

The stock stores keep every event and read them all at every turn, so a turn gets slower as the conversation gets
longer. Here older events are folded into the slots they set, and a turn costs the same at any length.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine

from bot.dialogue.turns import Turn, TurnFailed, current_turn
from bot.settings import read_settings
from bot.storage.messaging import dialogues
from bot.storage.schema import check_schema
from bot.storage.sessions import open_engine, session_scope

FOLD_ABOVE = 90  # events; a turn makes about seven
KEEP = 45
KEPT_RANKING = 3


class DialogueStore(TrackerStore):
    """Keeps trackers in `dialogues`; saves only a turn that did not fail, and only over the version it read."""

    def __init__(
        self, domain: Domain, host: str | None = None, event_broker: EventBroker | None = None, **kwargs: Any
    ) -> None:
        super().__init__(domain, event_broker)
        self.engine: Engine = open_engine(read_settings().database_url)
        check_schema(self.engine)
        self._kinds = {kind.type_name: kind for kind in _all_kinds(Event)}

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Give the tracker as the turn's start found it."""
        turn = current_turn.get()
        if turn is None or turn.conversation != sender_id:
            turn = await asyncio.to_thread(self.begin, sender_id, "")
        return self._tracker(sender_id, turn.events) if turn.events else None

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """Give an empty tracker; nothing is stored before a turn has succeeded."""
        return self.init_tracker(sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the turn, unless it failed or another process has stored one in between: then raise TurnFailed."""
        turn = current_turn.get()
        if turn is None or tracker.latest_message is None or tracker.latest_message.message_id != turn.message_id:
            return  # Rasa also saves a tracker that it has only just made
        if turn.failure:
            raise TurnFailed(turn.failure)
        events = self._fold(tracker.sender_id, [_slim(event.as_dict()) for event in tracker.events])
        if not await asyncio.to_thread(self._write, turn, events):
            turn.failure = "another process answered at the same time"
            raise TurnFailed(turn.failure)
        turn.events, turn.saved = events, True

    def begin(self, conversation: str, message_id: str) -> Turn:
        """Load a conversation's dialogue for a new turn."""
        with session_scope(self.engine) as session:
            row = session.execute(
                select(dialogues.c.events, dialogues.c.version).where(dialogues.c.conversation_id == conversation)
            ).first()
        return (
            Turn(conversation, message_id, json.loads(row.events), row.version)
            if row
            else Turn(conversation, message_id)
        )

    def _write(self, turn: Turn, events: list[dict[str, Any]]) -> bool:
        """Write over the version that was read; False when it is no longer there."""
        values = {"events": json.dumps(events, ensure_ascii=False), "updated_at": datetime.now(timezone.utc)}
        with session_scope(self.engine) as session:
            if turn.version == 0:
                insert = (postgresql if self.engine.dialect.name == "postgresql" else sqlite).insert
                new = insert(dialogues).values(conversation_id=turn.conversation, version=1, **values)
                written = session.execute(new.on_conflict_do_nothing())
            else:
                written = session.execute(
                    dialogues.update()
                    .where(dialogues.c.conversation_id == turn.conversation, dialogues.c.version == turn.version)
                    .values(version=turn.version + 1, **values)
                )
        return bool(written.rowcount == 1)

    def _tracker(self, sender_id: str, events: Iterable[dict[str, Any]]) -> DialogueStateTracker:
        tracker = self.init_tracker(sender_id)
        for event in events:
            # Event.from_parameters looks through all subclasses for every event; the kinds do not change.
            built = self._kinds[event["event"]]._from_parameters(dict(event))
            if built is not None:
                tracker.update(built, self.domain)
        return tracker

    def _fold(self, sender_id: str, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Replace what is old by the slots it left, cutting where a turn had ended."""
        if len(events) <= FOLD_ABOVE:
            return events
        cut = next(
            i + 1
            for i in range(len(events) - KEEP, -1, -1)
            if i == 0 or (events[i]["event"] == "action" and events[i]["name"] == ACTION_LISTEN_NAME)
        )
        before = self._tracker(sender_id, events[:cut])
        slots = deque(
            SlotSet(name, slot.value).as_dict()
            for name, slot in before.slots.items()
            if slot.value != slot.initial_value
        )
        return [*slots, events[cut - 1], *events[cut:]]


def _all_kinds(kind: type[Event]) -> Iterable[type[Event]]:
    for child in kind.__subclasses__():
        yield child
        yield from _all_kinds(child)


def _slim(event: dict[str, Any]) -> dict[str, Any]:
    """Drop what no later turn reads: the tail of the intent ranking."""
    ranking = event.get("parse_data", {}).get("intent_ranking") if event["event"] == "user" else None
    if ranking:
        event["parse_data"]["intent_ranking"] = ranking[:KEPT_RANKING]
    return event
