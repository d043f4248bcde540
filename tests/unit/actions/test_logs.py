"""What an action did can be found under the id of the message that asked for it."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import desk
from actions.talk import Answer, Say
from bot.logs import JsonLines


class Greeter(desk.DeskAction):
    def name(self) -> str:
        return "action_greet_once"

    def answer(self, session: Any, message: Any, state: Any) -> Answer:
        if "break" in message.text:
            raise ValueError(f"cannot read {message.text}")
        return Answer((Say("utter_greet"),))


def run(text: str) -> None:
    latest = {"message_id": "m1", "text": text, "intent": {"name": "greet"}, "entities": []}
    tracker = Tracker("c1", {}, latest, [], False, None, {}, None)
    asyncio.run(Greeter().run(CollectingDispatcher(), tracker, {}))


@pytest.fixture
def lines(engine: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    monkeypatch.setattr(desk, "database", lambda: engine)
    caplog.set_level(logging.INFO, "saamjyu.actions")
    return lambda: [json.loads(JsonLines().format(record)) for record in caplog.records]


def test_an_answer_is_logged_under_its_message_without_its_words(lines) -> None:
    run("hello from Quetzalcoatl")
    [line] = lines()
    assert (line["event"], line["message"], line["action"]) == ("action_answered", "m1", "action_greet_once")
    assert line["said"] == ["utter_greet"]
    assert "Quetzalcoatl" not in json.dumps(line)


def test_a_failure_is_logged_under_its_message_without_its_words(lines) -> None:
    with pytest.raises(ValueError, match="cannot read"):
        run("break, Quetzalcoatl")
    [line] = lines()
    assert (line["event"], line["level"], line["message"]) == ("action_failed", "ERROR", "m1")
    assert "Quetzalcoatl" not in json.dumps(line)
