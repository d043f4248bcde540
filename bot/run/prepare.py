"""What must be there before the desk can start: schema, demo data, and a model that fits the current data."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import func, select

from bot.run.kernels import kernels
from bot.settings import ROOT, Settings
from bot.storage.load import load_file
from bot.storage.records import products
from bot.storage.schema import upgrade
from bot.storage.sessions import open_engine, session_scope

MODELS = ROOT / "models"
_DEMO = ("products.csv", "units.csv", "orders.csv", "prices.csv", "parts.csv")
_UNSEEN_BY_RASA = ("data/lookups", "bot/language", "bot/nlu")  # what its cache of trained parts does not look at
_TRAINED_FROM = ("config.yml", "domain.yml", "data/nlu", "data/rules", *_UNSEEN_BY_RASA)
CACHES = Path(".rasa")
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",  # nothing leaves the machine
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}

Tell = Callable[[str], None]


class TrainingFailed(RuntimeError):
    """The model could not be trained; the message says where the log is."""


def prepare(settings: Settings, tell: Tell) -> Path:
    """Bring schema, demo data and model up to date, telling each step, and give the model's path."""
    engine = open_engine(settings.database_url)
    tell(f"database: schema {upgrade(engine)}")
    with session_scope(engine) as session:
        known = session.execute(select(func.count()).select_from(products)).scalar_one()
    if not known:
        rows = sum(load_file(engine, ROOT / "data" / "demo" / name).rows for name in _DEMO)
        tell(f"database: {rows} rows of demo data loaded")
    engine.dispose()
    return fitting_model(tell)


def fitting_model(tell: Tell) -> Path:
    """Give the model that was trained from the current data; train it when there is none."""
    path = MODELS / f"desk-{training_fingerprint()}.tar.gz"
    if path.exists():
        tell(f"model: {path.name} fits the current data")
        return path
    tell("model: training, which takes a few minutes")
    train(path, tell)
    return path


def training_fingerprint(root: Path = ROOT) -> str:
    """Name everything a model is made of; two equal names mean two equal models."""
    return _fingerprint(root, _TRAINED_FROM)


def cache_of(root: Path = ROOT) -> Path:
    """Give the folder of Rasa's cache: another one for other code, or parts trained by the old would be taken again."""
    return root / CACHES / f"cache-{_fingerprint(root, _UNSEEN_BY_RASA)}"


def _fingerprint(root: Path, names: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for path in sorted(_sources(root, names)):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def train(path: Path, tell: Tell) -> None:
    """Train a model into `path`, passing on what Rasa says of its progress. Raises TrainingFailed."""
    MODELS.mkdir(exist_ok=True)
    log = ROOT / "var" / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rasa", "train", "--out", str(MODELS), "--fixed-model-name", path.name[:-7]]
    cache = cache_of()
    environment = {**quiet_environment(), "RASA_CACHE_DIRECTORY": str(cache)}
    with log.open("w", encoding="utf8") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in process.stdout or ():
            file.write(line)
            if " INFO " in line or "progress" in line:
                tell("model: " + line.split("  - ")[-1].strip())
    if process.wait() != 0 or not path.exists():
        raise TrainingFailed(f"training failed; see {log.relative_to(ROOT)}")
    for older in MODELS.glob("desk-*.tar.gz"):
        if older != path:
            older.unlink()
    for other in cache.parent.glob("cache*"):
        if other != cache:
            shutil.rmtree(other)


def quiet_environment() -> dict[str, str]:
    """Give the environment for Rasa's processes: no telemetry, no noise, the processor's own kernels."""
    return {**kernels(), **os.environ, **_QUIET}


def _sources(root: Path, names: tuple[str, ...]) -> Iterator[Path]:
    for name in names:
        path = root / name
        if path.is_file():
            yield path
        yield from (file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def main() -> int:
    """Train a model when none fits: `python -m bot.run.prepare`."""
    try:
        fitting_model(lambda line: print(line, flush=True))
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
