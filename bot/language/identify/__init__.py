"""Which language and script a message is in, and which language each of its words is."""

from bot.language.identify.decide import identify
from bot.language.identify.found import Identified, Romanized, TokenLanguage
from bot.language.identify.measuring import Measured, measure, read_rows
from bot.language.identify.table import load as load_table

__all__ = ["Identified", "Measured", "Romanized", "TokenLanguage", "identify", "load", "measure", "read_rows"]


def load() -> None:
    """Read the tables now rather than at the first message."""
    load_table("latin")
    load_table("characters")
