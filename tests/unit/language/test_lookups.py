"""The lookup tables: complete, readable, and the generated one up to date."""

from __future__ import annotations

import pytest

from bot.language.entities import build, gazetteer, patterns, romanized, tables

PRODUCTS = [
    "air_conditioner",
    "refrigerator",
    "washing_machine",
    "television",
    "water_heater",
    "range_hood",
    "gas_stove",
    "microwave_oven",
    "rice_cooker",
    "dishwasher",
    "dehumidifier",
    "fan",
    "vacuum_cleaner",
    "air_purifier",
    "mobile_phone",
    "laptop",
    "router",
    "printer",
]
FAULTS = [
    "no_power",
    "not_cooling",
    "not_heating",
    "leaking",
    "noisy",
    "not_draining",
    "not_spinning",
    "no_picture",
    "no_sound",
    "screen_broken",
    "bad_smell",
    "sparking",
    "gas_leak",
    "electric_shock",
    "trips_power",
    "not_igniting",
    "door_not_closing",
    "remote_not_working",
    "no_network",
    "battery_drains",
    "slow",
    "other",
]


@pytest.mark.parametrize("code", PRODUCTS)
def test_a_product_has_names_in_every_language(code: str) -> None:
    assert {"en", "zh", "roman"} <= tables.read("products")[code].keys()


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_has_words_in_every_language(code: str) -> None:
    assert {"en", "zh"} <= tables.read("faults")[code].keys()


def test_one_phrase_means_one_thing_within_a_kind() -> None:
    """A phrase listed under two codes would silently keep the first."""
    codes: dict[tuple[str, str], set[str]] = {}
    for name in gazetteer.known_names():
        codes.setdefault((name.label, name.phrase), set()).add(name.value)
    assert {key: found for key, found in codes.items() if len(found) > 1} == {}


def test_the_readings_are_those_of_todays_vocabulary() -> None:
    """Run `python -m bot.language.entities.build` after a change of the lookup tables."""
    written = (tables.FOLDER / romanized.READINGS).read_text(encoding="utf-8")
    listed = {line.split("\t")[0] for line in written.splitlines()}
    assert listed == {character for phrase in build.vocabulary() for character in phrase}


def test_a_pattern_with_a_lost_bracket_is_refused() -> None:
    with pytest.raises(patterns.PatternError, match="unbalanced"):
        patterns.parse("(a|b")
