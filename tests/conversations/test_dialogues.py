"""Every dialogue, in every way of writing, with a whole desk and a real database."""

import pytest
from sqlalchemy.engine import Engine

from tests.conversations.runner import WAYS, Dialogue, all_dialogues, play
from tests.desk import Desk

pytestmark = pytest.mark.desk
DIALOGUES = list(all_dialogues())


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=str)
def test_the_dialogue_goes_as_written(dialogue: Dialogue, desk: Desk, records: Engine):
    play(dialogue, desk.base, records)


def test_every_dialogue_is_held_in_every_language():
    ways = {}
    for dialogue in DIALOGUES:
        ways.setdefault(dialogue.name, set()).add(dialogue.way)
    assert ways
    assert {name for name, has in ways.items() if not {"en", "zh", "zh_hant", "yue"} <= has} == set()
    assert all(any(way in has for has in ways.values()) for way in WAYS)
