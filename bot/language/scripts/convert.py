"""Simplified to traditional characters and back, and which of the two a text is written in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from opencc import OpenCC

# Ideographs with their extensions, 〇 and 々.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAS_HAN = re.compile(f"[{HAN}]")
# 臺, 檯 and 溼 are what OpenCC writes for Taiwan; 台 and 濕 are what people in Hong Kong and Taiwan both type.
_EVERYDAY = str.maketrans("臺檯溼", "台台濕")
# Simplified Cantonese writes 系 for the verb 係; OpenCC, made for Mandarin, leaves it.
_CANTONESE = re.compile("[唔冇咗嘅喺嚟哋啲嗰噉咁乜嘢啱㗎咩喎囉嗮冚俾畀攞]")
_COPULA = re.compile("(?<![一体體派水世关關联聯维維母父谱譜干幹星科院])系(?![统統列所数數谱譜主教里裡])")


@lru_cache
def converter(name: str) -> OpenCC:
    """Load one of OpenCC's converters, once for all who need it: each has its own words in memory."""
    return OpenCC(name)


def _traditional(text: str) -> str:
    """Convert as OpenCC's s2tw does, in its two steps, the first of which the reader of Jyutping needs by itself."""
    taiwan: str = converter("t2tw").convert(converter("s2t").convert(text))
    return taiwan


def to_simplified(text: str) -> str:
    """Write Chinese in simplified characters and leave all else.

    >>> to_simplified("我部冷氣唔凍，TV 又冇畫面")
    '我部冷气唔冻，TV 又冇画面'
    """
    if not _HAS_HAN.search(text):
        return text
    simplified: str = converter("t2s").convert(text)
    return simplified


def to_traditional(text: str) -> str:
    """Write Chinese in traditional characters that read naturally from Taipei to Hong Kong.

    >>> to_traditional("我家空调里面不制冷了，后天来台湾修")
    '我家空調裡面不製冷了，後天來台灣修'
    >>> to_traditional("服务台的除湿机")
    '服務台的除濕機'
    >>> to_traditional("我系关生，部机系咪坏咗")
    '我係關生，部機係咪壞咗'
    """
    if not _HAS_HAN.search(text):
        return text
    if _CANTONESE.search(text):
        text = _COPULA.sub("係", text)
    return _traditional(text).translate(_EVERYDAY)


def han_script(text: str) -> Literal["simplified", "traditional"] | None:
    """Tell which script the characters prove; None when all of them belong to both, or both sides draw.

    >>> han_script("我家空调坏了"), han_script("我家冷氣壞了"), han_script("你好，再修一下")
    ('simplified', 'traditional', None)
    """
    leaning = sum(map(_leaning, text))
    if leaning == 0:
        return None
    return "simplified" if leaning > 0 else "traditional"


@lru_cache(maxsize=16384)
def _leaning(character: str) -> int:
    """Give 1 for a character only simplified writing has, -1 for one only traditional writing has.

    后, 里 or 系 are proper characters in both (Big5 and GB 2312 hold them) and say nothing, nor do
    唔 and 嘅, which every Cantonese writer uses.
    """
    if character < "\u3400":
        return 0
    if converter("t2s").convert(character) != character:
        return 0 if _encodable(character, "gb2312") else -1
    if _traditional(character) != character:
        return 0 if _encodable(character, "big5hkscs") else 1
    return 0


def _encodable(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
