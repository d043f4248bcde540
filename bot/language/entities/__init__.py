"""Entities of a message: products, faults, numbers, dates, places, names, wishes."""

from bot.language.entities.entity import Entity
from bot.language.entities.finder import find, load

__all__ = ["Entity", "find", "load"]
