"""Public sets are read as they are published, and one threshold is chosen on the validation part."""

from __future__ import annotations

import json
from pathlib import Path

from bot.evaluate.intents import Guessed, choose_threshold
from bot.evaluate.public import read_sets


def test_a_folder_of_sets_is_read_set_by_set(tmp_path: Path) -> None:
    (tmp_path / "clinc150").mkdir()
    parts = ("train", "val", "test", "oos_train", "oos_val", "oos_test")
    data = {part: [[f"{part} text", "oos" if part.startswith("oos") else "balance"]] for part in parts}
    (tmp_path / "clinc150" / "data_full.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "hint3").mkdir()
    (tmp_path / "hint3" / "shop_train.csv").write_text("sentence,label\nwhere is it,ORDER\n", encoding="utf-8")
    (tmp_path / "hint3" / "shop_test.csv").write_text("sentence,label\nhy,NO_NODES_DETECTED\n", encoding="utf-8")
    clinc, hint = read_sets(tmp_path)
    assert clinc.train == [("train text", "balance"), ("oos_train text", "oos")]
    assert clinc.test == [("test text", "balance"), ("oos_test text", "oos")]
    assert (hint.name, hint.test) == ("hint3 shop", [("hy", "oos")])


def test_one_set_may_be_named_by_its_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "xsid"
    folder.mkdir()
    for name in ("en.valid", "en.test", "zh.test"):
        (folder / f"{name}.conll").write_text(
            "# id = 1\n# text = rain?\n# intent = weather/find\n1\train?\n", encoding="utf-8"
        )
    english, chinese = read_sets(folder)
    assert english.train == chinese.test == [("rain?", "weather/find")]


def test_the_threshold_recognises_what_it_can_without_giving_up_what_is_in_scope() -> None:
    inside = [Guessed("a", "a", belonging) for belonging in (0.9, 0.8, 0.7)]
    outside = [Guessed("oos", "a", belonging) for belonging in (0.1, 0.4, 0.75)]
    assert choose_threshold(inside + outside) == 0.7


def test_one_in_two_hundred_may_be_given_up() -> None:
    inside = [Guessed("a", "a", 1 + number / 1000) for number in range(400)]
    assert choose_threshold(inside) == inside[2].belonging
