"""Labelled samples: what English, romanized Cantonese and romanized Mandarin look like, short and long."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from bot.language.identify.training import corpora, foreign
from bot.language.identify.training.common import COMMON, MANDARIN_ONLY
from bot.language.identify.training.mandarin import MARKERS as CANTONESE_MARKS
from bot.language.identify.training.mandarin import say_in_mandarin
from bot.language.identify.training.spelling import Writer
from bot.language.scripts import to_simplified, to_traditional

Sample = tuple[str, str]
WRITTEN_MARKS = re.compile("[的了吗嗎们們这這那没沒很吧么麼她它您]|[^但就可總或于於]是|不[^過同如過单單]")
SCHEMES = ("tones", "jyutping", "joined", "yale", "yale_h", "yale_marks", "informal", "informal", "informal",
           "government")  # fmt: skip


def latin(rng: random.Random, *, hold_out: str, without: str) -> list[Sample]:
    """Give (language, text) samples in Latin letters."""
    words = loan_words()
    samples = [("en", line) for line in english_lines(rng, words)]
    samples += [("yue", line) for line in romanized_cantonese(rng, words, hold_out=hold_out, without=without)]
    samples += [("zh", line) for line in romanized_mandarin(rng, words)]
    return samples


@lru_cache(maxsize=1)
def _known_english() -> frozenset[str]:
    known = {word for line in corpora.prose() for word in re.findall("[a-z']+", line.lower())}
    return frozenset(known | set(COMMON["en"].split()))


def is_english(line: str) -> bool:
    """Tell whether at least half of a line's words are known English ones.

    Customers mix, and so do the project's lines: an English file has Cantonese answers in it, too.
    """
    words = re.findall("[a-z']+", line.lower())
    return bool(words) and 2 * sum(word in _known_english() for word in words) >= len(words)


def own_english() -> list[str]:
    """Give the project's English lines that are English."""
    return [line for line in corpora.project("en") if not corpora.han(line) and is_english(line)]


def everyday_english() -> list[str]:
    """Give the words of English prose and of the project's English lines that occur more than once."""
    counts = Counter(word for line in corpora.prose() for word in re.findall("[a-z']{3,}", line.lower()))
    counts.update(word for line in own_english() for word in re.findall("[a-z']{2,}", line.lower()))
    counts.update(COMMON["en"].split() * 2)
    return sorted(word for word, count in counts.items() if count > 1)


def loan_words() -> list[str]:
    """Give English words that a Chinese sentence may borrow: no grammar, nothing everybody says all day."""
    counts = Counter(word for line in own_english() for word in re.findall("[a-z']{4,}", line.lower()))
    daily = {word for word, _ in counts.most_common(250)} | set(COMMON["en"].split())
    return sorted(word for word in counts if word not in daily)


def english_lines(rng: random.Random, common: list[str]) -> Iterator[str]:
    """Give English whole, with slips, and in pieces of one to three words."""
    own = own_english()
    yield from foreign.words()
    yield from foreign.sentences()
    yield from foreign.hindi(rng, common)
    yield from COMMON["en"].split() * 4
    yield from (line for line in own if len(line.split()) <= 3)
    for line in own * 3 + list(islice(corpora.prose(), 0, None, 2)):
        yield slipped(line, rng) if rng.random() < 0.3 else line
        words = line.split()
        length = rng.choice((1, 1, 2, 3))
        start = rng.randrange(max(1, len(words) - length + 1))
        yield " ".join(words[start : start + length])


def slipped(line: str, rng: random.Random) -> str:
    """Mistype a line: letters dropped, swapped or doubled in about one word of five."""
    words = line.split()
    for number, word in enumerate(words):
        if len(word) > 3 and rng.random() < 0.2:
            place = rng.randrange(1, len(word) - 1)
            words[number] = rng.choice((
                word[:place] + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                word[:place] + word[place] + word[place:],
            ))  # fmt: skip
    return " ".join(words)


def romanized_cantonese(rng: random.Random, english: list[str], *, hold_out: str, without: str) -> Iterator[str]:
    """Give Cantonese in every scheme, with English words inside at times, whole and in pieces."""
    schemes = [scheme for scheme in SCHEMES if scheme != hold_out]
    yield from COMMON["yue"].split("\n") * 4
    yield from (line for line in corpora.project("yue") if not corpora.han(line) and not is_english(line))
    for words in cantonese_words(without):
        scheme = rng.choice(schemes)
        if rng.random() < 0.2 and len(words) > 2:
            place = rng.randrange(len(words) - 1)
            words = words[:place] + [[rng.choice(english)]] + words[place + 1 :]
        yield Writer(rng, scheme).sentence(words)
        if rng.random() < 0.08 and len(words[-1]) == 1:
            loans = [[rng.choice(english)] for _ in range(rng.randrange(1, 4))]
            yield Writer(rng, scheme).sentence([*loans, *words[-rng.randrange(1, 3) :]])
        length = rng.choice((1, 1, 2, 3))
        start = rng.randrange(max(1, len(words) - length + 1))
        yield Writer(rng, rng.choice(schemes)).sentence(words[start : start + length])


def cantonese_words(without: str) -> Iterator[list[list[str]]]:
    """Give sentences as words of Jyutping syllables; a foreign word is one syllable of its own."""
    for sentence in corpora.hkcancor():
        if any(jyutping for _, jyutping in sentence):
            yield [re.findall("[a-z]+[1-6]", jyutping or "") or [word] for word, jyutping in sentence if _spoken(word)]
    own = [line for line in corpora.project("yue") if len(corpora.han(line)) >= 2 * len(re.findall("[A-Za-z]+", line))]
    for line in own * 3 + list(_sources(without, step=9)):
        if words := _jyutping(line):
            yield words


