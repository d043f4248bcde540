"""Build data/lookups/readings.tsv: how the characters of the known names and phrases are said.

`python -m bot.language.entities.build`. One line a simplified character: its Jyutping readings, those
that the phrases use first. Source: ToJyutping (BSD-2-Clause, data CC BY 4.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from opencc import OpenCC

from bot.language.entities import gazetteer, romanized, tables

_HAN = re.compile(r"[㐀-鿿]+")
_MOST = 1


def vocabulary() -> list[str]:
    """Give every phrase whose characters need a reading, simplified."""
    names = [one.phrase for one in gazetteer.known_names() if one.label != "nothing"]
    return sorted({part for phrase in (*names, *gazetteer.heard()) for part in _HAN.findall(phrase)})


def readings(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Give the readings of each character of the phrases, with tones."""
    import ToJyutping

    to_traditional = OpenCC("s2hk")
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        traditional = to_traditional.convert(phrase)
        if len(traditional) != len(phrase):
            traditional = phrase
        candidates = ToJyutping.get_jyutping_candidates(traditional)
        said = ToJyutping.get_jyutping_list(traditional)
        for character, (_, usual), (_, several) in zip(phrase, said, candidates, strict=True):
            known = found.setdefault(character, [])
            known.extend(one for one in (usual, *several[:_MOST]) if one and " " not in one and one not in known)
    return found


def table() -> str:
    """Give the whole table as text."""
    return "".join(f"{character}\t{' '.join(said)}\n" for character, said in sorted(readings(vocabulary()).items()))


def main() -> None:
    """Write the table."""
    path = tables.FOLDER / romanized.READINGS
    path.write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
