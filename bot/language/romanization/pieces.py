"""A message cut into what may be Cantonese in Latin letters, and what stays as it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "han", "number", "kept", "space", "stop", "mark"]

_FIRST = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LETTER = _FIRST + r"\u0300-\u036f"
_PIECE = re.compile(
    rf"(?P<kept>\S*@\S+|\w+://\S+|www\.\S+)"
    rf"|(?P<word>[{_FIRST}](?:[{_LETTER}0-9]|['’\-](?=[{_FIRST}]))*)"
    rf"|(?P<number>\d[\d.,:/\-]*[A-Za-z]*[\dA-Za-z\-]*)"
    r"|(?P<han>[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
    r"|(?P<space>\s+)|(?P<stop>[.!?;。！？；]+)|(?P<mark>.)",
    re.DOTALL,
)
_PART = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+\d?")
_REST = re.compile(r"[aeiou]*h?(?:ng|[mnptk])?")  # of a syllable, after its accent
ALL = 0b1111110
# In Yale an accent tells two tones, which an h after the vowel tells apart.
_MARKED = {"\u0304": 0b0000010, "\u0301": 0b0100100, "\u0300": 0b0010010}


@dataclass(frozen=True)
class Run:
    """Letters without a break: lower case, the place of each in the message, the tones that are told at the end."""

    letters: str
    places: tuple[int, ...]
    end: int
    tones: int


@dataclass(frozen=True)
class Piece:
    """A part of the message. A word that could be Cantonese has runs; without them it stays as it is."""

    kind: Kind
    start: int
    end: int
    runs: tuple[Run, ...] = ()


def cut(text: str) -> list[Piece]:
    """Cut a message into pieces.

    >>> [(p.kind, [r.letters for r in p.runs]) for p in cut("nei5hou2, KFR-35GW")]
    [('word', ['nei', 'hou']), ('mark', []), ('space', []), ('word', ['kfr']), ('mark', []), ('number', [])]
    """
    found = []
    for match in _PIECE.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        start, end = match.span()
        found.append(Piece(kind, start, end, _runs(match.group(), start) if kind == "word" else ()))
    return found


def _runs(word: str, start: int) -> tuple[Run, ...]:
    """Cut a word at tone digits, apostrophes and hyphens; nothing when its digits cannot be tones."""
    if word.isascii() and word.isalpha():
        return (Run(word.lower(), tuple(range(start, start + len(word))), start + len(word), ALL),)
    if re.search(r"[0789]|\d\d|\d[A-Z]", word):
        return ()
    runs = tuple(_run(part.group(), start + part.start()) for part in _PART.finditer(word))
    return runs if all(run.letters for run in runs) else ()


def _run(text: str, start: int) -> Run:
    letters: list[str] = []
    places: list[int] = []
    tones = ALL
    marked = 0
    for at, character in enumerate(text):
        if character.isdigit():
            return Run("".join(letters), tuple(places), start + len(text), 1 << int(character))
        for part in unicodedata.normalize("NFD", character.lower()):
            if part in _MARKED:
                tones, marked = _MARKED[part], len(letters)
            elif part.isascii() and part.isalpha():
                letters.append(part)
                places.append(start + at)
    spelled = "".join(letters)
    if not _REST.fullmatch(spelled[marked:]):  # the accent stands on a syllable before the last
        tones = ALL
    return Run(spelled, tuple(places), start + len(text), tones)
