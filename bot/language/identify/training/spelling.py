"""Cantonese and Mandarin syllables spelled as people spell them, for training only.

Each writer keeps to a habit for every sound, so one message is consistent and two are not alike.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

_SYLLABLE = re.compile(r"^(ng(?=[aeiou])|gw|kw|[bpmfdtnlgkhwzcsj])?([a-z]+)([1-6])?$")

ONSETS = {
    "b": "b b b p", "p": "p", "m": "m", "f": "f", "d": "d d d t", "t": "t", "n": "n n n l", "l": "l l l n",
    "g": "g g g k", "k": "k", "ng": "ng ng ng _ ", "h": "h", "gw": "gw gw kw g gu", "kw": "kw kw k qu", "w": "w w wh",
    "z": "z j j ch ts tz dz", "c": "c ch ch ts tsh q", "s": "s s sh sz", "j": "j y y y",
}  # fmt: skip
RIMES = {
    "aa": "aa a a ah ar", "aai": "aai ai ai aay y", "aau": "aau aau au ao aow", "aam": "aam am", "aan": "aan an arn",
    "aang": "aang ang arng", "aap": "aap ap", "aat": "aat at art", "aak": "aak ak ark",
    "a": "a", "ai": "ai ai ay ei i", "au": "au au ow ao", "am": "am um em", "an": "an un en",
    "ang": "ang ung eng", "ap": "ap up", "at": "at ut ud", "ak": "ak uk ack uck",
    "e": "e eh er ea", "ei": "ei ei ay ey ee i", "eu": "eu eo ew", "em": "em am", "eng": "eng eng aeng", "ep": "ep ap",
    "ek": "ek eck eg", "et": "et", "en": "en",
    "i": "i i ee ie y ih", "iu": "iu iu iew ew yu", "im": "im eem", "in": "in een", "ing": "ing ing eng", "ip": "ip eep",
    "it": "it eet", "ik": "ik ik ick ek ig",
    "o": "o o or oh aw", "oi": "oi oi oy oi", "ou": "ou ou o ow oe", "on": "on", "ong": "ong ong orng", "ot": "ot",
    "ok": "ok ok ock og", "op": "op", "om": "om",
    "u": "u u oo wu", "ui": "ui ui ooi oui ooy", "un": "un un oon", "ung": "ung ung oong", "ut": "ut oot",
    "uk": "uk uk ook ug", "um": "um",
    "oe": "oe eu er euh or", "oeng": "oeng eung eung erng eong", "oek": "oek euk erk eok", "oet": "oet", "oen": "oen",
    "eoi": "eoi eui ui oy ue", "eon": "eon eun un on", "eot": "eot eut ut",
    "yu": "yu yu ue u ui eu", "yun": "yun yun uen un yuen", "yut": "yut yut uet ut",
    "m": "m m m mh mm", "ng": "ng m ng ngh", "hm": "hm", "hng": "hng",
}  # fmt: skip
# What only Hong Kong street signs and identity cards write; left out to measure an unseen scheme.
GOVERNMENT_ONSETS = {"b": "b p", "d": "d t", "g": "g k", "z": "ch ts j", "c": "ch ts", "gw": "kw gw", "j": "y"}
GOVERNMENT_RIMES = {
    "aa": "a ah ar", "aai": "ai", "aau": "au", "ai": "ai", "an": "an un", "ei": "ei ay ee i", "i": "i ee ze z",
    "iu": "iu", "o": "o oh or", "ou": "o ou ow", "oi": "oi oy", "oeng": "eung", "oek": "euk", "eoi": "ui", "eon": "un",
    "eot": "ut", "yu": "yu ue u", "yun": "yuen uen", "yut": "yuet uet", "ui": "ui ooi", "un": "un oon", "m": "m ng",
    "u": "u oo", "uk": "uk ook", "ung": "ung", "uet": "uet",
}  # fmt: skip


@dataclass
class Writer:
    """One person's way of writing Cantonese in Latin letters."""

    rng: random.Random
    scheme: str
    habits: dict[str, str] = field(default_factory=dict)

    def sentence(self, syllables: list[list[str]]) -> str:
        """Spell words of Jyutping syllables; whatever is no syllable stays as it is."""
        join = {"joined": 1.0, "informal": 0.25, "government": 0.05}.get(self.scheme, 0.0)
        words = []
        for word in syllables:
            spelled = [self._syllable(syllable) for syllable in word]
            words.append("".join(spelled) if self.rng.random() < join else " ".join(spelled))
        return " ".join(words)

    def _syllable(self, jyutping: str) -> str:
        match = _SYLLABLE.match(jyutping)
        if not match or match[2] not in RIMES:
            return jyutping
        onset, rime, tone = match[1] or "", match[2], match[3] or ""
        if self.scheme in ("jyutping", "joined"):
            return onset + rime
        if self.scheme == "tones":
            return onset + rime + tone
        if self.scheme.startswith("yale"):
            return yale(onset, rime, tone, self.scheme)
        onsets, rimes = (GOVERNMENT_ONSETS, GOVERNMENT_RIMES) if self.scheme == "government" else (ONSETS, RIMES)
        first = self._habit("o" + onset, onsets.get(onset, onset))
        last = self._habit("r" + rime, rimes.get(rime, rime))
        if onset == "j" and rime.startswith(("i", "yu")) and first == "y" and self.rng.random() < 0.5:
            first = "y" if last[0] not in "y" else ""
        return re.sub("yy", "y", first + last)

    def _habit(self, sound: str, variants: str) -> str:
        """Spell a sound as this writer usually does, at times otherwise."""
        choices = variants.split() or [""]
        if sound not in self.habits or self.rng.random() < 0.15:
            self.habits[sound] = self.rng.choice(choices).replace("_", "")
        return self.habits[sound]


_YALE_ONSETS = {"z": "j", "c": "ch", "j": "y"}
_YALE_RIMES = {"oe": "eu", "oeng": "eung", "oek": "euk", "eoi": "eui", "eon": "eun", "eot": "eut"}
_MARKS = {"1": "\u0304", "2": "\u0301", "3": "", "4": "\u0300", "5": "\u0301", "6": ""}


def yale(onset: str, rime: str, tone: str, scheme: str) -> str:
    """Spell one syllable in Yale: plain, with h, or with marks too.

    >>> yale("ng", "o", "5", "yale_h"), yale("j", "yu", "4", "yale"), yale("h", "oi", "1", "yale_marks")
    ('ngoh', 'yu', 'hōi')
    """
    import unicodedata

    first, last = _YALE_ONSETS.get(onset, onset), _YALE_RIMES.get(rime, rime)
    if first == "y" and last.startswith("yu"):
        first = ""
    if rime == "aa":
        last = "a"
    if scheme == "yale" or not tone:
        return first + last
    vowels = re.match("[aeiouy]*", last)
    cut = vowels.end() if vowels and vowels.end() else len(last)
    low = "h" if tone in "456" else ""
    if scheme == "yale_h":
        return first + last[:cut] + low + last[cut:]
    marked = last[:1] + _MARKS[tone] + last[1:cut] if not last.startswith("yu") else "yu" + _MARKS[tone] + last[2:cut]
    return unicodedata.normalize("NFC", first + marked + low + last[cut:])
