"""The syllables of Cantonese in Jyutping, and how they come apart."""

from __future__ import annotations

import re

INITIALS = ("b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "ng", "gw", "kw", "w", "h", "z", "c", "s", "j", "")

_SYLLABLE = re.compile(
    r"(?P<initial>ng|gw|kw|[bpmfdtnlgkwhzcsj])?"
    r"(?P<final>aa(?:i|u|m|n|ng|p|t|k)?|a(?:i|u|m|n|ng|p|t|k)?|e(?:i|u|m|n|ng|p|t|k)?|oe(?:ng|k|t|n)?|eo(?:i|n|t)"
    r"|i(?:u|m|n|ng|p|t|k)?|o(?:i|u|m|n|ng|p|t|k)?|u(?:i|m|n|ng|p|t|k)?|yu(?:n|t)?|ng|m)"
    r"(?P<tone>[1-6])?"
)


def split(syllable: str) -> tuple[str, str, str]:
    """Take a Jyutping syllable apart into initial, final and tone digit; ValueError for anything else.

    >>> split("hoeng1"), split("m4"), split("ngo")
    (('h', 'oeng', '1'), ('', 'm', '4'), ('ng', 'o', ''))
    """
    match = _SYLLABLE.fullmatch(syllable)
    if match is None:
        raise ValueError(f"not a Jyutping syllable: {syllable!r}")
    return match["initial"] or "", match["final"], match["tone"] or ""


def is_syllable(text: str) -> bool:
    """Tell whether `text` has the form of one Jyutping syllable, with or without its tone.

    >>> is_syllable("gwong2"), is_syllable("fridge")
    (True, False)
    """
    return _SYLLABLE.fullmatch(text) is not None


def each(jyutping: str) -> list[str]:
    """Cut Jyutping with tones, spaced or not, into its syllables.

    >>> each("m4goi1 saai3")
    ['m4', 'goi1', 'saai3']
    """
    return re.findall(r"[a-z]+[1-6]", jyutping)
