"""A greeting is answered with one, unless it goes on to what is broken."""

import pytest
from sqlalchemy.engine import Engine

from actions.greetings import ActionGreet
from tests.unit.actions.talking import Talk


@pytest.mark.parametrize(
    ("text", "entities", "answer"),
    [
        ("nei ho", {}, "utter_greet"),
        ("hello, it's about my fridge", {"product": "refrigerator"}, "utter_greet"),
        ("早晨㖞, 食左早餐未", {"fault": "other"}, "utter_greet"),
        ("nei ho, ngo bou suet gwai m dung", {"product": "refrigerator", "fault": "not_cooling"}, "utter_sorry_fault"),
    ],
)
def test_a_greeting_that_tells_of_a_fault_begins_a_repair(
    engine: Engine, text: str, entities: dict[str, str], answer: str
):
    talk = Talk(engine)
    talk.ask(ActionGreet(), text, "greet", **entities)
    assert talk.said[0] == answer
