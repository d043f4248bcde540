"""An answer is whole, or it is none."""

from __future__ import annotations

import pytest

from bot.gateway.assistant import read_answer
from bot.gateway.settling import Said

GOOD = {"text": "yes", "language": "en", "script": "latin", "choices": [{"label": "A", "payload": {"intent": "x"}}]}
WISH = {"language": "zh", "script": "traditional", "wished_language": True}


def test_an_answer_is_read_with_its_choices_and_preference() -> None:
    said = {"language": "yue", "script": None}
    answered = read_answer({"answers": [GOOD], "preference": WISH, "said": said, "repeated": False})
    [message] = answered.messages
    assert (message.author, message.text, message.language, message.script) == ("assistant", "yes", "en", "latin")
    assert message.choices == [{"label": "A", "payload": {"intent": "x"}}]
    assert answered.preference == {**WISH, "wished_script": False}
    assert answered.said == Said("yue", None)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"answers": []},
        {"answers": None},
        {"answers": "yes"},
        {"answers": [{}]},
        {"answers": [{"text": " "}]},
        {"answers": [{"text": 7}]},
        {"answers": [{**GOOD, "language": "fr"}]},
        {"answers": [{**GOOD, "script": "runes"}]},
        {"answers": [{**GOOD, "choices": [{"label": "A"}]}]},
        {"answers": [{**GOOD, "extras": 7}]},
        {"answers": [GOOD], "preference": {"language": "fr", "script": "latin"}},
        {"answers": [GOOD], "preference": {}},
        {"answers": [GOOD], "said": {"language": "fr", "script": "latin"}},
        {"answers": [GOOD], "said": {"language": "en"}},
    ],
)
def test_anything_else_is_a_failure(body) -> None:
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        read_answer(body)
