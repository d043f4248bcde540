"""What identification answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.language.aligned import Language, Script

Romanized = Literal["jyutping", "pinyin"]


@dataclass(frozen=True)
class TokenLanguage:
    """A part of a message and the language it is in; None for what belongs to none."""

    start: int
    end: int
    language: Language | None


@dataclass(frozen=True)
class Identified:
    """What a message shows of its language and script.

    `language` is None where a message says nothing: the conversation keeps the one it has. `script`
    is evidence only: None for characters that both scripts share, and for neutral messages. `firm` is
    False where the message may be a loan that anyone makes: one word, a courtesy ("thanks a lot"), a guess.
    """

    language: Language | None
    script: Script | None
    confidence: float
    romanized: Romanized | None
    tokens: tuple[TokenLanguage, ...]
    firm: bool = True
