"""Our classifier beside Rasa's own, learned from the same lines and asked the same unseen messages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.evaluate import model, report, scores
from bot.evaluate.gold import GoldMessage, read_marked, read_messages

# Sub-intents would be folded into one intent by Rasa's classifiers; as plain intents all 39 labels are told apart.
_SLASH = "__"
_FEATURES: list[dict[str, Any]] = [
    {"name": "JiebaTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
PIPELINES: dict[str, list[dict[str, Any]]] = {
    "LogisticRegression": [*_FEATURES, {"name": "LogisticRegressionClassifier"}],
    "DIET": [*_FEATURES, {"name": "DIETClassifier", "epochs": 30, "entity_recognition": False, "random_seed": 7}],
}


def run(files: Sequence[Path], *, trained: Path | None, as_json: bool) -> int:
    """Train the others, ask all, and print one table."""
    messages = [message for file in files for message in read_messages(file)]
    measured = {"ours": _measure(trained or model.newest(), messages)}
    with tempfile.TemporaryDirectory() as folder:
        data = _flat_data(Path("data/nlu"), Path(folder))
        for name, pipeline in PIPELINES.items():
            print(f"training {name}", file=sys.stderr, flush=True)
            start = time.perf_counter()
            other = train(name, pipeline, data, Path(folder))
            seconds = round(time.perf_counter() - start)
            measured[name] = {**_measure(other, messages), "training_s": seconds}
    measured["ours"]["training_s"] = None
    print(
        json.dumps(measured, ensure_ascii=False, indent=1) if as_json else report.scores_table(measured, "classifier")
    )
    return 0


def train(name: str, pipeline: list[dict[str, Any]], data: Path, folder: Path) -> Path:
    """Train a pipeline of Rasa's own and give the model's path. Raises CalledProcessError."""
    config = folder / f"{name}.yml"
    about = {"recipe": "default.v1", "assistant_id": name, "language": "zh", "pipeline": pipeline}
    config.write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "train", "nlu", "--config", str(config), "--nlu", str(data)]
    command += ["--out", str(folder), "--fixed-model-name", name]
    # The desk's own cache of trained parts is kept apart, and may be cleared while this runs.
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
    }
    subprocess.run(command, check=True, stdout=sys.stderr, env={**os.environ, **quiet})
    return folder / f"{name}.tar.gz"


def _measure(trained: Path, messages: Sequence[GoldMessage]) -> dict[str, scores.Score]:
    """Give the accuracy over all and by variety, and the time a message takes."""
    answers: list[scores.Answer] = []
    for parsed in model.parse(trained, [message.text for message in messages]):
        answers.append(_plain(scores.answer(messages[len(answers)], parsed)))
        report.progress(len(answers), len(messages), trained.stem)
    whole = scores.score(answers)
    kept = {"all": whole["intent_accuracy_before_fallback"]}
    for variety, figures in scores.by_variety(answers).items():
        kept[variety] = figures["intent_accuracy_before_fallback"]
    return {**kept, "ms_p50": whole["ms_p50"], "ms_p95": whole["ms_p95"]}


def _plain(answer: scores.Answer) -> scores.Answer:
    """Give the label its slash back."""
    from dataclasses import replace

    return replace(answer, label=answer.label.replace(_SLASH, "/"))


def _flat_data(source: Path, folder: Path) -> Path:
    """Copy the training lines with plain labels and without marks."""
    labels: dict[str, list[str]] = {}
    for path in sorted(source.rglob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in entry:
                lines = [line[2:].strip() for line in entry["examples"].splitlines() if line.startswith("- ")]
                labels.setdefault(entry["intent"].replace("/", _SLASH), []).extend(lines)
    nlu = [
        {"intent": label, "examples": "".join(f"- {read_marked(line)[0]}\n" for line in lines)}
        for label, lines in sorted(labels.items())
    ]
    target = folder / "nlu.yml"
    target.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), encoding="utf-8")
    return target
