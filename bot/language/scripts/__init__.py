"""Simplified and traditional characters, and the folded form that features and matchers see."""

from bot.language.scripts.convert import converter, han_script, to_simplified, to_traditional
from bot.language.scripts.fold import fold

__all__ = ["converter", "fold", "han_script", "to_simplified", "to_traditional"]
