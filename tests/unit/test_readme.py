"""README tells the truth: what it names exists, and what exists is named."""

import re
from pathlib import Path

import pytest

from bot.settings import variable_names

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf8")
MAKEFILE = (ROOT / "Makefile").read_text("utf8")


def section(title: str) -> str:
    return re.split(r"^## ", README.split(f"\n## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def first_column(text: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)`", text, flags=re.MULTILINE)


def test_every_make_target_is_named_and_exists():
    targets = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, flags=re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)`", README)) | set(
        re.findall(r"^make ([a-z-]+)", README, flags=re.MULTILINE)
    )
    assert named == targets


def test_the_fixed_targets_are_there():
    assert {"setup", "train", "run", "test", "check", "evaluate", "bench"} <= set(
        re.findall(r"^([a-z][a-z-]*):", MAKEFILE, flags=re.MULTILINE)
    )


def test_every_setting_is_named_and_exists():
    assert sorted(first_column(section("Settings"))) == sorted(variable_names())


def test_every_channel_is_named_and_exists():
    folders = {path.name for path in (ROOT / "bot/channels").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert set(re.findall(r"^\* `(\w+)`", section("Channels"), flags=re.MULTILINE)) == folders


def test_every_path_and_link_leads_somewhere():
    paths = re.findall(r"\]\(([^)#]+)\)", README)
    paths += [
        path
        for path in re.findall(r"`([\w./-]+[/.][\w./-]*)`", README)
        if not path.startswith("/") and not re.search(r"\d\.\d|^(build|var)/", path)
    ]
    assert len(paths) > 15
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([\w.]+)", README))))
def test_every_module_to_run_exists(module: str):
    path = ROOT / module.replace(".", "/")
    assert path.with_suffix(".py").exists() or (path / "__main__.py").exists()


def test_every_decision_is_listed_and_exists():
    index = (ROOT / "docs/decisions/README.md").read_text("utf8")
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    assert listed == {path.name for path in (ROOT / "docs/decisions").glob("*.md")} - {"README.md"}
