"""A character n-gram model in back-off form, counted and pruned with numpy.

Interpolated absolute discounting with continuation counts (Kneser-Ney), order 4: four units of 14 bits fit one
64-bit key, so counting is sorting.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ORDER = 4
BITS = 14
MASK = (1 << BITS) - 1
START, END, ANY = 1, 2, 3  # ANY: whatever may stand before a word of the lexicon
DISCOUNT = (0.0, 0.7, 0.85, 0.95, 0.98)

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass
class Grams:
    """The n-grams of one order: key, log probability, log back-off weight as a context, in key order."""

    keys: Ints
    logp: Floats
    backoff: Floats


def count(units: Ints, weights: Floats) -> list[tuple[Ints, Floats]]:
    """Count the windows of every order up to ORDER in a flat array where 0 separates sentences."""
    counted = []
    keys, alive = units.copy(), units > 0
    counted.append(_collect(keys[alive], weights[alive]))
    for order in range(2, ORDER + 1):
        keys = (keys[:-1] << BITS) | units[order - 1 :]
        alive = alive[:-1] & (units[order - 1 :] > 0)
        counted.append(_collect(keys[alive], weights[: len(keys)][alive]))
    return counted


def estimate(counted: list[tuple[Ints, Floats]], vocabulary: int) -> list[Grams]:
    """Turn counts into probabilities of every order, each interpolated with the one below."""
    levels: list[Grams] = []
    for order in range(1, ORDER + 1):
        keys, values = counted[order - 1] if order == ORDER else _continuations(counted, order)
        keys, values = _without(keys, values, order)
        levels.append(_level(keys, values, order, levels, vocabulary))
    return levels


def mix(levels: list[Grams], other: list[Grams], share: float) -> list[Grams]:
    """Give every n-gram `share` of what `other` thinks of it; prune afterwards, which renews back-off weights."""
    mixed = []
    for order, grams in enumerate(levels, 1):
        own, its = np.exp(grams.logp), np.exp(_logp(other, grams.keys, order))
        mixed.append(Grams(grams.keys, np.log((1 - share) * own + share * its), grams.backoff))
    return mixed


def _logp(levels: list[Grams], keys: Ints, order: int) -> Floats:
    """Give the log probabilities of n-grams under a model that may not know them."""
    grams = levels[order - 1]
    at = np.minimum(_at(grams, keys), len(grams.keys) - 1)
    known = grams.keys[at] == keys
    if order == 1:
        return np.where(known, grams.logp[at], grams.logp.min())
    below, context = levels[order - 2], keys >> BITS
    place = np.minimum(_at(below, context), len(below.keys) - 1)
    backoff = np.where(below.keys[place] == context, below.backoff[place], 0.0)
    return np.where(known, grams.logp[at], backoff + _logp(levels, _suffixes(keys, order), order - 1))


def prune(levels: list[Grams], counted: list[tuple[Ints, Floats]], keep: dict[int, int]) -> list[Grams]:
    """Keep the `keep[order]` n-grams that tell most, with every context they need, and renew back-off weights."""
    needed: Ints = np.empty(0, np.int64)
    kept: list[Grams] = [levels[0]]
    chosen: dict[int, NDArray[np.bool_]] = {}
    for order in range(ORDER, 1, -1):
        grams = levels[order - 1]
        gain = _gain(levels, counted[order - 1], order)
        limit = keep.get(order, len(gain))
        stay = gain > (np.partition(gain, -limit)[-limit] if limit < len(gain) else -np.inf)
        stay |= np.isin(grams.keys, needed)
        chosen[order] = stay
        needed = np.unique(np.concatenate([grams.keys[stay] >> BITS, _suffixes(grams.keys[stay], order)]))
    for order in range(2, ORDER + 1):
        grams, stay = levels[order - 1], chosen[order]
        kept.append(Grams(grams.keys[stay], grams.logp[stay], grams.backoff[stay]))
    return renew(kept)


def renew(levels: list[Grams]) -> list[Grams]:
    """Set back-off weights anew so that what follows each context sums to one."""
    return [_renewed(levels, order) for order in range(1, ORDER + 1)]


def _collect(keys: Ints, weights: Floats) -> tuple[Ints, Floats]:
    unique, inverse = np.unique(keys, return_inverse=True)
    sums: Floats = np.bincount(inverse, weights, len(unique)).astype(np.float64)
    return unique, sums


def _continuations(counted: list[tuple[Ints, Floats]], order: int) -> tuple[Ints, Floats]:
    longer, values = counted[order]
    tails = longer & ((1 << (BITS * order)) - 1)
    keys, counts = _collect(tails, np.minimum(values, 1.0))
    own, raw = counted[order - 1]
    first = own >> (BITS * (order - 1)) == START  # nothing stands before a start: its own count is the count
    keys, inverse = np.unique(np.concatenate([keys, own[first]]), return_inverse=True)
    sums: Floats = np.bincount(inverse, np.concatenate([counts, raw[first]]), len(keys)).astype(np.float64)
    return keys, sums


def _without(keys: Ints, values: Floats, order: int) -> tuple[Ints, Floats]:
    first = keys >> (BITS * (order - 1))
    if order == 1:  # a start is no character, but it is a context
        return keys[keys != ANY], np.where(keys == START, 0.0, values)[keys != ANY]
    good = (first != ANY) & ((keys & MASK) != START) & ((keys & MASK) != ANY)
    return keys[good], values[good]


def _level(keys: Ints, values: Floats, order: int, levels: list[Grams], vocabulary: int) -> Grams:
    discount = DISCOUNT[order]
    held = discount * np.minimum(values, 1.0)
    contexts, where = np.unique(keys >> BITS, return_inverse=True)
    totals = np.bincount(where, values, len(contexts))
    free = np.bincount(where, held, len(contexts)) / totals
    if order == 1:
        below: Floats = np.full(len(keys), 1.0 / vocabulary)
    else:
        tails = _suffixes(keys, order)
        below = np.exp(levels[-1].logp[np.searchsorted(levels[-1].keys, tails)])
        levels[-1].backoff[np.searchsorted(levels[-1].keys, contexts)] = np.log(free)
    probability = (values - held) / totals[where] + free[where] * below
    return Grams(keys, np.log(probability), np.zeros(len(keys)))


def _suffixes(keys: Ints, order: int) -> Ints:
    return keys & ((1 << (BITS * (order - 1))) - 1)


def _at(grams: Grams, keys: Ints) -> Ints:
    return np.searchsorted(grams.keys, keys)


def _gain(levels: list[Grams], counted: tuple[Ints, Floats], order: int) -> Floats:
    """Tell how much each n-gram of an order adds to the likelihood of what was counted."""
    grams, below = levels[order - 1], levels[order - 2]
    shorter = below.logp[_at(below, _suffixes(grams.keys, order))] + below.backoff[_at(below, grams.keys >> BITS)]
    seen: Floats = counted[1][np.searchsorted(counted[0], grams.keys)]
    gain: Floats = seen * (grams.logp - shorter)
    return gain


def _renewed(levels: list[Grams], order: int) -> Grams:
    grams = levels[order - 1]
    backoff = np.zeros(len(grams.keys))
    if order < ORDER:
        longer = levels[order]
        contexts, where = np.unique(longer.keys >> BITS, return_inverse=True)
        below = grams.logp[_at(grams, _suffixes(longer.keys, order + 1))]
        left = 1.0 - np.bincount(where, np.exp(longer.logp), len(contexts))
        right = 1.0 - np.bincount(where, np.exp(below), len(contexts))
        at = _at(grams, contexts)
        backoff[at] = np.log(np.clip(left, 1e-4, 1) / np.clip(right, 1e-4, 1))
    return Grams(grams.keys, grams.logp, backoff)
