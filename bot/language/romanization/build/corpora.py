"""The Cantonese that the language model learns from: what pycantonese ships, and the project's own lines and talk.

HKCanCor files with number % 5 == 2 are held out for measuring, and so is every sentence elsewhere that shares
a run of five characters with them. CantoMap is not used (GPL).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pycantonese
from ToJyutping import get_jyutping_list

from bot.language.romanization import orthography, syllables

HAN = re.compile(r"[〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
ENGLISH, NUMBER = "E", "N"
_RUN = 5
_ENTITY = re.compile(r"\[([^\]]+)\]\([^)]+\)(?:\{[^}]*\})?")
_HALF = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True)
class Sentence:
    """One sentence as the model sees it: characters (or a class for English and numbers) and their syllables."""

    source: str
    units: tuple[str, ...]
    readings: tuple[str, ...]


def held_out(file_number: int) -> bool:
    """Tell whether this file of HKCanCor is kept for measuring."""
    return file_number % 5 == 2


def hkcancor(*, measured: bool = False) -> Iterator[Sentence]:
    """Yield HKCanCor utterances, those for training or those for measuring."""
    for number, utterances in enumerate(pycantonese.hkcancor().utterances(by_file=True)):
        if held_out(number) != measured:
            continue
        for utterance in utterances:
            pairs = [pair for token in utterance.tokens for pair in _token(token.word, token.jyutping)]
            if pairs:
                yield _sentence("hkcancor", pairs)


def texts(held: set[str]) -> Iterator[Sentence]:
    """Yield CTCPC and Common Voice sentences that share no run of five characters with `held`."""
    data = files("pycantonese") / "data"
    for source in ("ctcpc", "common_voice"):
        for text in json.loads((data / source / "sents.json").read_text(encoding="utf-8")):
            han = _han(text)
            if han and not (runs(han) & held):
                yield read(source, text)


def talk(folder: Path, held: set[str]) -> Iterator[Sentence]:
    """Yield the project's own written talk, lines that share a run of five characters with `held` left out."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            han = _han(line)
            if han and not (runs(han) & held):
                yield read("talk", line)


def own_lines(folder: Path) -> Iterator[Sentence]:
    """Yield the project's own Cantonese training lines that are written in characters."""
    for path in sorted(folder.glob("*.yml")):
        for line in _examples(path):
            if len(HAN.findall(line)) >= 2:
                yield read("own", line)


def english_lines(folder: Path) -> Iterator[list[str]]:
    """Yield the project's own English training lines as lower-case words."""
    for path in sorted(folder.glob("*.yml")):
        for line in _examples(path):
            yield re.findall(r"[a-z]+", line.lower())


def english_sentences(lines: Iterable[list[str]]) -> Iterator[Sentence]:
    """Show the model that some messages are English from end to end."""
    for words in lines:
        if words:
            yield Sentence("own", (ENGLISH,) * len(words), ("",) * len(words))


def read(source: str, text: str) -> Sentence:
    """Read a sentence of today's spelling: syllables from ToJyutping, classes for English words and numbers."""
    pairs: list[tuple[str, str]] = []
    for piece in re.findall(r"[A-Za-z]+(?:'[A-Za-z]+)?|\d+(?:[.,:]\d+)*|[^A-Za-z\d]+", text):
        if piece[0].isdigit():
            pairs.append((NUMBER, ""))
        elif piece[0].isascii() and piece[0].isalpha():
            pairs.append((ENGLISH, ""))
        else:
            pairs += [(c, (s or "").split(" ")[0]) for c, s in get_jyutping_list(piece) if HAN.fullmatch(c)]
    if any(sign in text for sign in orthography.CORPUS_SIGNS):  # a sentence that came from HKCanCor itself
        return _sentence(source, [(orthography.corpus_unit(c, s, c), s) for c, s in pairs])
    marks = [c for c, _ in pairs] + [""]
    units = [orthography.unit(c, s, marks[i - 1] if i else "", marks[i + 1]) for i, (c, s) in enumerate(pairs)]
    return _sentence(source, list(zip(units, (s for _, s in pairs), strict=False)))


def runs(han: str) -> set[str]:
    """Give the runs of five characters in a text."""
    return {han[i : i + _RUN] for i in range(len(han) - _RUN + 1)}


def held_runs() -> set[str]:
    """Give the runs of five characters of the held-out HKCanCor files, as they are spelled there."""
    found: set[str] = set()
    for number, utterances in enumerate(pycantonese.hkcancor().utterances(by_file=True)):
        if held_out(number):
            for utterance in utterances:
                found |= runs(_han("".join(token.word for token in utterance.tokens)))
    return found


def _token(word: str, jyutping: str | None) -> list[tuple[str, str]]:
    readings = syllables.each(jyutping or "")
    if len(readings) == len(word) and all(HAN.fullmatch(c) for c in word):
        return [(orthography.corpus_unit(c, s, word), s) for c, s in zip(word, readings, strict=False)]
    if word[:1].isascii() and word[:1].isalpha():
        return [(ENGLISH, "")]
    return [(NUMBER, "")] if word[:1].isdigit() else []


def _examples(path: Path) -> Iterator[str]:
    """Yield the example lines of a training file, entity marks taken off."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("    - "):
            yield _ENTITY.sub(r"\1", line[6:].strip())


def _han(text: str) -> str:
    return "".join(HAN.findall(text))


def _sentence(source: str, pairs: Iterable[tuple[str, str]]) -> Sentence:
    units, readings = zip(*pairs, strict=False)
    return Sentence(source, units, readings)
