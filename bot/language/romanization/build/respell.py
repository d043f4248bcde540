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
_DOUBT = 20.0  # how many times a unit must have been met before its own neighbours count as much as anybody's


@dataclass(frozen=True)
class Neighbours:
    """How often each unit stood in the transcribed corpus, and after and before which."""

    alone: Counter[str]
    pairs: Counter[tuple[str, str]]
    size: int

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Neighbours:
        """Count the neighbours in `sentences`."""
        alone: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for sentence in sentences:
            units = (_EDGE, *sentence.units, _EDGE)
            alone.update(units)
            pairs.update(zip(units, units[1:], strict=False))
        return cls(alone, pairs, alone.total())

    def fits(self, before: str, unit: str, after: str) -> float:
        """Score `unit` between its neighbours: how common it is, and how likely either stands beside it.

        Of neighbours never met beside it, as many are expected as stand beside any unit: so a rare particle is not
        preferred just because less is known of it. A neighbour never met at all says nothing.
        """
        known = self.alone[unit]
        if not known:
            return -math.inf
        score = math.log(known)
        for neighbour, pair in ((before, (before, unit)), (after, (unit, after))):
            if self.alone[neighbour]:
                met = self.pairs[pair] + _DOUBT * self.alone[neighbour] / self.size
                score += math.log(met / (known + _DOUBT))
        return score


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
