"""The decision: one language and script for a message, and a language for each of its words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.aligned import Language, Script
from bot.language.identify.evidence import HABIT, LANGUAGES, confidence, leaning, of_one, weigh
from bot.language.identify.found import Identified, Romanized, TokenLanguage
from bot.language.identify.neutral import is_always_cantonese, is_courtesy, is_name, is_neutral
from bot.language.identify.tokens import Token, tokens
from bot.language.scripts import han_script

# How much a message counts that can only be Cantonese.
_CERTAIN = 5.0
# From this probability on a message is taken at its word.
_CLEAR = 0.8


def identify(text: str, previous: Language | None = None) -> Identified:
    """Tell which language and script a message is in; `previous` decides what could be two.

    >>> identify("我部冷氣唔凍").language, identify("ngo bou laang hei m dung").language
    ('yue', 'yue')
    >>> identify("OK 👍").language, identify("wo jia kong tiao huai le").language
    (None, 'zh')
    """
    parts = tokens(text)
    spoken = [part for part in parts if part.kind == "latin"]
    han = [part for part in parts if part.kind == "han"]
    certain = len(spoken) == len(parts) and is_always_cantonese([part.form for part in spoken])
    words = spoken if certain else [part for part in spoken if not is_neutral(part.form)]
    if not (words or han) or is_name(text, parts):
        return _nothing_said(text, parts)
    scores = weigh(text, words, han)
    if certain:
        scores = (scores[0], max(scores) + _CERTAIN, scores[2])
    if previous is not None:
        scores = leaning(scores, previous)
    language = LANGUAGES[scores.index(max(scores))]
    labelled = _tokens(parts, language)
    sure = confidence(scores)
    return Identified(
        language,
        _script(text, language, words, han),
        sure,
        _romanized(words, labelled, language),
        labelled,
        firm=sure >= _CLEAR and _says_enough(words, han, language),
    )


def _nothing_said(text: str, parts: Sequence[Token]) -> Identified:
    """Answer for names, numbers and words that everybody uses."""
    if any(part.kind == "foreign" for part in parts):
        # Thai or Devanagari: a stranger is best answered in English, a customer as before.
        return Identified("en", None, 0.0, None, _tokens(parts, None), firm=False)
    return Identified(None, han_script(text), 0.0, None, _tokens(parts, None), firm=False)


def _says_enough(words: Sequence[Token], han: Sequence[Token], language: Language) -> bool:
    """Tell a message that shows its writer's language from a loan or a courtesy.

    In English it takes a word more: "washing machine" is what a Cantonese writer says too.
    """
    telling = sum(not is_courtesy(word.form) for word in words)
    return sum(len(run.form) for run in han) > 2 or (telling > 1 and len(words) > 1 + (language == "en"))


def _tokens(parts: Sequence[Token], language: Language | None) -> tuple[TokenLanguage, ...]:
    """Label each part: characters as the message, Latin words by their own letters."""
    lean = 0.0 if any(part.kind == "han" for part in parts) else HABIT
    return tuple(TokenLanguage(part.start, part.end, _token_language(part, language, lean)) for part in parts)


def _token_language(part: Token, language: Language | None, lean: float) -> Language | None:
    """Name the language of one part; a word that is not of the message's Chinese is a loan from English."""
    if part.kind in ("neutral", "foreign") or language is None or (part.kind == "latin" and is_neutral(part.form)):
        return None
    if part.kind == "han":
        return "zh" if language == "en" else language
    if language == "en":
        return "en"
    english, cantonese, mandarin = of_one(part.form)
    return language if (cantonese if language == "yue" else mandarin) + lean >= english else "en"


def _romanized(words: Sequence[Token], labelled: Sequence[TokenLanguage], language: Language) -> Romanized | None:
    """Tell which romanization a Chinese message uses, if any."""
    if language == "en":
        return None
    places = {word.start for word in words}
    if any(token.start in places and token.language == language for token in labelled):
        return "jyutping" if language == "yue" else "pinyin"
    return None


def _script(text: str, language: Language, words: Sequence[Token], han: Sequence[Token]) -> Script | None:
    """Give the script that a message proves."""
    if han and language != "en" and sum(len(run.form) for run in han) * 2 >= len(words):
        return han_script(text)
    return "latin" if words else None
