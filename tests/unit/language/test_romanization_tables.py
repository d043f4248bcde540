"""The compiled tables fit their sources, and nothing held out is learned from."""

from __future__ import annotations

import numpy as np
import pytest

from bot.language.romanization import measure, spellings, tables
from bot.language.romanization.build import corpora, fingerprint


def test_tables_are_up_to_date_when_checked_in() -> None:
    """After a change of rules or word lists: python -m bot.language.romanization.build."""
    with np.load(tables.TABLES, allow_pickle=False) as kept:
        assert kept["fingerprint"].tobytes().decode() == fingerprint.of_sources()


def test_sentence_is_left_out_when_it_shares_five_characters_with_a_held_out_file() -> None:
    """CTCPC holds most of HKCanCor, so a measured sentence would otherwise be known by heart."""
    held = corpora.runs("我部冷氣唔凍呀")
    assert corpora.runs("佢話我部冷氣唔得") & held
    assert not corpora.runs("佢話我部冷風機") & held


def test_fifth_of_the_files_is_held_out_when_hkcancor_is_read() -> None:
    """The files that the benchmark is made of."""
    assert [number for number in range(12) if corpora.held_out(number)] == [2, 7]


@pytest.mark.parametrize(
    ("syllable", "typed"),
    [("ngo", "or"), ("keoi", "kui"), ("zo", "jor"), ("m", "ng"), ("faan", "fan"), ("joeng", "yeung"), ("nei", "lei")],
)
def test_everyday_spelling_is_known_when_it_follows_the_rules(syllable: str, typed: str) -> None:
    """Spellings come from rules per initial and final, not from a list."""
    assert spellings.everyday(syllable)[typed] > 0.001


def test_shares_sum_to_one_when_a_syllable_is_spelled() -> None:
    """They are likelihoods."""
    assert sum(spellings.everyday("gwong").values()) == pytest.approx(1.0)


def test_figures_are_strict_when_measured() -> None:
    """One wrong character of four is three quarters right, in today's spelling as in HKCanCor's."""
    rows = [("a", "nei5 hou2", "你好"), ("a", "nei5 hou2", "你壞"), ("b", "hou2 laa3", "好嚹"), ("b", "", "𡃉")]
    figures = measure.measure(rows)
    assert figures["a"].characters_right == pytest.approx(0.75)
    assert figures["b"].characters_right == pytest.approx(2 / 3)
