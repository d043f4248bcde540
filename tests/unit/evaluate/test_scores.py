"""Scores count what they say they count."""

from __future__ import annotations

from typing import Any

import pytest

from bot.evaluate import scores
from bot.evaluate.gold import GoldEntity, GoldMessage
from bot.evaluate.model import Parsed


def parsed(
    label: str, *, intent: str | None = None, language: str = "en", entities: Any = (), ms: float = 1.0
) -> Parsed:
    output = {
        "intent": {"name": intent or label.split("/")[0], "confidence": 0.9},
        "label": label,
        "reply": {"language": language},
        "entities": [dict(zip(("entity", "start", "end", "value"), one, strict=True)) for one in entities],
    }
    return Parsed(output, ms)


def gold(label: str, variety: str = "en", *entities: GoldEntity) -> GoldMessage:
    return GoldMessage(label, variety, "text", entities)


def test_a_sub_intent_is_judged_by_its_whole_label() -> None:
    answers = [
        scores.answer(gold("faq/delivery"), parsed("faq/delivery")),
        scores.answer(gold("faq/delivery"), parsed("faq/returns")),
    ]
    assert scores.score(answers)["intent_accuracy"] == 0.5


def test_falling_back_is_wrong_but_reported_apart() -> None:
    measured = scores.score([scores.answer(gold("greet"), parsed("greet", intent="nlu_fallback"))])
    assert measured["intent_accuracy"] == 0
    assert measured["intent_accuracy_before_fallback"] == 1
    assert measured["fallback_share"] == 1


def test_entities_count_by_exact_span_and_name_and_values_of_those_found() -> None:
    wanted = (GoldEntity("product", 0, 3, "fan"), GoldEntity("fault", 5, 9, "noisy"), GoldEntity("date", 10, 12, None))
    given = [("product", 0, 3, "fan"), ("fault", 5, 8, "noisy"), ("date", 10, 12, "2026-01-01"), ("time", 13, 14, "x")]
    measured = scores.score([scores.answer(gold("inform", "en", *wanted), parsed("inform", entities=given))])
    assert measured["entity_precision"] == 0.5
    assert measured["entity_recall"] == pytest.approx(2 / 3, abs=1e-4)
    assert measured["entity_f1"] == pytest.approx(4 / 7, abs=1e-4)
    assert measured["value_accuracy"] == 1


def test_a_wrong_value_counts_against_values_only() -> None:
    one = scores.answer(
        gold("inform", "en", GoldEntity("product", 0, 3, "fan")),
        parsed("inform", entities=[("product", 0, 3, "laptop")]),
    )
    measured = scores.score([one])
    assert (measured["entity_f1"], measured["value_accuracy"]) == (1, 0)


@pytest.mark.parametrize(
    ("variety", "language", "right"),
    [("zh-Hant", "zh", 1), ("yue-jyutping", "yue", 1), ("yue-Hant", "zh", 0), ("mixed", "en", None)],
)
def test_language_is_judged_where_the_variety_names_one(variety: str, language: str, right: int | None) -> None:
    measured = scores.score([scores.answer(gold("greet", variety), parsed("greet", language=language))])
    assert measured["language_accuracy"] == right


def test_times_are_given_at_the_middle_and_the_slow_end() -> None:
    answers = [scores.answer(gold("greet"), parsed("greet", ms=float(ms))) for ms in range(1, 101)]
    measured = scores.score(answers)
    assert (measured["ms_p50"], measured["ms_p95"]) == (51, 96)


def test_mistakes_are_listed_commonest_first() -> None:
    answers = [scores.answer(gold("deny"), parsed(label)) for label in ("cancel", "cancel", "affirm", "deny")]
    assert scores.confusions(answers) == [("deny", "cancel", 2), ("deny", "affirm", 1)]
