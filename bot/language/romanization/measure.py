"""How well decoding does on spelled sentences whose characters are known."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bot.language.romanization import decoder
from bot.language.romanization.orthography import Spelling

_CORPUS, _TODAY = frozenset("𡃉嚹囖哩𠻺𠸏"), frozenset("㗎囉嚟畀搵啦")


@dataclass(frozen=True)
class Figures:
    """Characters right (1 - edits / characters, over all messages of a scheme) and milliseconds a message."""

    messages: int
    characters_right: float
    p50_ms: float
    p95_ms: float


def measure(rows: Iterable[tuple[str, str, str]]) -> dict[str, Figures]:
    """Decode rows of (scheme, romanized, characters) and give figures by scheme.

    Characters are compared strictly; decoding writes in the spelling that the references are written in
    (HKCanCor's 𡃉 囖 來 or today's 㗎 囉 嚟), told from which of them the references use more.
    """
    listed = list(rows)
    spelling = spelling_of(reference for _, _, reference in listed)
    decoder.load()
    edits: defaultdict[str, int] = defaultdict(int)
    lengths: defaultdict[str, int] = defaultdict(int)
    times: defaultdict[str, list[float]] = defaultdict(list)
    for scheme, romanized, reference in listed:
        begun = time.perf_counter()
        answer = decoder.decode(romanized, spelling=spelling).characters.text
        times[scheme].append(1000 * (time.perf_counter() - begun))
        wanted = _han(reference)
        edits[scheme] += Levenshtein.distance(wanted, _han(answer))
        lengths[scheme] += len(wanted)
    return {scheme: _figures(times[scheme], edits[scheme], lengths[scheme]) for scheme in times}


def spelling_of(references: Iterable[str]) -> Spelling:
    """Tell which spelling references are written in."""
    text = "".join(references)
    corpus, today = (sum(text.count(c) for c in signs) for signs in (_CORPUS, _TODAY))
    return "hkcancor" if corpus > today else "modern"


def _figures(times: list[float], edits: int, length: int) -> Figures:
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95)]
    return Figures(len(times), 1 - edits / max(1, length), at[0], at[1])


def _han(text: str) -> str:
    return "".join(c for c in text if c.isalpha() and ord(c) > 0x2E7F)


def main(path: str) -> None:
    """Print the figures of a file of scheme, romanized and characters, tab-separated with a header."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()[1:]
    rows = [(a, b, c) for a, b, c in (line.split("\t")[:3] for line in lines)]
    for scheme, f in measure(rows).items():
        print(f"{scheme:16} {f.messages:6} {100 * f.characters_right:6.2f} %  {f.p50_ms:6.2f} ms {f.p95_ms:6.2f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
