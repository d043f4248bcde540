"""Dialogues in files: the same steps in every way of writing, held against answers and rows.

A step is what the customer says, in each language, and the wordings that answer it:

    - say: {en: hello, zh: 你好, yue: nei5 hou2}
      answers: [utter_greet]
    - choose: 1                 # tap the first choice of the latest answer
      answers: [utter_ask_phone]

`zh` is also run in traditional characters, and `yue_hani`, where it is given, in Cantonese characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select, text
from sqlalchemy.engine import Engine

from bot.language.scripts import to_traditional
from bot.storage.messaging import dialogues
from tests.desk import Customer

FOLDER = Path(__file__).parent / "dialogues"
# A way of writing: the key in the files, and the language and script of every answer.
WAYS = {
    "en": ("en", "latin"),
    "zh": ("zh", "simplified"),
    "zh_hant": ("zh", "traditional"),
    "yue": ("yue", "latin"),
    "yue_hani": ("yue", "traditional"),
}


@dataclass(frozen=True)
class Dialogue:
    """One dialogue in one way of writing."""

    name: str
    way: str
    steps: tuple[Mapping[str, Any], ...]
    rows: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.name}-{self.way}"


def all_dialogues() -> Iterator[Dialogue]:
    """Give every dialogue in every way of writing that its file has."""
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf8")):
            for way in WAYS:
                steps = [_step(step, way) for step in entry["steps"]]
                if all(step is not None for step in steps):
                    yield Dialogue(
                        entry["name"].replace(" ", "_"), way, tuple(s for s in steps if s), entry.get("rows", {})
                    )


def _step(step: Mapping[str, Any], way: str) -> dict[str, Any] | None:
    if "say" not in step:
        return dict(step)
    said = step["say"]
    if isinstance(said, str):
        return dict(step)
    if way == "zh_hant":
        return {**step, "say": said.get("zh_hant") or to_traditional(said["zh"])} if "zh" in said else None
    if way == "yue_hani" and way not in said:
        return None
    return {**step, "say": said[way]} if way in said else None


def play(dialogue: Dialogue, customer: Customer, records: Engine) -> None:
    """Hold a dialogue with the desk and check each answer's wording, language and script, then the rows."""
    language, script = WAYS[dialogue.way]
    for number, step in enumerate(dialogue.steps, 1):
        rows = customer.say(step["say"]) if "say" in step else customer.choose(step["choose"])
        told = f"{dialogue}, step {number}: {step.get('say', step.get('choose'))!r} was answered with {[r['text'] for r in rows]}"
        keys = wordings_of(records, customer.conversation)
        assert keys == step["answers"], f"{told}; {keys} instead of {step['answers']}"
        expected = step.get("in", [language, script])
        for row in rows:
            assert [row["language"], row["script"]] == expected, f"{told} in {row['language']}/{row['script']}"
        for words in step.get("says", ()):
            assert any(words in row["text"] for row in rows), f"{told}; {words!r} is not in it"
    for table, wanted in dialogue.rows.items():
        assert found_rows(records, table, customer.conversation, wanted) == wanted, f"{dialogue}: rows of {table}"


def wordings_of(records: Engine, conversation: str) -> list[str]:
    """Name the wordings that answered the latest message of a conversation."""
    with records.connect() as connection:
        stored = connection.execute(select(dialogues.c.events).where(dialogues.c.conversation_id == conversation))
        events = json.loads(stored.scalar_one())
    last = max(i for i, event in enumerate(events) if event["event"] == "user")
    return [event["metadata"]["utter_action"] for event in events[last:] if event["event"] == "bot"]


def found_rows(records: Engine, table: str, conversation: str, wanted: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the rows of a conversation with the wanted columns only, oldest first."""
    columns = list(wanted[0]) if wanted else ["id"]
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE conversation_id = :id ORDER BY created_at"
    with records.connect() as connection:
        found = connection.execute(text(query), {"id": conversation}).mappings().all()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return str(value) if hasattr(value, "isoformat") else value
