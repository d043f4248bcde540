"""Measurements of the understanding: `python -m bot.evaluate nlu|language|romanization|intents|bench`."""
