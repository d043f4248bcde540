"""Making the tables of romanization: `python -m bot.language.romanization.build`."""
