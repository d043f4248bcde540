"""What a person sends, made safe to keep: no control characters, no direction tricks, no more than a letter's length."""

from __future__ import annotations

import re
import unicodedata

from bot.gateway import refusals

MOST_CHARACTERS = 1_000
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DIRECTION_TRICKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEPT_CONTROLS = frozenset("\n\t")


def cleaned(text: str) -> str:
    """Drop what nobody can read: control characters, overrides of direction, halves of characters.

    >>> cleaned("a\\x00b\\u202ec\\r\\nd "), cleaned("\\ud83d"), cleaned("👩\\u200d🔧")
    ('abc\\nd', '', '👩\\u200d🔧')
    """
    return "".join(c for c in _LINE_BREAKS.sub("\n", text) if _is_readable(c)).strip()


def checked(text: str) -> str:
    """Clean a text and refuse it when nothing, or too much, is left. Raises Refused."""
    clean = cleaned(text)
    if len(clean) > MOST_CHARACTERS:
        raise refusals.too_long(len(clean), MOST_CHARACTERS, clean[:MOST_CHARACTERS])
    if not has_words(clean):
        raise refusals.empty_text()
    return clean


def has_words(text: str) -> bool:
    """Tell whether anything is to be seen: white space and invisible characters alone are not.

    >>> has_words("\\u200b\\ufe0f "), has_words("?"), has_words("😀")
    (False, True, True)
    """
    return any(unicodedata.category(c) not in ("Cf", "Mn", "Me", "Zs", "Zl", "Zp", "Cc", "Cn") for c in text)


def _is_readable(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cc":
        return character in _KEPT_CONTROLS
    return category != "Cs" and character not in _DIRECTION_TRICKS
