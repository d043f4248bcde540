"""`python -m bot.evaluate nlu|language|romanization|intents|bench`: measure the understanding."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from bot.evaluate.gold import BadFile
from bot.evaluate.model import NoModel
from bot.run.kernels import kernels

BUILD = Path("build")
UNSEEN = Path("tests/nlu")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that was asked for."""
    asked = _parser().parse_args(arguments)
    _quieten()
    try:
        return _run(asked)
    except (BadFile, NoModel) as error:
        print(error, file=sys.stderr)
        return 2


def _run(asked: argparse.Namespace) -> int:
    """Call the measurement by its name; each imports what it needs."""
    if asked.kind == "nlu":
        from bot.evaluate import nlu

        pictures = None if asked.no_pictures else BUILD
        return nlu.run(asked.files, trained=asked.model, as_json=asked.json, pictures=pictures)
    if asked.kind == "language":
        from bot.evaluate import language

        return language.run(asked.files, as_json=asked.json)
    if asked.kind == "intents":
        from bot.evaluate import intents

        return intents.run(asked.folder, as_json=asked.json)
    if asked.kind == "bench":
        from bot.evaluate import bench

        return bench.run(asked.files or sorted(UNSEEN.glob("*.tsv")), trained=asked.model, as_json=asked.json)
    from bot.evaluate import romanization

    return romanization.run(asked.file, as_json=asked.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluate", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    nlu = kinds.add_parser("nlu", help="intents, entities, language, fallback and speed on a file of messages")
    nlu.add_argument(
        "files", type=Path, nargs="+", metavar="file", help="tab-separated, with the columns intent, variety and text"
    )
    nlu.add_argument("--model", type=Path, help="a trained model; the newest in models/ if not given")
    nlu.add_argument("--no-pictures", action="store_true", help="draw nothing into build/")
    language = kinds.add_parser("language", help="which language a message is in")
    language.add_argument("files", type=Path, nargs="+", metavar="file", help="lines of label, tab and text")
    romanization = kinds.add_parser("romanization", help="romanized Cantonese to characters")
    romanization.add_argument("file", type=Path, help="tab-separated: scheme, romanized, characters")
    intents = kinds.add_parser("intents", help="the classifier on public intent sets")
    intents.add_argument("folder", type=Path, help="a folder with banking77, clinc150, hint3 or xsid, or one of them")
    bench = kinds.add_parser("bench", help="our classifier beside Rasa's own, on the same data; takes a while")
    bench.add_argument("files", type=Path, nargs="*", metavar="file", help="files of messages; tests/nlu if not given")
    bench.add_argument("--model", type=Path, help="a trained model; the newest in models/ if not given")
    for kind in (nlu, language, romanization, intents, bench):
        kind.add_argument("--json", action="store_true", help="print JSON for machines")
    return parser


def _quieten() -> None:
    """Keep libraries from talking over the figures, and from calling home; let numpy count as in the desk itself."""
    for name, value in kernels().items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    warnings.filterwarnings("ignore")


if __name__ == "__main__":
    sys.exit(main())
