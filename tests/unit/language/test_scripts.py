"""Simplified, traditional and folded text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.scripts import fold, han_script, to_simplified, to_traditional

TYPED = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("ＡｂＣaaooll!!。，啊啊哈冷氣气系係1２① é\u0301\u200b\ufe0f👍🏻\u00a0\t"),
    ),
    max_size=60,
)


@given(TYPED)
def test_every_folded_character_has_its_place_whatever_is_typed(text: str) -> None:
    """Places are non-empty, inside the text, and never run backwards."""
    folded = fold(text)
    assert folded.original == text
    assert len(folded.places) == len(folded.text)
    assert all(0 <= start < end <= len(text) for start, end in folded.places)
    assert all(before[0] <= after[0] and before[1] <= after[1] for before, after in pairwise(folded.places))


@given(TYPED)
def test_folding_keeps_its_answer_when_folded_again(text: str) -> None:
    """A folded text is as plain as it gets, but for spaces that single characters had between them."""
    once = fold(text).text
    assert fold(once).text.replace(" ", "") == once.replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("helloooo", "hello"),
        ("soooo goooood", "so good"),
        ("噉樣啊啊啊啊", "噉样啊"),
        ("哈哈哈哈哈", "哈"),
        ("谢谢谢谢", "谢谢"),
        ("ＳＮ１００００", "sn10000"),
        ("電話９１２３４５６７", "电话91234567"),
        ("www.aaa.com", "www.aaa.com"),
        ("help!!!!!!", "help!"),
        ("  hi\u3000\u3000there \n", "hi there"),
        ("zero\u200bwidth", "zerowidth"),
        ("👍🏻👍🏻👍🏻", "👍"),
        ("我 部 冷 氣 壞 咗", "我部冷气坏咗"),
        ("陳大文 天河區", "陈大文 天河区"),
        ("don’t", "don't"),
        ("三三三", "三三三"),
        ("", ""),
    ],
)
def test_text_is_folded_when_people_type_as_they_do(typed: str, folded: str) -> None:
    assert fold(typed).text == folded


def test_a_squeezed_run_keeps_the_whole_of_what_was_typed() -> None:
    folded = fold("冷氣壞咗啊啊啊!")
    assert [folded.original[start:end] for start, end in folded.places] == ["冷", "氣", "壞", "咗", "啊啊啊", "!"]


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("我家空调不制冷了", "我家空調不製冷了"),
        ("台湾", "台灣"),
        ("为什么里面不制冷", "為什麼裡面不製冷"),
        ("部机系咪坏咗", "部機係咪壞咗"),
        ("联系系统", "聯繫系統"),
        ("no Chinese", "no Chinese"),
    ],
)
def test_simplified_turns_traditional_when_asked(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified) == traditional


def test_traditional_turns_simplified_when_asked() -> None:
    assert to_simplified("我係香港人，部雪櫃壞咗") == "我系香港人，部雪柜坏咗"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("空调坏了", "simplified"),
        ("冷氣壞咗", "traditional"),
        ("你好", None),
        ("唔好嘅", None),
        ("后里系干", None),
        ("laang hei", None),
        ("关系係", None),
    ],
)
def test_script_is_told_when_a_character_proves_it(text: str, script: str | None) -> None:
    assert han_script(text) == script


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_ascii_is_folded_as_with_an_invisible_character_beside_it(text: str) -> None:
    """The short way for plain messages gives what the long way gives; the long way drops the invisible one."""
    short, long = fold(text), fold(f"{text}\u200b" if text.strip() else text)
    assert (short.text, short.places) == (long.text, long.places)
