"""Learning intents from a few lines, keeping what was learned, and being honest about it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.language.intents import Classifier, Held, Line, calibration, ridge
from bot.language.intents.features import features
from bot.language.intents.gloss import gloss
from bot.language.intents.vocabulary import Vocabulary
from bot.language.reading import read

TAUGHT = [
    ("my fridge has stopped working", "report_fault"),
    ("the washing machine leaks", "report_fault"),
    ("冰箱坏了不制冷", "report_fault"),
    ("洗衣机漏水了", "report_fault"),
    ("我部冷氣唔凍", "report_fault"),
    ("部洗衣機漏水", "report_fault"),
    ("let me talk to a person", "request_human"),
    ("I want a human agent", "request_human"),
    ("转人工客服", "request_human"),
    ("我要找真人", "request_human"),
    ("我想搵真人", "request_human"),
    ("幫我轉客服", "request_human"),
    ("hello there", "greet"),
    ("good morning", "greet"),
    ("你好", "greet"),
    ("早上好", "greet"),
    ("早晨", "greet"),
    ("哈囉你好", "greet"),
]


@pytest.fixture(scope="module")
def taught() -> tuple[Classifier, Held]:
    return Classifier.fit([Line(read(text), label, group) for group, (text, label) in enumerate(TAUGHT)])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("could a real person please talk to me", "request_human"),
        ("the fridge isn't working any more", "report_fault"),
        ("空调漏水", "report_fault"),
        ("我要人工", "request_human"),
        ("部雪櫃壞咗唔凍", "report_fault"),
        ("ngo bou laang hei m dung", "report_fault"),
        ("hello good morning", "greet"),
    ],
)
def test_a_wording_never_seen_is_understood(taught: tuple[Classifier, Held], text: str, label: str) -> None:
    assert taught[0].guess(read(text))[0].label == label


def test_what_is_like_nothing_learned_belongs_less(taught: tuple[Classifier, Held]) -> None:
    label, near = taught[0].belonging(read("my fridge is broken"), "greet")
    _, far = taught[0].belonging(read("seventeen violins beneath the purple moon"), "greet")
    assert label == "report_fault"
    assert near > far + 0.3


def test_the_label_of_what_is_outside_is_never_the_one_belonged_to(taught: tuple[Classifier, Held]) -> None:
    outside = taught[0].belonging(read("hello"), "greet")
    inside = taught[0].belonging(read("hello"), "no such label")
    assert (outside[0] != "greet", inside[0]) == (True, "greet")
    assert inside[1] > outside[1]


def test_confidences_add_up_to_one_and_fall(taught: tuple[Classifier, Held]) -> None:
    guesses = taught[0].guess(read("my fridge leaks"))
    assert sum(guess.confidence for guess in guesses) == pytest.approx(1, abs=1e-4)
    assert [guess.confidence for guess in guesses] == sorted((guess.confidence for guess in guesses), reverse=True)
    assert len(guesses) == len(taught[0].labels)


@pytest.mark.parametrize("text", ["", " ", "?!", "\u200b", "🙂", "/", "𠮷" * 5, "a" * 1000])
def test_anything_a_keyboard_makes_is_answered(taught: tuple[Classifier, Held], text: str) -> None:
    guesses = taught[0].guess(read(text))
    assert all(np.isfinite(guess.confidence) for guess in guesses)


def test_what_was_kept_answers_the_same_when_loaded(taught: tuple[Classifier, Held], tmp_path: Path) -> None:
    taught[0].save(tmp_path)
    loaded = Classifier.load(tmp_path)
    for text in ("my fridge leaks", "我要人工", "nei hou"):
        assert loaded.guess(read(text)) == taught[0].guess(read(text))
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json", ".txt"}


def test_training_twice_gives_the_same_classifier(taught: tuple[Classifier, Held]) -> None:
    again, _ = Classifier.fit([Line(read(text), label, group) for group, (text, label) in enumerate(TAUGHT)])
    text = read("the air con leaks and I want a person")
    assert [guess.label for guess in again.guess(text)] == [guess.label for guess in taught[0].guess(text)]


def test_a_line_left_out_is_scored_as_by_a_classifier_that_never_saw_its_group() -> None:
    rng = np.random.default_rng(3)
    from scipy.sparse import csr_matrix

    sense = rng.normal(size=(12, 8)).astype(np.float32)
    sense /= np.linalg.norm(sense, axis=1, keepdims=True)
    words = csr_matrix(rng.random((12, 20)).astype(np.float32))
    targets = np.eye(3, dtype=np.float32)[np.arange(12) % 3]
    groups = [0, 0, *range(1, 11)]
    settings = ridge.Settings()
    trust = np.ones(12, dtype=np.float32)
    held = ridge.fit(words, sense, targets, groups, trust, settings).held[:2]
    rest = ridge.fit(words[2:], sense[2:], targets[2:], groups[2:], trust[2:], settings)
    expected = words[:2] @ rest.words + ridge.near(sense[:2], sense[2:], settings.sharpness) @ rest.sense
    assert held == pytest.approx(expected, abs=1e-3)


def test_the_temperature_found_is_the_one_that_made_the_scores() -> None:
    rng = np.random.default_rng(5)
    scores = rng.normal(size=(4000, 4)).astype(np.float32)
    shares = calibration.confidences(scores, 0.5)
    truth = np.array([rng.choice(4, p=row / row.sum()) for row in shares.astype(np.float64)])
    assert calibration.temperature(scores, truth) == pytest.approx(0.5, rel=0.15)


def test_a_label_with_many_lines_is_not_guessed_more_often_for_it() -> None:
    rng = np.random.default_rng(7)
    truth = np.repeat([0, 1, 2], [900, 60, 40])
    scores = (np.eye(3)[truth] * 0.5 + rng.normal(0, 0.4, (1000, 3)) + [0.4, 0, 0]).astype(np.float32)
    offsets = calibration.offsets(scores, truth, 0.3)
    weight = (1 / np.bincount(truth))[truth]

    def guessed(given: np.ndarray) -> np.ndarray:
        return weight @ calibration.confidences(given, 0.3)

    assert guessed(scores)[0] > 1.3
    assert guessed(scores + offsets) == pytest.approx(1, abs=0.01)
    assert float(offsets.sum()) == pytest.approx(0, abs=1e-4)


def test_features_seen_once_are_forgotten_and_rare_ones_weigh_more() -> None:
    vocabulary = Vocabulary.learn([["wrare", "wcommon"], ["wrare", "wcommon"], ["wcommon", "wonce"], ["wcommon"]])
    assert vocabulary.names == ["wcommon", "wrare"]
    indices, weights = vocabulary.weigh(["wcommon", "wrare", "wnever"])
    assert dict(zip(indices.tolist(), (weights > 0.6).tolist(), strict=True)) == {0: False, 1: True}
    assert float((weights**2).sum()) == pytest.approx(1)


def test_romanized_and_written_cantonese_share_their_characters() -> None:
    written = set(features(read("我部冷氣唔凍")))
    spelled = set(features(read("ngo5 bou6 laang5 hei3 m4 dung3")))
    assert len(written & spelled) > 0.8 * len(written)


def test_what_was_typed_counts_too_where_it_was_read_as_cantonese() -> None:
    typed = set(features(read("nei ho ah, ngo ge lang hei wai jor")))
    assert {"r#lang hei", "r#jor", "r wa"} <= typed
    assert not any(name[0] == "r" for name in features(read("我部冷氣壞咗")))
    assert not any(name[0] == "r" for name in features(read("my aircon is broken")))


def test_mandarin_is_left_alone_by_the_gloss() -> None:
    assert gloss("请问几点开门,点击这里") == "请问几点开门,点击这里"


def test_the_gloss_says_cantonese_in_mandarin() -> None:
    assert gloss("点解部雪柜唔冻") == "为什么部冰箱不冷"
