"""The classifier: learned from lines, kept as arrays, asked with a reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.language.intents import calibration, ridge
from bot.language.intents.embedding import embed
from bot.language.intents.features import features
from bot.language.intents.gloss import gloss
from bot.language.intents.vocabulary import Vocabulary
from bot.language.reading import Reading

Floats = NDArray[np.float32]

# What being near in sense to a line of its label says beside the scores; chosen on validation messages.
_NEARNESS = 0.25


@dataclass(frozen=True)
class Line:
    """A line to learn from; lines of one `group` are the same wording spelled differently."""

    reading: Reading
    label: str
    group: int
    found: tuple[str, ...] = ()
    trust: float = 1.0


@dataclass(frozen=True)
class Guess:
    """A label and how sure the classifier is of it; the confidences of all labels add up to one."""

    label: str
    confidence: float


@dataclass(frozen=True)
class Held:
    """What each line was taken for when it had not been learned from: labels by row, confidences by label."""

    labels: tuple[str, ...]
    confidences: Floats


class Classifier:
    """Says what a customer wants."""

    def __init__(
        self,
        labels: Sequence[str],
        vocabulary: Vocabulary,
        weights: dict[str, Floats],
        temperature: float,
        sharpness: float,
    ) -> None:
        """Take what training or loading gives."""
        self.labels = tuple(labels)
        self._vocabulary = vocabulary
        self._weights = weights
        self._temperature = temperature
        self._sharpness = sharpness

    @classmethod
    def fit(cls, lines: Sequence[Line], settings: ridge.Settings | None = None) -> tuple[Classifier, Held]:
        """Learn from lines; also tell what each would have been taken for had it been left out."""
        settings = settings or ridge.Settings()
        labels = sorted({line.label for line in lines})
        numbers = {label: number for number, label in enumerate(labels)}
        truth = np.array([numbers[line.label] for line in lines], dtype=np.int64)
        named = [list(features(line.reading, line.found)) for line in lines]
        vocabulary = Vocabulary.learn(named)
        sense = embed([_sentence(line.reading) for line in lines])
        mean = sense.mean(axis=0)
        axes = ridge.directions(sense - mean, settings.directions)
        points = _placed(sense, mean, axes)
        fitted = ridge.fit(
            vocabulary.matrix(named),
            points,
            np.eye(len(labels), dtype=np.float32)[truth],
            [line.group for line in lines],
            np.array([line.trust for line in lines], dtype=np.float32),
            settings,
        )
        temperature = calibration.temperature(fitted.held, truth)
        offsets = np.float32(settings.balance) * calibration.offsets(fitted.held, truth, temperature)
        temperature = calibration.temperature(fitted.held + offsets, truth)
        weights = {
            "words": fitted.words,
            "points": points,
            "lines": truth.astype(np.int16),
            "sense": fitted.sense,
            "mean": mean,
            "axes": axes,
            "offsets": offsets,
        }
        held = Held(tuple(labels), calibration.confidences(fitted.held + offsets, temperature))
        return cls(labels, vocabulary, weights, temperature, settings.sharpness), held

    def guess(self, reading: Reading, found: Sequence[str] = ()) -> list[Guess]:
        """Give every label with its confidence, the likeliest first."""
        scores, _ = self._scores(reading, found)
        shares = calibration.confidences(scores, self._temperature)
        return [Guess(self.labels[number], float(shares[number])) for number in np.argsort(-shares)]

    def belonging(self, reading: Reading, outside: str, found: Sequence[str] = ()) -> tuple[str, float]:
        """Give the likeliest label but `outside`, and how much more a message belongs to it than outside.

        That is by how much the label outscores `outside`, and how near the nearest line of that label is in sense:
        confidence tells labels apart, and what is far from all of them may still be much nearer to one.
        """
        scores, near = self._scores(reading, found)
        away = scores[self.labels.index(outside)] if outside in self.labels else np.float32(0)
        best = next(number for number in np.argsort(-scores) if self.labels[number] != outside)
        nearest = 1 + np.log(near[self._weights["lines"] == best].max()) / self._sharpness  # a cosine
        return self.labels[best], float(scores[best] - away + _NEARNESS * nearest)

    def _scores(self, reading: Reading, found: Sequence[str]) -> tuple[Floats, Floats]:
        """Score every label, and tell how near each line learned from is in sense, as `ridge.near` does."""
        indices, values = self._vocabulary.weigh(features(reading, found))
        scores = values @ self._weights["words"][indices] + self._weights["offsets"]
        place = _placed(embed([_sentence(reading)]), self._weights["mean"], self._weights["axes"])
        near = ridge.near(place, self._weights["points"], self._sharpness)
        return scores + (near @ self._weights["sense"])[0], near[0]

    def save(self, folder: Path) -> None:
        """Write the classifier into a folder, as arrays and JSON."""
        np.savez(folder / "weights.npz", rarity=self._vocabulary.rarity, **self._weights)
        (folder / "features.txt").write_text("\n".join(self._vocabulary.names), encoding="utf-8")
        about = {"labels": self.labels, "temperature": self._temperature, "sharpness": self._sharpness}
        (folder / "classifier.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Classifier:
        """Read a classifier that `save` wrote."""
        about = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            weights = {name: arrays[name] for name in ("words", "points", "lines", "sense", "mean", "axes", "offsets")}
            rarity = arrays["rarity"]
        names = (folder / "features.txt").read_text(encoding="utf-8").split("\n")
        return cls(about["labels"], Vocabulary(names, rarity), weights, about["temperature"], about["sharpness"])


def _sentence(reading: Reading) -> str:
    """Give the wording whose sense is embedded."""
    return gloss(reading.folded.text)


def _placed(sense: Floats, mean: Floats, axes: Floats) -> Floats:
    """Take away what all lines share, keep where they differ, and bring to unit length."""
    moved = (sense - mean) @ axes
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    placed: Floats = (moved / np.maximum(length, 1e-9)).astype(np.float32)
    return placed
