"""How Chinese words are said: ToJyutping's readings and the project's own, the longest word first.

ToJyutping builds its words into a tree of 130,000 objects, 60 MB and most of a second. Here the same file is read
into one string for every first character, in which a word is found by a search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

WORDS = Path(__file__).resolve().parents[3] / "data" / "lookups" / "yue_words.tsv"

_ONSETS = ("", *["b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "ng", "gw", "kw", "w", "h", "z", "c", "s", "j"])
_NUCLEI, _CODAS = ["aa", "a", "e", "i", "o", "u"], ("", *["i", "u", "m", "n", "ng", "p", "t", "k"])
_RIMES = (
    *(nucleus + coda for nucleus in _NUCLEI for coda in _CODAS),
    *["oe", "oen", "oeng", "oet", "oek", "eoi", "eon", "eot", "yu", "yun", "yut", "m", "ng"],
)
_TONES = 6
# A word ends with this in a string of words, and what follows up to the next is how it is said.
_ENDS, _NEXT = "\t", "\n"
_FIRST_SYLLABLE = 0x100  # syllables are kept as characters from here on, far from both signs
# Of the file: characters that go down the tree, the readings of the word they make, and whether others go on from it.
_STEP = re.compile(r"([^\x00-\xff]*)((?:[!-z]{2}~?)*)([{}]?)")


class Words:
    """Readings of words; `own` are the project's and replace those of the file."""

    def __init__(self, tree: str, own: Mapping[str, str]) -> None:
        self._own = {word: tuple(re.findall("[a-z]+[0-9]", said.lower())) for word, said in own.items()}
        listed: dict[str, str] = defaultdict(str)
        sizes: dict[str, tuple[int, ...]] = defaultdict(tuple)
        for word, said in _listed(tree):
            listed[word[0]] += f"{_NEXT}{word[1:]}{_ENDS}{said}"
            if len(word) not in sizes[word[0]]:
                sizes[word[0]] += (len(word),)
        for word in own:
            sizes[word[0]] += (len(word),)
        self._words = {first: words + _NEXT for first, words in listed.items()}
        kept = {several: tuple(sorted(set(several), reverse=True)) for several in sizes.values()}
        self._sizes = {first: kept[several] for first, several in sizes.items()}

    def read(self, text: str) -> list[tuple[str, str | None]]:
        """Give each character with its Jyutping in the longest word that begins before it, None for other text."""
        read: list[tuple[str, str | None]] = []
        while len(read) < len(text):
            at = len(read)
            size, said = self._word(text, at)
            if size == 1:
                read.append((text[at], " ".join(said) or None))
            else:
                read += zip(text[at : at + size], said)  # noqa: B905 (a word may be said with a syllable more)
        return read

    def _word(self, text: str, at: int) -> tuple[int, tuple[str, ...]]:
        words = self._words.get(text[at], "")
        for size in self._sizes.get(text[at], ()):
            word = text[at : at + size]
            own = self._own.get(word)
            if own is not None:
                return size, own
            start = words.find(_NEXT + word[1:] + _ENDS) + size + 1
            if start > size and len(word) == size:
                return size, tuple(map(_syllable, words[start : words.index(_NEXT, start)]))
        return 1, ()


def _listed(tree: str) -> Iterator[tuple[str, str]]:
    """Yield every word of the file with its first reading."""
    path = ""
    paths: list[str] = []
    for step in _STEP.finditer(tree):
        characters, readings, sign = step.groups()
        word = path + characters
        if readings:
            yield word, _first(readings, len(word))
        if sign == "{":
            paths.append(path)
            path = word
        elif sign == "}":
            path = paths.pop()


def _first(readings: str, size: int) -> str:
    """Give the first reading: two signs a syllable, and ~ behind one that the next belongs to as well."""
    said = ""
    at = 0
    while size:
        said += chr(_FIRST_SYLLABLE + (ord(readings[at]) - 33) * 90 + ord(readings[at + 1]) - 33)
        at += 2
        if readings[at : at + 1] == "~":
            at += 1
        else:
            size -= 1
    return said


@lru_cache(4096)
def _syllable(kept: str) -> str:
    number = ord(kept) - _FIRST_SYLLABLE
    onset, rest = divmod(number, len(_RIMES) * _TONES)
    rime, tone = divmod(rest, _TONES)
    return f"{_ONSETS[onset]}{_RIMES[rime]}{tone + 1}"


@cache
def load() -> Words:
    """Load ToJyutping's readings with those of the project's own words, once."""
    package = find_spec("ToJyutping")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("ToJyutping")
    tree = (Path(package.origin).parent / "trie.txt").read_text(encoding="utf-8")
    return Words(tree, dict(_own()))


def _own() -> list[tuple[str, str]]:
    lines = WORDS.read_text(encoding="utf-8").splitlines() if WORDS.exists() else ()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1]) for row in rows]
