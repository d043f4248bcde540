"""Yale romanization, written from Jyutping."""

from __future__ import annotations

import re
import unicodedata

from bot.language.romanization import syllables

_INITIALS = {"z": "j", "c": "ch", "j": "y"}
_MARKS = {"1": "\u0304", "2": "\u0301", "3": "", "4": "\u0300", "5": "\u0301", "6": ""}
LOW_TONES = frozenset("456")


def letters(syllable: str) -> str:
    """Spell a Jyutping syllable in Yale, without its tone.

    >>> letters("zyun3"), letters("joeng4"), letters("faa1"), letters("keoi5")
    ('jyun', 'yeung', 'fa', 'keui')
    """
    initial, final, _ = syllables.split(syllable)
    if final == "aa":
        final = "a"
    final = final.replace("oe", "eu").replace("eo", "eu")
    if initial == "j" and final.startswith("yu"):
        return final
    return _INITIALS.get(initial, initial) + final


def with_h(syllable: str) -> str:
    """Spell a toned syllable in Yale, low tones marked by h and no accents.

    >>> with_h("jan4"), with_h("m4"), with_h("hou2")
    ('yahn', 'mh', 'hou')
    """
    plain = letters(syllable)
    return _after_vowels(plain, "h") if syllable[-1] in LOW_TONES else plain


def with_marks(syllable: str) -> str:
    """Spell a toned syllable in full Yale, accents and h.

    >>> with_marks("nei5"), with_marks("hou2"), with_marks("m4"), with_marks("goi1")
    ('néih', 'hóu', 'm̀h', 'gōi')
    """
    spelled = with_h(syllable)
    place = re.search(r"[aeiou]|(?:ng|m)h?$", spelled)
    at = place.start() + 1 if place else 1
    return unicodedata.normalize("NFC", spelled[:at] + _MARKS[syllable[-1]] + spelled[at:])


def _after_vowels(plain: str, mark: str) -> str:
    vowels = re.search(r"[aeiou]+", plain)
    at = vowels.end() if vowels else len(plain)
    return plain[:at] + mark + plain[at:]
