"""Rasa's side of the understanding: thin components over bot.language, named in config.yml."""
