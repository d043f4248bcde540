"""The character language model at run time: n-grams numbered in key order, so that children lie side by side."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 14
MASK = (1 << BITS) - 1
START, END = 1, 2
FINE = 16.0
ORDER = 4
_BACKOFF_ZERO = 32  # back-off weights may be above zero: they are kept two nats lower


@dataclass(frozen=True)
class Model:
    """A back-off model of order 4. Node 0 is the empty context, then come all n-grams, shorter ones first.

    The children of node n, the n-grams one longer, are nodes first[n] to first[n + 1], ordered by their last
    unit. `pairs` finds a two-unit node by node << BITS | unit at once; `one` gives the node of a unit alone.
    After reading a node, go on from `state[node]`, its longest ending that has children.
    """

    unit: array[int]
    first: array[int]
    logp: list[float]
    backoff: list[float]
    shorter: array[int]
    state: array[int]
    pairs: dict[int, int]
    one: list[int]
    wide: int  # nodes from here on are contexts of two units and more

    @classmethod
    def of(cls, levels: list[NDArray[np.int64]], logp: NDArray[np.uint16], backoff: NDArray[np.uint16]) -> Model:
        """Link n-grams, given as sorted keys by order, to their contexts and their shorter forms."""
        starts = np.concatenate([[1], 1 + np.cumsum([len(level) for level in levels])])
        parent = [np.zeros(len(levels[0]), np.int64)]
        short = [np.zeros(len(levels[0]) + 1, np.int64)]
        for order in range(2, ORDER + 1):
            keys, below, base = levels[order - 1], levels[order - 2], starts[order - 2]
            parent.append(np.searchsorted(below, keys >> BITS) + base)
            short.append(np.searchsorted(below, keys & ((1 << (BITS * (order - 1))) - 1)) + base)
        parents, shorter = np.concatenate(parent), np.concatenate(short)
        first = 1 + np.searchsorted(parents, np.arange(len(shorter) + 1))
        state = np.arange(len(shorter))
        leads = first[1:] > first[:-1]
        for _ in range(ORDER):
            state = np.where(leads[state], state, shorter[state])
        units = np.concatenate([[0], *[level & MASK for level in levels]])
        one = np.zeros(1 << BITS, np.int64)
        one[levels[0]] = np.arange(1, starts[1])
        pairs = (parents[starts[1] - 1 : starts[2] - 1] << BITS) | (levels[1] & MASK)
        fine = [-number / FINE for number in range(512)]
        return cls(
            unit=_array("H", units.astype(np.uint16)),
            first=_array("i", first.astype(np.int32)),
            logp=[fine[number] for number in [320, *logp.tolist()]],
            backoff=[fine[number] + 2.0 for number in [_BACKOFF_ZERO, *backoff.tolist()]],
            shorter=_array("i", shorter.astype(np.int32)),
            state=_array("i", state.astype(np.int32)),
            pairs=dict(zip(pairs.tolist(), range(int(starts[1]), int(starts[2])), strict=True)),
            one=one.tolist(),
            wide=int(starts[1]),
        )

    def alone(self, unit: int) -> float:
        """Give the log probability of a unit without context."""
        return self.logp[self.one[unit]]


def _array(code: str, kept: NDArray[np.generic]) -> array[int]:
    filled: array[int] = array(code)
    filled.frombytes(kept.tobytes())
    return filled
