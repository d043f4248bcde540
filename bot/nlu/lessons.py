"""Training lines made ready to learn from: read, and spelled in the other ways people write them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timezone

from bot.language import romanization
from bot.language.entities import find
from bot.language.intents import Line
from bot.language.reading import Reading, read
from bot.language.scripts import to_traditional

# Everyday spelling is both what people write and what is hardest to read, so half of the lines are spelled so.
SCHEMES = ("jyutping_toneless", "joined", "yale", "government", "informal", "informal", "informal", "informal")
# Any moment will do: only the kinds of entities are learned from, not their values.
_THEN = datetime(2026, 3, 14, 10, tzinfo=timezone.utc)
_SPELLED_TRUST = 0.5
_OFTEN, _MOSTLY = 5, 1.5  # fewer lines than that are chance
_HARDLY = 0.01


def unmeant(lines: Sequence[Line], marked: Sequence[Collection[str]]) -> dict[str, list[str]]:
    """Tell, by label, the entities that are found more often than meant: a fault in a complaint about slow people.

    `marked` are the names of the entities marked in each group's text.
    """
    meant: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.trust == 1.0:
            found.update((line.label, name) for name in set(line.found))
            meant.update((line.label, name) for name in set(line.found) & set(marked[line.group]))
    never: dict[str, list[str]] = {}
    for (label, name), times in sorted(found.items()):
        wrong = times - meant[label, name]
        if wrong >= _OFTEN and wrong > _MOSTLY * meant[label, name]:
            never.setdefault(label, []).append(name)
    return never


def strangers(lines: Sequence[Line]) -> dict[str, list[str]]:
    """Tell, by label, the entities that were hardly ever found in its lines: a phone number in a greeting."""
    count: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.trust == 1.0:
            count[line.label] += 1
            found.update((line.label, name) for name in set(line.found))
    names = sorted({name for _, name in found})
    return {label: [name for name in names if found[label, name] <= _HARDLY * times] for label, times in count.items()}


def lines(examples: Sequence[tuple[str, str]], *, seed: int) -> list[Line]:
    """Make lines of (text, label) pairs; the ways one text is written form one group."""
    rng = random.Random(seed)
    made = []
    for group, (text, label) in enumerate(examples):
        for number, reading in enumerate(_readings(text, rng)):
            found = tuple(entity.name for entity in find(reading, _THEN))
            made.append(Line(reading, label, group, found, 1.0 if number == 0 else _SPELLED_TRUST))
    return made


def _readings(text: str, rng: random.Random) -> Iterator[Reading]:
    """Yield a text as written, then as others would write it, where that is read differently."""
    reading = read(text)
    yield reading
    seen = {reading.folded.text}
    for other in _spellings(text, reading, rng):
        varied = read(other)
        if varied.folded.text not in seen:
            seen.add(varied.folded.text)
            yield varied


def _spellings(text: str, reading: Reading, rng: random.Random) -> Iterator[str]:
    """Yield other ways to write a text: Cantonese in Latin letters, Mandarin in traditional characters."""
    identified = reading.identified
    if identified.romanized or identified.language is None:
        return
    if identified.language == "yue":
        yield romanization.spell(to_traditional(text), rng.choice(SCHEMES), rng)
    elif identified.language == "zh":
        yield to_traditional(text)
