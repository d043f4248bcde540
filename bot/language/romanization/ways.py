"""Which way of writing a message follows, and what each spelling may stand for under it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from bot.language.romanization.tables import Tables

WAYS = ("jyutping", "yale", "yale_h", "everyday")
PRIOR = (-1.2, -2.0, -2.5, -0.9)
LONGEST = 7
NOTHING = -30.0
_WRONG_TONE = -6.0
_LEAST_SHARE = -11.0
_WIDTH, _DEPTH = 36, 9.0


Way = tuple[int, ...]  # one way of writing, or two between which it is a close call


@dataclass(frozen=True)
class Candidates:
    """The characters that a stretch may be read as: unit, log probability and syllable of each, and its index.

    `letters` are the units as the model writes them, one character each.
    """

    units: tuple[int, ...]
    costs: tuple[float, ...]
    syllables: tuple[int, ...]
    index: dict[int, int]
    letters: tuple[str, ...]

    @classmethod
    def of(cls, entries: list[tuple[int, float, int]]) -> Candidates:
        """Take (unit, cost, syllable) entries apart."""
        units, costs, syllables = zip(*entries, strict=True) if entries else ((), (), ())
        return cls(units, costs, syllables, {unit: i for i, unit in enumerate(units)}, tuple(map(chr, units)))


@dataclass
class Ways:
    """Spellings looked up under each way of writing, remembered as they are met."""

    tables: Tables
    evidence: dict[str, tuple[float, ...]] = field(default_factory=dict)
    remembered: dict[tuple[Way, str, int], Candidates] = field(default_factory=dict)

    @classmethod
    def over(cls, tables: Tables) -> Ways:
        """Weigh every spelling under every way by how common its syllables are."""
        single = [sum(math.exp(both) for *_, both in read) for read in tables.read_as]
        common = np.array([*single, *[1e-9] * (len(tables.syllables) - len(single))])
        share = np.exp(np.stack([np.frombuffer(logp, np.float32) for logp in tables.spelled_logp], axis=1))
        weighed = common[np.array(tables.spelled_syllable)][:, None] * share
        starts = [bounds[0] for bounds in tables.spelled.values()]
        logs = np.log(np.add.reduceat(weighed, starts, axis=0) + math.exp(NOTHING))
        return cls(tables, dict(zip(tables.spelled, map(tuple, logs.tolist()), strict=True)))

    def candidates(self, way: Way, spelling: str, tones: int) -> Candidates:
        """Give the characters that a spelling may stand for, likeliest first."""
        key = (way, spelling, tones)
        found = self.remembered.get(key)
        if found is None:
            found = self.remembered[key] = self._candidates(way, spelling, tones)
        return found

    def _candidates(self, way: Way, spelling: str, tones: int) -> Candidates:
        tables = self.tables
        columns = [tables.spelled_logp[one] for one in way]
        best: dict[int, tuple[float, float, int]] = {}
        top = -100.0
        for row in range(*tables.spelled[spelling]):
            share = max([column[row] for column in columns])
            if share < _LEAST_SHARE:
                continue
            syllable, allowed = tables.spelled_syllable[row], tables.spelled_tones[row] & tones
            for unit, tone, logp, both in tables.read_as[syllable]:
                if share + both < top - _DEPTH:
                    break
                off = 0.0 if allowed >> tone & 1 else _WRONG_TONE
                rank = share + both + off
                known = best.get(unit)
                if known is None or rank > known[0]:
                    best[unit] = (rank, share + logp + off, syllable)
                    top = max(top, rank)
        ranked = sorted(((rank, unit) for unit, (rank, _, _) in best.items() if rank > top - _DEPTH), reverse=True)
        return Candidates.of([(unit, *best[unit][1:]) for _, unit in ranked[:_WIDTH]])


__all__ = ["LONGEST", "NOTHING", "PRIOR", "WAYS", "Candidates", "Way", "Ways"]
