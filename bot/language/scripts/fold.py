"""The folded form of a text: one width, one case, one script, no repeats, every place kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from bot.language.aligned import Aligned
from bot.language.scripts.convert import HAN, to_simplified

Piece = tuple[str, int, int]

_PUNCTUATION = str.maketrans("‘’‚‛´｀“”„‟«»‐‑‒–—―−～〜，；：！？（）【】", "''''''\"\"\"\"\"\"-------~~,;:!?()[]")
# Addresses and numbers keep every repeated letter: www.x.com, SN0000111.
_KEPT_AS_IS = re.compile(r"\S*(?:://|www\.|@|\d)\S*", re.ASCII)
# Interjections are drawn out for feeling; a tripled other character is a slip of the finger.
_DRAWN_OUT = frozenset("啊呀啦嘛哦噢喔呢吧吗哈嘻呵嗯唉哎嘿喂咯喽囉啰喎咩吖嗱")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万")
# What a drawn-out vowel or consonant is doubled in even when it is not drawn out.
_DOUBLED = frozenset(
    """good need cool soon too see free feel feeling keep fee week been sleep wood food look looking book room door floor
pool speed screen wheel foot feet seem street green three tree meet keen deep sweet cheese school tool noon moon
smooth happy sorry hello really still will well all call tell full small fell smell bill pull off stuff miss less boss
guess pass press class dinner summer better letter bottom button follow yellow tomorrow worry hurry carry funny daddy
mummy mommy issue possible address add odd egg bigger running dripping stopped working agree coffee committee
""".split()  # noqa: SIM905
)
_SPELLED_OUT = re.compile(rf"(?<![{HAN}])(?:[{HAN}] ){{2,}}[{HAN}](?![{HAN}])")

# In plain ASCII: control characters, outer spaces, and runs that are drawn out; whatever has none of them stays.
_TO_FOLD = re.compile(r"[\x00-\x1f\x7f]|^ | $|([^a-z0-9])\1|([a-z])\2\2")


@lru_cache(8)  # one message is folded for several who look at it
def fold(text: str) -> Aligned:
    """Fold width, case, script, drawn-out letters and invisible characters, with every place kept.

    >>> fold("ＨＥＬＬＯＯＯＯ，我部冷氣壞咗啊啊啊").text
    'hello,我部冷气坏咗啊'
    >>> fold("helloooo").places[-1]
    (4, 8)
    """
    lower = text.lower()
    if text.isascii() and not _TO_FOLD.search(lower):
        return Aligned(text, lower, Aligned.same(text).places)
    pieces = list(_plain(text))
    pieces = _squeezed(pieces)
    pieces = _trimmed(pieces)
    folded = Aligned.of(text, pieces)
    simplified = to_simplified(folded.text)
    if len(simplified) != len(folded.text):  # a phrase changed length: character by character is exact
        simplified = "".join(to_simplified(character)[:1] for character in folded.text)
    return Aligned(text, simplified, folded.places)


def _plain(text: str) -> Iterator[Piece]:
    """Yield single characters in compatibility form and lower case; invisible ones vanish."""
    for start, end in _clusters(text):
        for form in unicodedata.normalize("NFKC", text[start:end]).translate(_PUNCTUATION).lower():
            category = unicodedata.category(form)
            if form.isspace() or category == "Cc":
                yield " ", start, end
            elif category not in ("Cf", "Cs", "Co", "Cn") and not _is_emoji_dressing(form):
                yield form, start, end


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a character with the marks that combine with it."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not unicodedata.combining(text[position]):
            yield start, position
            start = position


def _is_emoji_dressing(form: str) -> bool:
    """Tell variation selectors and skin tones, which change no meaning."""
    return "\ufe00" <= form <= "\ufe0f" or "\U0001f3fb" <= form <= "\U0001f3ff"


def _squeezed(pieces: list[Piece]) -> list[Piece]:
    """Shorten every run of one character to what a calm writer would have typed."""
    text = "".join(piece[0] for piece in pieces)
    kept = bytearray(len(text))
    for match in _KEPT_AS_IS.finditer(text):
        kept[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    squeezed: list[Piece] = []
    position = 0
    for form, group in groupby(text):
        length = len(list(group))
        run = pieces[position : position + length]
        if kept[position] and not form.isspace():
            squeezed += run
        else:
            wanted = _wanted_length(form, length, text, position)
            squeezed += run[: wanted - 1]
            squeezed.append((form, run[wanted - 1][1], run[-1][2]))
        position += length
    return squeezed


def _wanted_length(form: str, length: int, text: str, start: int) -> int:
    """Say how many of `length` equal characters stay.

    Two letters stay two: nobody draws a word out by one. From three on, one stays, or two when
    the word is written so.
    """
    if form.isspace():
        return 1
    if length < 2 or form.isdigit() or form in _NUMERALS:
        return length
    if not form.isalpha():
        return 1
    if length == 2:
        return 2
    if form >= "\u3400":
        return 1 if form in _DRAWN_OUT else 2
    return 2 if _squeezed_word(text, start, start + length, form) in _DOUBLED else 1


def _squeezed_word(text: str, start: int, end: int, form: str) -> str:
    """Give the word around a run, with the run written twice."""
    first, last = start, end
    while first and text[first - 1].isalpha() and text[first - 1] < "\u3400":
        first -= 1
    while last < len(text) and text[last].isalpha() and text[last] < "\u3400":
        last += 1
    return text[first:start] + form * 2 + text[end:last]


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Drop outer spaces and those of 我 部 冷 氣, where every character stands alone."""
    while pieces and pieces[0][0] == " ":
        del pieces[0]
    while pieces and pieces[-1][0] == " ":
        del pieces[-1]
    text = "".join(piece[0] for piece in pieces)
    dropped = {
        position
        for match in _SPELLED_OUT.finditer(text)
        for position in range(match.start(), match.end())
        if text[position] == " "
    }
    return [piece for position, piece in enumerate(pieces) if position not in dropped]
