"""The table of pinyin words: spellings, words, how likely each is, and which follow which."""

from __future__ import annotations

import gzip
import itertools
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

from bot.language.identify.training import corpora, samples
from bot.language.pinyin import END
from bot.language.scripts import to_simplified

# How many times one of the project's own lines counts against one sighting in jieba's sources.
_OWN = 400
_WORDS = 60_000
_PAIRS = 50_000
_SECOND_READING = 250


def build(folder: Path) -> None:
    """Write `pinyin.tsv.gz`."""
    words, pairs = counted()
    total = sum(words.values())
    weights = {word: math.log(count / total) for word, count in words.items()}
    spelled: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-words[word], word)):
        for number, spelling in enumerate(spellings(word)):
            # A character's second reading is far rarer than its first: 那 is nearly always na.
            rarer = _SECOND_READING if number else 0
            spelled[spelling].append(f"{word}\t{round(-100 * weights[word]) + rarer}")
    lines = ["\t".join([spelling, *found[:12]]) for spelling, found in sorted(spelled.items())]
    lines += ["", *pair_lines(pairs, weights)]
    (folder / "pinyin.tsv.gz").write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def counted() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count words and pairs of words over jieba's dictionary and the Mandarin lines."""
    words: Counter[str] = Counter()
    for word, count in corpora.mandarin_words(shortest=1, rarest=20):
        words[word] = count
    pairs: Counter[tuple[str, str]] = Counter()
    for line, times in [(line, _OWN) for line in corpora.project("zh")] + [
        (line, _OWN // 20) for line in samples.mandarin_lines(without="")
    ]:
        found = cut(line)
        for word in found:
            words[word] += times
        found.append(END)
        for pair in itertools.pairwise(found):
            pairs[pair] += times
    keep = {word for word, _ in words.most_common(_WORDS)}
    return Counter({word: words[word] for word in words if word in keep or len(word) == 1}), pairs


def cut(line: str) -> list[str]:
    """Cut a line into words of characters; anything else breaks nothing."""
    import jieba

    return [word for word in jieba.lcut(to_simplified(line)) if corpora.han(word) == word and word]


def pair_lines(pairs: Counter[tuple[str, str]], weights: dict[str, float]) -> list[str]:
    """List how much likelier a pair is than its words apart, where that is a good deal."""
    total = sum(pairs.values())
    ends = sum(count for (_, second), count in pairs.items() if second == END)
    weights = {**weights, END: math.log(ends / total)}
    lines: list[str] = []
    for (first, second), count in sorted(pairs.most_common(_PAIRS)):
        if first in weights and second in weights and count > 1:
            gain = math.log(count / total) - weights[first] - weights[second]
            # A pair seen once or twice proves little: part of the gain, and no more than four.
            bonus = min(4.0, gain * 0.7)
            if bonus > 0.3:
                lines.append(f"{first} {second}\t{round(100 * bonus)}")
    return lines


def spellings(word: str) -> list[str]:
    """Give the ways to spell a word, syllables parted by an apostrophe.

    >>> spellings("空调"), spellings("旅行")
    (["kong'tiao"], ["lv'xing", "lu'xing"])
    """
    from pypinyin import Style, lazy_pinyin, pinyin

    if len(word) == 1:
        ways = [re.sub("ü", "v", way) for way in pinyin(word, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]]
    else:
        ways = ["'".join(lazy_pinyin(word, style=Style.NORMAL))]
    ways = [way for way in dict.fromkeys(ways) if re.fullmatch("[a-z']+", way)]
    extra = [way.replace("v", "u") for way in ways if "v" in way]
    if word in _SPOKEN:
        extra.append(_SPOKEN[word])
    return list(dict.fromkeys(ways + extra))


# How a particle is often typed, beside its dictionary reading.
_SPOKEN = {"么": "me", "吗": "me", "呢": "na", "了": "la", "没": "mo", "谁": "shui", "那": "nei"}
