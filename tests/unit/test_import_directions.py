"""Imports run downwards only (docs/decisions): the layers, and what each may never load."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A folder and what of ours it may import; whatever is not listed is forbidden.
MAY_IMPORT = {
    "bot/language": {"bot.language"},
    "bot/storage": {"bot.storage", "bot.settings"},
    "bot/support": {"bot.support", "bot.storage", "bot.language"},
    "bot/nlu": {"bot.nlu", "bot.language"},
    "bot/dialogue": {"bot.dialogue", "bot.language", "bot.storage", "bot.settings"},
    "bot/gateway": {
        "bot.gateway",
        "bot.support",
        "bot.storage",
        "bot.language",
        "bot.settings",
        "bot.logs",
        "bot.channels",
    },
    "bot/channels": {"bot.channels", "bot.gateway", "bot.support", "bot.storage", "bot.language", "bot.settings"},
    "actions": {"actions", "bot.support", "bot.storage", "bot.language", "bot.settings", "bot.logs"},
}
NEVER = {
    "bot/language": {"rasa", "rasa_sdk", "sqlalchemy", "starlette", "sanic", "httpx"},
    "bot/storage": {"rasa", "rasa_sdk", "starlette", "sanic", "uvicorn", "httpx"},
    "bot/support": {"rasa", "rasa_sdk", "starlette", "sanic", "uvicorn", "httpx"},
    "bot/gateway": {"rasa", "rasa_sdk", "tensorflow"},
    "bot/channels": {"rasa", "rasa_sdk", "tensorflow"},
    "actions": {"rasa", "tensorflow", "starlette"},
}
# The one place where the gateway process is put together looks upwards at its channels.
GATEWAY_ENTRY = ROOT / "bot/gateway/__main__.py"


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names.add(node.module or "")
            names |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "bot"}
    return names - {"bot"}


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def refused(folder: str, path: Path) -> set[str]:
    ours = {name for name in imported(path) if name.split(".")[0] in ("bot", "actions")}
    allowed = MAY_IMPORT[folder]
    wrong = {name for name in ours if not any(name == top or name.startswith(top + ".") for top in allowed)}
    wrong |= {name for name in imported(path) if name.split(".")[0] in NEVER.get(folder, ())}
    return wrong


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_lies_below_it(folder: str):
    assert files(folder)
    wrong = {str(path.relative_to(ROOT)): refused(folder, path) for path in files(folder)}
    assert {path: names for path, names in wrong.items() if names} == {}


def test_only_the_gateways_entry_knows_the_channels():
    knowing = [path for path in files("bot/gateway") if any(name.startswith("bot.channels") for name in imported(path))]
    assert knowing in ([], [GATEWAY_ENTRY])


def test_a_wrong_import_would_be_noticed(tmp_path: Path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from bot.gateway.app import build\nimport rasa.core\n", "utf8")
    assert refused("bot/language", wrong) == {"bot.gateway.app", "rasa.core"}
