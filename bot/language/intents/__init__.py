"""What a customer wants: a classifier over n-grams, Jyutping and sentence embeddings, trained in seconds.

Everything is numpy; scipy is needed to train only. Nothing is loaded at import.
"""

from bot.language.intents.classifier import Classifier, Guess, Held, Line

__all__ = ["Classifier", "Guess", "Held", "Line"]
