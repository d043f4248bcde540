"""Language identification measured on files of `label<TAB>text`."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from bot.evaluate import report
from bot.evaluate.gold import BadFile
from bot.language.identify import identify
from bot.language.identify.measuring import Measured, measure, read_rows


def run(files: Sequence[Path], *, as_json: bool) -> int:
    """Measure identification on each file and print the figures."""
    measured = {}
    for number, file in enumerate(files, start=1):
        report.progress(number, len(files), "files")
        measured[file.stem] = _measure(file)
    print(json.dumps(measured, ensure_ascii=False, indent=1) if as_json else _tables(measured))
    return 0


def _measure(file: Path) -> dict[str, object]:
    try:
        rows = read_rows(file.read_text(encoding="utf-8").splitlines())
    except OSError as error:
        raise BadFile(f"{file}: {error.strerror}") from error
    if not rows:
        raise BadFile(f"{file}: no line of label, tab and text")
    measured = measure(rows)
    times = []
    for _, text in rows[:500]:
        start = time.perf_counter()
        identify(text)
        times.append(1000 * (time.perf_counter() - start))
    return {
        "messages": measured.messages,
        "accuracy": round(measured.accuracy, 4),
        "accuracy_in_conversation": round(measured.accuracy_in_conversation, 4),
        "neutral": measured.neutral,
        "ms_p50": round(sorted(times)[len(times) // 2], 2),
        "confusions": _mistakes(measured),
    }


def _mistakes(measured: Measured) -> list[list[str | int]]:
    """Give what was named wrongly: right label, given language, how often."""
    from bot.language.identify.measuring import LABELS

    wrong = [pair for pair in measured.confusions if LABELS[pair[0]] != pair[1]]
    return [list(pair) for pair in sorted(wrong, key=lambda pair: -pair[2])]


def _tables(measured: dict[str, dict[str, object]]) -> str:
    figures: dict[str, dict[str, float | int | None]] = {
        name: {key: value for key, value in values.items() if isinstance(value, (int, float))}
        for name, values in measured.items()
    }
    pairs: list[list[str | int]] = []
    for name, values in measured.items():
        confusions = values["confusions"]
        pairs += [[name, *pair] for pair in confusions] if isinstance(confusions, list) else []
    parts = [report.scores_table(figures, "file")]
    if pairs:
        parts.append(report.table(["file", "label", "taken for", "times"], pairs))
    return "\n\n".join(parts)
