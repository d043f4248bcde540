"""Make the tables: `python -m bot.language.identify.training [--only TABLE] [--hold-out SCHEME] [--without PACKAGE] [--out FOLDER]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.language.identify.training.corpora import DATA
from bot.language.identify.training.tables import build


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="latin, words, characters or pinyin: one table, not all")
    parser.add_argument("--hold-out", default="", help="a spelling scheme that no training line uses")
    parser.add_argument("--without", default="", help="a source of Cantonese (ctcpc, common_voice) to leave out")
    parser.add_argument("--out", type=Path, default=DATA)
    arguments = parser.parse_args()
    build(arguments.out, only=arguments.only, hold_out=arguments.hold_out, without=arguments.without)


if __name__ == "__main__":
    main()
