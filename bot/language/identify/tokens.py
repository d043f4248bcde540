"""A message cut into words, runs of characters, and parts that belong to no language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.language.scripts.convert import HAN

Kind = Literal["latin", "han", "neutral", "foreign"]
_LATIN = "A-Za-z\u00c0-\u024f\u0300-\u036f"
_TOKEN = re.compile(
    rf"""(?P<neutral>(?:https?://|www\.)\S+            # addresses
        |[\w.+-]+@[\w-]+(?:\.[\w-]+)+
        |[\w-]+(?:\.[a-z]{{2,}})+(?=[\s/,，。]|$)(?:/\S*)?
        |(?=[A-Za-z-]*\d)(?![A-Za-z]+[1-6](?:[^A-Za-z0-9-]|$))(?!(?:[a-z]+[1-6]){{2,}}(?![A-Za-z0-9]))
         [A-Za-z0-9]+(?:[-/.:][A-Za-z0-9]+)*           # numbers, models, serials; not nei5 or nei5hou2
        |[Xx][Dd]+\b|[Ww]i-[Ff]i\b)
    |(?P<latin>[{_LATIN}]+(?:[1-6][{_LATIN}]+)*[1-6]?(?:['’][{_LATIN}]+[1-6]?)*)
    |(?P<han>[{HAN}]+)
    |(?P<foreign>[^\W\d_]+)                         # letters of any other script""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A part of a message: where it is, of which kind, and its plain lower-case form."""

    start: int
    end: int
    kind: Kind
    form: str


def tokens(text: str) -> list[Token]:
    """Cut a message; spaces, punctuation and emoji are no tokens.

    >>> [(token.kind, token.form) for token in tokens("我部WX-9000 washing machine壞咗, nei5hou2?")]
    [('han', '我部'), ('neutral', 'wx-9000'), ('latin', 'washing'), ('latin', 'machine'), ('han', '壞咗'), \
('latin', 'nei5hou2')]
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text if text.isascii() else "".join(map(_narrow, text))):
        found.append(Token(match.start(), match.end(), _KINDS[match.lastgroup or "neutral"], plain(match[0])))
    return found


_KINDS: dict[str, Kind] = {"latin": "latin", "han": "han", "neutral": "neutral", "foreign": "foreign"}


@lru_cache(maxsize=8192)
def _narrow(character: str) -> str:
    """Give the everyday form of a full-width or fancy letter, one for one."""
    form = unicodedata.normalize("NFKC", character)
    return form if len(form) == 1 else character


def plain(word: str) -> str:
    """Write a word in lower case, composed, with a straight apostrophe."""
    return unicodedata.normalize("NFC", word.lower().replace("’", "'"))


def latin_words(text: str) -> list[str]:
    """Give the Latin words of a text in plain form."""
    return [token.form for token in tokens(text) if token.kind == "latin"]