def _spoken(word: str) -> bool:
    return any(character.isalnum() for character in word)


def _sources(without: str, *, step: int) -> Iterator[str]:
    """Take every so manyth sentence of the written sources."""
    for package, pace in (("ctcpc", step), ("common_voice", max(1, step // 4))):
        if package not in without:
            yield from islice(corpora.cantonese(package), 0, None, pace)


def _jyutping(line: str) -> list[list[str]]:
    """Read a line into words of one or two syllables, as Cantonese words are."""
    import ToJyutping

    words: list[list[str]] = []
    for text, jyutping in _joined_latin(ToJyutping.get_jyutping_list(line)):
        if not jyutping:
            words += [[word] for word in re.findall("[A-Za-z']+", text)]
        elif words and len(words[-1]) == 1 and words[-1][0][-1].isdigit() and len(words) % 2:
            words[-1].append(jyutping)
        else:
            words.append([jyutping])
    return words


def _joined_latin(pairs: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
    """Put letters that were listed one by one back into words."""
    waiting = ""
    for character, jyutping in pairs:
        if jyutping is None:
            waiting += character
            continue
        if waiting:
            yield waiting, None
            waiting = ""
        yield character, jyutping.split(" ")[0]
    if waiting:
        yield waiting, None


def romanized_mandarin(rng: random.Random, english: list[str]) -> Iterator[str]:
    """Give Mandarin in pinyin: apart, by word, all joined; bare, with digits, with marks."""
    own = [line for line in corpora.project("zh") if corpora.han(line)]
    yield from COMMON["zh"].split("\n") * 3
    for line in own * 4 + list(islice(mandarin_lines(without=""), 0, None, 3)):
        words = _pinyin(line, rng)
        if rng.random() < 0.1 and len(words) > 2:
            words[rng.randrange(len(words))] = rng.choice(english)
        yield " ".join(words)
        length = rng.choice((1, 1, 2, 3))
        start = rng.randrange(max(1, len(words) - length + 1))
        yield " ".join(words[start : start + length])


def _pinyin(line: str, rng: random.Random) -> list[str]:
    import jieba
    from pypinyin import Style, lazy_pinyin

    style = rng.choice((Style.NORMAL,) * 7 + (Style.TONE, Style.TONE3))
    apart = rng.random() < 0.45
    words: list[str] = []
    for word in jieba.lcut(to_simplified(line)):
        if corpora.han(word):
            syllables = lazy_pinyin(word, style=style, v_to_u=rng.random() < 0.3, errors="ignore")
            words += syllables if apart else ["".join(syllables)]
        else:
            words += re.findall("[A-Za-z']+", word)
    return words


def mandarin_lines(without: str) -> Iterator[str]:
    """Give what Cantonese writers wrote, said in Mandarin."""
    for line in _sources(without, step=4):
        if said := say_in_mandarin(line):
            yield to_simplified(said)


def han(rng: random.Random, *, without: str) -> list[Sample]:
    """Give (language, text) samples in characters, both scripts for both languages."""
    samples: list[Sample] = []
    for language, line in _han_lines(without):
        # A phrase with no mark of Cantonese is likelier Cantonese in traditional characters only, and not
        # at all with a mark of written Chinese.
        unmarked = language == "yue" and not CANTONESE_MARKS.search(line)
        if unmarked and (WRITTEN_MARKS.search(line) or rng.random() < 0.4):
            continue
        kept = unmarked or rng.random() < 0.6
        shown = line if kept else (to_simplified(line) if language == "yue" else to_traditional(line))
        samples.append((language, shown))
        pieces = [piece for piece in re.split(r"[，。！？；：,!?;: ]+", shown) if corpora.han(piece)]
        if len(pieces) > 1:
            samples.append((language, rng.choice(pieces)))
    return samples


def _han_lines(without: str) -> Iterator[Sample]:
    for line in corpora.project("yue") * 3:
        if corpora.han(line):
            yield "yue", line
    for line in corpora.project("zh") * 3:
        yield "zh", line
    for sentence in corpora.hkcancor():
        yield from _both_ways("".join(word for word, _ in sentence))
    for line in _sources(without, step=2):
        yield from _both_ways(line)
    for number, (word, count) in enumerate(corpora.mandarin_words()):
        if count >= 300 and number % 3 == 0:
            yield "zh", word
    for word in MANDARIN_ONLY.split():
        yield from [("zh", word)] * 20


def _both_ways(line: str) -> Iterator[Sample]:
    """Give a Cantonese line, and the same in Mandarin where the two differ."""
    if corpora.han(line):
        yield "yue", line
        if said := say_in_mandarin(line):
            yield "zh", said


def single_words(rng: random.Random, *, hold_out: str) -> list[Sample]:
    """Give words alone, each with its language, to tell the languages of a mixed sentence apart."""
    schemes = [scheme for scheme in SCHEMES if scheme != hold_out]
    english = {word for line in own_english() for word in re.findall("[a-z']{2,}", line.lower())}
    samples = [("en", word) for word in sorted(english) * 4 + foreign.words() * 2]
    for words in islice(cantonese_words(""), 0, None, 2):
        word = rng.choice(words)
        if word[0][-1:].isdigit():
            spelled = Writer(rng, rng.choice(schemes)).sentence([word]).split()
            samples += [("yue", part) for part in spelled]
    for line in corpora.project("zh") * 2:
        samples += [("zh", word) for word in _pinyin(line, rng) if not word.isascii() or word not in english]
    return samples
