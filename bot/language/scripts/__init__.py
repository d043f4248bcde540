"""Simplified and traditional characters, and the folded form that features and matchers see."""

from bot.language.scripts.convert import han_script, load, to_simplified, to_traditional
from bot.language.scripts.fold import fold

__all__ = ["fold", "han_script", "load", "to_simplified", "to_traditional"]
