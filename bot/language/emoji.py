"""Messages of nothing but emoji, put into words."""

from __future__ import annotations

import unicodedata
from functools import cache

from bot.language.entities import tables

_STARS = "⭐🌟★☆✨"


def is_emoji(text: str) -> bool:
    """Tell whether a message is only emoji and punctuation; stars are a score and do not count.

    >>> [is_emoji(text) for text in ("👍🏻", "😂😂!!", "ok 👍", "⭐⭐⭐", "?", "")]
    [True, True, False, False, False, False]
    """
    return any(unicodedata.category(sign) == "So" for sign in text) and not any(
        sign.isalnum() or sign in _STARS for sign in text
    )


def in_words(text: str) -> str | None:
    """Say in English what a message of emoji says, None where that cannot be told. Meanings: data/lookups/emoji.yml.

    >>> in_words("👌🏻"), in_words("😂🙏🙏"), in_words("😂"), in_words("👌 but when?")
    ('ok', 'thank you', None, None)
    """
    if not is_emoji(text):
        return None
    return next((_meanings()[sign] for sign in text if sign in _meanings()), None)


@cache
def _meanings() -> dict[str, str]:
    return {sign: words for words, signs in tables.read("emoji").items() for sign in signs}
