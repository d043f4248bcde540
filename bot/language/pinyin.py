"""Romanized Mandarin to characters: the likeliest chain of words that the letters can spell."""

from __future__ import annotations

import gzip
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from bot.language.aligned import Aligned
from bot.language.identify.tokens import Token, tokens

DATA = Path(__file__).resolve().parent / "data"
# Longest spelling of one word, in letters.
_LONGEST = 24
# Stands after the last word in the table of pairs: 吧 ends a sentence, 把 does not.
END = "$"
# How many different last words are kept at every place.
_KEPT = 8
# The first word of a pair; pairs are listed by it.
_FIRST = re.compile(r"^(\S+) ", re.MULTILINE)
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")


class Word(NamedTuple):
    """A word that a spelling can stand for: its characters, where its syllables end, its log frequency."""

    characters: str
    ends: tuple[int, ...]
    weight: float


class Lexicon:
    """All spellings, the words of each, and how much likelier words are side by side.

    The table stays text, in which a line is looked up and read when it is asked for: as objects it would be 50 MB.
    """

    def __init__(self, table: str) -> None:
        """Take the table: spelled syllables, words with their weights; then pairs of words."""
        listed, _, self._pairs = table.partition("\n\n")
        lines = listed.split("\n")
        letters = [line[: line.index("\t")].replace("'", "") for line in lines]
        order = sorted(range(len(lines)), key=letters.__getitem__)
        self._spellings = [letters[number] for number in order]
        self._lines = "\n".join([lines[number] for number in order])
        self._starts = array("i", accumulate([len(lines[number]) + 1 for number in order], initial=0))
        self._first = {match[1]: match.start() for match in reversed([*_FIRST.finditer(self._pairs)])}
        self.words = lru_cache(4096)(self._words)
        self.following = lru_cache(2048)(self._following)

    def place(self, spelled: str, since: int = 0) -> int:
        """Give where a spelling stands or would stand in the order of all, which is not before `since`."""
        return bisect_left(self._spellings, spelled, since)

    def is_spelling(self, spelled: str, place: int) -> bool:
        """Tell whether what would stand at a place stands there."""
        return place < len(self._spellings) and self._spellings[place] == spelled

    def goes_on(self, spelled: str, place: int) -> bool:
        """Tell whether a longer spelling begins so; `place` is that of the beginning."""
        while self.is_spelling(spelled, place):
            place += 1
        return place < len(self._spellings) and self._spellings[place].startswith(spelled)

    def _words(self, spelled: str, place: int) -> tuple[Word, ...]:
        """Give the words that a spelling at a place can stand for."""
        found: list[Word] = []
        while self.is_spelling(spelled, place):
            line = self._lines[self._starts[place] : self._starts[place + 1] - 1]
            syllables, *words = line.split("\t")
            _, ends = _letters(syllables)
            found += [
                Word(word, ends, int(weight) / -100) for word, weight in zip(words[::2], words[1::2], strict=True)
            ]
            place += 1
        return tuple(found)

    def _following(self, first: str) -> dict[str, float]:
        """Give the words that often follow a word, and how much likelier each is then."""
        following: dict[str, float] = {}
        start = self._first.get(first)
        while start is not None:
            end = self._pairs.find("\n", start)
            line = self._pairs[start : end if end >= 0 else None]
            word, second, weight = line.replace("\t", " ").split(" ")
            if word != first:
                break
            following[second] = int(weight) / 100
            start = end + 1 if end >= 0 else None
        return following


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read the table once."""
    with gzip.open(DATA / "pinyin.tsv.gz", "rt", encoding="utf-8") as file:
        return Lexicon(file.read())


def _letters(spelled: str) -> tuple[str, tuple[int, ...]]:
    """Join syllables and note where each ends.

    >>> _letters("kong'tiao")
    ('kongtiao', (4, 8))
    """
    ends: list[int] = []
    for syllable in spelled.split("'"):
        ends.append((ends[-1] if ends else 0) + len(syllable))
    return spelled.replace("'", ""), tuple(ends)


def decode(text: str) -> Aligned:
    """Read the pinyin in a text as characters; every other part stays as it was.

    >>> decode("wo jia kongtiao huai le, mashang lai xiu").text
    '我家空调坏了, 马上来修'
    """
    pieces: list[tuple[str, int, int]] = []
    position = 0
    for start, end, read in _runs(text):
        pieces += [(text[place], place, place + 1) for place in range(position, start)]
        pieces += read
        position = end
    pieces += [(text[place], place, place + 1) for place in range(position, len(text))]
    return Aligned.of(text, pieces)


def _runs(text: str) -> Iterator[tuple[int, int, list[tuple[str, int, int]]]]:
    """Yield every stretch of pinyin words with nothing but spaces between, read."""
    run: list[Token] = []
    for part in tokens(text):
        spelled = part.kind == "latin" and is_pinyin(part.form)
        if run and not (spelled and text[run[-1].end : part.start].isspace()):
            yield from _run(text, run)
            run = []
        if spelled:
            run.append(part)
    if run:
        yield from _run(text, run)


def _run(text: str, run: list[Token]) -> Iterator[tuple[int, int, list[tuple[str, int, int]]]]:
    read = _search(*_spell(text, run))
    if read is not None:
        yield run[0].start, run[-1].end, read


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Tell whether a word is whole syllables of pinyin.

    >>> is_pinyin("kongtiao"), is_pinyin("fridge"), is_pinyin("nǚ")
    (True, False, True)
    """
    letters = "".join(_plain(character) for character in word if character.isalpha())
    lexicon = load()
    reached = {0}
    for end in range(1, len(letters) + 1):
        parts = [letters[start:end] for start in reached if end - start <= 6]
        if any(lexicon.is_spelling(part, lexicon.place(part)) for part in parts):
            reached.add(end)
    return bool(letters) and len(letters) in reached


