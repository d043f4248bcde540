"""A blank spaCy pipeline: one token a Chinese character or Latin word, then an EntityRuler over all names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    # Imported where it is used: a process that only matches choices must not carry it.
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

TOKEN = re.compile(r"[㐀-鿿豈-﫿𠀀-𯿿]|[a-z]+(?:['’][a-z]+)*|[0-9]+|[^\sa-z0-9\-–·]")
"""Chinese is cut into characters, so that no word boundary hides a name; hyphens only separate."""

_UNKNOWN = "\N{WHITE SQUARE}"


class Name(NamedTuple):
    """A phrase that names something: `label` an entity, `value` its code ("" for a phrase that means nothing)."""

    label: str
    value: str
    phrase: str


class Hit(NamedTuple):
    """A name found in `text[start:end]`."""

    label: str
    value: str
    start: int
    end: int


class _Cutter:
    """The tokenizer: words that no name contains become one placeholder, so the vocabulary never grows."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.known: set[str] = set()

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        found = [(match[0], match.start(), match.end()) for match in TOKEN.finditer(text)]
        words = [word if word in self.known else _UNKNOWN for word, _, _ in found]
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        doc.user_data["places"] = [(start, end) for _, start, end in found]
        return doc


class Names:
    """Every known name of products, districts, languages …, found in a text by one spaCy pipeline."""

    def __init__(self, names: Iterable[Name]) -> None:
        known = list(names)
        self.listed = frozenset(name.phrase for name in known)
        self._pipeline = build(known)

    def find(self, text: str) -> Iterator[Hit]:
        """Give the names in a lower-case, simplified text, the longest where they overlap."""
        doc = self._pipeline(text)
        places = doc.user_data["places"]
        for span in doc.ents:
            yield Hit(span.label_, span.ent_id_, places[span.start][0], places[span.end - 1][1])


def _spacy() -> Any:
    """Import spaCy without TensorFlow, which its library of layers loads where it finds it: 5 s and 500 MB for nothing.

    Where TensorFlow is loaded already it stays; whoever imports it later gets it.
    """
    hidden = "tensorflow" not in sys.modules
    if hidden:
        sys.modules["tensorflow"] = None  # type: ignore[assignment]  # an import of it fails as if it were missing
    try:
        import spacy
    finally:
        if hidden:
            del sys.modules["tensorflow"]
    return spacy


def build(names: list[Name]) -> Pipeline:
    """Make the pipeline for these names.

    One phrase belongs to one label and code: the first to claim it keeps it.
    """
    pipeline = _spacy().blank("xx")
    cutter = _Cutter(pipeline.vocab)
    pipeline.tokenizer = cutter
    ruler: Any = pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "ORTH"})
    patterns: dict[tuple[str, ...], dict[str, str]] = {}
    for name in names:
        words = tuple(match[0] for match in TOKEN.finditer(name.phrase))
        if words and words not in patterns:
            cutter.known.update(words)
            patterns[words] = {"label": name.label, "id": name.value, "pattern": name.phrase}
    ruler.add_patterns(list(patterns.values()))
    # It would count all patterns again for every message, only to warn that there are none; its matcher has what it
    # needs of them, and the patterns themselves are 16 MB.
    ruler._require_patterns = lambda: None
    ruler.phrase_patterns.clear()
    return pipeline
