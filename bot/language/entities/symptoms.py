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
    r"(?:(?:is|are|it's|with|so|really|just|all|has|was|now|suddenly)\s)+"
    r"|(?:咁|真系|又|就|都|也|还|仲|成日|经常|突然|忽然|个|只|把|啲|门都)+(?!都|人)"
)
_LEADING_SMELL = re.compile(r"(?:有|一股|有股|有阵|有种|阵|发出)+(?=(?!味|气味|声|响声).*[味声响音]$)(?!.*[无冇没])")
"""What may stand before a symptom without belonging to its shortest form: Mandarin has 怪味, Cantonese 有怪味."""
_WITH_IT = re.compile(r"(?:一直|很|太|特别|超级?|好快|很快|好|完全)$")
"""What belongs to a symptom it stands before: 好快 to 好快冇电."""
_THERE_IS = re.compile(r"有(?:只|阵|股|成阵|好大阵)?$")
_CANTONESE = re.compile("[唔冇嘅咗喺啲嚟佢咁嗰畀俾攞搵]|系咪|雪柜|冷气")
_TRAILING = re.compile(
    r"(?<![不唔屏碎裂])了$|(?:\s(?:at all|any ?more|properly|smoke|to|from|with|(?<!turn )(?<!switch )(?<!power )(?<!come )on"
    r"|when|completely|again|the|a|all|and))+$"
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
            options = self._han.get(letter, ())
            if latin:
                options = [*self._latin.get(letter, ()), *options]
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
        cantonese = _CANTONESE.search(text) is not None
        for leading in (_LEADING, *(() if cantonese else (_LEADING_SMELL,))):
            lead = leading.match(text, hit.start, hit.end)
            if lead and lead.end() < hit.end:
                hit = hit._replace(start=lead.end())
        more = _WITH_IT.search(text, 0, hit.start) or (
            _THERE_IS.search(text, 0, hit.start) if cantonese and text[hit.end - 1] in "味声花" else None
        )
        return hit._replace(start=more.start()) if more else hit

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
