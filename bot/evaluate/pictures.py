"""Pictures: what is taken for what, and how well each variety is understood."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.evaluate import scores


def draw(answers: Sequence[scores.Answer], folder: Path) -> list[Path]:
    """Draw both pictures into a folder and give their paths."""
    import matplotlib

    matplotlib.use("Agg")
    folder.mkdir(parents=True, exist_ok=True)
    return [_confusion(answers, folder / "confusion.png"), _varieties(answers, folder / "varieties.png")]


def _confusion(answers: Sequence[scores.Answer], path: Path) -> Path:
    """Draw how often each label is taken for each other, as shares of its messages."""
    from matplotlib import pyplot

    labels = sorted({one.gold.label for one in answers} | {one.final for one in answers})
    numbers = {label: number for number, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)))
    for one in answers:
        counts[numbers[one.gold.label], numbers[one.final]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    size = 3 + 0.28 * len(labels)
    figure, axes = pyplot.subplots(figsize=(size, size))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), labels, fontsize=7)
    axes.set_xlabel("taken for")
    axes.set_ylabel("intent")
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=6, color=colour)
    figure.savefig(path, dpi=130, bbox_inches="tight")
    pyplot.close(figure)
    return path


def _varieties(answers: Sequence[scores.Answer], path: Path) -> Path:
    """Draw intent accuracy by variety beside the bar it should reach."""
    from matplotlib import pyplot

    measured = scores.by_variety(answers)
    accuracy = [100 * float(values["intent_accuracy"] or 0) for values in measured.values()]
    figure, axes = pyplot.subplots(figsize=(7, 1 + 0.4 * len(measured)))
    bars = axes.barh(list(measured), accuracy, color="#3b6ea5")
    axes.bar_label(bars, fmt="%.1f", padding=3, fontsize=8)
    axes.axvline(88, color="#b03a2e", linewidth=1)
    axes.set_xlim(0, 108)
    axes.set_xlabel("intents right, %")
    figure.savefig(path, dpi=130, bbox_inches="tight")
    pyplot.close(figure)
    return path
