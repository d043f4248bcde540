"""The classifier measured on public intent sets: learned from their training parts here, and forgotten after."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluate import report
from bot.evaluate.gold import BadFile
from bot.evaluate.public import OUT_OF_SCOPE, Pairs, PublicSet, read_sets
from bot.language.intents import Classifier, Line
from bot.language.reading import read

Figure = float | int | None

GIVEN_UP = 0.005  # of the accuracy in scope, measured on the validation part, for recognising what is outside


@dataclass(frozen=True)
class Guessed:
    """A message's right label, the likeliest label of those in scope, and how much the message belongs to it."""

    right: str
    label: str
    belonging: float


def run(folder: Path, *, as_json: bool) -> int:
    """Measure every public set in a folder and print the figures."""
    measured: dict[str, dict[str, Figure]] = {}
    for public in read_sets(folder):
        print(f"{public.name}: learning from {len(public.train)} messages", file=sys.stderr, flush=True)
        measured[public.name] = measure(public)
    if not measured:
        raise BadFile(f"{folder}: no public intent set known here")
    print(json.dumps(measured, ensure_ascii=False, indent=1) if as_json else report.scores_table(measured, "set"))
    return 0


def measure(public: PublicSet) -> dict[str, Figure]:
    """Learn from the training part, choose one threshold on the validation part, measure on the test part."""
    start = time.perf_counter()
    lines = [Line(read(text), label, group) for group, (text, label) in enumerate(public.train)]
    classifier, _ = Classifier.fit(lines)
    trained = time.perf_counter() - start
    tested = _guess(classifier, public.test, public.name)
    inside = [one for one in tested if one.right != OUT_OF_SCOPE]
    outside = len(tested) - len(inside)
    figures: dict[str, Figure] = {
        "messages": len(tested),
        "accuracy": None if outside else _accuracy(inside, -math.inf),
        "in_scope_always_answering": _accuracy(inside, -math.inf) if outside else None,
        "threshold": None,
        "in_scope": None,
        "out_of_scope_recall": None,
        "training_s": round(trained),
    }
    if public.validation:
        threshold = choose_threshold(_guess(classifier, public.validation, "validation"))
        figures["threshold"] = round(threshold, 3)
        figures["in_scope"] = _accuracy(inside, threshold)
        figures["out_of_scope_recall"] = _recall(tested, threshold)
    return figures


def choose_threshold(guesses: Sequence[Guessed]) -> float:
    """Choose the threshold below which a message is out of scope: the highest that gives up little in scope.

    Messages in scope are plenty in a validation part, so what a threshold costs is known well; of those out of scope
    there may be a hundred, and a threshold chosen on them is a matter of luck.
    """
    least = (_accuracy(guesses, -math.inf) or 0) - GIVEN_UP
    candidates = sorted({one.belonging for one in guesses})
    return max((t for t in candidates if (_accuracy(guesses, t) or 0) >= least), default=candidates[0])


def _guess(classifier: Classifier, pairs: Pairs, name: str) -> list[Guessed]:
    """Ask about every message."""
    guesses = []
    for text, right in pairs:
        guesses.append(Guessed(right, *classifier.belonging(read(text), OUT_OF_SCOPE)))
        report.progress(len(guesses), len(pairs), name)
    return guesses


def _accuracy(guesses: Sequence[Guessed], threshold: float) -> Figure:
    """Give the share of messages in scope that are given their label and belong to it enough."""
    inside = [one for one in guesses if one.right != OUT_OF_SCOPE]
    right = sum(one.label == one.right and one.belonging >= threshold for one in inside)
    return round(right / len(inside), 4) if inside else None


def _recall(guesses: Sequence[Guessed], threshold: float) -> Figure:
    """Give the share of messages out of scope that are recognised as such."""
    outside = [one for one in guesses if one.right == OUT_OF_SCOPE]
    return round(sum(one.belonging < threshold for one in outside) / len(outside), 4) if outside else None
