"""Today's spelling of particles taken back to the finer one of the transcribed corpus.

People write 咁 for both gam2 and gam3, 呀 and 啊 for any aa, 嘅 for ge2 too. HKCanCor tells them apart, so its
neighbours decide which one a sentence of today means.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.language.romanization.build.corpora import Sentence

_MEANS = {
    "咁": "噉咁",
    "喇": "喇嚹",
    "嚹": "喇嚹",
    "呀": "啊呀𠻺吖",
    "啊": "啊呀𠻺吖",
    "嘅": "嘅𠸏",
    "緊": "緊𡁵",
    "系": "系係",
}
_EDGE = ""
_UNSEEN = 0.3


@dataclass(frozen=True)
class Neighbours:
    """How often each unit stood in the transcribed corpus, and after and before which."""

    alone: Counter[str]
    pairs: Counter[tuple[str, str]]

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Neighbours:
        """Count the neighbours in `sentences`."""
        alone: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for sentence in sentences:
            units = (_EDGE, *sentence.units, _EDGE)
            alone.update(units)
            pairs.update(zip(units, units[1:], strict=False))
        return cls(alone, pairs)

    def fits(self, before: str, unit: str, after: str) -> float:
        """Score `unit` between its neighbours."""
        known = self.alone[unit] + 1.0
        left, right = self.pairs[before, unit] + _UNSEEN, self.pairs[unit, after] + _UNSEEN
        return math.log(left) + math.log(right) - math.log(known)


def respelled(sentences: Iterable[Sentence], neighbours: Neighbours) -> Iterator[Sentence]:
    """Give sentences with each particle as its neighbours say, from left to right."""
    for sentence in sentences:
        units, readings = list(sentence.units), list(sentence.readings)
        for at, unit in enumerate(units):
            choices = _MEANS.get(unit)
            if choices:
                before = units[at - 1] if at else _EDGE
                after = units[at + 1] if at + 1 < len(units) else _EDGE
                units[at] = max(choices, key=lambda c: neighbours.fits(before, c, after))  # noqa: B023
                readings[at] = ""  # a reading of today's spelling says nothing about the finer one
        yield replace(sentence, units=tuple(units), readings=tuple(readings))
