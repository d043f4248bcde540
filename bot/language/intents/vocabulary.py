"""Features numbered and weighed: how rare a feature is decides how much it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.language.intents.features import WEIGHTS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Vocabulary:
    """The features seen in training, each with its number and its rarity."""

    def __init__(self, names: Sequence[str], rarity: Floats) -> None:
        """Keep names in the order of their numbers."""
        self.names = list(names)
        self.rarity = rarity
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self._kinds = np.array([ord(name[0]) for name in self.names], dtype=np.uint8)

    @classmethod
    def learn(cls, messages: Iterable[Sequence[str]], *, least: int = 2) -> Vocabulary:
        """Learn from messages the features that at least `least` of them have."""
        seen: Counter[str] = Counter()
        count = 0
        for message in messages:
            seen.update(set(message))
            count += 1
        names = sorted(name for name, times in seen.items() if times >= least)
        times = np.array([seen[name] for name in names], dtype=np.float32)
        return cls(names, np.log((1 + count) / (1 + times)).astype(np.float32) + 1)

    def weigh(self, message: Iterable[str]) -> tuple[Ints, Floats]:
        """Give the numbers of a message's known features and their weights, of unit length together."""
        counts: Counter[int] = Counter()
        numbers = self._numbers
        for name in message:
            number = numbers.get(name)
            if number is not None:
                counts[number] += 1
        indices = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(times)) * self.rarity[indices]
        return indices, _balanced(weights, self._kinds[indices])

    def matrix(self, messages: Sequence[Sequence[str]]) -> Any:
        """Stack messages as rows of a scipy matrix; for training only."""
        from scipy.sparse import csr_matrix

        rows = [self.weigh(message) for message in messages]
        ends = np.cumsum([0] + [len(indices) for indices, _ in rows])
        indices = np.concatenate([row[0] for row in rows])
        data = np.concatenate([row[1] for row in rows])
        return csr_matrix((data, indices, ends), shape=(len(rows), len(self.names)), dtype=np.float32)


def _balanced(weights: Floats, kind: NDArray[np.uint8]) -> Floats:
    """Bring each kind of feature to its share of the whole, and the whole to unit length."""
    for letter, share in WEIGHTS.items():
        chosen = kind == ord(letter)
        length = float(np.sqrt((weights[chosen] ** 2).sum()))
        if length:
            weights[chosen] *= share / length
    whole = float(np.sqrt((weights**2).sum()))
    return (weights / whole if whole else weights).astype(np.float32)