@lru_cache(maxsize=512)
def _plain(character: str) -> str:
    """Take the tone mark off a letter; ü is v, as it is typed."""
    return _TONES.sub("", unicodedata.normalize("NFD", character.lower())).replace("u\u0308", "v")


def _spell(text: str, run: list[Token]) -> tuple[str, list[int], frozenset[int]]:
    """Give the bare letters of a run, the place of each in the text, and where words or syllables must end."""
    letters: list[str] = []
    places: list[int] = []
    breaks: set[int] = set()
    for token in run:
        for place in range(token.start, token.end):
            bare = _plain(text[place])
            if bare.isalpha():
                letters.append(bare)
                places += [place] * len(bare)
            elif bare and not unicodedata.combining(text[place]):  # a tone digit or an apostrophe
                breaks.add(len(places))
        breaks.add(len(places))
    return "".join(letters), places, frozenset(breaks)


class _Step(NamedTuple):
    """The best way to a place that ends in a word."""

    weight: float
    start: int
    word: Word | None
    before: _Step | None


def _search(letters: str, places: list[int], breaks: frozenset[int]) -> list[tuple[str, int, int]] | None:
    """Find the likeliest words for the letters, or None where no chain of words reaches the end."""
    lexicon = load()
    reached: list[dict[str, _Step]] = [{} for _ in range(len(letters) + 1)]
    reached[0][""] = _Step(0.0, 0, None, None)
    for start in range(len(letters)):
        if not reached[start]:
            continue
        steps = nlargest(_KEPT, reached[start].values(), key=_weight)
        followed = [(step, lexicon.following(step.word[0])) for step in steps if step.word]
        linked = [(step, following) for step, following in followed if following]
        for end, word in _words_from(letters, start, breaks, lexicon):
            before, weight = _best(steps[0], linked, word)
            known = reached[end].get(word[0])
            if known is None or known[0] < weight:
                reached[end][word[0]] = _Step(weight, start, word, before)
    if not reached[-1]:
        return None
    return _pieces(max(reached[-1].values(), key=lambda step: step[0] + _ending(step, lexicon)), places)


def _ending(step: _Step, lexicon: Lexicon) -> float:
    """Give how much likelier a word is at the end."""
    return lexicon.following(step.word[0]).get(END, 0.0) if step.word else 0.0


def _best(likeliest: _Step, linked: list[tuple[_Step, dict[str, float]]], word: Word) -> tuple[_Step, float]:
    """Choose the way a word is best reached: the likeliest, or one that ends in a word it often follows."""
    before, weight = likeliest, likeliest[0]
    for step, following in linked:
        bonus = following.get(word[0], 0.0)
        if step[0] + bonus > weight:
            before, weight = step, step[0] + bonus
    return before, weight + word[2]


def _weight(step: _Step) -> float:
    return step[0]


def _words_from(letters: str, start: int, breaks: frozenset[int], lexicon: Lexicon) -> Iterator[tuple[int, Word]]:
    """Yield the words that can begin at a place, with where each ends."""
    inside: list[int] = []
    place = 0
    for end in range(start + 1, min(len(letters), start + _LONGEST) + 1):
        spelled = letters[start:end]
        place = lexicon.place(spelled, place)
        words = lexicon.words(spelled, place) if lexicon.is_spelling(spelled, place) else ()
        for word in words:
            if all(at - start in word.ends for at in inside):
                yield end, word
        if not lexicon.goes_on(spelled, place):
            return
        if end in breaks:
            inside.append(end)


def _pieces(step: _Step | None, places: list[int]) -> list[tuple[str, int, int]]:
    """Follow the best chain back and give each character the letters of its syllable."""
    pieces: list[tuple[str, int, int]] = []
    while step is not None and step.word is not None:
        marks = [step.start + end for end in (0, *step.word.ends)]
        read = zip(step.word.characters, marks[:-1], marks[1:], strict=True)
        pieces = [(character, places[first], places[last - 1] + 1) for character, first, last in read] + pieces
        step = step.before
    return pieces
