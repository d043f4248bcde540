"""The learning itself: ridge regression with a linear kernel on words and a Gaussian one on sense.

Closed form throughout: one factorisation gives the weights, and what every line would have scored had it
and its variants been left out, which is what confidence is calibrated on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Settings:
    """How much words and sense weigh, in how many directions sense is told apart, how near is near, how smooth, how even.

    Fewer directions than the embedding has cost half a point and make asking four times cheaper; a sample of
    the lines as points of reference instead of all of them would cost two points. Labels are brought half the way
    to being guessed as often as each other: a service desk does hear of more faults than of anything else.
    """

    words: float = 0.4
    sense: float = 0.6
    directions: int = 160
    sharpness: float = 2.0
    smoothness: float = 0.07
    balance: float = 0.5


@dataclass(frozen=True)
class Fitted:
    """Weights for words, weights for nearness to each line, and the scores of each line when left out."""

    words: Floats
    sense: Floats
    held: Floats


def fit(words: Any, sense: Floats, targets: Floats, groups: Sequence[int], trust: Floats, settings: Settings) -> Fitted:
    """Learn to score labels; lines of one group are left out together, a line of less trust binds less."""
    kernel = near(sense, sense, settings.sharpness)
    kernel *= np.float32(settings.sense)
    _add_words(kernel, words, settings.words)
    kernel.flat[:: len(kernel) + 1] += settings.smoothness / trust
    inverse = _inverse(kernel)
    dual = inverse @ targets
    return Fitted(
        words=np.asarray(settings.words * (words.T @ dual), dtype=np.float32),
        sense=np.asarray(settings.sense * dual, dtype=np.float32),
        held=_held(inverse, dual, targets, groups),
    )


def directions(sense: Floats, count: int) -> Floats:
    """Give the directions in which rows differ most, one a column."""
    _, axes = np.linalg.eigh((sense.T @ sense).astype(np.float64))
    return np.ascontiguousarray(axes[:, ::-1][:, :count], dtype=np.float32)


def near(left: Floats, right: Floats, sharpness: float) -> Floats:
    """Tell how near rows of unit length are to one another: 1 for the same, falling off like a bell."""
    product = left @ right.T
    product -= 1
    product *= sharpness
    np.exp(product, out=product)
    return product


def _add_words(kernel: Floats, words: Any, weight: float, rows: int = 1000) -> None:
    """Add the products of all word rows, some rows at a time; what many lines share goes faster as a full matrix."""
    often = np.diff(words.tocsc().indptr) > len(kernel) / 50
    common = np.ascontiguousarray(words[:, often].toarray() * np.float32(weight**0.5))
    rare = words[:, ~often] * np.float32(weight**0.5)
    other = rare.T.tocsc()
    for start in range(0, len(kernel), rows):
        part = slice(start, start + rows)
        kernel[part] += common[part] @ common.T
        kernel[part] += (rare[part] @ other).toarray()


def _inverse(kernel: Floats, rows: int = 1000) -> Floats:
    """Invert a symmetric positive matrix in place."""
    from scipy.linalg import lapack

    factor, refused = lapack.spotrf(kernel.T, lower=0, overwrite_a=1, clean=0)
    if refused:
        raise ArithmeticError(f"the kernel of {len(kernel)} lines is not positive: {refused}")
    inverse: Floats = lapack.spotri(factor, lower=0, overwrite_c=1)[0]
    for start in range(0, len(inverse), rows):
        stop = start + rows
        corner = np.triu(inverse[start:stop, start:stop])
        inverse[start:stop, start:stop] = corner + np.triu(corner, 1).T
        inverse[stop:, start:stop] = inverse[start:stop, stop:].T
    return inverse


def _held(inverse: Floats, dual: Floats, targets: Floats, groups: Sequence[int]) -> Floats:
    """Give what each line would have scored had its group not been learned from."""
    held = np.empty_like(targets)
    members: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    for rows in members.values():
        block = inverse[np.ix_(rows, rows)]
        held[rows] = targets[rows] - np.linalg.solve(block, dual[rows])
    return held
