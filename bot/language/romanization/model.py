"""The character language model at run time: n-grams numbered in key order, so that children lie side by side."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BITS = 14
MASK = (1 << BITS) - 1
START, END = 1, 2
FINE = 16.0
ORDER = 4
ABOVE = 2.0  # back-off weights may be above zero: they are kept as steps below this


@dataclass(frozen=True)
class Model:
    """A back-off model of order 4. Node 0 is the empty context, then come all n-grams, shorter ones first.

    The children of node n, the n-grams one longer, are nodes first[n] to first[n + 1], ordered by their last
    unit. `after` has the children of every one-unit node as one string, a character for a unit: searching that
    finds a two-unit node faster than a dictionary of all of them, in a sixtieth of the memory. `one` gives the node
    of a unit alone. After reading a node, go on from `state[node]`, its longest ending that has children. N-grams of the
    highest order have none: `first`, `backoff` and `shorter` end before them. A back-off weight is `ABOVE` less so many
    sixteenths.
    """

    unit: array[int]
    first: array[int]
    logp: array[float]
    backoff: array[int]
    shorter: array[int]
    state: array[int]
    after: tuple[str, ...]
    one: list[int]
    wide: int  # nodes from here on are contexts of two units and more

    @classmethod
    def of(cls, levels: list[NDArray[np.int64]], logp: NDArray[np.uint16], backoff: NDArray[np.uint16]) -> Model:
        """Link n-grams, given as sorted keys by order, to their contexts and their shorter forms.

        Filled in place, an order at a time: what numpy would need in between would stay with the process.
        """
        starts = [1, *(1 + sum(map(len, levels[:order])) for order in range(1, ORDER + 1))]
        contexts, size = starts[-2:]
        unit, first = array("H", [0]) * size, array("i", [size]) * (contexts + 1)
        shorter, state = array("i", [0]) * contexts, array("i", [0]) * size
        units, firsts, shorts, states = (np.frombuffer(kept, kept.typecode) for kept in (unit, first, shorter, state))
        first[0] = 1
        for order, keys in enumerate(levels):
            here = slice(starts[order], starts[order + 1])
            units[here] = keys & MASK
            if order + 1 < ORDER:
                firsts[here] = np.searchsorted(levels[order + 1] >> BITS, keys) + starts[order + 1]
            if order:
                tails = keys & ((1 << (BITS * order)) - 1)
                endings = shorts if order + 1 < ORDER else states
                endings[here] = np.searchsorted(levels[order - 1], tails) + starts[order - 1]
        leads = firsts[1:] > firsts[:-1]
        states[:contexts] = np.arange(contexts)
        for _ in range(ORDER):
            states[:] = np.where(leads[states], states, shorts[states])
        one = np.zeros(1 << BITS, np.int64)
        one[levels[0]] = np.arange(1, starts[1])
        seconds = (levels[1] & MASK).astype("<u2").tobytes().decode("utf-16-le")
        bounds = (firsts[1 : starts[1] + 1] - starts[1]).tolist()
        return cls(
            unit=unit,
            first=first,
            logp=_fine(logp, 320),
            backoff=_steps(backoff[: contexts - 1], round(ABOVE * FINE)),
            shorter=shorter,
            state=state,
            after=("", *(seconds[low:high] for low, high in pairwise(bounds))),
            one=one.tolist(),
            wide=starts[1],
        )

    def alone(self, unit: int) -> float:
        """Give the log probability of a unit without context."""
        return self.logp[self.one[unit]]


def _fine(steps: NDArray[np.uint16], empty: int) -> array[float]:
    """Give log probabilities in nats, that of the empty context first; sixteenths are exact in four bytes."""
    filled = array("f", [-empty / FINE]) * (1 + len(steps))
    np.divide(steps, -FINE, out=np.frombuffer(filled, "f")[1:], dtype=np.float32)
    return filled


def _steps(steps: NDArray[np.uint16], empty: int) -> array[int]:
    """Give sixteenths as they are, those of the empty context first."""
    filled = array("H", [empty]) * (1 + len(steps))
    np.frombuffer(filled, "H")[1:] = steps
    return filled
