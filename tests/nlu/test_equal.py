"""No variety of writing is understood much worse than another, but for what the ledger admits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.run.prepare import MODELS, training_fingerprint

HERE = Path(__file__).parent
FIGURES = {"intents": "intent_accuracy", "entities": "entity_f1"}
MOST = 3.0  # points behind the best
SLACK = 1.5  # points a known gap may widen before it counts as a new one
LEDGER = yaml.safe_load((HERE / "ledger.yml").read_text("utf8"))

Shares = dict[str, float]


def disagreements(shares: Shares, known: Shares) -> list[str]:
    """Say where shares by variety and the gaps the ledger knows do not fit each other."""
    behind = {variety: round(100 * (max(shares.values()) - share), 1) for variety, share in shares.items()}
    said = [f"{variety} is in the ledger and not measured" for variety in known if variety not in behind]
    for variety, gap in behind.items():
        if variety not in known and gap > MOST:
            said.append(f"{variety} is {gap} points behind the best")
        elif variety in known and gap <= MOST:
            said.append(f"{variety} is only {gap} points behind: strike it from the ledger")
        elif variety in known and gap > known[variety] + SLACK:
            said.append(f"{variety} is {gap} points behind, where the ledger admits {known[variety]}")
    return said


@pytest.fixture(scope="module")
def varieties() -> dict[str, dict[str, float]]:
    """The figures of every variety; the model that fits the current data must be there, none is trained here."""
    model = MODELS / f"desk-{training_fingerprint()}.tar.gz"
    assert model.exists(), "no trained model fits the current data: `make train` makes one"
    command = [sys.executable, "-m", "bot.evaluate", "nlu", *map(str, sorted(HERE.glob("*.tsv")))]
    done = subprocess.run([*command, "--json", "--no-pictures", "--model", str(model)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout)["varieties"])


@pytest.mark.parametrize("kind", FIGURES)
def test_no_variety_trails_the_best_by_more_than_the_ledger_admits(
    kind: str, varieties: dict[str, dict[str, float]]
) -> None:
    shares = {variety: figures[FIGURES[kind]] for variety, figures in varieties.items()}
    assert len(shares) == len(list(HERE.glob("*.tsv")))
    assert disagreements(shares, LEDGER[kind]) == []


def test_the_ledger_is_about_what_is_measured_and_nothing_else() -> None:
    assert set(LEDGER) == set(FIGURES)


@pytest.mark.parametrize(
    ("shares", "known", "said"),
    [
        ({"en": 0.95, "zh": 0.921}, {}, []),
        ({"en": 0.95, "zh": 0.91}, {}, ["zh is 4.0 points behind the best"]),
        ({"en": 0.95, "zh": 0.91}, {"zh": 4.0}, []),
        ({"en": 0.95, "zh": 0.89}, {"zh": 4.0}, ["zh is 6.0 points behind, where the ledger admits 4.0"]),
        ({"en": 0.95, "zh": 0.93}, {"zh": 4.0}, ["zh is only 2.0 points behind: strike it from the ledger"]),
        ({"en": 0.95}, {"yue": 4.0}, ["yue is in the ledger and not measured"]),
    ],
)
def test_a_gap_is_told_when_it_is_new_wider_closed_or_gone(shares: Shares, known: Shares, said: list[str]) -> None:
    assert disagreements(shares, known) == said
