"""Where an address lies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from bot.language.districts import WHOLE, load, serves
from bot.language.scripts import to_simplified

_STREET = r"(?![一二三四五六七八九十东西南北中]?[路街道巷])"  # 中山五路 is a street, not Zhongshan


def district_in(address: str) -> str | None:
    """Give the code of the district that an address in Chinese names first, as exactly as it names it.

    >>> district_in("天河区体育西路103号"), district_in("廣州市越秀區中山五路18號")
    ('gd.guangzhou.tianhe', 'gd.guangzhou.yuexiu')
    >>> district_in("中山五路18号"), district_in("120 Nathan Road")
    (None, None)
    """
    return most_exact(_codes()[name[0]] for name in _names().finditer(to_simplified(address)))


def most_exact(codes: Iterable[str]) -> str | None:
    """Give the first of several districts, or what lies in it and is named as well; a whole region is none.

    >>> most_exact(["hk.yau_tsim_mong.mong_kok", "hk.hong_kong"]), most_exact(["hk.hong_kong", "hk.eastern"])
    ('hk.yau_tsim_mong.mong_kok', 'hk.eastern')
    >>> most_exact(["hk.hong_kong"]), most_exact(["gd.guangzhou.yuexiu", "gd.zhongshan"])
    (None, 'gd.guangzhou.yuexiu')
    """
    best: str | None = None
    for code in codes:
        if best is None or (code != best and serves(best, code)):
            best = code
    return None if best in WHOLE else best


@cache
def _codes() -> dict[str, str]:
    return {
        to_simplified(name): code
        for code, place in reversed(load().items())
        for name in place.names
        if len(name) > 1 and not name.isascii()
    }


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_codes(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))}){_STREET}")
