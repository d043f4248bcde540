"""Every dialogue, in every way of writing, with a whole desk and a real database."""

import pytest
from sqlalchemy.engine import Engine

from tests.conversations.runner import WAYS, Dialogue, all_dialogues, play
from tests.desk import Customer, Desk

pytestmark = pytest.mark.desk
DIALOGUES = list(all_dialogues())


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=str)
def test_the_dialogue_goes_as_written(dialogue: Dialogue, desk: Desk, records: Engine):
    play(dialogue, desk.base, records)


@pytest.mark.parametrize(
    ("greeting", "language"), [("你好", "zh"), ("你好呀", "yue"), ("hello", "en"), ("nei ho", "yue")]
)
def test_a_first_greeting_is_returned_in_its_own_language_on_an_english_page(
    desk: Desk, greeting: str, language: str
) -> None:
    customer = Customer(desk.base, page={"language": "en"})
    assert {row["language"] for row in customer.say(greeting)} == {language}


def test_every_dialogue_is_held_in_every_language():
    ways = {}
    for dialogue in DIALOGUES:
        ways.setdefault(dialogue.name, set()).add(dialogue.way)
    assert ways
    assert {name for name, has in ways.items() if not {"en", "zh", "zh_hant", "yue"} <= has} == set()
    assert all(any(way in has for has in ways.values()) for way in WAYS)
