"""Characters to Jyutping, for answers and for reading aloud."""

from __future__ import annotations

import re

from bot.language.romanization import said
from bot.language.scripts.convert import converter

# Simplified characters that are traditional ones as well.
_BOTH = frozenset("后里面只系几台表范丑谷余云征干斗松沖着冲布占回周志采注群峰床吃咸舍才伙向沾杯游吓")
_LATIN = str.maketrans("，。！？；：、（）「」『』《》〈〉【】～·％＋－／", ",.!?;:,()\"\"''\"\"''[]~·%+-/")
_WIDE = {"…": "...", "——": " - ", "—": " - "}
_PIECE = re.compile(r"[+$]?[A-Za-z0-9][A-Za-z0-9.,:'’@_/+&#%\-]*[A-Za-z0-9%+]|[+$]?[A-Za-z0-9]|\s+|.", re.DOTALL)
_TIGHT_BEFORE, _TIGHT_AFTER = frozenset(",.!?;:)]%~…"), frozenset("([")


def syllables_of(characters: str) -> list[tuple[str, str | None]]:
    """Give each character with its Jyutping in context, None for what is no Chinese character."""
    read = said.load().read(_traditional(characters))
    if len(read) != len(characters):
        read = said.load().read(characters)
    return [(character, reading) for character, (_, reading) in zip(characters, read, strict=True)]


def _traditional(characters: str) -> str:
    """Give simplified Cantonese in traditional characters, which alone are all listed; else the text as it is."""
    changed = converter("s2t").convert(characters)
    if len(changed) != len(characters):
        return characters
    plainly = any(c != t and c not in _BOTH for c, t in zip(characters, changed, strict=True))
    return changed if plainly else characters


def to_jyutping(characters: str) -> str:
    """Write Cantonese characters in Jyutping: syllables spaced, Latin words, numbers and punctuation kept.

    >>> to_jyutping("星期一 09:00–13:00")
    'sing1 kei4 jat1 09:00–13:00'
    >>> to_jyutping("你部洗衣機，大約30分鐘後有人嚟睇。")
    'nei5 bou6 sai2 ji1 gei1, daai6 joek3 30 fan1 zung1 hau6 jau5 jan4 lai4 tai2.'
    """
    tokens: list[str] = []
    for character, reading in syllables_of(_latin(characters)):
        tokens.append(f"\0{reading}\0" if reading else character)
    return _spaced("".join(tokens))


def _latin(text: str) -> str:
    for wide, narrow in _WIDE.items():
        text = text.replace(wide, narrow)
    return text.translate(_LATIN)


def _spaced(marked: str) -> str:
    """Put spaces between syllables, words and numbers, none before punctuation."""
    out = ""
    quoted = False
    for piece in re.findall(r"\0[^\0]+\0|[^\0\s]+|\s+", marked):
        if piece.isspace():
            out = out.rstrip(" ") + ("\n" * piece.count("\n") or " ") if out else out
            continue
        if piece[0] == "\0":
            out += ("" if _open(out, quoted) else " ") + piece[1:-1]
            continue
        for part in _PIECE.findall(piece):
            if part in "\"'":
                out += part if quoted or _open(out, False) else " " + part
                quoted = not quoted
            elif part[0] in _TIGHT_BEFORE:
                out = out.rstrip(" ") + part
            elif part[0].isalnum() or part[0] in "+$" or part in _TIGHT_AFTER:
                out += ("" if _open(out, quoted) else " ") + part
            else:
                out += part
    return out.strip()


def _open(out: str, quoted: bool) -> bool:
    """Tell whether the next word needs no space before it."""
    return not out or out[-1] in " \n([/-–" or (quoted and out[-1] in "\"'")
