"""The sparse features of a message: n-grams of its folded reading, its Jyutping, what was typed, what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.language.intents.gloss import gloss
from bot.language.reading import Reading

# What each kind of feature weighs beside the others; each kind is brought to unit length first.
WEIGHTS = {"w": 1.0, "c": 1.0, "h": 1.0, "j": 0.8, "s": 1.0, "r": 0.5, "e": 0.35}

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[㐀-鿿𠀀-𯿿]|[?!]")
_LATIN = re.compile(r"[a-z0-9']+")
_HAN = re.compile(r"[㐀-鿿𠀀-𯿿]+")
_SYLLABLE = re.compile(r"(ng|gw|kw|[bpmfdtnlgkhzcsjw])?(aa|a|oe|eo|e|i|o|yu|u)(ng|[mnptkiu])?")
_STARTS = {"n": "l", "ng": "", "gw": "g", "kw": "g", "k": "g", "p": "b", "t": "d", "c": "z"}
_MIDDLES = {"aa": "a", "oe": "e", "eo": "e", "yu": "u"}
_ENDS = {"p": "k", "t": "k", "m": "n", "ng": "n"}
_LENGTHS = (2, 4, 7, 12, 20, 35, 60)


def features(reading: Reading, found: Sequence[str] = ()) -> Iterator[str]:
    """Yield the features of a message, each named by its kind; `found` are the names of its entities.

    >>> from bot.language.reading import read
    >>> [name for name in features(read("我部冷氣唔凍"), ["product"]) if name[0] in "eh"][:4]
    ['h^', 'h^我', 'h^我部', 'h^我部空']
    """
    text = re.sub(r"\d", "0", gloss(reading.folded.text))
    tokens = _TOKEN.findall(text)
    yield from _words(tokens)
    for run in _LATIN.findall(text):
        yield from _grams("c", f" {run} ", 2, 5)
    yield from _grams("h", "^" + "".join(_HAN.findall(text)), 1, 4)
    if reading.jyutping:
        syllables = reading.jyutping.split()
        yield from _syllables("j", syllables)
        yield from _syllables("s", [rough(syllable) for syllable in syllables])
    if reading.identified.romanized == "jyutping":
        yield from _typed(reading.original)
    yield from _signs(tokens, found)


def _words(tokens: list[str]) -> Iterator[str]:
    """Yield words and pairs of neighbours."""
    for first, second in zip(["^", *tokens], [*tokens, "$"], strict=True):
        yield "w" + second
        yield f"w{first} {second}"


def _grams(kind: str, text: str, shortest: int, longest: int) -> Iterator[str]:
    """Yield every run of `shortest` to `longest` characters."""
    size = len(text)
    if size <= 1:
        return
    for start in range(size):
        for end in range(start + shortest, min(start + longest, size) + 1):
            yield kind + text[start:end]


def _typed(original: str) -> Iterator[str]:
    """Yield words, pairs and runs of letters as they were typed: some spellings are misread, but known as they are."""
    words = re.sub("[^a-z' ]+", " ", re.sub(r"\d", "", original.lower())).split()
    for word in words:
        yield "r#" + word
        yield from _grams("r", f" {word} ", 2, 5)
    for first, second in pairwise(words):
        yield f"r#{first} {second}"


def _syllables(kind: str, syllables: list[str]) -> Iterator[str]:
    """Yield one to three neighbouring syllables."""
    for start in range(len(syllables)):
        for end in range(start + 1, min(start + 3, len(syllables)) + 1):
            yield kind + " ".join(syllables[start:end])


@lru_cache(4096)
def rough(syllable: str) -> str:
    """Keep of a Jyutping syllable what everyday spellings agree on, so that a misread one is still half known.

    >>> rough("nei") == rough("lei"), rough("ngo") == rough("o"), rough("caak") == rough("cat"), rough("si") == rough("so")
    (True, True, True, False)
    """
    parts = _SYLLABLE.fullmatch(syllable)
    if not parts:
        return syllable
    start, middle, end = (part or "" for part in parts.groups())
    return _STARTS.get(start, start) + _MIDDLES.get(middle, middle) + _ENDS.get(end, end)


def _signs(tokens: list[str], found: Sequence[str]) -> Iterator[str]:
    """Yield what is true of a whole message: its length, whether it asks, what is named in it."""
    yield f"elength {sum(len(tokens) >= length for length in _LENGTHS)}"
    if "?" in tokens:
        yield "e?"
    names = sorted(set(found))
    for name in names:
        yield "e" + name
    yield "eall " + " ".join(names)
