"""Cantonese in Latin letters, read and written: Jyutping, Yale, everyday spelling, and what lies between."""

from bot.language.romanization.decoder import Decoded, decode, load
from bot.language.romanization.reader import to_jyutping
from bot.language.romanization.speller import SCHEMES, spell

__all__ = ["SCHEMES", "Decoded", "decode", "load", "spell", "to_jyutping"]
