"""Cantonese characters in Latin letters the way people type them, different every time.

Habits are drawn once per message, as one writer keeps to them: which letters for z, c and j, whether ng- is
dropped, whether n and l are told apart. They are written from what chat groups, shop signs and name cards show,
not from the decoder's rules, so that decoding spelled lines is a fair test of it.
"""

from __future__ import annotations

import random
import re

from bot.language.romanization import reader, syllables, yale

SCHEMES = ("jyutping", "jyutping_toneless", "joined", "yale", "informal", "government")

_HABITS: dict[str, tuple[str, ...]] = {
    "z": ("j", "z", "j", "z", "ch", "ts"),
    "c": ("ch", "ch", "c", "ts"),
    "j": ("y", "y", "y", "j"),
    "ng": ("ng", "ng", ""),
    "n": ("n", "n", "l"),
    "s": ("s", "s", "s", "sh"),
    "gw": ("gw", "gw", "kw"),
    "g": ("g", "g", "g", "k"),
    "aa": ("a", "a", "aa"),
    "a": ("a", "a", "u"),
    "eoi": ("ui", "eui", "oi", "eoi"),
    "eo": ("u", "eu", "eo"),
    "oe": ("eu", "oe", "er", "eo"),
    "yu": ("u", "yu", "ue"),
    "o": ("o", "o", "or", "oh"),
    "ou": ("o", "ou", "ou"),
    "ei": ("ei", "ei", "ay", "ee", "i"),
    "i": ("i", "i", "ee"),
    "u": ("u", "oo"),
    "au": ("au", "au", "ow"),
    "iu": ("iu", "iu", "iew"),
    "ik": ("ik", "ik", "ick"),
    "syllabic": ("m", "m", "ng"),
}
_OPEN_A = ("a", "a", "ah", "ar", "aa")
_GOVERNMENT_FINALS = {
    "aa": "a", "aai": "ai", "aau": "au", "aam": "am", "aan": "an", "aang": "ang", "aap": "ap", "aat": "at", "aak": "ak",
    "eoi": "ui", "eon": "un", "eot": "ut", "oeng": "eung", "oek": "euk", "oe": "eu", "yu": "u", "yun": "uen",
    "yut": "uet", "ou": "o", "am": "am", "ik": "ick", "u": "oo", "un": "oon", "ui": "ooi", "ut": "oot",
}  # fmt: skip
_GOVERNMENT_WHOLE = {
    "si": ("sze", "si"), "zi": ("chi", "tsz"), "ci": ("chi", "tsz"), "ji": ("yee", "yi"), "jyu": ("yu", "yue"),
    "jyun": ("yuen",), "jyut": ("yuet",), "gau": ("kau",), "m": ("m", "ng"), "o": ("o", "oh"), "ei": ("ei", "ee"),
    "hoeng": ("heung",), "fu": ("fu", "foo"), "wu": ("wu", "woo"), "saa": ("sha",), "saan": ("shan",),
    "seoi": ("shui",), "sek": ("shek",), "soeng": ("sheung",), "sing": ("shing",), "tong": ("tong",),
}  # fmt: skip


def spell(characters: str, scheme: str, rng: random.Random) -> str:
    """Write Cantonese characters in Latin letters by `scheme`; Latin words, numbers and punctuation stay.

    >>> spell("我部機壞咗", "jyutping", random.Random(1))
    'ngo5 bou6 gei1 waai6 zo2'
    """
    if scheme not in SCHEMES:
        raise ValueError(f"no such scheme: {scheme!r}")
    if scheme == "jyutping":
        return reader.to_jyutping(characters)
    writer = _Writer(scheme, rng)
    spelled = re.sub(r"[a-z]+[1-6](?![\w])", lambda m: writer.syllable(m.group()), reader.to_jyutping(characters))
    if scheme == "joined" or (scheme == "informal" and rng.random() < 0.25):
        spelled = _joined(spelled, rng, 1.0 if scheme == "joined" and rng.random() < 0.4 else 0.4)
    return spelled


class _Writer:
    """One person's habits, kept through a message with a lapse now and then."""

    def __init__(self, scheme: str, rng: random.Random) -> None:
        self.scheme, self.rng = scheme, rng
        self.habits = {part: rng.choice(ways) for part, ways in _HABITS.items()}
        self.marks = rng.random()
        self.open_a = rng.choice(_OPEN_A)

    def syllable(self, toned: str) -> str:
        if not syllables.is_syllable(toned):
            return toned
        if self.scheme in ("jyutping_toneless", "joined"):
            return toned[:-1]
        if self.scheme == "yale":
            ways = (yale.letters, yale.with_h, yale.with_marks)
            return ways[int(self.marks * 3)](toned)
        return self._government(toned) if self.scheme == "government" else self._informal(toned)

    def _habit(self, part: str) -> str:
        if part not in _HABITS:
            return part
        return self.rng.choice(_HABITS[part]) if self.rng.random() < 0.12 else self.habits[part]

    def _informal(self, toned: str) -> str:
        initial, final, _ = syllables.split(toned)
        if toned[:-1] in ("m", "ng"):
            return self._habit("syllabic")
        if toned[:-1] in ("ji", "jyu", "jyun", "jyut") and self.habits["j"] == "y":
            return {"ji": "yi", "jyu": "yu", "jyun": "yuen", "jyut": "yuet"}[toned[:-1]]
        first = self._habit(initial)
        if final == "aa":
            return first + self.open_a
        vowels, closing = re.fullmatch(r"(.*?)(ng|[mnptk])?", final).groups()  # type: ignore[union-attr]
        if final in _HABITS:
            return first + self._habit(final)
        return first + self._vowels(vowels) + (closing or "")

    def _vowels(self, vowels: str) -> str:
        if vowels in _HABITS and vowels not in ("o", "i", "u"):
            return self._habit(vowels)
        return vowels.replace("aa", self._habit("aa")) if "aa" in vowels else vowels

    def _government(self, toned: str) -> str:
        initial, final, _ = syllables.split(toned)
        whole = _GOVERNMENT_WHOLE.get(toned[:-1])
        if whole:
            return self.rng.choice(whole)
        first = {"z": self.rng.choice(("ch", "ch", "ts", "j")), "c": "ch", "j": "y", "gw": "kw", "g": "k"}.get(
            initial, initial
        )
        if initial == "g" and self.rng.random() < 0.3:
            first = "g"
        return first + _GOVERNMENT_FINALS.get(final, final)


def _joined(spelled: str, rng: random.Random, share: float) -> str:
    return re.sub(r"(?<=[a-z]) (?=[a-z])", lambda m: "" if rng.random() < share else " ", spelled)
