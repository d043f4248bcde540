"""Scores turned into confidences that mean what they say."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def confidences(scores: Floats, temperature: float) -> Floats:
    """Turn scores into shares that add up to one.

    >>> confidences(np.array([0.0, 0.0], dtype=np.float32), 0.1).tolist()
    [0.5, 0.5]
    """
    raised = scores / np.float32(temperature)
    raised = np.exp(raised - raised.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def temperature(scores: Floats, truth: NDArray[np.int64]) -> float:
    """Find the temperature at which the truth is least surprising, on scores of lines not learned from."""
    rows = np.arange(len(truth))

    def surprise(candidate: float) -> float:
        return float(-np.log(confidences(scores, candidate)[rows, truth] + 1e-9).mean())

    return float(min(np.geomspace(0.02, 1.0, 60), key=surprise))


def offsets(scores: Floats, truth: NDArray[np.int64], temperature: float, rounds: int = 50) -> Floats:
    """Give what to add to each label's score so that no label is guessed more often than it is meant.

    Every label counts alike, however many lines it was learned from. `scores` are of lines not learned from.
    """
    found = np.zeros(scores.shape[1], dtype=np.float32)
    counts = np.bincount(truth, minlength=scores.shape[1])
    weight = (1.0 / np.maximum(counts, 1))[truth]
    for _ in range(rounds):
        guessed = weight @ confidences(scores + found, temperature)
        found -= np.float32(temperature) * np.log(np.maximum(guessed, 1e-6)).astype(np.float32)
    balanced: Floats = found - found.mean()
    return balanced


def error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Measure how far confidence is from the share that is right: expected calibration error.

    >>> error(np.array([0.9, 0.9], dtype=np.float32), np.array([True, True]))
    0.1
    """
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    total = 0.0
    for place in range(bins):
        chosen = places == place
        if chosen.any():
            total += float(chosen.mean() * abs(confidence[chosen].mean() - right[chosen].mean()))
    return round(total, 4)
