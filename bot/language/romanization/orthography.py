"""Three ways of writing the same Cantonese: the language model's, today's, and HKCanCor's of 1998.

The model keeps one character per particle *and* reading (𡃉 gaa3, 𠺢 gaa1), the way the transcribed corpus
does; people today write 㗎 for both. Every step maps one character to one, so places never shift.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Spelling = Literal["modern", "hkcancor"]

_MODERN = str.maketrans(
    {
        "𡃉": "㗎",
        "𠺢": "㗎",
        "囖": "囉",
        "揾": "搵",
        "喇": "啦",
        "嚹": "喇",
        "哩": "呢",
        "𠸏": "嘅",
        "𠻹": "添",
        "𡁵": "緊",
        "𠻺": "呀",
        "裏": "裡",
    }
)
_HKCANCOR = str.maketrans({"嚟": "來", "仲": "重"})
CORPUS_SIGNS = frozenset("𡃉𠺢囖嚹𠸏𠻺")
_FROM_MODERN = {
    "臺": "台",
    "爲": "為",
    "歳": "歲",
    "脣": "唇",
    "衞": "衛",
    "説": "說",
    "啓": "啟",
    "麽": "麼",
    "牀": "床",
    "峯": "峰",
    "喫": "食",
    "畀": "俾",
    "搵": "揾",
    "囉": "囖",
    "啦": "喇",
    "喇": "嚹",
    "裡": "裏",
    "著": "着",
    "黎": "嚟",
}


def unit(character: str, syllable: str, before: str, after: str) -> str:
    """Give the model's character for one of today's spelling, read as `syllable` between its neighbours.

    >>> unit("㗎", "gaa3", "係", ""), unit("㗎", "gaa3", "係", "嘛"), unit("來", "loi4", "將", "")
    ('𡃉', '𠺢', '來')
    """
    if character == "㗎":
        return "𠺢" if after and after in "嘛嗎" else "𡃉"
    if character == "嘛":
        return "嗎" if before and before in "㗎𠺢吖" else character
    if character in "來黎" and syllable == "lai4":
        return "嚟"
    if character == "嘅" and syllable == "ge2":
        return "𠸏"
    if character == "里" and syllable == "leoi5":
        return "裏"
    if character == "呢" and syllable.startswith(("ni", "nei", "nai", "li")):
        return "哩"
    if character == "黎":
        return character
    return _FROM_MODERN.get(character, character)


def corpus_unit(character: str, syllable: str, word: str) -> str:
    """Give the model's character for one of HKCanCor's spelling, read as `syllable` inside `word`.

    >>> corpus_unit("來", "lai4", "來"), corpus_unit("重", "zung6", "重有"), corpus_unit("重", "zung6", "重要")
    ('嚟', '仲', '重')
    """
    if character in "來黎" and syllable == "lai4":
        return "嚟"
    if character == "重" and syllable == "zung6" and (word == "重" or word[1:] in ("有", "係", "未", "話", "可以")):
        return "仲"
    return character


def modern(units: Sequence[str]) -> list[str]:
    """Write the model's characters as people do today.

    >>> "".join(modern("係𠺢嗎")), "".join(modern("唔得𡃉"))
    ('係㗎嘛', '唔得㗎')
    """
    before = ["", *units][: len(units)]
    return [
        "嘛" if u == "嗎" and b and b in "𠺢吖" else u.translate(_MODERN) for b, u in zip(before, units, strict=True)
    ]


def hkcancor(units: Sequence[str]) -> list[str]:
    """Write the model's characters as HKCanCor does."""
    return [u.translate(_HKCANCOR) for u in units]
