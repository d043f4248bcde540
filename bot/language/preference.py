"""What a customer is answered in, kept from message to message."""

from __future__ import annotations

from dataclasses import dataclass

from bot.language.aligned import Language, Script
from bot.language.identify import Identified

# The scripts each language can be answered in; the first is the one for a customer who showed none.
_SCRIPTS: dict[Language, tuple[Script, ...]] = {
    "en": ("latin",),
    "zh": ("simplified", "traditional"),
    "yue": ("traditional", "simplified", "latin", "both"),
}


@dataclass(frozen=True)
class Preference:
    """The language and script of answers, and whether the customer asked for them in so many words."""

    language: Language
    script: Script
    wished_language: bool = False
    wished_script: bool = False


def choose(
    previous: Preference | None,
    seen: Identified,
    wish_language: Language | None = None,
    wish_script: Script | None = None,
    *,
    presumed: bool = False,
) -> Preference | None:
    """Choose what to answer in; None for a stranger who has shown nothing yet.

    A wish always wins and stays. Else a message that clearly is in another language is followed at
    once; a loan word, a courtesy or a number keeps what was. With `presumed` the previous preference is not the
    customer's but their browser's: then even 你好 on an English page is Chinese.

    >>> from bot.language.identify import identify
    >>> mine = choose(None, identify("ngo bou laang hei waai zo"))
    >>> mine, choose(mine, identify("ok thanks", "yue")) == mine
    (Preference(language='yue', script='latin', wished_language=False, wished_script=False), True)
    >>> choose(mine, identify("讲普通话", "yue"), wish_language="zh")
    Preference(language='zh', script='simplified', wished_language=True, wished_script=False)
    """
    language = wish_language or _language(previous, seen, wish_script, presumed)
    if language is None:
        return None
    stays = previous is not None and previous.wished_language
    says = seen.language is not None and (seen.firm or wish_language is not None)
    script = _script(previous, seen, language, wish_script, says)
    wished_script = script == wish_script or bool(
        previous and previous.wished_script and not wish_script and script == previous.script
    )
    spoken = previous.language if previous else seen.language
    brings = bool(wish_script) and language != spoken  # "reply in Jyutping" asks for Cantonese as well
    return Preference(language, script, bool(wish_language) or brings or stays, wished_script)


def _language(
    previous: Preference | None, seen: Identified, wish_script: Script | None, presumed: bool
) -> Language | None:
    """Choose the language where none was asked for."""
    if previous is None:
        return _named_by_script(seen.language, wish_script) if wish_script else seen.language
    if wish_script:
        return _named_by_script(previous.language, wish_script)
    if previous.wished_language or seen.language is None:
        return previous.language
    in_characters = seen.language != "en" and seen.romanized is None
    follows = seen.firm or (presumed and previous.language == "en" and in_characters)
    return seen.language if follows else previous.language


def _named_by_script(language: Language | None, script: Script) -> Language | None:
    """Give the language a wished script belongs to: "in Jyutping please", typed by who wrote English so far.

    >>> _named_by_script("en", "latin"), _named_by_script("yue", "traditional"), _named_by_script("en", "simplified")
    ('yue', 'yue', 'zh')
    """
    if language == "yue" or (language == "zh" and script != "both"):
        return language
    return "yue" if script in ("latin", "both") else "zh"


def _script(
    previous: Preference | None, seen: Identified, language: Language, wish_script: Script | None, says: bool
) -> Script:
    """Choose the script for a language: wished, else shown, else kept, else the usual one.

    `says` tells whether the message is more than a number, a loan or a courtesy.
    """
    possible = _SCRIPTS[language]
    if wish_script in possible:
        return wish_script
    kept = previous.script if previous and previous.language != "en" and previous.script in possible else None
    if kept and previous and (previous.wished_script or not says):
        return kept
    if seen.script in possible and (seen.language == language or seen.script != "latin"):
        return seen.script
    if seen.language == language and kept == "latin" and seen.romanized is None and seen.script is None:
        return possible[0]  # from Jyutping to characters that both scripts share
    return kept or possible[0]
