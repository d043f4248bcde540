"""Romanized Cantonese is read as characters, and English, numbers and codes inside it stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.romanization import decode


@pytest.mark.parametrize(
    ("typed", "characters"),
    [
        ("nei5 hou2", "你好"),
        ("ngo5bou6laang5hei3m4dung3", "我部冷氣唔凍"),
        ("ngo bou laang-hei m dung", "我部冷氣唔凍"),
        ("nei ho ah, ngo ge lang hei wai jor, ho m ho yi bong ngo", "你好啊, 我嘅冷氣壞咗, 可唔可以幫我"),
        ("néih hóu", "你好"),
        ("sikjofanmei", "食咗飯未"),
        ("mgoi saai", "唔該晒"),
        ("ngo soeng yu yuek song fo", "我想預約送貨"),
        ("ngo zyu hai wong gok", "我住喺旺角"),
        ("kwun tong", "觀塘"),
        ("lei dei yau mo bou yeung?", "你哋有冇保養?"),
    ],
)
def test_cantonese_becomes_characters_when_written_in_any_way(typed: str, characters: str) -> None:
    """Jyutping, Yale, everyday and government spelling, spaced, joined and hyphenated."""
    assert decode(typed).characters.text == characters


@pytest.mark.parametrize(
    ("typed", "characters"),
    [
        ("ngo bou washing machine lau sui", "我部 washing machine 漏水"),
        ("ngo ge fridge waai zo", "我嘅 fridge 壞咗"),
        ("我部 washing machine lau seoi", "我部 washing machine 漏水"),
        ("13800138000 hai ngo din waa", "13800138000 係我電話"),
        ("wifi lin m dou", "wifi 連唔到"),
    ],
)
def test_english_and_numbers_stay_when_mixed_with_cantonese(typed: str, characters: str) -> None:
    """Each word is English or Cantonese by itself and by its neighbours."""
    assert decode(typed).characters.text == characters


@pytest.mark.parametrize(
    "text",
    [
        "can you help me with my fridge?",
        "My air conditioner stopped cooling",
        "I want to repair my TV",
        "thank you so much",
        "ok",
        "sn20240511873",
        "WX-9000",
        "chan@example.com",
        "冷氣唔凍，點算？",
        "",
        "😀 !!!",
    ],
)
def test_text_stays_as_it_is_when_nothing_in_it_is_romanized(text: str) -> None:
    """English from end to end, codes, addresses and characters are nobody's syllables."""
    assert decode(text).characters.text == text


@pytest.mark.parametrize(("typed", "characters"), [("nei hooou", "你好"), ("ngp bou laang hei m dung", "我部冷氣唔凍")])
def test_word_is_still_read_when_one_key_slipped(typed: str, characters: str) -> None:
    """Drawn-out letters and a neighbouring key."""
    assert decode(typed).characters.text == characters


def test_every_character_points_to_its_syllable_when_decoded() -> None:
    """Entities found in the characters can be shown in what the customer typed."""
    typed = "ngo5 bou6, laang5hei3"
    characters = decode(typed).characters
    places = [typed[slice(*characters.span(i, i + 1))] for i in range(len(characters.text))]
    assert places == ["ngo5", "bou6", ",", " ", "laang5", "hei3"]


def test_jyutping_is_toneless_and_keeps_other_words_when_decoded() -> None:
    """The canonical reading is a feature beside the characters, whatever way was typed."""
    assert decode("我部 fridge, lau sui").jyutping == "ngo bou fridge , lau seoi"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("abeghiklmnouwyzJ15 '-,.冷氣é\u0301😀\t"), max_size=40))
def test_places_follow_the_message_when_it_is_anything_at_all(text: str) -> None:
    """No place is empty, outside the message or before the one before it, and nothing raises."""
    aligned = decode(text).characters
    assert len(aligned.text) == len(aligned.places)
    assert all(0 <= start < end <= len(text) for start, end in aligned.places)
    assert [place[0] for place in aligned.places] == sorted(place[0] for place in aligned.places)
