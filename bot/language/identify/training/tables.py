"""Fit the three linear models and write them as tables."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np

from bot.language.identify import features, table, tokens
from bot.language.identify.training import mandarin_words, samples, sources

# How often a piece must be seen, and how much it must weigh (in SCALE units) to be kept.
_SEEN = 4
_KEPT = 2
_SHARE = 0.25


def build(folder: Path, *, only: str, hold_out: str, without: str) -> None:
    """Make all tables anew, or one, the same from the same sources."""
    if only in ("", "pinyin"):
        mandarin_words.build(folder)
        sources.record(folder, "pinyin")
    if only in ("", "latin", "words"):
        _english(folder)
    if only in ("", "latin"):
        _latin(folder, hold_out, without)
        sources.record(folder, "latin")
    if only in ("", "words"):
        _words(folder, hold_out)
        sources.record(folder, "words")
    if only in ("", "characters"):
        _characters(folder, without)
        sources.record(folder, "characters")


def _english(folder: Path) -> None:
    """List English words, sixteen a line; the models below look words up in it."""
    words = samples.everyday_english()
    lines = [" ".join(words[start : start + 16]) for start in range(0, len(words), 16)]
    (folder / "english.txt").write_text("\n".join(lines) + "\n")
    features.english.cache_clear()


def _latin(folder: Path, hold_out: str, without: str) -> None:
    rng = random.Random(1)
    latin = samples.latin(rng, hold_out=hold_out, without=without)
    rows = [(label, _unlisted(features.latin(tokens.latin_words(text)), rng)) for label, text in latin]
    table.save("latin", folder, fit(rows, 2.0))


def _unlisted(found: list[str], rng: random.Random) -> list[str]:
    """Forget now and then that a word is listed: every English word learned from is, of those to come not all are."""
    return [piece for piece in found if piece != "+en" or rng.random() < 0.75]


def _words(folder: Path, hold_out: str) -> None:
    words = samples.single_words(random.Random(3), hold_out=hold_out)
    rng = random.Random(4)
    rows = [(label, _unlisted(list(features.of_word(tokens.plain(text))), rng)) for label, text in words]
    table.save("words", folder, fit(rows, 2.0))


def _characters(folder: Path, without: str) -> None:
    han = samples.han(random.Random(2), without=without)
    table.save("characters", folder, fit([(label, features.characters(text)) for label, text in han], 2.0))


def fit(rows: list[tuple[str, list[str]]], strength: float) -> table.Table:
    """Fit a regularised linear model on counted pieces and keep the pieces that weigh something."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows = [row for row in rows if row[1]]
    seen = Counter(piece for _, found in rows for piece in set(found))
    names = sorted(piece for piece, count in seen.items() if count >= _SEEN)
    number = {piece: place for place, piece in enumerate(names)}
    columns = [[number[piece] for piece in found if piece in number] for _, found in rows]
    ends = np.cumsum([0] + [len(column) for column in columns])
    flat = np.fromiter((place for column in columns for place in column), dtype=np.int32, count=int(ends[-1]))
    matrix = csr_matrix((np.full(len(flat), _SHARE, dtype=np.float32), flat, ends), shape=(len(rows), len(names)))
    matrix.sum_duplicates()
    labels = [label for label, _ in rows]
    model = LogisticRegression(C=strength, max_iter=120, class_weight="balanced", multi_class="multinomial", tol=1e-4)
    model.fit(matrix, labels)
    weights, bias = model.coef_ * _SHARE, model.intercept_
    if len(weights) == 1:  # two languages: one row, for the second against the first
        weights, bias = np.vstack([-weights / 2, weights / 2]) * 2, np.array([-bias[0] / 2, bias[0] / 2]) * 2
    whole = np.rint(weights * table.SCALE).astype(int)
    kept = np.flatnonzero(np.abs(whole).max(axis=0) >= _KEPT)
    return table.Table(
        tuple(model.classes_),
        tuple(float(value) for value in bias),
        {names[place]: tuple(int(value) for value in whole[:, place]) for place in kept},
    )
