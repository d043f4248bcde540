"""Talk, which the language model and the identifier learn from, is in its language and none of it is a test message."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.parity.lines import ROOT, plain, unseen

FILES = sorted((ROOT / "data" / "talk").rglob("*.txt"))
# Written Mandarin; a line may quote a word of it, a file is not in it.
_MANDARIN = re.compile("[們這沒您妳]|什麼|怎麼")
_SPOKEN = re.compile("[係唔嘅咗喺嚟哋冇啲嗰乜咩佢嘢啱㗎喎囉噉咁俾攞睇諗呢邊點]")
_LONGEST = {"yue": 70, "en": 160}


def lines(path: Path) -> list[str]:
    """Read the lines of a file of talk."""
    return path.read_text(encoding="utf-8").splitlines()


def test_no_line_of_talk_is_there_twice():
    counts = Counter(plain(line) for path in FILES for line in lines(path))
    assert [line for line, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_talk_is_one_utterance_a_line(path: Path):
    assert path.read_text(encoding="utf-8").endswith("\n")
    longest = _LONGEST[path.parent.name]
    assert [line for line in lines(path) if not plain(line) or line != line.strip() or len(line) > longest] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_talk_is_in_its_language(path: Path):
    if path.parent.name == "en":
        assert [line for line in lines(path) if re.search("[\u3400-\u9fff]", line)] == []
        return
    told = lines(path)
    assert [line for line in told if _MANDARIN.search(line)] == []
    assert sum(bool(_SPOKEN.search(line)) for line in told) > 0.7 * len(told)


def test_no_message_that_measures_is_talk():
    talked = {plain(line) for path in FILES for line in lines(path)}
    assert [message for _, _, message in unseen() if plain(message) in talked] == []
