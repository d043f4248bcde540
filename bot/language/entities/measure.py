"""Measure the finder on annotated lines: `python -m bot.language.entities.measure [--entity NAME] [FOLDER]`.

Spans count when place and name are exact; a value when the line gives one and the span is right.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from bot.language.entities.entity import Entity
from bot.language.entities.finder import find
from bot.language.reading import read

_MARK = re.compile(r"\[([^\]]+)\]\((\w+)(?::([^)]+))?\)")
NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Hong_Kong"))


@dataclass(frozen=True)
class Gold:
    """What a line says stands in its text."""

    name: str
    start: int
    end: int
    value: str | None


@dataclass
class Score:
    """Counts of one entity: right, found, in the lines; values right and judged."""

    right: int = 0
    found: int = 0
    gold: int = 0
    values_right: int = 0
    values: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Balance of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 1.0

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.gold if self.gold else 1.0
        values = f"{self.values_right / self.values:6.1%}" if self.values else "     –"
        return f"{self.gold:6} {precision:6.1%} {recall:6.1%} {self.f1:6.1%} {values}"


def parse(line: str) -> tuple[str, list[Gold]]:
    """Take the marks out of a line.

    >>> parse("my [fridge](product:refrigerator) leaks")[1]
    [Gold(name='product', start=3, end=9, value='refrigerator')]
    """
    text, gold, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        gold.append(Gold(match[2], len(text), len(text) + len(match[1]), match[3]))
        text += match[1]
        at = match.end()
    return text + line[at:], gold


def lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Give (language, annotated line) of every training file below a folder."""
    for path in sorted(folder.glob("*/*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                yield path.parent.name, line.removeprefix("- ").strip()


def measure(annotated: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Score]:
    """Score the finder by (group, entity); the group "all" and the entity "all" sum up."""
    scores: dict[tuple[str, str], Score] = defaultdict(Score)
    for group, line in annotated:
        text, gold = parse(line)
        try:
            found = find(read(text), NOW)
        except ImportError:
            continue
        for key in ((group, None), ("all", None)):
            _count(scores, key[0], text, gold, found)
    return scores


def _count(
    scores: dict[tuple[str, str], Score], group: str, text: str, gold: list[Gold], found: tuple[Entity, ...]
) -> None:
    places = {(one.name, one.start, one.end): one for one in found}
    wanted = {(one.name, one.start, one.end): one for one in gold}
    for name, counted in (("gold", Counter(one.name for one in gold)), ("found", Counter(one.name for one in found))):
        for entity, count in counted.items():
            for total in (scores[group, entity], scores[group, "all"]):
                setattr(total, name, getattr(total, name) + count)
    for key, one in wanted.items():
        entity = one.name
        answer = places.get(key)
        for total in (scores[group, entity], scores[group, "all"]):
            total.right += answer is not None
            if answer is not None and one.value is not None:
                total.values += 1
                total.values_right += _same(one, answer)
        if answer is None:
            scores[group, entity].misses.append(f"- [{text[one.start : one.end]}] {text}")
        elif one.value is not None and not _same(one, answer):
            scores[group, entity].misses.append(f"~ [{answer.text}] {answer.value} for {one.value} | {text}")
    for key, answer in places.items():
        if key not in wanted:
            scores[group, answer.name].misses.append(f"+ [{answer.text}]={answer.value} {text}")


def _same(gold: Gold, answer: Entity) -> bool:
    """Compare values; a place may be given by the last part of its code."""
    value = answer.value or ""
    return value == gold.value or (gold.name == "district" and value.split(".")[-1] == gold.value)


def main(arguments: list[str]) -> None:
    """Print the table; with `--entity` also what went wrong there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="data/nlu", type=Path)
    parser.add_argument("--entity")
    parser.add_argument("--group", default="all")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    scores = measure(lines(options.folder))
    print(f"{'':28}lines  prec. recall     F1 values   ({time.perf_counter() - started:.1f} s)")
    for (group, entity), score in sorted(scores.items()):
        if not options.entity or (entity == options.entity and group == options.group):
            print(f"{group:8}{entity:18}{score}")
            if options.entity:
                print("\n".join(score.misses))


if __name__ == "__main__":
    main(sys.argv[1:])
