"""What the desk says: wordings authored side by side in three languages, spoken in one language and script.

A wording is data (`responses` in domain.yml):

    utter_ask_phone:
    - custom:
        en: What number can the engineer call?
        zh: 请问师傅打哪个电话联系您？
        yue: 請問師傅打邊個電話搵你？
        choices: [skip]
        simpler: {en: "Just your phone number, …", zh: …, yue: …}

Mandarin is authored in simplified characters and Cantonese in traditional ones; traditional Mandarin,
simplified Cantonese and Jyutping are derived. What a customer wrote is a value and never converted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.language.aligned import Language, Script

LANGUAGES: tuple[Language, ...] = ("en", "zh", "yue")
_VARIABLE = re.compile(r"\{(\w+)\}")
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": "一二三四五六日",
}
_MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June")
_MONTHS += ("July", "August", "September", "October", "November", "December")


class UnknownWording(KeyError):
    """A wording, a variable or a term that nobody has authored; the message names it."""


@dataclass(frozen=True)
class Choice:
    """One thing a customer may choose: what it is called and what it means to the assistant."""

    label: str
    payload: Mapping[str, Any]  # {"intent": "affirm", "entities": {"product": "television"}}


@dataclass(frozen=True)
class Said:
    """A wording spoken: the text, and the choices it offers."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Wording:
    """All wordings and terms of the desk."""

    responses: Mapping[str, Mapping[str, Any]]
    terms: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @classmethod
    def load(cls, domain: Path, terms: Path) -> Wording:
        """Read the wordings of a domain file and the terms (names of codes) of a terms file."""
        responses = yaml.safe_load(domain.read_text("utf8"))["responses"]
        return cls.of(responses, yaml.safe_load(terms.read_text("utf8")))

    @classmethod
    def of(cls, responses: Mapping[str, Sequence[Mapping[str, Any]]], terms: Mapping[str, Any]) -> Wording:
        """Take wordings as Rasa's domain holds them."""
        return cls({key: variants[0]["custom"] for key, variants in responses.items()}, terms)

    def say(
        self,
        key: str,
        language: Language,
        script: Script,
        values: Mapping[str, Any] | None = None,
        choices: Sequence[str | Mapping[str, Any]] = (),
        *,
        simpler: bool = False,
    ) -> Said:
        """Speak a wording, filled with `values`, with its own choices or else the given ones.

        `simpler` takes its plainer words, where it has any; a wording without them is plain enough.

        Values under the name of a kind of term (`product`, `fault_2`) are codes and named; `datetime.date` values and
        names ending in `date` are days; three-language mappings are the company's own words; the rest is literal.
        Raises UnknownWording for a key, variable or code that has no wording.
        """
        entry = self._entry(key)
        words = entry.get("simpler", entry) if simpler else entry
        text = self._speak(words[language], language, script, values or {})
        wanted = choices or entry.get("choices", ())
        return Said(text, tuple(self._choice(choice, language, script, values or {}) for choice in wanted))

    def _entry(self, key: str) -> Mapping[str, Any]:
        try:
            return self.responses[key]
        except KeyError:
            raise UnknownWording(f"no wording {key}") from None

    def _choice(
        self, wanted: str | Mapping[str, Any], language: Language, script: Script, values: Mapping[str, Any]
    ) -> Choice:
        if isinstance(wanted, str):
            wanted = {"say": wanted}
        entry = self._entry(f"utter_choice_{wanted['say']}")
        label = self._speak(entry[language], language, script, {**values, **wanted.get("values", {})})
        payload = wanted.get("payload") or {"intent": entry["intent"], "entities": entry.get("entities", {})}
        return Choice(label, payload)

    def _speak(self, template: str, language: Language, script: Script, values: Mapping[str, Any]) -> str:
        pieces: list[tuple[str, bool]] = []  # text, and whether it is the desk's own and may be converted
        position = 0
        for match in _VARIABLE.finditer(template):
            pieces.append((template[position : match.start()], True))
            if match[1] not in values:
                raise UnknownWording(f"no value for {{{match[1]}}} in {template!r}")
            pieces.append(self._value(match[1], values[match[1]], language))
            position = match.end()
        pieces.append((template[position:], True))
        return _convert(_joined(pieces), language, script)

    def _value(self, name: str, value: Any, language: Language) -> tuple[str, bool]:
        kind = name.rstrip("0123456789_")
        if isinstance(value, Mapping):
            return str(value[language]), True
        if kind == "window":
            return self._window(str(value), language), True
        if kind in self.terms:
            try:
                return self.terms[kind][str(value)][language], True
            except KeyError:
                raise UnknownWording(f"no {kind} is called {value!r} in {language}") from None
        if isinstance(value, date) or (kind.endswith("date") and value):
            return spoken_day(value if isinstance(value, date) else date.fromisoformat(str(value)), language), True
        return str(value), False

    def _window(self, value: str, language: Language) -> str:
        """Name a part of a day: a code, a clock time, a span of two, or one with `after ` or `before `."""
        word, _, clock = value.rpartition(" ")
        if word in ("after", "before"):
            return self.terms["window"][word][language].format(clock=clock)
        named = self.terms["window"].get(value)
        return named[language] if named else value


def spoken_day(day: date, language: Language) -> str:
    """Name a day the way a person would write it.

    >>> spoken_day(date(2026, 11, 27), "en"), spoken_day(date(2026, 11, 27), "zh"), spoken_day(date(2026, 11, 27), "yue")
    ('Friday 27 November', '11月27日（星期五）', '11月27號（星期五）')
    """
    if language == "en":
        return f"{_WEEKDAYS['en'][day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}{'日' if language == 'zh' else '號'}（星期{_WEEKDAYS['zh'][day.weekday()]}）"


def _joined(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join neighbours of one kind, so that conversion sees whole phrases."""
    joined: list[tuple[str, bool]] = []
    for text, own in pieces:
        if joined and joined[-1][1] == own:
            joined[-1] = (joined[-1][0] + text, own)
        elif text:
            joined.append((text, own))
    return joined


def _convert(pieces: list[tuple[str, bool]], language: Language, script: Script) -> str:
    if language == "yue" and script == "both":
        characters = _convert(pieces, language, "traditional")
        return f"{characters}\n{_convert(pieces, language, 'latin')}"
    if language == "yue" and script == "latin":
        return _romanized(pieces)
    if language == "zh" and script in ("traditional", "both"):
        from bot.language.scripts import to_traditional as convert
    elif language == "yue" and script == "simplified":
        from bot.language.scripts import to_simplified as convert
    else:
        return "".join(text for text, _ in pieces)
    return "".join(convert(text) if own else text for text, own in pieces)


def _romanized(pieces: list[tuple[str, bool]]) -> str:
    from bot.language.romanization import to_jyutping

    spoken = ""
    for text, own in pieces:
        words = "\n".join(to_jyutping(line) for line in text.split("\n")) if own else text
        if (
            spoken
            and words
            and (spoken[-1].isalnum() or spoken[-1] in ",.:;?!")
            and (words[0].isalnum() or words[0] == "+")
        ):
            spoken += " "
        spoken += words
    return spoken
