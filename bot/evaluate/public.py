"""The public intent sets, as published: what is learned from, what is chosen on, what is measured."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

OUT_OF_SCOPE = "oos"

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class PublicSet:
    """A set by name: (text, label) pairs; what is outside every label has the label `oos`."""

    name: str
    train: Pairs
    test: Pairs
    validation: Pairs = field(default_factory=list)


def read_sets(folder: Path) -> Iterator[PublicSet]:
    """Read the sets in a folder, or the one that the folder itself is."""
    for path in [folder, *sorted(folder.iterdir())]:
        reader = _READERS.get(path.name)
        if reader and path.is_dir():
            yield from reader(path)


def _banking77(folder: Path) -> Iterator[PublicSet]:
    yield PublicSet("banking77", *(_csv(folder / f"{part}.csv", "text", "category") for part in ("train", "test")))


def _clinc150(folder: Path) -> Iterator[PublicSet]:
    data: dict[str, list[list[str]]] = json.loads((folder / "data_full.json").read_text(encoding="utf-8"))
    parts = {name: [(text, label) for text, label in rows] for name, rows in data.items()}
    yield PublicSet(
        "clinc150",
        parts["train"] + parts["oos_train"],
        parts["test"] + parts["oos_test"],
        parts["val"] + parts["oos_val"],
    )


def _hint3(folder: Path) -> Iterator[PublicSet]:
    for path in sorted(folder.glob("*_train.csv")):
        bot = path.name.removesuffix("_train.csv")
        test = _csv(folder / f"{bot}_test.csv", "sentence", "label")
        outside = [(text, OUT_OF_SCOPE if label == "NO_NODES_DETECTED" else label) for text, label in test]
        yield PublicSet(f"hint3 {bot}", _csv(path, "sentence", "label"), outside)


def _xsid(folder: Path) -> Iterator[PublicSet]:
    train = _conll(folder / "en.valid.conll")
    for language in ("en", "zh"):
        yield PublicSet(f"xsid en→{language}", train, _conll(folder / f"{language}.test.conll"))


_READERS = {"banking77": _banking77, "clinc150": _clinc150, "hint3": _hint3, "xsid": _xsid}


def _csv(path: Path, text: str, label: str) -> Pairs:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row[text], row[label]) for row in csv.DictReader(file)]


def _conll(path: Path) -> Pairs:
    content = path.read_text(encoding="utf-8")
    texts = re.findall(r"^# text = (.*)$", content, re.M)
    labels = re.findall(r"^# intent[:=\s]+(.*)$", content, re.M)
    return list(zip(texts, labels, strict=True))
