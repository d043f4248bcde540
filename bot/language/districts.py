"""Cities and districts of Guangdong, Hong Kong and Macau, and other places customers name.

Codes go from the region to the neighbourhood, `hk.yau_tsim_mong.mong_kok`: what serves Yau Tsim
Mong serves Mong Kok.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.language.aligned import Language
from bot.language.entities import tables

WHOLE = frozenset({"gd.guangdong", "hk.hong_kong", "tw.taiwan", "sg.singapore", "my.malaysia"})
"""Codes of whole regions; every place of the region lies in them."""


@dataclass(frozen=True)
class District:
    """A place by its code, its names for answers and the other names people give it."""

    code: str
    english: str
    traditional: str
    also: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the usual ones first."""
        return (self.english, self.traditional, *self.also)


@cache
def load() -> dict[str, District]:
    """Read the table of places, by code."""
    lines = (tables.FOLDER / "districts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines if line)
    return {
        code: District(code, english, traditional, tuple(name for name in also.split(";") if name))
        for code, english, traditional, also in rows
    }


def name(code: str, language: Language) -> str:
    """Give the name of a place for an answer; Chinese in traditional characters.

    >>> name("hk.yau_tsim_mong.mong_kok", "en"), name("gd.guangzhou.tianhe", "zh")
    ('Mong Kok', '天河')
    """
    place = load()[code]
    return place.english if language == "en" else place.traditional


def serves(area: str, place: str) -> bool:
    """Tell whether a place lies in an area.

    >>> serves("hk.yau_tsim_mong", "hk.yau_tsim_mong.mong_kok"), serves("hk.hong_kong", "hk.north")
    (True, True)
    >>> serves("hk.sha_tin", "hk.north"), serves("hk.north", "hk.hong_kong")
    (False, False)
    """
    within = area.split(".")[0] if area in WHOLE else area
    return place == area or place.startswith(f"{within}.")
