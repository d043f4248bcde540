"""The training lines and the unseen messages, as the parity tests look at them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "zh", "yue")
MARK = re.compile(r"\[([^\]]+)\]\((\w+)(?::[^)]+)?\)")


@lru_cache(maxsize=1)
def training() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Give the lines by language, file and label."""
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for language in LANGUAGES:
        for path in sorted((ROOT / "data/nlu" / language).glob("*.yml")):
            entries = yaml.safe_load(path.read_text("utf8"))["nlu"]
            lines = {entry["intent"]: re.findall(r"^- (.+)$", entry["examples"], re.MULTILINE) for entry in entries}
            found.setdefault(language, {})[path.stem] = lines
    return found


def by_label(language: str) -> dict[str, list[str]]:
    """Give the lines of a language by label."""
    labels: dict[str, list[str]] = defaultdict(list)
    for entries in training()[language].values():
        for label, lines in entries.items():
            labels[label] += lines
    return labels


@lru_cache(maxsize=1)
def unseen() -> tuple[tuple[str, str, str], ...]:
    """Give the unseen messages as (intent, variety, text)."""
    rows = []
    for path in sorted((ROOT / "tests/nlu").glob("*.tsv")):
        with path.open(encoding="utf8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows.append((row["intent"], row["variety"], row["text"]))
    return tuple(rows)


def plain(line: str) -> str:
    """Take the marks away, and what no wording is made of: case, width, punctuation, spaces."""
    text = unicodedata.normalize("NFKC", MARK.sub(r"\1", line)).lower()
    return "".join(character for character in text if character.isalnum())


def frame(line: str) -> str:
    """Give the wording with each entity replaced by its name, so that a swapped word makes no new line.

    A fault keeps its words: how a symptom is told is what differs between people.
    """
    return plain(MARK.sub(lambda mark: mark[1] if mark[2] == "fault" else f" x{mark[2]}x ", line))
