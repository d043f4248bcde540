"""Every spelling of every syllable, with its likelihood under each way of writing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.language.romanization import spellings, yale

WAYS = ("jyutping", "yale", "yale_h", "everyday")
EVERY_TONE, LOW, HIGH = 0b1111110, 0b1110000, 0b0001110
_MIXED = 0.04  # how much of the everyday spelling slips into every system

Row = tuple[str, str, int, tuple[float, ...]]  # spelling, syllable, tones it allows, likelihood by way


def rows(toneless: Iterable[str]) -> list[Row]:
    """List (spelling, syllable, tones, likelihoods) for all syllables, sorted."""
    table: defaultdict[tuple[str, str, int], list[float]] = defaultdict(lambda: [0.0] * len(WAYS))
    for syllable in toneless:
        ways = spellings.systems(syllable)
        for way, share in (("jyutping", 1 - _MIXED), ("yale", 1 - _MIXED)):
            for spelling, part in ways[way].items():
                table[spelling, syllable, EVERY_TONE][WAYS.index(way)] += share * part
        low, high = yale.with_h(syllable + "4"), yale.with_h(syllable + "1")
        table[low, syllable, LOW][2] += 1 - _MIXED
        table[high, syllable, HIGH][2] += 1 - _MIXED
        for spelling, part in ways["everyday"].items():
            entry = table[spelling, syllable, EVERY_TONE]
            entry[3] += part
            for number in range(3):
                entry[number] += _MIXED * part
    return sorted((spelling, syllable, tones, tuple(parts)) for (spelling, syllable, tones), parts in table.items())
