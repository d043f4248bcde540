"""Dialogues in files: the same steps in every way of writing, held against answers and rows.

A step is what the customer says, in each language, and the wordings that answer it:

    - say: {en: hello, zh: 你好, yue: nei5 hou2}
      answers: [utter_greet]    # whether the desk is open or closed just now
    - choose: 1                 # tap the first choice of the latest answer
      answers: [utter_ask_phone]
    - enter: again              # the customer goes on in a conversation of its own

`zh` is also run in traditional characters, and `yue_hani`, where it is given, in Cantonese characters. A step may
further have `says`, words of its answers, `never`, words that must not be in them, and `in`, the language and script
of the answers from there on, by way of writing. `{open_day}`, `{later_day}` and `{closed_day}` stand for coming days,
`{number}` for the ticket number that was told last; in `rows` for the values of the columns. `given` is what is there
before the first step (tests/conversations/given.py). Of the ticket of `{number}`, whoever it belongs to, `rows` may name
the row as `repair` and its `ticket_events`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select, text
from sqlalchemy.engine import Engine

from bot.language.scripts import to_traditional
from bot.storage.messaging import dialogues
from bot.support.company import the_company
from tests.conversations.given import prepare
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
_DAYS = {
    "en": "{0:%-d %B}",
    "zh": "{0.month}月{0.day}日",
    "yue": "{0.month} jyut {0.day} hou",
    "yue_hani": "{0.month}月{0.day}號",
}
_SOURCES = {
    "conversations": "conversations WHERE id = :conversation",
    "repair": "tickets WHERE number = :number",
    "recovery_tasks": "recovery_tasks WHERE feedback_id IN (SELECT id FROM feedback WHERE conversation_id = :conversation)",
    "ticket_events": "ticket_events WHERE ticket_id = (SELECT id FROM tickets WHERE number = :number) ORDER BY at",
}
_TICKET_NUMBER = re.compile(r"RT-\w{4}-\w{4}")


@dataclass(frozen=True)
class Dialogue:
    """One dialogue in one way of writing."""

    file: str
    name: str
    way: str
    steps: tuple[Mapping[str, Any], ...]
    rows: Mapping[str, Any]
    given: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.name.replace(' ', '_')}-{self.way}"


def all_dialogues() -> Iterator[Dialogue]:
    """Give every dialogue in every way of writing that its file has."""
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf8")):
            for way in WAYS:
                steps = [_in_the_way(step, way) for step in entry["steps"]]
                if all(step is not None for step in steps):
                    yield Dialogue(
                        path.stem,
                        entry["name"],
                        way,
                        tuple(s for s in steps if s),
                        entry.get("rows", {}),
                        entry.get("given", {}),
                    )


def _in_the_way(step: Mapping[str, Any], way: str) -> dict[str, Any] | None:
    """Give a step with what is written differently in each way; None where the way is missing."""
    said = step.get("say")
    if isinstance(said, Mapping):
        if way == "zh_hant" and "zh" in said:
            said = {"zh_hant": to_traditional(said["zh"]), **said}
        if way not in said:
            return None
        step = {**step, "say": said[way]}
    if isinstance(step.get("in"), Mapping):
        step = {**step, "in": step["in"][way]}
    return dict(step)


def play(dialogue: Dialogue, desk: str, records: Engine) -> None:
    """Hold a dialogue with the desk and check each answer's wording, language and script, then the rows."""
    customer, values = Customer(desk), days()
    values |= prepare(dialogue.given, records, customer.conversation, values)
    spoken: Sequence[str] = WAYS[dialogue.way]
    for number, step in enumerate(dialogue.steps, 1):
        if "enter" in step:
            customer = Customer(desk)
            continue
        spoken = step.get("in", spoken)
        said = step.get("say")
        rows = customer.choose(step["choose"]) if said is None else customer.say(written(said, dialogue.way, values))
        keys = wordings_of(records, customer.conversation)
        wrong = mismatch(step, keys, rows, spoken)
        assert not wrong, f"{dialogue}, step {number}: {said or step['choose']!r}: {wrong}; {[r['text'] for r in rows]}"
        values |= told_number(rows)
    for table, wanted in dialogue.rows.items():
        wanted = [{name: _stored(value, values) for name, value in row.items()} for row in wanted]
        found = found_rows(records, table, wanted, conversation=customer.conversation, number=values.get("number"))
        assert found == wanted, f"{dialogue}: rows of {table}"


def mismatch(step: Mapping[str, Any], keys: list[str], rows: list[dict[str, Any]], spoken: Sequence[str]) -> str | None:
    """Say how answers differ from what a step wants; None when they do not."""
    if [key.removesuffix("_closed") for key in keys] != step["answers"]:
        return f"{keys} instead of {step['answers']}"
    for row in rows:
        if (row["language"], row["script"]) != tuple(spoken):
            return f"answered in {row['language']}/{row['script']}"
    missing = [words for words in step.get("says", ()) if not any(words in row["text"] for row in rows)]
    slipped = [words for words in step.get("never", ()) if any(words in row["text"] for row in rows)]
    return f"without {missing}, with {slipped}" if missing or slipped else None


def days() -> dict[str, Any]:
    """Name the days that dialogues speak of: two on which visits are made, and one on which none is."""
    company = the_company()
    today = company.today(datetime.now(timezone.utc))
    coming = [today + timedelta(days=ahead) for ahead in range(3, 24)]
    working = [day for day in coming if len(company.spans(day)) > 1]
    closed = next(day for day in coming if not company.spans(day))
    return {"open_day": working[0], "later_day": working[3], "closed_day": closed}


def written(said: str, way: str, values: Mapping[str, Any]) -> str:
    """Write a message with the days as people of that way write them."""
    form = _DAYS[way.removesuffix("_hant")]
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", value if isinstance(value, str) else form.format(value))
    return said


def told_number(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Give the ticket number that answers tell, if any."""
    found = [number for row in rows for number in _TICKET_NUMBER.findall(row["text"])]
    return {"number": found[-1]} if found and found[-1] != "RT-8K3M-52QD" else {}


def wordings_of(records: Engine, conversation: str) -> list[str]:
    """Name the wordings that answered the latest message of a conversation."""
    with records.connect() as connection:
        stored = connection.execute(select(dialogues.c.events).where(dialogues.c.conversation_id == conversation))
        events = json.loads(stored.scalar_one())
    last = max(i for i, event in enumerate(events) if event["event"] == "user")
    return [event["metadata"]["utter_action"] for event in events[last:] if event["event"] == "bot"]


def found_rows(
    records: Engine, table: str, wanted: list[Mapping[str, Any]], *, conversation: str, number: str | None
) -> list[dict[str, Any]]:
    """Give the rows of a conversation, or of the ticket of that number, with the wanted columns only, oldest first."""
    source = _SOURCES.get(table, f"{table} WHERE conversation_id = :conversation ORDER BY created_at")
    columns = ", ".join(f'"{name}"' for name in (wanted[0] if wanted else ["id"]))  # PostgreSQL reserves "window"
    query = f"SELECT {columns} FROM {source}"
    with records.connect() as connection:
        found = connection.execute(text(query), {"conversation": conversation, "number": number}).mappings().all()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return str(value) if hasattr(value, "isoformat") else value


def _stored(value: Any, values: Mapping[str, Any]) -> Any:
    named = value.strip("{}") if isinstance(value, str) else None
    return _plain(values[named]) if named in values else value
