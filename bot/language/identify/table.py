"""The tables of language evidence: small, plain, loaded once."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
# Weights are stored as whole numbers, this many to one.
SCALE = 64.0


@dataclass(frozen=True)
class Table:
    """How much each piece of text speaks for each language, in natural logarithms of the odds."""

    languages: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[int, ...]]

    def score(self, found: Iterable[str]) -> tuple[float, ...]:
        """Add up the evidence of pieces, without the bias.

        >>> Table(("en", "yue"), (0.0, 0.0), {"nei": (-64, 128)}).score(["nei", "?"])
        (-1.0, 2.0)
        """
        known = [weight for piece in found if (weight := self.weights.get(piece)) is not None]
        return (
            tuple(sum(column) / SCALE for column in zip(*known, strict=True)) if known else (0.0,) * len(self.languages)
        )


@lru_cache(maxsize=4)
def load(name: str, folder: Path = DATA) -> Table:
    """Read `latin` or `characters` from its file: a header line, then a piece and its weights a line."""
    with gzip.open(folder / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
        header, *rows = lines.read().split("\n")
    names, biases = header.split("\t")
    weights: dict[str, tuple[int, ...]] = {}
    read: dict[str, tuple[int, ...]] = {}  # many pieces weigh the same
    for row in rows:
        piece, _, numbers = row.partition("\t")
        if numbers not in read:
            read[numbers] = tuple(map(int, numbers.split()))
        weights[piece] = read[numbers]
    return Table(tuple(names.split()), tuple(map(float, biases.split())), weights)


def save(name: str, folder: Path, table: Table) -> None:
    """Write a table so that the same table is always the same bytes."""
    lines = [" ".join(table.languages) + "\t" + " ".join(f"{number:.3f}" for number in table.bias)]
    lines += [f"{piece}\t{' '.join(map(str, numbers))}" for piece, numbers in sorted(table.weights.items())]
    with (folder / f"{name}.tsv.gz").open("wb") as file:
        file.write(gzip.compress("\n".join(lines).encode(), mtime=0))
