"""One message read in full: language, characters, folded form, Jyutping."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import pinyin
from bot.language.aligned import Aligned
from bot.language.reading import read


def test_romanized_cantonese_is_read_in_characters_when_somebody_types_it() -> None:
    reading = read("Ngo bou laang hei waai zo")
    assert (reading.identified.language, reading.identified.romanized) == ("yue", "jyutping")
    assert "冷气" in reading.folded.text
    start = reading.folded.text.index("冷气")
    assert reading.original[slice(*reading.folded.span(start, start + 2))] == "laang hei"
    assert reading.jyutping == "ngo bou laang hei waai zo"


@pytest.mark.parametrize("typed", ["我部冷氣壞咗", "我部冷气坏咗"])
def test_cantonese_characters_have_toneless_jyutping_when_read(typed: str) -> None:
    assert read(typed).jyutping == "ngo bou laang hei waai zo"


@pytest.mark.parametrize(
    "text",
    [
        "Ngo bou laang hei waai zo!!!",
        "我部 washing machine 漏水呀呀呀",
        "wo jia kongtiao huai le",
        "HELLOOOO there",
        "",
        "ok",
    ],
)
def test_every_reading_points_into_the_message_when_read(text: str) -> None:
    reading = read(text)
    for aligned in (reading.characters, reading.folded):
        assert aligned.original == text
        assert len(aligned.places) == len(aligned.text)
        assert all(0 <= start < end <= len(text) for start, end in aligned.places)


def test_pinyin_is_read_in_characters_when_somebody_types_it() -> None:
    reading = read("wo jia kongtiao huai le, dianhua 13800138000")
    assert reading.identified.language == "zh"
    assert reading.folded.text == "我家空调坏了, 电话 13800138000"
    start = reading.folded.text.index("空调")
    assert reading.original[slice(*reading.folded.span(start, start + 2))] == "kongtiao"
    assert reading.jyutping == ""


def test_english_stays_as_it_is_when_read() -> None:
    reading = read("My FRIDGE is broken!!!")
    assert (reading.identified.language, reading.folded.text) == ("en", "my fridge is broken!")
    assert reading.characters == Aligned.same("My FRIDGE is broken!!!")


@pytest.mark.parametrize(
    ("typed", "characters"),
    [
        ("kong tiao bu zhi leng", "空调不制冷"),
        ("kongtiaobuzhileng", "空调不制冷"),
        ("xǐyījī lòushuǐ", "洗衣机漏水"),
        ("xi1 yi1 ji1", "洗衣机"),
        ("qing wen shifu shenme shihou shangmen", "请问师傅什么时候上门"),
        ("xi'an", "西安"),
        ("nü er", "女儿"),
        ("nver", "女儿"),
        ("WO JIA bingxiang HUAI LE", "我家冰箱坏了"),
        ("wo de iPhone huai le", "我的 iPhone 坏了"),
        ("fridge", "fridge"),
    ],
)
def test_pinyin_becomes_characters_however_it_is_spaced(typed: str, characters: str) -> None:
    assert pinyin.decode(typed).text == characters


@given(st.text(alphabet="abcdefghinopuvxyz '1234ǎéü啊,", max_size=40))
@settings(max_examples=150)
def test_every_character_of_pinyin_has_its_place_whatever_is_typed(text: str) -> None:
    read = pinyin.decode(text)
    assert len(read.places) == len(read.text)
    assert all(0 <= start < end <= len(text) for start, end in read.places)
    assert all(before[0] <= after[0] for before, after in pairwise(read.places))


def test_long_pinyin_is_read_quickly_when_somebody_pastes_it() -> None:
    """A thousand characters, the most a message may have, take well under a second."""
    began = time.perf_counter()
    pinyin.decode(("shishishishi" * 90)[:1000])
    assert time.perf_counter() - began < 1.0
