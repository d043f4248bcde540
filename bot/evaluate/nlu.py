"""Understanding measured on files of messages: intents, entities, language, fallback and speed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.evaluate import model, report, scores
from bot.evaluate.gold import GoldMessage, read_messages


def run(files: Sequence[Path], *, trained: Path | None, as_json: bool, pictures: Path | None) -> int:
    """Measure a trained model on files, taken together, and print the figures."""
    messages = [message for file in files for message in read_messages(file)]
    chosen = trained or model.newest()
    print(f"loading {chosen}", file=sys.stderr, flush=True)
    answers = measure(chosen, messages)
    print(json.dumps(figures(files, chosen, answers), ensure_ascii=False, indent=1) if as_json else tables(answers))
    if pictures is not None:
        from bot.evaluate import pictures as drawing

        for path in drawing.draw(answers, pictures):
            print(f"picture: {path}", file=sys.stderr)
    return 0


def measure(trained: Path, messages: list[GoldMessage]) -> list[scores.Answer]:
    """Ask the model about every message."""
    answers: list[scores.Answer] = []
    for parsed in model.parse(trained, [message.text for message in messages]):
        answers.append(scores.answer(messages[len(answers)], parsed))
        report.progress(len(answers), len(messages), "messages")
    return answers


def figures(files: Sequence[Path], trained: Path, answers: list[scores.Answer]) -> dict[str, object]:
    """Give everything measured as plain values."""
    return {
        "files": [str(file) for file in files],
        "model": str(trained),
        "all": scores.score(answers),
        "varieties": scores.by_variety(answers),
        "labels": scores.by_label(answers),
        "entities": scores.by_entity(answers),
        "confusions": [
            {"intent": right, "taken_for": given, "messages": times}
            for right, given, times in scores.confusions(answers)
        ],
    }


def tables(answers: list[scores.Answer]) -> str:
    """Set everything measured in tables."""
    mistakes = scores.confusions(answers)
    parts = [
        report.scores_table({"all": scores.score(answers), **scores.by_variety(answers)}, "variety"),
        report.scores_table(scores.by_label(answers), "intent"),
    ]
    named = scores.by_entity(answers)
    if named:
        parts.append(report.scores_table(named, "entity"))
    if mistakes:
        parts.append(report.table(["intent", "taken for", "times"], mistakes))
    return "\n\n".join(parts)
