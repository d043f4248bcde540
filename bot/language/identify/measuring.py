"""How often identification is right on labelled messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.language.aligned import Language
from bot.language.identify.decide import identify

# Labels of the public sets, and the language each stands for.
LABELS: dict[str, Language] = {"en": "en", "zh": "zh", "zh_pinyin": "zh", "yue": "yue", "yue_rom": "yue"}


@dataclass(frozen=True)
class Measured:
    """Counts over labelled messages; a message called neutral is not counted right."""

    messages: int
    right: int
    neutral: int
    right_in_conversation: int
    confusions: tuple[tuple[str, str, int], ...]
    wrong: tuple[tuple[str, str, str], ...]

    @property
    def accuracy(self) -> float:
        """Give the share of messages named right with nothing known before."""
        return self.right / self.messages if self.messages else 0.0

    @property
    def accuracy_in_conversation(self) -> float:
        """Give the share answered right when the customer already spoke that language."""
        return self.right_in_conversation / self.messages if self.messages else 0.0


def measure(rows: Iterable[tuple[str, str]]) -> Measured:
    """Identify each (label, text) alone and inside a conversation in its language.

    >>> measured = measure([("yue_rom", "nei hou maa"), ("en", "my fridge is broken"), ("en", "ok")])
    >>> measured.right, measured.neutral, measured.right_in_conversation
    (2, 1, 3)
    """
    confusions: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[str, str, str]] = []
    kept = 0
    for label, text in rows:
        wanted = LABELS[label]
        answer = identify(text).language or "neutral"
        confusions[label, answer] += 1
        if answer != wanted:
            wrong.append((label, answer, text))
        kept += (identify(text, wanted).language or wanted) == wanted
    messages = sum(confusions.values())
    return Measured(
        messages,
        messages - len(wrong),
        sum(count for (_, answer), count in confusions.items() if answer == "neutral"),
        kept,
        tuple((label, answer, count) for (label, answer), count in sorted(confusions.items())),
        tuple(wrong),
    )


def read_rows(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Read `label<TAB>text` lines; a header or a line without a known label is left out."""
    cut = (line.rstrip("\n").split("\t", 1) for line in lines)
    return [(row[0], row[1]) for row in cut if len(row) == 2 and row[0] in LABELS]
