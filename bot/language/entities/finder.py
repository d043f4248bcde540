"""Find every entity of a message, its exact place in what the customer typed and its canonical value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple

from bot.language import addresses, dates, identifiers, names, phones, ratings, times
from bot.language.aligned import Aligned
from bot.language.entities import guards, romanized, tables
from bot.language.entities.entity import Entity
from bot.language.entities.gazetteer import audible, heard, known_names
from bot.language.entities.pipeline import Names
from bot.language.entities.symptoms import Symptoms
from bot.language.found import Found
from bot.language.reading import Reading

_TONE = re.compile(r"(?<=[a-z])[1-6](?![a-z0-9])")
_WEIGHTS: dict[str, float] = {
    "email": 9, "ticket_number": 8, "order_number": 8, "serial_number": 8, "phone": 7, "address": 6,
    "model": 5, "rating": 4.5, "time": 4, "date": 4, "district": 3.5, "name": 3.2,
}  # fmt: skip
"""What wins where two overlap; at equal weight the longer one."""


class Finder(NamedTuple):
    """What finding needs, built once."""

    names: Names
    symptoms: Symptoms
    romanized: romanized.Romanized


class _Candidate(NamedTuple):
    name: str
    start: int
    end: int
    value: str | None
    refused: str | None


@cache
def load() -> Finder:
    """Build the finder from the lookup tables; the next call gives the same one."""
    listed = known_names()
    return Finder(Names(listed), Symptoms(), romanized.Romanized([*heard(), *audible(listed)]))


def find(reading: Reading, now: datetime, expected: str | None = None) -> tuple[Entity, ...]:
    """Give the entities of a message in the order they stand.

    `expected` names the entity that the desk has just asked for: then bare numbers, names and
    addresses get their meaning from it.
    """
    finder = load()
    original = reading.original
    plain = _plain(original)
    views = _views(reading, plain, finder)
    if expected == "name" and _names_somebody(views, reading, finder, now):
        expected = None  # "my name is …": the words around a name are not part of it
    found = list(_typed(plain, original, expected))
    for view in views:
        found.extend(_said(view, reading, finder, now, expected))
    return tuple(
        Entity(one.name, one.start, one.end, original[one.start : one.end], one.value, one.refused)
        for one in _without_overlaps(found)
        if one.name != "nothing"
    )


def _names_somebody(views: list[Aligned], reading: Reading, finder: Finder, now: datetime) -> bool:
    return any(one.name == "name" for view in views for one in _said(view, reading, finder, now, None))


def _plain(original: str) -> Aligned:
    """Fold width and case only, so that identifiers keep every character."""
    pieces = [(unicodedata.normalize("NFKC", character).lower(), at, at + 1) for at, character in enumerate(original)]
    return Aligned.of(original, pieces)


def _views(reading: Reading, plain: Aligned, finder: Finder) -> list[Aligned]:
    """Give the texts to look at: the folded reading, and the message with only well-known words decoded."""
    folded = _tight(reading.folded)
    if reading.identified.romanized == "pinyin":
        return [folded, plain]
    latin = finder.romanized.decode(plain, strict=reading.identified.romanized is None)
    if reading.identified.romanized:  # what decoding took for Cantonese may be English, or a name
        return [folded, _toneless(latin or plain)]
    return [folded] if latin is None or latin.text == folded.text else [folded, latin]


def _tight(view: Aligned) -> Aligned:
    """Close the spaces between decoded characters."""
    text = view.text
    if " " not in text:
        return view
    keep = [
        at
        for at, character in enumerate(text)
        if not (
            character == " "
            and 0 < at < len(text) - 1
            and not text[at - 1].isascii()
            and not text[at + 1].isascii()
            and view.original[view.places[at - 1][0]].isascii()
            and view.original[view.places[at + 1][0]].isascii()
        )
    ]
    return Aligned(view.original, "".join(text[at] for at in keep), tuple(view.places[at] for at in keep))


def _closed(view: Aligned) -> Aligned:
    """Close every space beside a Chinese character, and write 着 for 著: 漏 gas is 漏gas."""
    text = view.text.replace("著", "着")
    if text.isascii() or " " not in text:
        return Aligned(view.original, text, view.places)
    last = len(text) - 1
    keep = [
        at
        for at, character in enumerate(text)
        if not (character == " " and 0 < at < last and not (text[at - 1].isascii() and text[at + 1].isascii()))
    ]
    return Aligned(view.original, "".join(text[at] for at in keep), tuple(view.places[at] for at in keep))


def _toneless(view: Aligned) -> Aligned:
    """Leave out tone digits, which are no numbers."""
    tones = {match.start() for match in _TONE.finditer(view.text)}
    keep = [at for at in range(len(view.text)) if at not in tones]
    return Aligned(view.original, "".join(view.text[at] for at in keep), tuple(view.places[at] for at in keep))


def _typed(plain: Aligned, original: str, expected: str | None) -> Iterator[_Candidate]:
    """Find what is written in letters and digits, whatever the language."""
    text = tables.simplified(plain.text)
    case = text if len(text) != len(original) else original
    kinds = {
        "email": identifiers.emails(text),
        "ticket_number": identifiers.tickets(text, expected=expected == "ticket_number"),
        "order_number": identifiers.orders(text, expected=expected == "order_number"),
        "serial_number": identifiers.serials(text, expected=expected == "serial_number"),
        "phone": phones.find(text, expected=expected == "phone"),
        "model": identifiers.models(text, case, expected=expected == "model"),
        "fault": identifiers.error_codes(text, case),
    }
    for name, several in kinds.items():
        yield from _placed(plain, name, several)
    yield from _placed(plain, "name", names.capitalised(text, case))


def _placed(view: Aligned, name: str, several: Iterator[Found]) -> Iterator[_Candidate]:
    for one in several:
        if one.end > one.start:
            start, end = view.span(one.start, one.end)
            yield _Candidate(name, start, end, one.value, one.refused)


def _said(view: Aligned, reading: Reading, finder: Finder, now: datetime, expected: str | None) -> Iterator[_Candidate]:
    """Find what is said in words."""
    text = view.text
    romanized_too = reading.identified.romanized is not None
    named = [hit for hit in finder.names.find(text) if guards.means_it(hit, text, romanized=romanized_too)]
    if romanized_too:
        named = guards.said_alike(named, text)
    for hit in guards.together(named, text):
        hit = guards.trimmed(hit, text)
        start, end = view.span(hit.start, hit.end)
        if not (romanized_too and hit.label == "district" and guards.only_sounds_so(view, hit, finder.names.listed)):
            yield _Candidate(hit.label, start, end, hit.value or None, None)
    closed = _closed(view)
    products = [view.span(hit.start, hit.end) for hit in named if hit.label == "product"]
    for hit in finder.symptoms.find(closed.text):
        start, end = closed.span(hit.start, hit.end)
        if products or not (romanized_too and guards.is_one_syllable(closed, hit)):
            yield _Candidate("fault", _after(products, start, end, view.original), end, hit.value, None)
    yield from _placed(view, "date", _dates(text, reading, now, expected))
    yield from _placed(view, "time", times.find(text, expected=expected == "time"))
    yield from _placed(view, "name", names.find(text, _case(view), expected=expected == "name"))
    yield from _placed(view, "address", addresses.find(text, expected=expected == "address"))
    yield from _placed(view, "rating", ratings.find(text, expected=expected == "rating"))


def _after(products: list[tuple[int, int]], start: int, end: int, original: str) -> int:
    """Let a fault start behind the product that it began in: the oven's fault is not in the word oven."""
    for first, last in products:
        if first <= start < last < end:
            return last + len(original[last:end]) - len(original[last:end].lstrip())
    return start


def _dates(text: str, reading: Reading, now: datetime, expected: str | None) -> Iterator[Found]:
    """Find dates, month first for Mandarin; short English names of days only in English."""
    language = reading.identified.language
    return dates.find(
        text, now, expected=expected == "date", month_first=language == "zh", english=language in ("en", None)
    )


def _case(view: Aligned) -> str:
    """Give the text of a view with the capitals that the customer typed."""
    return "".join(
        view.original[start] if end - start == 1 and view.original[start].lower() == character else character
        for character, (start, end) in zip(view.text, view.places, strict=True)
    )


def _without_overlaps(found: list[_Candidate]) -> list[_Candidate]:
    """Keep the weightiest, then the longest, of those that overlap."""
    ranked = sorted(found, key=lambda one: (-_WEIGHTS.get(one.name, 3), one.start - one.end, one.start))
    kept: list[_Candidate] = []
    for one in ranked:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
