"""How each character is read, how often, and which characters and words there are."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from opencc import OpenCC
from ToJyutping import get_jyutping_candidates, get_jyutping_list

from bot.language.romanization import orthography, syllables
from bot.language.romanization.build.corpora import HAN, Sentence

Word = tuple[tuple[str, ...], tuple[str, ...], float]  # characters, syllables, weight

_TRUST = {"hkcancor": 20.0}  # its readings were transcribed, the others are derived
DOMAIN = 6.0
_FRAGMENT = 1.0
_POSSIBLE = 0.3


def lexicon(domain: Path) -> list[Word]:
    """Give the words and everyday phrases of rime-cantonese and of the project's own list, with the weight each is counted with."""
    data = files("pycantonese") / "data" / "rime_cantonese"
    listed = json.loads((data / "chars_to_jyutping.json").read_text(encoding="utf-8"))
    common = _frequencies(listed)
    fragments = json.loads((data / "phrase_fragments.json").read_text(encoding="utf-8"))
    words = [word for w, j in listed.items() for word in _word(w, j, common[w])]
    for fragment in fragments:
        pairs = [(c, (s or "").split(" ")[0]) for c, s in get_jyutping_list(fragment) if HAN.fullmatch(c)]
        words += _word("".join(c for c, _ in pairs), " ".join(s for _, s in pairs), _FRAGMENT)
    for line in domain.read_text(encoding="utf-8").splitlines() if domain.exists() else ():
        if line and not line.startswith("#"):
            written, jyutping = line.split("\t")[:2]
            words += _word(written, jyutping, DOMAIN)
    return words


def shares(sentences: Iterable[Sentence], words: Iterable[Word]) -> dict[tuple[str, str], float]:
    """Give P(syllable | character) for every reading seen in text, in words or listed as possible."""
    seen: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sentence in sentences:
        trust = _TRUST.get(sentence.source, 1.0)
        for character, reading in zip(sentence.units, sentence.readings, strict=True):
            if syllables.is_syllable(reading) and HAN.fullmatch(character):
                seen[character][reading] += trust
    for characters, readings, weight in words:
        for character, reading in zip(characters, readings, strict=True):
            seen[character][reading] += weight
    for character in list(seen):
        for reading in get_jyutping_candidates(character)[0][1]:
            if syllables.is_syllable(reading):
                seen[character][reading] += _POSSIBLE
    return {
        (character, reading): value / sum(counted.values())
        for character, counted in seen.items()
        for reading, value in counted.items()
    }


def _frequencies(words: Iterable[str]) -> dict[str, float]:
    """Weigh words by how often jieba's dictionary says their simplified form is met."""
    dictionary = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    met = {word: int(times) for word, times, *_ in (line.split(" ") for line in dictionary)}
    listed = list(words)
    simplified = OpenCC("t2s").convert("\n".join(listed)).split("\n")
    return {w: 0.5 * math.log(met[s] + 1) + 1.2 if s in met else 0.7 for w, s in zip(listed, simplified, strict=True)}


def _word(written: str, jyutping: str, weight: float) -> list[Word]:
    readings = tuple(syllables.each(jyutping))
    if len(written) < 2 or len(readings) != len(written) or not all(HAN.fullmatch(c) for c in written):
        return []
    if not all(syllables.is_syllable(reading) for reading in readings):
        return []
    around = ["", *written, ""]
    units = tuple(
        orthography.unit(c, s, around[i], around[i + 2]) for i, (c, s) in enumerate(zip(written, readings, strict=True))
    )
    return [(units, readings, weight)]
