"""Romanized Cantonese to characters, measured on a file of scheme, romanized and characters."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from bot.evaluate import report
from bot.evaluate.gold import BadFile
from bot.language.romanization.measure import measure


def run(file: Path, *, as_json: bool) -> int:
    """Measure decoding by scheme and print the figures."""
    figures = {
        scheme: {name: round(value, 4) for name, value in asdict(found).items()}
        for scheme, found in measure(_rows(file)).items()
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1) if as_json else _table(figures))
    return 0


def _rows(file: Path) -> list[tuple[str, str, str]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()[1:]
    except OSError as error:
        raise BadFile(f"{file}: {error.strerror}") from error
    rows = [tuple(line.split("\t")[:3]) for line in lines if line.count("\t") >= 2]
    if not rows:
        raise BadFile(f"{file}: no line of scheme, romanized and characters after the header")
    return [(row[0], row[1], row[2]) for row in rows]


def _table(figures: dict[str, dict[str, float]]) -> str:
    rows: list[list[report.Cell]] = [
        [scheme, int(one["messages"]), float(one["characters_right"]), f"{one['p50_ms']:.2f}", f"{one['p95_ms']:.2f}"]
        for scheme, one in figures.items()
    ]
    return report.table(["scheme", "messages", "characters right", "ms p50", "ms p95"], rows)
