import shutil
from pathlib import Path

import pytest

from bot.run.prepare import ROOT, cache_of, training_fingerprint

SEEN = ("domain.yml", "data/rules/company.yml")
UNSEEN = ("bot/language/reading.py", "bot/nlu/reader.py", "data/lookups/heard.yml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (*SEEN, *UNSEEN):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("name", [*SEEN, *UNSEEN])
def test_whatever_a_model_is_made_of_asks_for_a_new_one(copy: Path, name: str):
    before = training_fingerprint(copy)
    (copy / name).write_text("changed", "utf8")
    assert training_fingerprint(copy) != before


@pytest.mark.parametrize(("name", "is_kept"), [*((name, True) for name in SEEN), *((name, False) for name in UNSEEN)])
def test_parts_trained_by_other_code_are_never_taken_from_rasas_cache(copy: Path, name: str, is_kept: bool):
    before = cache_of(copy)
    (copy / name).write_text("changed", "utf8")
    assert (cache_of(copy) == before) is is_kept
