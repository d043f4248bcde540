"""Evidence added up: what the words and characters of a message say for each language."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot.language.aligned import Language
from bot.language.identify import features, table
from bot.language.identify.tokens import Token

# The order of all scores, which are logarithms of odds.
LANGUAGES: tuple[Language, ...] = ("en", "yue", "zh")
Scores = tuple[float, float, float]

# A character inside English is a quotation, an English word after a character a loan.
_QUOTED = 2.5
_BEGUN = 5.0
# Far more people write Cantonese than Mandarin in Latin letters.
_CANTONESE_FIRST = 2.5
# A phrase that both could write is a little likelier Mandarin: whoever writes Cantonese mostly marks it.
_WRITTEN_FIRST = 0.25
# How much the language of the conversation counts.
HABIT = 2.0


def weigh(text: str, words: Sequence[Token], han: Sequence[Token]) -> Scores:
    """Add up what Latin words and characters say for English, Cantonese and Mandarin."""
    if not han:
        return of_words([word.form for word in words])
    characters = "".join(run.form for run in han)
    known = table.load("characters")
    cantonese, mandarin = known.score(features.characters(characters))
    english, spelled = _loans(text, words)
    against = _QUOTED if words and words[0].start < han[0].start else _BEGUN
    return (
        english - against * len(characters),
        cantonese + known.bias[0] + spelled,
        mandarin + known.bias[1] + _WRITTEN_FIRST,
    )


def of_words(words: list[str]) -> Scores:
    """Add up what plain Latin words say, side by side."""
    known = table.load("latin")
    english, cantonese, mandarin = known.score(features.latin(words))
    return english + known.bias[0], cantonese + known.bias[1], mandarin + known.bias[2] - _CANTONESE_FIRST


def of_one(word: str) -> Scores:
    """Say which language one word is in, whatever stands beside it."""
    known = table.load("words")
    english, cantonese, mandarin = known.score(features.of_word(word))
    return english + known.bias[0], cantonese + known.bias[1], mandarin + known.bias[2]


def _loans(text: str, words: Sequence[Token]) -> tuple[float, float]:
    """Weigh the Latin words among characters: how English they are, how Cantonese rather than Mandarin.

    Names (请叫 Peter Chan 回电) count for nothing, and English words not for Cantonese.
    """
    plain = [word.form for word in words if text[word.start].islower()]
    if not plain:
        return 0.0, 0.0
    english, cantonese, mandarin = of_words(plain)
    spelled = max(cantonese, mandarin) > english
    return english - max(cantonese, mandarin, -5.0), max(-4.0, min(4.0, cantonese - mandarin)) if spelled else 0.0


def leaning(scores: Scores, previous: Language) -> Scores:
    """Favour the language of the conversation.

    >>> leaning((1.0, 0.0, 0.0), "yue")
    (1.0, 2.0, 0.0)
    """
    english, cantonese, mandarin = scores
    return (
        english + HABIT * (previous == "en"),
        cantonese + HABIT * (previous == "yue"),
        mandarin + HABIT * (previous == "zh"),
    )


def confidence(scores: Scores) -> float:
    """Turn scores into the probability of the best.

    >>> confidence((0.0, 0.0, -100.0))
    0.5
    """
    best = max(scores)
    return 1.0 / sum(math.exp(score - best) for score in scores)
