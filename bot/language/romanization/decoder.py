"""Romanized Cantonese to characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.language.aligned import Aligned
from bot.language.romanization import orthography, pieces, reader, search, slips, tables
from bot.language.romanization.model import START
from bot.language.romanization.orthography import Spelling
from bot.language.romanization.search import Chosen, Edge
from bot.language.romanization.tables import ENGLISH, NUMBER, Tables
from bot.language.romanization.ways import LONGEST, PRIOR, WAYS, Candidates, Way, Ways

_UNKNOWN_WORD, _UNKNOWN_LETTER = -10.0, -1.0
_UNSURE = 1.5
_TONED = 3.0
_UNREACHED = -1e6
_PLAIN = -14.0
_DETOUR = 7.0
_TONED_WORD = -6.0
_CAPITALS = 2.0  # I, TV, FPS
_JYUTPING: Way = (WAYS.index("jyutping"),)
_AFTER_SLIP = 8.0  # that a word was mistyped is less likely than that it is one unknown


@dataclass(frozen=True)
class Decoded:
    """A message with its Cantonese in characters, and the same in toneless Jyutping."""

    characters: Aligned
    jyutping: str


@dataclass
class _Lattice:
    """The lattice of a message: edges by start node, and for each node the place in the message."""

    edges: list[list[Edge]]
    opens: list[int]
    closes: list[int]
    fixed: dict[tuple[int, int], str]


class Decoder:
    """Decodes with one set of tables; `load` gives the project's."""

    def __init__(self, using: Tables) -> None:
        self.tables = using
        self.ways = Ways.over(using)
        self._begin = using.model.state[using.model.one[START]]

    def decode(self, text: str, spelling: Spelling = "modern") -> Decoded:
        """Read `text`, writing characters as people do today or as HKCanCor does."""
        found = pieces.cut(text)
        way = self._likely_ways(found)
        lattice = self._lattice(text, found, way)
        # Jyutping says which syllable is meant: what time that saves goes into which character.
        width = search.WIDE if way == _JYUTPING else search.NARROW
        _, chosen = search.best(self.tables.model, self._begin, lattice.edges, width)
        return self._write(text, chosen, lattice, spelling)

    def _likely_ways(self, found: list[pieces.Piece]) -> Way:
        """Weigh the ways of writing on the words that are not English; two when it is a close call."""
        totals = list(PRIOR)
        for piece in found:
            for run in piece.runs:
                if bin(run.tones).count("1") == 1:
                    totals[0] += _TONED
                if run.letters in self.tables.english:
                    continue
                for way, score in enumerate(self._cuts(run.letters) or ()):
                    totals[way] += score
        top = max(totals)
        ranked = sorted(range(len(WAYS)), key=lambda w: -totals[w])
        return tuple(w for w in ranked[:2] if totals[w] > top - _UNSURE)

    def _cuts(self, letters: str) -> tuple[float, ...] | None:
        """Give, for each way, the score of the best cut of letters into syllables; None when there is none."""
        evidence = self.ways.evidence
        whole = evidence.get(letters)
        if whole is not None:
            return whole
        size = len(letters)
        none = (_UNREACHED, _UNREACHED, _UNREACHED, _UNREACHED)
        best = [(0.0, 0.0, 0.0, 0.0)] + [none] * size
        for end in range(1, size + 1):
            a, b, c, d = none
            for start in range(max(0, end - LONGEST), end):
                seen = evidence.get(letters[start:end])
                if seen is not None:
                    before = best[start]
                    a, b = max(a, before[0] + seen[0]), max(b, before[1] + seen[1])
                    c, d = max(c, before[2] + seen[2]), max(d, before[3] + seen[3])
            best[end] = a, b, c, d
        return best[size] if max(best[size]) > _UNREACHED else None

    def _lattice(self, text: str, found: list[pieces.Piece], way: Way) -> _Lattice:
        lattice = _Lattice([[]], [0], [0], {})
        for piece in found:
            if piece.kind == "word" and piece.runs:
                self._word(text, piece, way, lattice)
            elif piece.kind == "han":
                unit = self.tables.unit_of.get(text[piece.start], 0)
                self._one(lattice, piece, Candidates.of([(unit, 0.0, -1)]), text)
            elif piece.kind in ("word", "kept"):
                self._one(lattice, piece, Candidates.of([(ENGLISH, 0.0, -1)]), text)
            elif piece.kind == "number":
                self._one(lattice, piece, Candidates.of([(NUMBER, 0.0, -1)]), text)
        return lattice

    def _one(self, lattice: _Lattice, piece: pieces.Piece, candidates: Candidates, text: str) -> None:
        at = len(lattice.edges) - 1
        lattice.edges[at].append(Edge(at + 1, candidates))
        lattice.edges.append([])
        lattice.opens[at] = piece.start
        lattice.opens.append(piece.end)
        lattice.closes.append(piece.end)
        lattice.fixed[at, at + 1] = text[piece.start : piece.end]

    def _word(self, text: str, piece: pieces.Piece, way: Way, lattice: _Lattice) -> None:
        first = len(lattice.edges) - 1
        sure = True
        word = "".join(run.letters for run in piece.runs)
        logp = self.tables.english.get(word)
        slipped = False
        for typed in piece.runs:
            run = slips.drawn_out(typed, self._cuts) or typed
            if logp is None and self._cuts(run.letters) is None:
                better = slips.nearest(run, self._cuts)
                run, slipped = better or run, slipped or better is not None
            base = len(lattice.edges) - 1
            size = len(run.letters)
            lattice.edges.extend([] for _ in range(size))
            lattice.opens[base:] = [*run.places, run.end]
            lattice.closes += [*run.places[1:], run.end]
            one = self._whole(run, way)
            if one is not None:
                lattice.edges[base].append(Edge(base + size, one))
                continue
            sure = False
            for start, end, candidates in self._syllables(run, way):
                lattice.edges[base + start].append(Edge(base + end, candidates))
        lattice.opens[first] = piece.start
        if logp is None and sure:
            return
        if logp is None:
            logp = _UNKNOWN_WORD + _UNKNOWN_LETTER * len(word) + (_AFTER_SLIP if slipped else 0.0)
        if any(run.tones != pieces.ALL for run in piece.runs):
            logp += _TONED_WORD
        shown = text[piece.start : piece.end]
        if shown.isupper() and (shown == "I" or len(shown) > 1 and not text.isupper()):
            logp += _CAPITALS
        last = len(lattice.edges) - 1
        lattice.edges[first].append(Edge(last, Candidates.of([(ENGLISH, logp, -1)])))
        lattice.fixed[first, last] = text[piece.start : piece.end]

    def _whole(self, run: pieces.Run, way: Way) -> Candidates | None:
        """Read a run as one syllable, when it plainly is one."""
        seen = self.ways.evidence.get(run.letters)
        if seen is None or max([seen[one] for one in way]) < _PLAIN:
            return None
        return self.ways.candidates(way, run.letters, run.tones)

    def _syllables(self, run: pieces.Run, way: Way) -> list[tuple[int, int, Candidates]]:
        """List the syllables that lie on a likely way through the whole run."""
        letters, size = run.letters, len(run.letters)
        weigh = self.ways.evidence.get
        stretches: list[tuple[int, int, float]] = []
        onward = [_UNREACHED] * size + [0.0]
        for start in range(size - 1, -1, -1):
            for end in range(start + 1, min(size, start + LONGEST) + 1):
                seen = weigh(letters[start:end])
                if seen is not None:
                    score = max([seen[one] for one in way])
                    stretches.append((start, end, score))
                    if score + onward[end] > onward[start]:
                        onward[start] = score + onward[end]
        before = [0.0] + [_UNREACHED] * size
        floor = onward[0] - _DETOUR
        found = []
        for start, end, score in reversed(stretches):
            so_far = before[start] + score
            if so_far + onward[end] < floor:
                continue
            if so_far > before[end]:
                before[end] = so_far
            candidates = self.ways.candidates(way, letters[start:end], run.tones if end == size else pieces.ALL)
            if candidates.units:
                found.append((start, end, candidates))
        return found

    def _write(self, text: str, chosen: list[Chosen], lattice: _Lattice, spelling: Spelling) -> Decoded:
        units = [self.tables.units[c.unit] if c.syllable >= 0 else "" for c in chosen]
        written = orthography.modern(units) if spelling == "modern" else orthography.hkcancor(units)
        parts: list[tuple[str, int, int]] = []
        spoken: list[str] = []
        read = reader.syllables_of(text) if any(_is_han(c) for c in lattice.fixed.values()) else []
        past, was_han = 0, False
        for c, character in zip(chosen, written, strict=True):
            start, end = lattice.opens[c.start], lattice.closes[c.end]
            fixed = lattice.fixed.get((c.start, c.end), "") if c.syllable < 0 else ""
            han = c.syllable >= 0 or _is_han(fixed)
            gap = text[past:start]
            if not (han and was_han and all(g.isspace() or g in "-'’" for g in gap)):
                parts += [(g, past + i, past + i + 1) for i, g in enumerate(gap)]
                if gap.strip():
                    spoken.append(gap.strip())
            if c.syllable >= 0:
                parts.append((character, start, end))
                spoken.append(self.tables.syllables[c.syllable])
            else:
                parts += [(g, start + i, start + i + 1) for i, g in enumerate(fixed)]
                spoken.append(_toneless(read[start]) if han else fixed)
            past, was_han = end, han
        parts += [(g, past + i, past + i + 1) for i, g in enumerate(text[past:])]
        if text[past:].strip():
            spoken.append(text[past:].strip())
        return Decoded(Aligned.of(text, parts), " ".join(spoken))


def _toneless(read: tuple[str, str | None]) -> str:
    character, jyutping = read
    return re.sub(r"\d", "", jyutping) if jyutping else character


def _is_han(text: str) -> bool:
    return len(text) == 1 and not text.isascii() and text.isalpha() and ord(text) > 0x3000


@cache
def load() -> Decoder:
    """Load the project's decoder, once."""
    return Decoder(tables.load())


def decode(text: str, *, spelling: Spelling = "modern") -> Decoded:
    """Read romanized Cantonese as characters; English, numbers and characters stay as they are."""
    return load().decode(text, spelling)
