"""The names that the pipeline knows: products, languages, scripts, districts and phrases that mean none of them."""

from __future__ import annotations

import re

from bot.language import districts
from bot.language.entities import patterns, tables
from bot.language.entities.pipeline import Name

_NEAR = ("hk.", "mo.", "gd.guangzhou", "gd.shenzhen", "gd.foshan", "gd.zhuhai", "gd.dongguan", "gd.zhongshan")
_SOUND_ALIKE = frozenset(
    re.findall(r"\S+", "离岛 港岛 太子 深井 石门 西环 西湾 大坑 天后 北区 东区 南区 西关 大澳 厚街 石岐 南城 东城")
)
_ALSO_SAID = frozenset(re.findall(r"\S+", "早抖 灶头 厂机 笔本 炉 灶 扇 饭煲 电扇 风机 新会 羊城 台湾 香港仔"))
"""Names that everyday words sound like: jou tau is 早唞, faan bou 返部."""


def known_names() -> list[Name]:
    """Give every name with its label and code, folded; what is listed first keeps a phrase."""
    raw: list[tuple[str, str, str]] = []
    for code, lists in tables.read("products").items():
        label, value = ("nothing", "") if code == "nothing" else ("product", code)
        for phrases in lists.values():
            raw.extend((label, value, phrase) for pattern in phrases for phrase in patterns.expand(str(pattern)))
    for label, codes in tables.read("wishes").items():
        raw.extend((label, code, phrase) for code, phrases in codes.items() for phrase in phrases)
    raw.extend(("district", code, name) for code, place in districts.load().items() for name in place.names)
    folded = tables.simplify([phrase for _, _, phrase in raw])
    return [Name(label, value, phrase) for (label, value, _), phrase in zip(raw, folded, strict=True)]


def heard() -> list[str]:
    """Give the phrases that are recognised by sound, beside the names."""
    raw = [phrase for group in tables.read("heard").values() for one in group for phrase in patterns.expand(str(one))]
    return tables.simplify(raw)


def audible(names: list[Name]) -> list[str]:
    """Give the names that are recognised by sound: no far-away places, none that sounds like everyday words."""
    return [
        one.phrase
        for one in names
        if one.label != "nothing"
        and one.phrase not in _ALSO_SAID
        and not (one.label == "district" and (one.phrase in _SOUND_ALIKE or not one.value.startswith(_NEAR)))
    ]
