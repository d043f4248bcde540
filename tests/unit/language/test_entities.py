"""Entities of a message: exact places, canonical values."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.aligned import Aligned
from bot.language.entities import Entity, find
from bot.language.identify import identify
from bot.language.reading import Reading, read
from bot.language.scripts import fold

NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Hong_Kong"))  # a Sunday


def entities(text: str, expected: str | None = None) -> list[tuple[str, str, str | None]]:
    """Find in a message whose Latin words stay as typed."""
    same = Aligned.same(text)
    found = find(Reading(text, identify(text), same, same.then(fold(text)), ""), NOW, expected)
    assert all(isinstance(one, Entity) and text[one.start : one.end] == one.text for one in found)
    return [(one.name, one.text, one.value) for one in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "My fridge is not cold",
            [("product", "fridge", "refrigerator"), ("fault", "not cold", "not_cooling")],
        ),
        (
            "我部冷氣唔凍，聽日下晝嚟得唔得",
            [
                ("product", "冷氣", "air_conditioner"),
                ("fault", "唔凍", "not_cooling"),
                ("date", "聽日", "2026-11-23"),
                ("time", "下晝", "afternoon"),
            ],
        ),
        (
            "洗衣机漏水，电话13800138000",
            [
                ("product", "洗衣机", "washing_machine"),
                ("fault", "漏水", "leaking"),
                ("phone", "13800138000", "+8613800138000"),
            ],
        ),
        ("it shows E4", [("fault", "E4", "error_code")]),
        ("my fridge is broken", [("product", "fridge", "refrigerator")]),
    ],
)
def test_entities_have_exact_places_and_codes_when_a_customer_names_them(
    text: str, wanted: list[tuple[str, str, str | None]]
) -> None:
    assert entities(text) == wanted


@pytest.mark.parametrize(
    ("text", "name"),
    [("ngo giu siu ming", "siu ming"), ("ngo sing chan ge", "chan"), ("it's Priya", "Priya"), ("Chan Tai Man", "Chan Tai Man"), ("陈大文", "陈大文")],
)  # fmt: skip
def test_a_name_that_was_asked_for_is_without_the_words_around_it(text: str, name: str) -> None:
    assert entities(text, "name") == [("name", name, None)]


@pytest.mark.parametrize("text", ["friday pm works", "in the pm", "thurs pm please"])
def test_a_half_of_a_day_may_follow_its_day(text: str) -> None:
    assert ("time", "pm", "afternoon") in entities(text)


def test_a_bare_number_is_a_score_only_when_one_was_asked_for() -> None:
    assert entities("5") == []
    assert entities("5", "rating") == [("rating", "5", "5")]


def test_finding_loads_no_tensorflow_and_hides_it_from_nobody() -> None:
    code = (
        "import sys; from bot.language.entities.finder import load; load()\n"
        "assert 'tensorflow' not in sys.modules, 'loaded'\n"
        "import importlib.util; assert importlib.util.find_spec('tensorflow'), 'hidden'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("电饭锅煮不熟", [("product", "电饭锅"), ("fault", "煮不熟")]),
        ("部 TV 個 mon 爆咗", [("product", "TV"), ("fault", "mon 爆咗")]),
        ("廚房有煤氣味，係咪漏 gas", [("fault", "有煤氣味"), ("fault", "漏 gas")]),
        ("訂單HK5529103幾時送到", [("order_number", "HK5529103")]),
        ("仲有冇保養，HK5529103", [("serial_number", "HK5529103")]),
        ("名字打错了，应该是林志颖", [("name", "林志颖")]),
        ("ngo mama giu Chan Mei Ling", [("name", "Chan Mei Ling")]),
    ],
)
def test_a_span_is_neither_wider_nor_of_another_kind(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [one[:2] for one in entities(text)] == wanted


@pytest.mark.parametrize("text", ["fan kei dak ma", "man man gong", "m sai lei ngo, ngo gam cho gei"])
def test_small_words_that_sound_like_a_place_or_a_symptom_are_none(text: str) -> None:
    assert find(read(text), NOW) == ()


def test_a_place_that_is_led_to_is_one_however_it_is_spelled() -> None:
    assert [one.name for one in find(read("ngo ju kei dak"), NOW)] == ["district"]
