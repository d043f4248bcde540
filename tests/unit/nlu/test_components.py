"""The components leave the desk's own payloads alone, survive anything, and say what they promise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.language.intents import Guess, Line
from bot.language.reading import read
from bot.nlu import lessons
from bot.nlu.entities import EntityFinder
from bot.nlu.intents import FALLBACK, IntentClassifier
from bot.nlu.manners import ReplyLanguage
from bot.nlu.reader import Reader

YUE = {"language": "yue", "script": "latin", "wished_language": False, "wished_script": False}


class Taught:
    """A classifier that always guesses the same."""

    def __init__(self, *guesses: tuple[str, float]) -> None:
        self._guesses = [Guess(*guess) for guess in guesses]

    def guess(self, reading: object, found: object) -> list[Guess]:
        return self._guesses


UNMEANT = {"repeat": ["fault"]}
STRANGERS = {"greet": ["product", "fault", "phone"]}


def understand(text: str, *guesses: tuple[str, float], **metadata: Any) -> dict[str, Any]:
    message = Message(data={"text": text, "metadata": metadata})
    config = IntentClassifier.get_default_config()
    classifier = IntentClassifier(
        config, None, None, Taught(*guesses or (("greet", 0.9), ("thank", 0.1))), UNMEANT, STRANGERS
    )  # type: ignore[arg-type]
    for component in (Reader(), EntityFinder(), classifier, ReplyLanguage()):
        component.process([message])
    output: dict[str, Any] = message.as_dict(only_output_properties=True)
    return output


def test_a_romanized_message_shows_its_characters_and_jyutping() -> None:
    output = understand("ngo bou laang hei m dung")
    assert output["reading"]["jyutping"] == "ngo bou laang hei m dung"
    assert "冷氣" in output["reading"]["characters"]
    assert (output["reply"]["language"], output["reply"]["script"]) == ("yue", "latin")


def test_a_message_in_characters_shows_no_reading() -> None:
    assert "reading" not in understand("我家空调不制冷了")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\u200b", "🙂🙂", "?", "\x00"])
def test_text_without_words_is_survived(text: str) -> None:
    assert understand(text)["reply"]["language"] == "en"


@pytest.mark.parametrize("text", ['/inform{"phone": "91234567"}', "/restart", "\u3000/restart"])
def test_a_payload_keeps_the_preference_and_is_not_read(text: str) -> None:
    output = understand(text, preference=YUE)
    assert output["reply"] == YUE
    assert "intent" not in output
    assert "entities" not in output


def test_entities_carry_their_place_and_canonical_value() -> None:
    (found,) = [one for one in understand("my fridge died")["entities"] if one["entity"] == "product"]
    assert (found["start"], found["end"], found["value"]) == (3, 9, "refrigerator")


def test_a_question_has_the_retrieval_intent_and_its_whole_label() -> None:
    output = understand("when are you open", ("faq/opening_hours", 0.9), ("faq/contact", 0.05))
    assert output["intent"] == {"name": "faq", "confidence": 0.9}
    assert output["label"] == "faq/opening_hours"
    assert output["response_selector"]["faq"]["response"]["intent_response_key"] == "faq/opening_hours"


def test_an_unsure_guess_falls_back_and_keeps_its_candidates() -> None:
    output = understand("zz", ("greet", 0.2), ("thank", 0.1))
    assert output["intent"]["name"] == FALLBACK
    assert output["label"] == "greet"
    assert [one["name"] for one in output["intent_ranking"]] == ["greet", "thank"]


def test_two_guesses_too_close_to_call_fall_back() -> None:
    assert understand("zz", ("greet", 0.41), ("thank", 0.4))["intent"]["name"] == FALLBACK


def names_in(output: dict[str, Any]) -> list[str]:
    return [one["entity"] for one in output["entities"]]


def test_an_entity_that_means_nothing_under_the_label_is_taken_away_unless_it_was_asked_for() -> None:
    too_slow = ("you are too slow, say it again", ("repeat", 0.9), ("greet", 0.1))
    assert "fault" not in names_in(understand(*too_slow))
    assert "fault" in names_in(understand(*too_slow, expected="fault"))
    assert "fault" in names_in(understand(too_slow[0], ("report_fault", 0.9), ("greet", 0.1)))


def test_whoever_greets_and_gives_details_does_not_only_greet() -> None:
    guesses = (("greet", 0.6), ("report_fault", 0.3), ("inform", 0.1))
    output = understand("hi, my fridge leaks, call me at 6432 1098", *guesses)
    assert output["intent"] == {"name": "report_fault", "confidence": pytest.approx(0.75)}
    assert [one["name"] for one in output["intent_ranking"]] == ["report_fault", "inform", "greet"]
    assert understand("hi, it's about my fridge", *guesses)["intent"]["name"] == "greet"


def test_details_that_hardly_ever_go_with_a_label_are_learned() -> None:
    reading = read("hi")
    lines = [Line(reading, "greet", 0, ("name",)), Line(reading, "inform", 1, ("phone", "name"))]
    assert lessons.strangers(lines) == {"greet": ["phone"], "inform": []}


def test_what_is_found_more_often_than_meant_is_learned_by_label() -> None:
    reading = read("so slow")
    lines = [Line(reading, "repeat", group, ("fault", "date")) for group in range(6)]
    marked = [{"date"}, {"date"}, {"date"}, {"date"}, {"date", "fault"}, set()]
    assert lessons.unmeant(lines, marked) == {"repeat": ["fault"]}
    assert lessons.unmeant(lines[1:], marked) == {}  # four wrong ones may be chance


def test_a_neutral_message_keeps_the_conversations_language() -> None:
    assert understand("ok", preference=YUE)["reply"] == YUE


@pytest.mark.parametrize(
    ("text", "expected", "language"),
    [
        ("Chan Tai Man", "name", "yue"),
        ("120 Nathan Road, Mong Kok", "address", "yue"),
        ("我的电话是 61234567", "phone", "zh"),
        ("my name is Carol Lam", "name", "en"),
    ],
)
def test_a_bare_detail_keeps_the_language_and_words_around_it_may_change_it(
    text: str, expected: str, language: str
) -> None:
    output = understand(text, ("inform", 0.9), ("greet", 0.1), preference=YUE, expected=expected)
    assert output["reply"]["language"] == language


@pytest.mark.parametrize("number", ["RT-FKHH-HPNY", "RT-FXEA-YFXH"])
def test_a_ticket_number_that_looks_like_words_keeps_the_language(number: str) -> None:
    mandarin = {**YUE, "language": "zh", "script": "simplified"}
    assert understand(number, ("inform", 0.9), ("greet", 0.1), preference=mandarin)["reply"]["language"] == "zh"


@pytest.mark.parametrize("text", ["Flat 12B, 88 Nathan Road, Tsim Sha Tsui", "Block 3, Taikoo Shing, Quarry Bay"])
@pytest.mark.parametrize("expected", ["address", "product", None])
def test_a_place_keeps_the_language_when_another_detail_was_asked_for(text: str, expected: str | None) -> None:
    english = {**YUE, "language": "en"}
    assert understand(text, ("inform", 0.9), ("greet", 0.1), preference=english, expected=expected)["reply"] == english


@pytest.mark.parametrize(
    "text",
    [
        "rm 1204 lok fu est wang tung hse",
        "Rm 5, 3/F, Wing Fat Bldg, Un Chau St near Cheung Sha Wan MTR",
        "33 Fa Yuen Street Mong Kok, no wait, my mum's at 12 Tai Nan Street, Sham Shui Po",
    ],
)
def test_an_address_of_hong_kong_in_an_english_conversation_stays_english(text: str) -> None:
    english = {**YUE, "language": "en"}
    assert understand(text, ("inform", 0.9), ("greet", 0.1), preference=english, expected="address")["reply"] == english


def test_a_first_message_in_characters_overrules_what_the_browser_prefers() -> None:
    english = {**YUE, "language": "en"}
    assert understand("你好", preference=english, first=True)["reply"]["language"] == "zh"
    assert understand("你好", preference=english, first=False)["reply"]["language"] == "en"


def test_a_stranger_who_shows_nothing_is_answered_in_english_and_said_to_be_unknown() -> None:
    assert understand("ok")["reply"]["unknown"] is True


@pytest.mark.parametrize("text", ["erm...", "Hmmm", "啊这", "啊這", "唉", "aiya", "ai ya!", "呃…", "😂😂", "😡"])
def test_a_mere_sound_confirms_nothing(text: str) -> None:
    output = understand(text, ("affirm", 0.95), ("greet", 0.05))
    assert (output["intent"]["name"], output["label"]) == (FALLBACK, FALLBACK)


@pytest.mark.parametrize("text", ["嗯", "mm", "uh huh", "啊？", "er yes please", "唉，係呀", "👍", "😂👌🏻"])
def test_what_may_be_an_answer_stays_one(text: str) -> None:
    assert understand(text, ("affirm", 0.95), ("greet", 0.05))["label"] == "affirm"


def test_an_explicit_wish_is_obeyed() -> None:
    output = understand("讲普通话", ("switch_language", 0.9), ("greet", 0.1), preference=YUE)
    assert (output["reply"]["language"], output["reply"]["wished_language"]) == ("zh", True)


def test_a_language_only_mentioned_is_no_wish() -> None:
    output = understand("my cantonese speaking mother has a broken fridge", ("report_fault", 0.9), ("greet", 0.1))
    assert output["reply"]["language"] == "en"


@pytest.mark.parametrize("preference", ["yue", {}, {"language": "xx", "script": "latin"}, None, ["yue"]])
def test_a_malformed_preference_counts_as_none(preference: Any) -> None:
    assert understand("hello there my friend", preference=preference)["reply"]["language"] == "en"


def test_the_pipeline_names_these_components_and_needs_no_pickle() -> None:
    config = Path("config.yml").read_text(encoding="utf-8")
    for name in ("reader.Reader", "entities.EntityFinder", "intents.IntentClassifier", "manners.ReplyLanguage"):
        assert f"bot.nlu.{name}" in config
    assert "LogisticRegression" not in config
    assert "DIET" not in config
