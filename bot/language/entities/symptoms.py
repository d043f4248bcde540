"""Faults: definite symptoms with inflection and gaps, found where one of their first letters stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.language.entities import patterns, tables
from bot.language.entities.pipeline import Hit

_DENIED = re.compile(r"(?:n['’]?t|not|no longer|stopped|without|never)\s$")
_ASKED = re.compile(r"(.)[不唔]\1|有[冇没]|(?:冇|没|没有)(?:得|人)")
_LEADING = re.compile(
    r"(?:(?:is|are|it's|with|so|very|really|completely|totally|absolutely|still|just|all|too|super|pretty|quite|extremely|has|was|stays|always|now|suddenly)\s)+"
    r"|(?:好|很|太|非常|特别|超级|超|巨|十分|几|咁|挺|蛮|真系|又|就|都|也|还|仲|成日|一直|经常|突然|忽然|完全|个|只|把|啲)+(?!都|人)"
    r"|(?:有|一股|有股|有阵|有种|阵|发出)+(?=(?!味|气味|声|响声).*[味声响音]$)(?!.*[无冇没])"
)
"""What may stand before a symptom without belonging to its shortest form."""
_TRAILING = re.compile(
    r"(?<![不唔屏碎裂])了$|(?:\s(?:at all|any ?more|properly|smoke|to|from|with|on|when|completely|again|the|a|all|and))+$"
)
_LIFT = re.compile(r"[电電]$")
_GENERAL = {"other"}
"""Codes that only get what no definite code wants."""


class Symptoms:
    """The faults of data/lookups/faults.yml as regular expressions."""

    def __init__(self) -> None:
        self._latin: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        self._han: dict[str, list[tuple[str, re.Pattern[str]]]] = defaultdict(list)
        table = tables.read("faults")
        macros = table["macros"]
        for code, lists in table.items():
            if code == "macros":
                continue
            self._add(self._latin, code, [p.lower() for p in lists.get("en", ())], macros, latin=True)
            self._add(
                self._han,
                code,
                [p.replace("著", "着") for p in tables.simplify(lists.get("zh", []))],
                macros,
                latin=False,
            )

    @staticmethod
    def _add(
        index: dict[str, list[tuple[str, re.Pattern[str]]]],
        code: str,
        texts: list[str],
        macros: dict[str, str],
        *,
        latin: bool,
    ) -> None:
        for text in texts:
            full = patterns.with_macros(text, macros)
            expression = re.compile(patterns.to_regex(full, latin=latin) + (r"(?![a-z])" if latin else ""))
            for letter in patterns.first_letters(full):
                index[letter].append((code, expression))

    def find(self, text: str) -> Iterator[Hit]:
        """Give the longest symptom at each place, the earlier first; overlaps are left to the caller."""
        for at, letter in enumerate(text):
            latin = letter.isascii()
            if latin and (at and text[at - 1].isascii() and text[at - 1].isalpha()):
                continue
            options = (self._latin if latin else self._han).get(letter)
            if options:
                best = self._longest(text, at, options)
                if best and not self._means_nothing(text, best):
                    yield self._shortest(text, best)

    @staticmethod
    def _shortest(text: str, hit: Hit) -> Hit:
        """Leave out adverbs, copulas and measures in front.

        The symptom of "is so noisy" is "noisy", of 一股霉味 it is 霉味.
        """
        tail = _TRAILING.search(text, hit.start, hit.end)
        if tail and tail.start() > hit.start + 1:
            hit = hit._replace(end=tail.start())
        lead = _LEADING.match(text, hit.start, hit.end)
        return hit._replace(start=lead.end()) if lead and lead.end() < hit.end else hit

    @staticmethod
    def _means_nothing(text: str, hit: Hit) -> bool:
        """Tell a symptom from its denial ("isn't leaking"), a question (冷不冷) and a lift (没电梯)."""
        after = text[hit.end : hit.end + 1]
        return (
            _DENIED.search(text, 0, hit.start) is not None
            or _ASKED.search(text, max(0, hit.start - 1), hit.end + 1) is not None
            or (text[hit.start : hit.end] == "臭" and text[hit.start - 1 : hit.start] in ("除", "去"))
            or (after in set("梯话视脑池器") and _LIFT.search(text, hit.start, hit.end) is not None)
            or (after == "气" and text[hit.end - 1] in "冷暖")
        )

    @staticmethod
    def _longest(text: str, at: int, options: list[tuple[str, re.Pattern[str]]]) -> Hit | None:
        best: Hit | None = None
        for code, expression in options:
            match = expression.match(text, at)
            if match is None or match.end() == at:
                continue
            if best is None or match.end() > best.end or (match.end() == best.end and best.value in _GENERAL):
                best = Hit("fault", code, at, match.end())
        return best
