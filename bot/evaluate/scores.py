"""Scores of understood messages against what they should be understood as."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluate.gold import GoldMessage
from bot.evaluate.model import Parsed

FALLBACK = "nlu_fallback"
_LANGUAGES = ("en", "zh", "yue")

Score = float | int | None


@dataclass(frozen=True)
class Answer:
    """A message, what it should be, and what was made of it."""

    gold: GoldMessage
    label: str
    fell_back: bool
    confidence: float
    language: str | None
    entities: tuple[tuple[str, int, int, str], ...]
    milliseconds: float

    @property
    def final(self) -> str:
        """The label that counts: falling back is an answer too, and a wrong one."""
        return FALLBACK if self.fell_back else self.label


def answer(gold: GoldMessage, parsed: Parsed) -> Answer:
    """Take from a parse what is scored."""
    output = parsed.output
    intent = output["intent"]
    return Answer(
        gold,
        output.get("label") or intent["name"] or "",
        intent["name"] == FALLBACK,
        float(intent["confidence"]),
        (output.get("reply") or {}).get("language"),
        tuple((e["entity"], e["start"], e["end"], str(e["value"])) for e in output["entities"]),
        parsed.milliseconds,
    )


def score(answers: Sequence[Answer]) -> dict[str, Score]:
    """Score answers together; None where there was nothing to score."""
    spoken = [one for one in answers if _language(one.gold.variety)]
    times = sorted(one.milliseconds for one in answers)
    return {
        "messages": len(answers),
        "intent_accuracy": _share(one.final == one.gold.label for one in answers),
        "intent_accuracy_before_fallback": _share(one.label == one.gold.label for one in answers),
        **_entities(answers),
        "language_accuracy": _share(one.language == _language(one.gold.variety) for one in spoken),
        "fallback_share": _share(one.fell_back for one in answers),
        "ms_p50": _percentile(times, 0.50),
        "ms_p95": _percentile(times, 0.95),
    }


def by_variety(answers: Sequence[Answer]) -> dict[str, dict[str, Score]]:
    """Score each variety by itself."""
    varieties = sorted({one.gold.variety for one in answers})
    return {variety: score([one for one in answers if one.gold.variety == variety]) for variety in varieties}


def by_label(answers: Sequence[Answer]) -> dict[str, dict[str, Score]]:
    """Give precision and recall of each label."""
    labels = sorted({one.gold.label for one in answers})
    return {
        label: {
            "messages": sum(one.gold.label == label for one in answers),
            "precision": _share(one.gold.label == label for one in answers if one.final == label),
            "recall": _share(one.final == label for one in answers if one.gold.label == label),
        }
        for label in labels
    }


def by_entity(answers: Sequence[Answer]) -> dict[str, dict[str, Score]]:
    """Score each entity by itself."""
    names = sorted({entity.name for one in answers for entity in one.gold.entities})
    return {name: _entities(answers, name) for name in names}


def confusions(answers: Sequence[Answer], most: int = 15) -> list[tuple[str, str, int]]:
    """Give the commonest mistakes: right label, given label, how often."""
    pairs = Counter((one.gold.label, one.final) for one in answers if one.final != one.gold.label)
    return [(right, given, times) for (right, given), times in pairs.most_common(most)]


def _entities(answers: Sequence[Answer], name: str | None = None) -> dict[str, Score]:
    """Score exact spans and names, and of those found the values that the file gives."""
    right = found = marked = values = valued = 0
    for one in answers:
        given = {entity[:3]: entity[3] for entity in one.entities if name in (None, entity[0])}
        wanted = {(e.name, e.start, e.end): e.value for e in one.gold.entities if name in (None, e.name)}
        found += len(given)
        marked += len(wanted)
        for place in given.keys() & wanted.keys():
            right += 1
            if wanted[place] is not None:
                valued += 1
                values += given[place] == wanted[place]
    precision, recall = right / found if found else None, right / marked if marked else None
    f1 = 2 * right / (found + marked) if found + marked else None
    return {
        "entity_precision": _rounded(precision),
        "entity_recall": _rounded(recall),
        "entity_f1": _rounded(f1),
        "value_accuracy": _rounded(values / valued if valued else None),
    }


def _language(variety: str) -> str | None:
    return next((language for language in _LANGUAGES if variety.startswith(language)), None)


def _share(true: object) -> Score:
    facts = [bool(fact) for fact in true]  # type: ignore[attr-defined]
    return _rounded(sum(facts) / len(facts)) if facts else None


def _rounded(value: float | None) -> Score:
    return None if value is None else round(value, 4)


def _percentile(ordered: Sequence[float], share: float) -> Score:
    return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 2) if ordered else None
