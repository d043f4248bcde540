"""The committed tables of language evidence."""

from __future__ import annotations

import gzip
import time
from pathlib import Path

import pytest

from bot.language.identify import table
from bot.language.identify.training import sources
from bot.language.identify.training.corpora import fingerprint
from bot.language.identify.training.mandarin import say_in_mandarin
from bot.language.identify.training.spelling import Writer


def test_tables_were_made_again_when_the_code_that_makes_them_changed() -> None:
    """Run `python -m bot.language.identify.training` when this fails: it takes some minutes."""
    names = ("characters", "latin", "pinyin", "words")
    assert sources.recorded(table.DATA) == dict.fromkeys(names, sources.fingerprint())


@pytest.mark.parametrize("name", ["latin", "words", "characters"])
def test_a_table_is_the_same_bytes_when_saved_again(name: str, tmp_path: Path) -> None:
    table.save(name, tmp_path, table.load(name))
    kept = gzip.decompress((table.DATA / f"{name}.tsv.gz").read_bytes())
    assert gzip.decompress((tmp_path / f"{name}.tsv.gz").read_bytes()) == kept


def test_tables_load_quickly_when_the_assistant_starts() -> None:
    began = time.process_time()
    for name in ("latin", "words", "characters"):
        table.load.__wrapped__(name)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("cantonese", "mandarin"),
    [("佢哋而家唔喺度", "他们现在不在这里"), ("佢鍾意食呢啲嘢", "他喜欢吃这些东西"), ("塞翁失馬", None)],
)
def test_cantonese_is_said_in_mandarin_when_it_has_a_mark_of_cantonese(cantonese: str, mandarin: str | None) -> None:
    assert say_in_mandarin(cantonese) == mandarin


def test_a_writer_keeps_to_one_scheme_when_spelling() -> None:
    import random

    words = [["ngo5"], ["laang5", "hei3"], ["waai6"], ["zo2"], ["SN1"]]
    spelled = {scheme: Writer(random.Random(1), scheme).sentence(words) for scheme in ("tones", "joined", "yale_h")}
    assert spelled == {
        "tones": "ngo5 laang5 hei3 waai6 zo2 SN1",
        "joined": "ngo laanghei waai zo SN1",
        "yale_h": "ngoh laahng hei waaih jo SN1",
    }


def test_a_fingerprint_is_blind_to_punctuation() -> None:
    assert fingerprint("喂，你好！") == fingerprint("喂你好") != fingerprint("喂你好呀")
