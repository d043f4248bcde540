"""The compiled tables: language model, spellings, readings and English words, as plain arrays in one file."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.language.romanization.model import Model

TABLES = Path(__file__).with_name("data") / "tables.npz"
FINE = 16.0  # log probabilities are kept as whole sixteenths below zero
ENGLISH, NUMBER = 4, 5
_MOST_READINGS = 40

Reading = tuple[int, int, float, float]  # unit, tone, log P(reading | unit), the same with the unit's own


@dataclass(frozen=True)
class Tables:
    """Everything that decoding looks up.

    `spelled` gives, for a spelling, the rows of `spelled_*` that say which syllable it may be, which tones it then
    allows (a bit each) and how likely the spelling is under each way of writing. `read_as` gives the characters of
    a syllable, likeliest first.
    """

    units: tuple[str, ...]
    unit_of: dict[str, int]
    syllables: tuple[str, ...]
    model: Model
    spelled: dict[str, tuple[int, int]]
    spelled_syllable: array[int]
    spelled_tones: array[int]
    spelled_logp: tuple[array[float], ...]
    read_as: tuple[tuple[Reading, ...], ...]
    english: dict[str, float]


def read(path: Path = TABLES) -> Tables:
    """Read tables from a file; see `load` for those of the project."""
    with np.load(path, allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files}
    units = tuple(_text(kept["units"]).split(" "))
    model = Model.of([np.cumsum(kept.pop(f"grams{order}")) for order in range(1, 5)], kept["logp"], kept["backoff"])
    spelled = _text(kept["spelled"]).split(" ")
    bounds = kept["spelled_bounds"].tolist()
    share = np.log(np.maximum(kept["spelled_share"].astype(np.float64), 1e-9)).astype(np.float32)
    return Tables(
        units=units,
        unit_of={unit: number for number, unit in enumerate(units) if unit},
        syllables=tuple(_text(kept["syllables"]).split(" ")),
        model=model,
        spelled={text: (bounds[i], bounds[i + 1]) for i, text in enumerate(spelled)},
        spelled_syllable=_array("h", kept["spelled_syllable"]),
        spelled_tones=_array("h", kept["spelled_tones"]),
        spelled_logp=tuple(_floats(np.ascontiguousarray(share[:, way])) for way in range(share.shape[1])),
        read_as=_readings(kept, model),
        english=dict(zip(_text(kept["english"]).split(" "), _shared(kept["english_logp"]), strict=True)),
    )


@cache
def load() -> Tables:
    """Load the project's tables, once."""
    return read()


def _text(kept: NDArray[np.uint8]) -> str:
    return kept.tobytes().decode("utf-8")


def _shared(steps: NDArray[np.uint16]) -> list[float]:
    """Give log probabilities in nats; equal ones are the same object, and there are few different ones."""
    nats = [step / -FINE for step in range(int(steps.max()) + 1)]
    return [nats[step] for step in steps.tolist()]


def _array(code: str, kept: NDArray[np.generic]) -> array[int]:
    filled: array[int] = array(code)
    filled.frombytes(kept.tobytes())
    return filled


def _floats(kept: NDArray[np.float32]) -> array[float]:
    filled: array[float] = array("f")
    filled.frombytes(kept.tobytes())
    return filled


def _readings(kept: dict[str, NDArray[np.int64]], model: Model) -> tuple[tuple[Reading, ...], ...]:
    found: list[list[Reading]] = [[] for _ in range(int(kept["read_syllable"].max()) + 1)]
    columns = [kept[name].tolist() for name in ("read_syllable", "read_unit", "read_tone", "read_logp")]
    for syllable, unit, tone, logp in zip(*columns, strict=True):
        found[syllable].append((unit, tone, logp / -FINE, logp / -FINE + model.alone(unit)))
    return tuple(tuple(sorted(entries, key=lambda e: -e[3])[:_MOST_READINGS]) for entries in found)
