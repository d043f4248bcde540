"""Codes as people write them: serial numbers, models and order numbers in any case, width and spacing."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import func

_SEPARATORS = re.compile(r"[\s\-–—_./]+")


def plain_code(text: str) -> str:
    """Give a code without case, width, spaces and dashes.

    >>> plain_code("ｋｆｒ- 35 gw")
    'KFR35GW'
    """
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def is_code(column: Any, text: str) -> Any:
    """Give the condition that a column holds a code, however either of them is spaced."""
    spaceless = func.upper(column)
    for separator in "- _./":
        spaceless = func.replace(spaceless, separator, "")
    return spaceless == plain_code(text)
