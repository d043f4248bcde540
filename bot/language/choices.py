"""Which of the offered choices a customer means: a tap's label, a number, a position, in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.language import numbers
from bot.language.entities import tables
from bot.language.reading import Reading
from bot.language.scripts import fold

_NUMBER = re.compile(
    r"(?:我?(?:要|选|揀|拣|係|系|就|想要|想)\s?)?(?:no\.?|number|option|choice|answer|item|#|第|选项|答案|[(（])?\s?"
    rf"(?P<n>\d{{1,2}}|[{numbers.HAN}]{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|[a-h])"
    r"\s?(?:号|个|項|项|[.)）]|th|st|nd|rd)?\s?(?:嗰个|𠮶个|那个|个|一个|个选项)?[\s.,!。!！啦吧呀喇啊嘅的please唔该谢]*"
)
_POSITION = re.compile(
    rf"第\s?(?P<han>\d{{1,2}}|[{numbers.HAN}]{{1,3}})|(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d(?:st|nd|rd|th))\b"
    r"|(?P<last>last(?: one)?|最后|最尾|尾[嗰𠮶]|后面(?:那|嗰|𠮶|个)|后边(?:那|嗰|𠮶)|后者|latter|尾二|bottom one|下面(?:那|嗰|𠮶)|bottom|最底)"
    r"|(?P<first>前面(?:那|嗰|𠮶|个)|前者|former|头先[嗰𠮶]|头[嗰𠮶]|上面(?:那|嗰|𠮶)|最前|top one|最上)"
    r"|(?P<middle>中间(?:那|嗰|𠮶|个)?|middle)"
)
_SPOKEN = {
    "yat": 1, "jat": 1, "yut": 1, "yi": 2, "ji": 2, "yee": 2, "leung": 2, "loeng": 2, "saam": 3, "sam": 3, "sei": 4,
    "say": 4, "ng": 5, "luk": 6, "chat": 7, "cat": 7, "baat": 8, "bat": 8, "gau": 9, "sap": 10,
}  # fmt: skip
_ROMANIZED = re.compile(
    rf"(?:(?:ngo|jiu|yiu|gaan|haih?|zau|jau)[1-6]?\s)*(?P<dai>dai[1-6]?\s?)?(?P<n>{'|'.join(_SPOKEN)})(?P<tone>[1-6]?)"
    r"(?P<go>\s?(?:go|ko|goh|hou|ho)[1-6]?)?(?:\s(?:la|aa|ah|laa|lo|m4? ?goi1?))*[.!\s]*"
)
_ROMANIZED_LAST = re.compile(
    r"\b(?:jeui|zeoi|jui)[1-6]? (?:hau|mei)[1-6]?|\b(?:mei|hau ?(?:min|bin)|haau min)[1-6]? (?:go|ko|gó)"
)
# All that may stand around "the first" when it chooses: 第一城 is a place, and last night is when it broke.
_AROUND = re.compile(
    r"(?:\W|_|[我要想选揀拣就系係是个個那嗰𠮶呢这這吧啦呀喇啊嘅的唔该谢麻烦请好得间款项号位日天帮先]|"
    r"\b(?:the|one|ones|that|this|please|pls|plz|thanks|thank|you|thx|i|i'd|i'll|id|ill|we|want|would|like|prefer|take|choose|pick|go|"
    r"with|for|let's|lets|me|my|give|have|option|choice|item|answer|day|date|slot|on|list|in|of|from|it's|its|is|ok|okay|yes|"
    r"last|second|works|suits|us|best|fine|good|just|m|goi|mgoi|ngo|yiu|jiu|la|ah|go|gor|ge|haih?|zau|jau)\b)*"
)
_TONE = re.compile(r"(?<=[a-z])[1-6](?![a-z0-9])")
_CLOSE = 88.0
_MOST_AROUND = 30  # bytes: ten characters, or half a dozen English words


def match(said: str | Reading, labels: Sequence[str]) -> int | None:
    """Give the index of the choice meant, or None.

    >>> days = ["Mon 9 Nov, morning", "Tue 10 Nov, afternoon", "Another day"]
    >>> [match(said, days) for said in ("2", "第二個", "ji6", "dai yi go", "the last one", "another day", "maybe")]
    [1, 1, 1, 1, 2, 2, None]
    """
    original = said.original if isinstance(said, Reading) else said
    texts = [tables.simplified(fold(original).text).strip()]
    if isinstance(said, Reading):
        texts.append(said.folded.text.strip())
    folded = [tables.simplified(fold(label).text).strip() for label in labels]
    for text in texts:
        for way in (_by_label, _by_number, _by_romanized, _by_position, _by_part):
            index = way(text, folded)
            if index is not None and 0 <= index < len(labels):
                return index
    return None


def _by_label(text: str, labels: list[str]) -> int | None:
    plain = [_toneless(label) for label in labels]
    return plain.index(_toneless(text)) if _toneless(text) in plain else None


def _toneless(text: str) -> str:
    """Leave the tones out of Jyutping, as most people do: `m4 gaau2` is `m gaau`."""
    return _TONE.sub("", text)


def _by_number(text: str, labels: list[str]) -> int | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    word = found["n"]
    if len(word) == 1 and "a" <= word <= "h":
        return ord(word) - ord("a")
    value = numbers.ENGLISH.get(word) or numbers.chinese(word)
    return value - 1 if value else None


def _by_romanized(text: str, labels: list[str]) -> int | None:
    found = _ROMANIZED.fullmatch(text)
    if found:
        return _SPOKEN[found["n"]] - 1
    last = _ROMANIZED_LAST.search(text)
    return len(labels) - 1 if last and _chooses(text, last) else None


def _by_position(text: str, labels: list[str]) -> int | None:
    found = _POSITION.search(text)
    if found is None or not _chooses(text, found):
        return None
    if found["last"]:
        return len(labels) - (2 if found["last"] == "尾二" or "second last" in text else 1)
    if found["first"]:
        return 0
    if found["middle"]:
        return len(labels) // 2 if len(labels) % 2 else None
    if found["han"]:
        value = numbers.chinese(found["han"])
    else:
        value = numbers.ORDINAL.get(found["word"]) or int(found["word"][:-2])
    if "last" in text[found.end() : found.end() + 6] or "尾" in text[found.end() : found.end() + 3]:
        return len(labels) - (value or 0)
    return value - 1 if value else None


def _chooses(text: str, position: re.Match[str]) -> bool:
    """Tell a position that chooses from one in a message with news of its own."""
    return _AROUND.fullmatch(text[: position.start()] + " " + text[position.end() :]) is not None


def _by_part(text: str, labels: list[str]) -> int | None:
    """Find the one label that the words name, or nearly name."""
    if len(text) < 2:
        return None
    named = [at for at, label in enumerate(labels) if _holds(text, label) or _is_little_more(text, label)]
    if len(named) == 1:
        return named[0]
    scores = [fuzz.ratio(_toneless(text), _toneless(label)) for label in labels]
    best = max(scores, default=0.0)
    return scores.index(best) if best >= _CLOSE and scores.count(best) == 1 else None


def _is_little_more(text: str, label: str) -> bool:
    """Tell whether a text is a label with a few words around it: a number, or a sentence, is news of its own."""
    if len(label) < 2 or not _holds(label, text):
        return False
    around = text.replace(label, "", 1)
    return not any(map(str.isdigit, around)) and len(around.encode()) <= _MOST_AROUND


def _holds(part: str, whole: str) -> bool:
    """Tell whether `part` stands in `whole` as whole words."""
    edge = r"(?<![a-z0-9])" + re.escape(part) + r"(?![a-z0-9])"
    return re.search(edge, whole) is not None
