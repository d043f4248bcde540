"""Compile the tables of romanized Cantonese: `python -m bot.language.romanization.build`."""

from __future__ import annotations

import sys
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.language.romanization.build import corpora, english, fingerprint, ngrams, readings, respell, spelled
from bot.language.romanization.tables import FINE, TABLES

ROOT = fingerprint.ROOT
WEIGHTS = {"hkcancor": 1.0, "ctcpc": 1.0, "common_voice": 1.0, "talk": 1.0, "own": 1.0}
# Shares of written talk, of transcribed talk and of the desk's own words, each mixed into what was there before it.
TALK, SPOKEN, OWN = 0.3, 0.35, 0.08
KEEP = {2: 320_000, 3: 530_000, 4: 280_000}
RESERVED = ("", "<s>", "</s>", "<any>", corpora.ENGLISH, corpora.NUMBER, "", "")
LEAST_READING = 1e-4


def main() -> None:
    """Gather, count, prune and write."""
    say("reading corpora")
    held = corpora.held_runs()
    nlu = ROOT / "data" / "nlu"
    transcribed = list(corpora.hkcancor())
    neighbours = respell.Neighbours.of(transcribed)
    talk = corpora.talk(ROOT / "data" / "talk" / "yue", held)
    written = chain(corpora.texts(held), talk, corpora.own_lines(nlu / "yue"))
    lines = list(corpora.english_lines(nlu / "en"))
    sentences = [*transcribed, *respell.respelled(written, neighbours), *corpora.english_sentences(lines)]
    words = readings.lexicon(fingerprint.LOOKUPS[0])
    used = {unit for sentence in sentences for unit in sentence.units} | {c for word in words for c in word[0]}
    share = readings.shares(sentences, words)
    share = {(c, s): v for (c, s), v in share.items() if v >= LEAST_READING and c in used}
    units = [*RESERVED, *sorted({character for character, _ in share})]
    say(f"{len(sentences)} sentences, {len(words)} words, {len(units)} characters; counting")
    number = {unit: i for i, unit in enumerate(units) if unit}
    levels = language_model(sentences, words, number)
    say("n-grams kept: " + ", ".join(str(len(level.keys)) for level in levels))
    toneless = sorted({reading[:-1] for _, reading in share})
    rows = spelled.rows(toneless)
    known = english.words(lines, fingerprint.LOOKUPS[1], {row[0] for row in rows})
    arrays = {
        "fingerprint": text([fingerprint.of_sources()]),
        "units": text(units),
        "syllables": text(toneless),
        **model(levels),
        **spelling_table(rows, toneless),
        **reading_table(share, number, toneless),
        "english": text(known),
        "english_logp": fine(np.array(list(known.values()))),
    }
    TABLES.parent.mkdir(exist_ok=True)
    np.savez_compressed(TABLES, **arrays)
    say(f"{TABLES.name}: {TABLES.stat().st_size / 1e6:.1f} MB")


def language_model(
    sentences: list[corpora.Sentence], words: list[readings.Word], number: dict[str, int]
) -> list[ngrams.Grams]:
    """Estimate from everything, mix in what talk alone and the project's words alone say, and prune.

    Talk, written or transcribed, is a quarter of the text, and so is its say when all is counted together; mixed in
    as models of their own, its particles and turns of phrase count where they know the context.
    """
    size = max(number.values()) + 1
    counted = ngrams.count(*flatten(sentences, words, number))
    levels = ngrams.estimate(counted, size)
    domain = [word for word in words if word[2] == readings.DOMAIN]
    for source, listed, share in (("talk", [], TALK), ("hkcancor", [], SPOKEN), ("own", domain, OWN)):
        part = [sentence for sentence in sentences if sentence.source == source]
        levels = ngrams.mix(levels, ngrams.estimate(ngrams.count(*flatten(part, listed, number)), size), share)
    return ngrams.prune(ngrams.renew(levels), counted, KEEP)


def flatten(
    sentences: list[corpora.Sentence], words: list[readings.Word], number: dict[str, int]
) -> tuple[ngrams.Ints, ngrams.Floats]:
    """Lay all sentences and words out in one row of unit numbers, 0 between them, with a weight for each."""
    row: list[int] = []
    weights: list[float] = []
    for sentence in sentences:
        row += [0, ngrams.START, *(number[u] for u in sentence.units if u in number), ngrams.END]
        weights += [WEIGHTS[sentence.source]] * (len(row) - len(weights))
    for characters, _, weight in words:
        row += [0, ngrams.ANY, *(number[c] for c in characters)]
        weights += [weight] * (len(row) - len(weights))
    return np.array(row, np.int64), np.array(weights)


def text(parts: list[str] | dict[str, float]) -> NDArray[np.uint8]:
    """Keep strings as bytes, a space between them."""
    return np.frombuffer(" ".join(parts).encode("utf-8"), np.uint8)


def fine(logp: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Keep log probabilities as whole sixteenths below zero."""
    kept: NDArray[np.uint16] = np.clip(np.round(-logp * FINE), 0, 511).astype(np.uint16)
    return kept


def model(levels: list[ngrams.Grams]) -> dict[str, NDArray[np.generic]]:
    """Keep the n-grams of each order as steps from key to key, and their numbers."""
    kept: dict[str, NDArray[np.generic]] = {}
    for order, level in enumerate(levels, 1):
        kept[f"grams{order}"] = np.diff(level.keys, prepend=0)
    kept["logp"] = fine(np.concatenate([level.logp for level in levels]))
    kept["backoff"] = fine(np.concatenate([level.backoff for level in levels]) - 2.0)
    return kept


def spelling_table(rows: list[spelled.Row], toneless: list[str]) -> dict[str, NDArray[np.generic]]:
    """Keep spellings once each, with bounds into the rows that say what they may be."""
    place = {syllable: i for i, syllable in enumerate(toneless)}
    texts = sorted({row[0] for row in rows})
    starts = np.searchsorted(np.array([row[0] for row in rows]), np.array(texts))
    return {
        "spelled": text(texts),
        "spelled_bounds": np.append(starts, len(rows)).astype(np.int32),
        "spelled_syllable": np.array([place[row[1]] for row in rows], np.int16),
        "spelled_tones": np.array([row[2] for row in rows], np.int16),
        "spelled_share": np.array([row[3] for row in rows], np.float16),
    }


def reading_table(
    share: dict[tuple[str, str], float], number: dict[str, int], toneless: list[str]
) -> dict[str, NDArray[np.generic]]:
    """Keep P(syllable, tone | character), by syllable."""
    place = {syllable: i for i, syllable in enumerate(toneless)}
    rows = sorted((place[s[:-1]], number[c], int(s[-1]), value) for (c, s), value in share.items())
    return {
        "read_syllable": np.array([row[0] for row in rows], np.int16),
        "read_unit": np.array([row[1] for row in rows], np.int16),
        "read_tone": np.array([row[2] for row in rows], np.int8),
        "read_logp": fine(np.log([row[3] for row in rows])),
    }


def say(line: str) -> None:
    """Tell on standard error what is being done."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
