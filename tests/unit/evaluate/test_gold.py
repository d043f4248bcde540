"""Evaluation files are read as they are written, or refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluate.gold import BadFile, GoldEntity, read_marked, read_messages


def test_marks_become_entities_with_places_in_the_plain_text() -> None:
    text, entities = read_marked("[冷氣](product:air_conditioner)今日[唔凍](fault:not_cooling),電話 [9123 4567](phone)")
    assert text == "冷氣今日唔凍,電話 9123 4567"
    assert entities == (
        GoldEntity("product", 0, 2, "air_conditioner"),
        GoldEntity("fault", 4, 6, "not_cooling"),
        GoldEntity("phone", 10, 19, None),
    )


def test_brackets_that_mark_nothing_stay() -> None:
    assert read_marked("model [X] (new)") == ("model [X] (new)", ())


def test_further_columns_are_ignored(tmp_path: Path) -> None:
    file = tmp_path / "messages.tsv"
    file.write_text('intent\tnote\tvariety\ttext\ngreet\tx\ten\t"hi" there\n', encoding="utf-8")
    (message,) = read_messages(file)
    assert (message.label, message.variety, message.text) == ("greet", "en", '"hi" there')


@pytest.mark.parametrize(("content", "why"), [("intent\ttext\ngreet\thi\n", "no column variety"), ("", "no messages")])
def test_a_file_of_the_wrong_form_is_refused_by_name(tmp_path: Path, content: str, why: str) -> None:
    file = tmp_path / "messages.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadFile, match=why):
        read_messages(file)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"none\.tsv"):
        read_messages(tmp_path / "none.tsv")
