"""The text the tables are made from: what pinned packages ship, and the project's own lines."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.language.scripts import to_simplified

DATA = Path(__file__).resolve().parents[2] / "data"
PROJECT = Path(__file__).resolve().parents[4] / "data" / "nlu"
_ENTITY = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# Packages whose documentation is plain English prose; all pinned in the lock.
_PROSE = ("rasa", "rasa-sdk", "spacy", "scikit-learn", "sqlalchemy", "jinja2", "hypothesis", "networkx")

Word = tuple[str, str | None]


def fingerprint(text: str) -> str:
    """Give six hex digits for a sentence, blind to script, case, punctuation and spaces."""
    return hashlib.sha256(re.sub(r"[\W_]", "", to_simplified(text).lower()).encode()).hexdigest()[:6]


def clauses(sentence: str) -> list[str]:
    """Give a sentence whole, and each of its clauses of six characters or more.

    >>> clauses("佢話唔嚟喇，因為冷氣仲未整好。")
    ['佢話唔嚟喇，因為冷氣仲未整好。', '因為冷氣仲未整好']
    """
    return [sentence, *(clause for clause in re.split(r"[\W_]+", sentence) if len(han(clause)) >= 6)]


@lru_cache(maxsize=1)
def held_out() -> frozenset[str]:
    """Read the fingerprints of sentences kept for measuring, which no table may see."""
    return frozenset((DATA / "held_out.txt").read_text().split())


@lru_cache(maxsize=1)
def _hkcancor() -> tuple[tuple[tuple[Word, ...], ...], frozenset[str]]:
    """Split HKCanCor by file: sentences to learn from, and five-character runs of the ones to measure on."""
    import pycantonese

    conversations: Any = pycantonese.hkcancor().tokens(by_file=True, by_utterance=True)
    learned: list[tuple[Word, ...]] = []
    runs: set[str] = set()
    for number, utterances in enumerate(conversations):
        for tokens in utterances:
            words = tuple((token.word, token.jyutping) for token in tokens if token.word)
            if number % 5 == 2:
                text = han("".join(word for word, _ in words))
                runs.update(text[start : start + 5] for start in range(len(text) - 4))
            else:
                learned.append(words)
    return tuple(learned), frozenset(runs)


def han(text: str) -> str:
    """Keep the characters of a text and nothing else."""
    return re.sub(r"[^\u3400-\u9fff\U00020000-\U0003ffff]", "", text)


def hkcancor() -> tuple[tuple[Word, ...], ...]:
    """Give transcribed conversations as words with their Jyutping (CC BY 4.0), the held-out files left out."""
    return _hkcancor()[0]


@lru_cache(maxsize=2)
def cantonese(package: str) -> tuple[str, ...]:
    """Give the sentences of `ctcpc` (CC0) or `common_voice` (MPL 2.0), none of them held out."""
    import pycantonese

    path = Path(pycantonese.__file__).parent / "data" / package / "sents.json"
    sentences = json.loads(path.read_text())
    plain = (sentence.replace(" ", "") if package == "ctcpc" else sentence for sentence in sentences)
    return tuple(sentence for sentence in plain if len(sentence) <= 60 and _may_teach(sentence))


def _may_teach(sentence: str) -> bool:
    """Tell whether a sentence has characters and shares nothing with what is kept for measuring."""
    text, runs = han(sentence), _hkcancor()[1]
    if len(text) < 2 or any(text[start : start + 5] in runs for start in range(len(text) - 4)):
        return False
    return not any(fingerprint(clause) in held_out() for clause in clauses(sentence))


def project(language: str) -> list[str]:
    """Give the project's own training lines of a language, entity marks taken off, in a fixed order."""
    lines: list[str] = []
    for path in sorted((PROJECT / language).glob("*.yml")):
        for line in path.read_text().splitlines():
            if line.startswith("    - "):
                lines.append(_ENTITY.sub(r"\1", line[6:]).strip())
    return lines


def prose() -> Iterator[str]:
    """Give English sentences from the documentation strings of pinned packages."""
    seen: set[str] = set()
    for package in _PROSE:
        for entry in sorted(map(str, importlib.metadata.files(package) or [])):
            if entry.endswith(".py") and "/test" not in entry:
                for sentence in _docstrings(Path(str(importlib.metadata.distribution(package).locate_file(entry)))):
                    if sentence not in seen:
                        seen.add(sentence)
                        yield sentence


def _docstrings(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_text())
    except (SyntaxError, UnicodeDecodeError):
        return
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            text = re.sub(r"\s+", " ", ast.get_docstring(node) or "")
            for sentence in re.split(r"(?<=[.!?:])\s", text):
                if re.fullmatch(r"[A-Z][a-z' ]+[a-z][A-Za-z',\- ]{8,90}[.!?:]?", sentence):
                    yield sentence


def mandarin_words(*, shortest: int = 2, rarest: int = 50) -> Iterator[tuple[str, int]]:
    """Give jieba's words of up to four characters with how often each was seen (MIT)."""
    import jieba

    for line in (Path(jieba.__file__).parent / "dict.txt").read_text().splitlines():
        word, count, _ = line.split(" ")
        if shortest <= len(word) <= 4 and int(count) >= rarest and han(word) == word:
            yield word, int(count)
