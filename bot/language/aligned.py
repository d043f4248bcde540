"""A reading of a text in which every character knows its place in the original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh", "yue"]
Script = Literal["latin", "simplified", "traditional", "both"]


@dataclass(frozen=True)
class Aligned:
    """A text derived from another, with the place each of its characters came from.

    `places[i]` is the half-open range of `original` that gave `text[i]`. Several characters may
    share one place (two characters read from one joined word), a place is never empty.
    """

    original: str
    text: str
    places: tuple[tuple[int, int], ...]

    @classmethod
    def same(cls, text: str) -> Aligned:
        """Align a text with itself."""
        return cls(text, text, tuple((i, i + 1) for i in range(len(text))))

    @classmethod
    def of(cls, original: str, pieces: Iterable[tuple[str, int, int]]) -> Aligned:
        """Join pieces, each a (reading, start, end) whose characters all came from that range."""
        text: list[str] = []
        places: list[tuple[int, int]] = []
        for piece, start, end in pieces:
            text.append(piece)
            places.extend([(start, end)] * len(piece))
        return cls(original, "".join(text), tuple(places))

    def then(self, later: Aligned) -> Aligned:
        """Chain a reading of `self.text` so that it points into `self.original`."""
        places = self.places
        return Aligned(
            self.original,
            later.text,
            tuple(places[start] if end - start == 1 else self.span(start, end) for start, end in later.places),
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the range of the original that `text[start:end]` came from; the range must hold a character.

        >>> Aligned.of("laang hei", [("冷", 0, 5), ("氣", 6, 9)]).span(0, 2)
        (0, 9)
        """
        inside = self.places[start:end]
        return min(place[0] for place in inside), max(place[1] for place in inside)
