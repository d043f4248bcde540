"""How the tables of language evidence are made; needed only to make them again.

`python -m bot.language.identify.training` reads what the pinned packages ship and the lines of
`data/nlu`, and writes `bot/language/data/`. Nothing random, nothing fetched.
"""
