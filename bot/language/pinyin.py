"""Romanized Mandarin to characters: the likeliest chain of words that the letters can spell."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
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
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")


class Word(NamedTuple):
    """A word that a spelling can stand for: its characters, where its syllables end, its log frequency."""

    characters: str
    ends: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class Lexicon:
    """All spellings, each beginning of one (to stop early), and how much likelier words are side by side."""

    spellings: dict[str, tuple[Word, ...]]
    beginnings: frozenset[str]
    pairs: dict[str, dict[str, float]]


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read the table once: spelled syllables, words with their weights; then pairs of words."""
    with gzip.open(DATA / "pinyin.tsv.gz", "rt", encoding="utf-8") as file:
        lexicon, _, pairs = file.read().partition("\n\n")
    spellings: dict[str, tuple[Word, ...]] = {}
    beginnings: set[str] = set()
    for line in lexicon.split("\n"):
        spelled, *words = line.split("\t")
        letters, ends = _letters(spelled)
        found = tuple(
            Word(word, ends, int(weight) / -100) for word, weight in zip(words[::2], words[1::2], strict=True)
        )
        spellings[letters] = spellings.get(letters, ()) + found
        beginnings.update(letters[:length] for length in range(1, len(letters)))
    following: dict[str, dict[str, float]] = {}
    for line in pairs.split("\n"):
        first, second, weight = line.replace("\t", " ").split(" ")
        following.setdefault(first, {})[second] = int(weight) / 100
    return Lexicon(spellings, frozenset(beginnings), following)


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
        if any(letters[start:end] in lexicon.spellings for start in reached if end - start <= 6):
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
        linked = [(step, lexicon.pairs[step.word[0]]) for step in steps if step.word and step.word[0] in lexicon.pairs]
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
    return lexicon.pairs.get(step.word[0], {}).get(END, 0.0) if step.word else 0.0


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
    for end in range(start + 1, min(len(letters), start + _LONGEST) + 1):
        spelled = letters[start:end]
        for word in lexicon.spellings.get(spelled, ()):
            if all(place - start in word.ends for place in inside):
                yield end, word
        if spelled not in lexicon.beginnings:
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
