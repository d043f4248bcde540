"""Messages of nothing but "erm", 呃 or "aiya"."""

from __future__ import annotations

import re
from functools import cache
from string import ascii_lowercase

from bot.language.entities import tables
from bot.language.scripts import fold

_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|[?？]")
_LONGER = re.compile(r"(.)\1+")


def is_hesitation(text: str) -> bool:
    """Tell whether a message is only the sounds of somebody who thinks, is surprised or sighs.

    A question mark makes a question of any sound. Sounds: data/lookups/hesitations.yml.

    >>> [is_hesitation(text) for text in ("Errrm...", "啊這", "ai ya", "呃呃…", "hm?", "嗯", "uh huh", "er no", "")]
    [True, True, True, True, False, False, False, False, False]
    """
    if not _in_no_sound().isdisjoint(text.lower()):
        return False  # most messages, and quicker than to fold them
    words = _words(text)
    return bool(words) and ("".join(words) in _sounds() or all(word in _sounds() for word in words))


@cache
def _sounds() -> frozenset[str]:
    return frozenset("".join(_words(sound)) for sounds in tables.read("hesitations").values() for sound in sounds)


@cache
def _in_no_sound() -> frozenset[str]:
    return frozenset(ascii_lowercase).difference("".join(_sounds()))


def _words(text: str) -> list[str]:
    """Give the words of a text, letters that stand side by side said once."""
    return [_LONGER.sub(r"\1", word) for word in _WORD.findall(tables.simplified(fold(text).text))]
