"""What the tables look at: pieces of Latin words, and runs of one to three characters."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.language.scripts.convert import HAN, han_script, to_simplified

_DIGITS = str.maketrans("01234567890", "0####%%0000")
_RIME = "(?:aa?|e[eo]?|i[e]?|o[eou]?|u[eo]?|y[ue]?|yue?|ee|ow|aw|er|or|ar)"
# Any common way of writing one Cantonese syllable: generous, since people improvise.
_CANTONESE = (
    r"(?:(?:ng|gw|gu|kw|qu|ch|ts|tz|dz|sh|sz|[bpmfdtnlgkhwzcsjyq])?"
    + _RIME
    + r"(?:[iuyw]|ng|n|m|p|t|k|ck|h|hng|hn|hm|hp|ht|hk|r|rng|rn|rk)?[1-6]?|(?:m|mm|mh|ng|ngh|hm)[1-6]?|tsz[1-6]?)"
)
_MANDARIN = (
    "(?:[bpmf](?:a|o|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|iu|ian|in|ing|u)|[dtnl](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i"
    "|ia|ie|iao|iu|ian|iang|in|ing|u|uo|ui|uan|un|v|ve|ü|üe)|(?:[gkh]|[zcs]h?|r)(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong"
    "|u|ua|uo|uai|ui|uan|un|uang)|[jqx](?:i|ia|ie|iao|iu|ian|iang|in|ing|iong|u|ue|uan|un)|y(?:a|o|e|i|ao|ou|an|in|ing"
    "|ang|ong|u|ue|uan|un)|w(?:a|o|ai|ei|an|en|ang|eng|u)|a|o|e|ai|ei|ao|ou|an|en|ang|er)[1-5]?"
)
_CANTONESE_WORD = re.compile(f"(?:{_CANTONESE})+")
_MANDARIN_WORD = re.compile(f"(?:{_MANDARIN})+")
_LONGEST = 5
DATA = Path(__file__).resolve().parents[1] / "data"


def latin(words: list[str]) -> list[str]:
    """List what a message of lower-case Latin words shows, word by word, then of its last word."""
    found: list[str] = []
    for word in words:
        found += of_word(word)
    if words:
        found.append("$" + words[-1])
    return found


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """Read the list of everyday English words once."""
    return frozenset((DATA / "english.txt").read_text().split())


@lru_cache(maxsize=8192)
def of_word(word: str) -> tuple[str, ...]:
    """List what one lower-case word shows: itself, its pieces, and which syllables could spell it.

    >>> of_word("hai")[:3]
    ('=hai', '+yue', '+zh')
    """
    found = ["=" + word]
    bare = word.replace("'", "")
    if _CANTONESE_WORD.fullmatch(bare):
        found.append("+yue")
    if _MANDARIN_WORD.fullmatch(bare):
        found.append("+zh")
    if len(found) == 1:
        found.append("+none")
    if word in english():
        found.append("+en")
    padded = f"<{word.translate(_DIGITS)}>"
    for length in range(1, _LONGEST + 1):
        found += [padded[start : start + length] for start in range(len(padded) - length + 1)]
    return tuple(found)


_RUN = re.compile(f"[{HAN}]+")


def characters(text: str) -> list[str]:
    """List runs of one to three characters of a text, simplified, punctuation and all else left out.

    係 is also shown as it was written: simplified it is the 系 of 关系. The script is shown too, since a
    phrase that both languages share is likelier Cantonese in traditional characters.

    >>> characters("我係，唔係")
    ['我', '系', '唔', '系', '我系', '系唔', '唔系', '^我', '系$', '我系唔', '系唔系', '係', '係', 'traditional']
    """
    written = "".join(_RUN.findall(text))
    if not written:
        return []
    plain = to_simplified(written)
    found = list(plain)
    found += [plain[start : start + 2] for start in range(len(plain) - 1)]
    found += ["^" + plain[0], plain[-1] + "$"]
    found += [plain[start : start + 3] for start in range(len(plain) - 2)]
    found += ["係"] * written.count("係")
    if script := han_script(written):
        found.append(script)
    return found
