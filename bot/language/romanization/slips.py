"""Cantonese words in Latin letters that were mistyped by one key, or drawn out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bot.language.romanization.pieces import Run

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LONGEST = 12
_LEAST = -40.0


def neighbours(key: str) -> str:
    """Give the keys beside a key on its row, and those above and below it.

    >>> neighbours("g")
    'fhtyvb'
    """
    for row, keys in enumerate(_ROWS):
        at = keys.find(key)
        if at >= 0:
            above = _ROWS[row - 1][at : at + 2] if row else ""
            below = _ROWS[row + 1][max(0, at - 1) : at + 1] if row < 2 else ""
            return keys[max(0, at - 1) : at] + keys[at + 1 : at + 2] + above + below
    return ""


def variants(letters: str) -> Iterator[str]:
    """Give what may have been meant: a letter too many, two swapped, one beside the right key."""
    for at in range(len(letters)):
        yield letters[:at] + letters[at + 1 :]
        if at + 1 < len(letters):
            yield letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
        for key in neighbours(letters[at]):
            yield letters[:at] + key + letters[at + 1 :]


def nearest(run: Run, cuts: Callable[[str], tuple[float, ...] | None]) -> Run | None:
    """Give the likeliest run that `run` is a slip of, its letters in the same places; None when none reads well."""
    if not 3 <= len(run.letters) <= _LONGEST:
        return None
    return _likeliest(run, variants(run.letters), cuts)


def drawn_out(run: Run, cuts: Callable[[str], tuple[float, ...] | None]) -> Run | None:
    """Give what a run with a letter three times over says; None for any other run."""
    if not re.search(r"(.)\1\1", run.letters):
        return None
    twice, once = (re.sub(r"(.)\1{2,}", kept, run.letters) for kept in (r"\1\1", r"\1"))
    return _likeliest(run, (twice, once), cuts)


def _likeliest(run: Run, meant: Iterable[str], cuts: Callable[[str], tuple[float, ...] | None]) -> Run | None:
    best, score = None, _LEAST
    for variant in meant:
        weighed = max((variant and cuts(variant)) or (_LEAST,))
        if weighed > score:
            best, score = variant, weighed
    if best is None:
        return None
    places = tuple(run.places[min(at, len(run.places) - 1)] for at in range(len(best)))
    return Run(best, places, run.end, run.tones)
