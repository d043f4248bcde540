"""No language lags: same files, labels and entities, enough lines, and no line that is another with a word swapped."""

from __future__ import annotations

import itertools

import pytest
from rapidfuzz import fuzz, process

from tests.parity.lines import LANGUAGES, MARK, by_label, frame, plain, training, unseen

LEAST = 60  # genuinely different lines a label and language
SAME = 92  # a similarity, of 100, above which two long frames are one line with a word swapped
LONG = 12  # characters; shorter ones are alike because they are short
FEWER = 0.5  # of the lines another language has for the same label

LABELS = sorted(by_label("en"))


def swapped(lines: list[str]) -> list[tuple[str, str]]:
    """Give the pairs of lines that are the same but for their entities or a letter or two."""
    frames = [frame(line) for line in lines]
    twins = [
        (a, b)
        for (a, fa), (b, fb) in itertools.combinations(zip(lines, frames, strict=True), 2)
        if fa == fb and len(fa) > LONG
    ]
    long = [(line, kept) for line, kept in zip(lines, frames, strict=True) if len(kept) > LONG]
    scores = process.cdist([f for _, f in long], [f for _, f in long], scorer=fuzz.ratio, score_cutoff=SAME, workers=1)
    rows, columns = scores.nonzero()
    return twins + [
        (long[i][0], long[j][0]) for i, j in zip(rows, columns, strict=True) if i < j and long[i][1] != long[j][1]
    ]


def test_every_language_has_the_same_files_and_labels():
    files = {language: {name: sorted(lines) for name, lines in training()[language].items()} for language in LANGUAGES}
    assert files["en"] == files["zh"] == files["yue"]
    assert len(LABELS) == 39


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", LABELS)
def test_a_label_has_enough_different_lines(label: str, language: str):
    lines = by_label(language)[label]
    again = swapped(lines)
    assert len(set(map(plain, lines))) - len(again) >= LEAST, again[:5]
    assert len(again) <= len(lines) * 0.03, again


@pytest.mark.parametrize("label", LABELS)
def test_no_language_has_far_fewer_lines_than_another(label: str):
    counts = {language: len(by_label(language)[label]) for language in LANGUAGES}
    assert min(counts.values()) >= FEWER * max(counts.values()), counts


def test_a_swapped_word_would_be_noticed():
    twins = ["my [fridge](product:refrigerator) is dripping everywhere", "my [fan](product:fan) is dripping everywhere"]
    assert swapped([*twins, "water all over the kitchen floor again"]) == [tuple(twins)]


def test_every_entity_of_a_language_occurs_in_every_other():
    pairs = {}
    for language in LANGUAGES:
        marks = (mark for lines in by_label(language).values() for line in lines for mark in MARK.finditer(line))
        pairs[language] = {mark[2] for mark in marks}
    assert pairs["en"] == pairs["zh"] == pairs["yue"]


@pytest.mark.parametrize("kind", ["product", "fault"])
def test_every_code_occurs_in_every_language(kind: str):
    import re

    codes = {}
    for language in LANGUAGES:
        lines = " ".join(line for lines in by_label(language).values() for line in lines)
        codes[language] = set(re.findall(rf"\]\({kind}:(\w+)\)", lines))
    assert codes["en"] == codes["zh"] == codes["yue"]
    assert len(codes["en"]) == {"product": 18, "fault": 23}[kind]


def test_no_unseen_message_occurs_in_training():
    known = {plain(line) for language in LANGUAGES for lines in by_label(language).values() for line in lines}
    assert [text for _, _, text in unseen() if plain(text) in known] == []


@pytest.mark.parametrize("label", LABELS)
def test_no_unseen_message_is_nearly_one_of_training(label: str):
    messages = [text for intent, _, text in unseen() if intent == label and len(plain(text)) > LONG]
    lines = [line for language in LANGUAGES for line in by_label(language)[label]]
    assert messages
    scores = process.cdist(
        list(map(plain, messages)), list(map(plain, lines)), scorer=fuzz.ratio, score_cutoff=90, workers=1
    )
    rows, columns = scores.nonzero()
    assert [(messages[i], lines[j]) for i, j in zip(rows, columns, strict=True)] == []
