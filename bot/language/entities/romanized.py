"""Well-known words in Latin letters: a closed vocabulary read syllable by syllable, however it is spelled.

The language model of romanization may choose a homophone; a product, a place, a day or a symptom
that people name every day is found here by its sound alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import exp, log
from typing import NamedTuple

from bot.language.aligned import Aligned
from bot.language.entities import tables
from bot.language.romanization import tables as sounds

READINGS = "readings.tsv"
_LEAST_SHARE = 0.03
_LEAST_SURE = {2: 0.25, 3: 0.18}  # geometric mean of the shares, by syllables; longer words forgive more
_LONGEST = 8
_COMMON = -9.0  # log probability from which on a Latin word is taken for English
_HAN = re.compile(r"[㐀-鿿0-9]{2,}")
_START = re.compile(r"(?<![a-z0-9])[a-z0-9]")
_AFTER = re.compile(r"[1-6]?(?![a-z0-9])")
_TONES = frozenset("123456")
_SURE = 0.12
_NASAL = {"m": "ng", "mm": "ng", "mh": "ng"}
_BETWEEN = re.compile(r"[1-6]?[\s'’\-]?")


@dataclass(slots=True)
class _Node:
    children: dict[str, list[tuple[str, _Node]]] = field(default_factory=dict)
    ends: bool = False


class _Hit(NamedTuple):
    start: int
    end: int
    characters: tuple[tuple[str, int, int], ...]
    sure: float


class Romanized:
    """The vocabulary as a tree of characters, entered by their syllables."""

    def __init__(self, phrases: Iterable[str]) -> None:
        tables_ = sounds.load()
        self._english = tables_.english
        self._readings, self._tones = _readings()
        self._root = _Node()
        for phrase in phrases:
            if _HAN.fullmatch(phrase):
                self._add(phrase)

    def _add(self, phrase: str) -> None:
        node = self._root
        for character in phrase:
            syllables = self._readings.get(character) or ({character} if character.isdigit() else set())
            if not syllables:
                return
            node = self._child(node, character, syllables)
        node.ends = True

    @staticmethod
    def _child(node: _Node, character: str, syllables: set[str]) -> _Node:
        for syllable in syllables:
            for known, child in node.children.get(syllable, ()):
                if known == character:
                    return child
        child = _Node()
        for syllable in syllables:
            node.children.setdefault(syllable, []).append((character, child))
        return child

    def decode(self, plain: Aligned, *, strict: bool) -> Aligned | None:
        """Give the text with its well-known words in characters, or None where there is none.

        `strict`: the message is not known to be romanized, so a hit needs a word that is not English.
        """
        text = _without_marks(plain.text)
        if strict and self._is_english(text):
            return None
        pieces: list[tuple[str, int, int]] = []
        at = 0
        for start in (match.start() for match in _START.finditer(text)):
            if start < at:
                continue
            hit = self._best(text, start)
            if hit is None or (strict and self._is_english(text[hit.start : hit.end])):
                continue
            pieces.extend((text[i], i, i + 1) for i in range(at, start))
            pieces.extend(hit.characters)
            at = hit.end
        if not at:
            return None
        pieces.extend((text[i], i, i + 1) for i in range(at, len(text)))
        return plain.then(Aligned.of(plain.text, pieces))

    def _best(self, text: str, start: int) -> _Hit | None:
        best: _Hit | None = None
        for hit in self._walk(text, start, self._root, (), 0.0):
            if hit.sure < _LEAST_SURE.get(len(hit.characters), _SURE) or _splits_a_syllable(text, hit):
                continue
            if best is None or (hit.end, hit.sure) > (best.end, best.sure):
                best = hit
        return best

    def _walk(
        self, text: str, at: int, node: _Node, so_far: tuple[tuple[str, int, int], ...], total: float
    ) -> Iterator[_Hit]:
        if node.ends and len(so_far) > 1:
            edge = _AFTER.match(text, so_far[-1][2])
            if edge:
                last = (so_far[-1][0], so_far[-1][1], edge.end())
                yield _Hit(so_far[0][1], edge.end(), (*so_far[:-1], last), exp(total / len(so_far)))
        for end, syllables in _syllables(text, at):
            tone = text[end : end + 1] if text[end : end + 1] in _TONES else ""
            for syllable, share in syllables:
                for character, child in node.children.get(syllable, ()):
                    if tone and not self._in_tone(character, syllable, tone):
                        continue
                    gap = _BETWEEN.match(text, end)
                    onward = gap.end() if gap else end
                    yield from self._walk(text, onward, child, (*so_far, (character, at, end)), total + share)

    def _in_tone(self, character: str, syllable: str, tone: str) -> bool:
        tones = self._tones.get((character, syllable), set())
        return not tones or int(tone) in tones or tone == "2"

    def _is_english(self, words: str) -> bool:
        return all(self._english.get(word, -99.0) > _COMMON or len(word) < 2 for word in re.findall(r"[a-z]+", words))


def _splits_a_syllable(text: str, hit: _Hit) -> bool:
    """Tell whether two characters share letters that are one syllable: hang is no ha-ng."""
    for first, second in zip(hit.characters, hit.characters[1:], strict=False):
        if first[2] == second[1] and text[first[1] : second[2]] in _spelled():
            return True
    return False


def _without_marks(text: str) -> str:
    """Take accents off without moving a character."""
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", character)[0] if character < "ɐ" else character for character in text)


def _syllables(text: str, at: int) -> Iterator[tuple[int, tuple[tuple[str, float], ...]]]:
    """Give the syllables that letters from `at` can spell, with where each ends; a digit stands for itself."""
    if at < len(text) and text[at].isdigit():
        yield at + 1, ((text[at], 0.0),)
        return
    spelled = _spelled()
    for end in range(at + 1, min(at + _LONGEST, len(text)) + 1):
        if not ("a" <= text[end - 1] <= "z"):
            return
        found = spelled.get(text[at:end])
        if found:
            yield end, found


@cache
def _spelled() -> dict[str, tuple[tuple[str, float], ...]]:
    """Give, for each spelling, the syllables it usually stands for, with the log of their share."""
    known = sounds.load()
    likeliest = [max(row) for row in zip(*known.spelled_logp, strict=True)]
    result = {}
    for text, (start, end) in known.spelled.items():
        shares: dict[str, float] = {}
        for at in range(start, end):
            syllable = known.syllables[known.spelled_syllable[at]]
            shares[syllable] = max(shares.get(syllable, 0.0), exp(likeliest[at]))
        kept = {one: share for one, share in shares.items() if share >= _LEAST_SHARE and one != _NASAL.get(text)}
        if kept:
            result[text] = tuple((one, log(share)) for one, share in sorted(kept.items()))
    return result


def _readings() -> tuple[dict[str, set[str]], dict[tuple[str, str], set[int]]]:
    """Give the syllables of each simplified character, and the tones it has in each."""
    readings: dict[str, set[str]] = defaultdict(set)
    tones: dict[tuple[str, str], set[int]] = defaultdict(set)
    for line in (tables.FOLDER / READINGS).read_text(encoding="utf-8").splitlines():
        character, said = line.split("\t")
        for toned in said.split(" "):
            syllable = toned.rstrip("123456")
            readings[character].add(syllable)
            tones[character, syllable].add(int(toned[-1]))
    return readings, tones
