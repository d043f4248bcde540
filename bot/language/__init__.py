"""Which language and script, romanized Cantonese to characters and back, words, phones, dates, ratings.

Pure Python: nothing here knows Rasa, a database or the web, and nothing is loaded at import.
"""
