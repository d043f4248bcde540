"""The small pattern language of data/lookups.

Literals, `(a|b)`, `(a)?` and `s?` for what may lack, `(a)*` and `(a)+` for what may repeat,
`<macro>`, `~` for a short gap, `%` for digits, `@` for any Latin word. `(唔|不)(夠|太)?凍` stands
for six phrases. Every pattern can be turned into a regular expression, names can be written out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_MACRO = re.compile(r"<(\w+)>")
_HAN_GAP = r"[^\s,.!?;，。！？；、]{0,3}?"
_WILD = {"%": r"[0-9]+", "@": r"[a-z]+"}
_LATIN_GAP = r"(?:\s+[\w'’-]+){0,3}?"


@dataclass(frozen=True)
class Choice:
    """Alternatives, each a sequence of literals and further choices, repeated as `?`, `*` or `+` say."""

    branches: tuple[tuple[str | Choice, ...], ...]
    repeat: str = ""

    @property
    def optional(self) -> bool:
        """Tell whether it may lack altogether."""
        return self.repeat in ("?", "*")


class PatternError(ValueError):
    """A pattern in a lookup table that cannot be read."""


def with_macros(pattern: str, macros: Mapping[str, str]) -> str:
    """Put the text of each `<macro>` into the pattern, also macros inside macros.

    >>> with_macros("<not> cold", {"not": "(isn't|<no>)", "no": "not"})
    "(isn't|(not)) cold"
    """
    while found := _MACRO.search(pattern):
        if found[1] not in macros:
            raise PatternError(f"no macro {found[1]} for {pattern}")
        text = macros[found[1]]
        group = text if text.startswith("(") and text.endswith(")") else f"({text})"
        pattern = pattern[: found.start()] + group + pattern[found.end() :]
    return pattern


def parse(pattern: str) -> tuple[str | Choice, ...]:
    """Read a pattern into literals (one character each) and choices."""
    sequence, rest = _sequence(pattern, 0)
    if rest != len(pattern):
        raise PatternError(f"unbalanced bracket in {pattern}")
    return sequence


def _sequence(pattern: str, at: int) -> tuple[tuple[str | Choice, ...], int]:
    items: list[str | Choice] = []
    while at < len(pattern) and pattern[at] not in "|)":
        if pattern[at] == "(":
            choice, at = _choice(pattern, at + 1)
            items.append(choice)
        elif pattern[at] in "?*+":
            last = items.pop()
            items.append(Choice(last.branches if isinstance(last, Choice) else ((last,),), pattern[at]))
            at += 1
        else:
            items.append(pattern[at])
            at += 1
    return tuple(items), at


def _choice(pattern: str, at: int) -> tuple[Choice, int]:
    branches = []
    while True:
        branch, at = _sequence(pattern, at)
        branches.append(branch)
        if at >= len(pattern):
            raise PatternError(f"unbalanced bracket in {pattern}")
        if pattern[at] == ")":
            return Choice(tuple(branches)), at + 1
        at += 1


def expand(pattern: str) -> Iterator[str]:
    """Write out every phrase of a pattern without gaps; what may repeat comes once.

    >>> list(expand("(唔|不)(太)?凍"))
    ['唔凍', '唔太凍', '不凍', '不太凍']
    """
    yield from _written(parse(pattern))


def _written(sequence: tuple[str | Choice, ...]) -> Iterator[str]:
    options: list[list[str]] = []
    for item in sequence:
        if isinstance(item, str):
            options.append([item])
        else:
            texts = [text for branch in item.branches for text in _written(branch)]
            options.append([""] * item.optional + texts)
    for parts in itertools.product(*options):
        yield "".join(parts)


def to_regex(pattern: str, *, latin: bool) -> str:
    """Turn a pattern into the source of a regular expression over lower-case, simplified text.

    >>> to_regex("won't (drain|empty)", latin=True)
    "won['’]?t\\\\s+(?:drain|empty)"
    """
    return _source(parse(pattern), latin)


def _source(sequence: tuple[str | Choice, ...], latin: bool) -> str:
    parts = []
    for item in sequence:
        if isinstance(item, Choice):
            inside = "|".join(sorted((_source(branch, latin) for branch in item.branches), key=len, reverse=True))
            parts.append(f"(?:{inside}){item.repeat}")
        else:
            parts.append(_literal(item, latin))
    return "".join(parts)


def _literal(character: str, latin: bool) -> str:
    if character == "~":
        return _LATIN_GAP if latin else _HAN_GAP
    if latin and character == " ":
        return r"\s+"
    if latin and character == "-":
        return r"[\s-]?"
    if latin and character == "'":
        return "['’]?"
    return _WILD.get(character) or re.escape(character)


def first_letters(pattern: str) -> set[str]:
    """Tell with which characters the phrases of a pattern can begin.

    >>> sorted(first_letters("(really )?(cold|warm)"))
    ['c', 'r', 'w']
    """
    return _first(parse(pattern))[0]


def _first(sequence: tuple[str | Choice, ...]) -> tuple[set[str], bool]:
    letters: set[str] = set()
    for item in sequence:
        if isinstance(item, str):
            return letters | {item}, False
        empty = item.optional
        for branch in item.branches:
            inside, nothing = _first(branch)
            letters |= inside
            empty = empty or nothing
        if not empty:
            return letters, False
    return letters, True
