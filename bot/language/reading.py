"""One message read: its language, its words in characters, its folded form, its Jyutping."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.aligned import Aligned, Language
from bot.language.identify import Identified, identify
from bot.language.scripts import fold, to_traditional


@dataclass(frozen=True)
class Reading:
    """A message and everything later steps look at; every reading points into `original`.

    `characters` has romanized Chinese in characters and the rest as it was; `folded` is what
    features and matchers see; `jyutping` is canonical and toneless, empty where nothing is Cantonese.
    """

    original: str
    identified: Identified
    characters: Aligned
    folded: Aligned
    jyutping: str


def read(text: str, previous: Language | None = None) -> Reading:
    """Read a message; `previous` is the language of the conversation."""
    identified = identify(text, previous)
    characters, jyutping = _characters(text, identified)
    return Reading(text, identified, characters, characters.then(fold(characters.text)), jyutping)


def _characters(text: str, identified: Identified) -> tuple[Aligned, str]:
    """Put romanized Chinese into characters, with its Jyutping."""
    from bot.language import pinyin, romanization

    if identified.romanized == "jyutping":
        decoded = romanization.decode(text)
        return decoded.characters, decoded.jyutping
    if identified.romanized == "pinyin":
        return pinyin.decode(text), ""
    if identified.language == "yue":
        return Aligned.same(text), re.sub("(?<=[a-z])[1-6]", "", romanization.to_jyutping(to_traditional(text)))
    return Aligned.same(text), ""
