"""A customer's own message is named after what it is written in, not after what it is answered in."""

from __future__ import annotations

import pytest

from bot.dialogue.said import said_in

JYUTPING = {"language": "yue", "script": "latin"}
CHARACTERS = {"language": "yue", "script": "traditional"}


def event(text: str, kind: str = "text", preference: dict | None = None) -> dict:
    return {"text": text, "metadata": {"kind": kind, "preference": preference}}


@pytest.mark.parametrize(
    ("text", "reply", "language", "script"),
    [
        ("My washing machine is leaking all over the kitchen", CHARACTERS, "en", "latin"),
        ("我家空调不制冷了", CHARACTERS, "zh", "simplified"),
        ("我部洗衣機漏水呀", JYUTPING, "yue", "traditional"),
        ("ngo bou sai yi gei lau sui ah", CHARACTERS, "yue", "latin"),
        ("wo jia kong tiao bu zhi leng le", CHARACTERS, "zh", "latin"),
    ],
)
def test_a_message_is_in_what_it_is_written_in(text, reply, language, script) -> None:
    assert said_in(event(text), reply) == {"language": language, "script": script}


def test_shared_characters_have_the_script_of_the_answer_unless_that_is_in_letters() -> None:
    assert said_in(event("佢唔肯行"), CHARACTERS) == CHARACTERS
    for reply in (JYUTPING, {"language": "zh", "script": "simplified"}, {}):
        assert said_in(event("佢唔肯行"), reply) == {"language": "yue", "script": None}


def test_a_number_says_nothing() -> None:
    assert said_in(event("9123 4567", preference=CHARACTERS), CHARACTERS) is None


def test_a_choice_is_in_the_language_it_was_offered_in() -> None:
    assert said_in(event("係", "choice"), CHARACTERS) == CHARACTERS
    assert said_in(event("Yes", "choice"), {}) is None
    assert said_in(event("", "event"), CHARACTERS) is None
