"""Characters are written in Jyutping for answers, and in everyone's spelling for training."""

from __future__ import annotations

import random

import pytest

from bot.language.romanization import SCHEMES, decode, spell, to_jyutping


@pytest.mark.parametrize(
    ("characters", "jyutping"),
    [
        ("你長大咗，呢條街好長", "nei5 zoeng2 daai6 zo2, ni1 tiu4 gaai1 hou2 coeng4"),
        ("重要，重新", "zung6 jiu3, cung4 san1"),
        ("銀行唔行得", "ngan4 hong4 m4 haang4 dak1"),
        ("音樂，快樂", "jam1 ngok6, faai3 lok6"),
        ("會唔會開會", "wui5 m4 wui5 hoi1 wui2"),
        ("更好，更改", "gang3 hou2, gang1 goi2"),
        ("正常，影張相，互相", "zing3 soeng4, jing2 zoeng1 soeng2, wu6 soeng1"),
        ("處理，好處", "cyu5 lei5, hou2 cyu3"),
        ("空調，空位", "hung1 tiu4, hung1 wai2"),
        ("為咩，因為", "wai6 me1, jan1 wai6"),
        ("睇下，打返", "tai2 haa5, daa2 faan1"),
        ("有咩可以幫到你，保養到幾時", "jau5 me1 ho2 ji5 bong1 dou2 nei5, bou2 joeng5 dou3 gei2 si4"),
        ("確認吓，刪咗就搵唔返", "kok3 jing6 haa5, saan1 zo2 zau6 wan2 m4 faan1"),
        ("打嚟訂貨，張訂單", "daa2 lai4 deng6 fo3, zoeng1 deng6 daan1"),
        ("師傅上門，上門費", "si1 fu2 soeng5 mun4, soeng5 mun4 fai3"),
        ("上唔到網，上晝", "soeng5 m4 dou2 mong5, soeng6 zau3"),
        ("唔好掂部機，搞掂", "m4 hou2 dim3 bou6 gei1, gaau2 dim6"),
        ("師傅會同你講", "si1 fu2 wui5 tung4 nei5 gong2"),
        ("用軟身嘅濕布抹，唔好，留返", "jung6 jyun5 san1 ge3 sap1 bou3 maat3, m4 hou2, lau4 faan1"),
        ("88號一樓，樓下", "88 hou6 jat1 lau2, lau4 haa6"),
        ("轉俾同事，個掣轉唔到", "zyun2 bei2 tung4 si6, go3 zai3 zyun3 m4 dou2"),
        ("轉數快得唔得", "zyun2 sou3 faai3 dak1 m4 dak1"),
        ("我部机坏咗，几时嚟整", "ngo5 bou6 gei1 waai6 zo2, gei2 si4 lai4 zing2"),
    ],
)
def test_character_is_read_by_its_word_when_it_has_several_readings(characters: str, jyutping: str) -> None:
    """Traditional and simplified alike."""
    assert to_jyutping(characters) == jyutping


@pytest.mark.parametrize(
    ("characters", "jyutping"),
    [
        ("你部SJ-12，嚟緊！", "nei5 bou6 SJ-12, lai4 gan2!"),
        ("星期六 09:00–13:00", "sing1 kei4 luk6 09:00–13:00"),
        ("收$350，打+852 9123 4567。", "sau1 $350, daa2 +852 9123 4567."),
        ("講「取消」（唔該）", 'gong2 "ceoi2 siu1" (m4 goi1)'),
        ("我部 App 壞咗", "ngo5 bou6 App waai6 zo2"),
    ],
)
def test_punctuation_and_latin_are_written_naturally_when_characters_become_jyutping(
    characters: str, jyutping: str
) -> None:
    """No space before punctuation, none inside a model name or a price."""
    assert to_jyutping(characters) == jyutping


@pytest.mark.parametrize("scheme", SCHEMES)
def test_spelling_is_the_same_when_the_seed_is(scheme: str) -> None:
    """Training lines can be made again."""
    line = "我部洗衣機漏水，聽日可唔可以嚟睇下？"
    assert spell(line, scheme, random.Random(7)) == spell(line, scheme, random.Random(7))


def test_spelling_varies_when_the_scheme_is_everyday() -> None:
    """No two customers type alike."""
    assert len({spell("唔該叫師傅嚟整冷氣", "informal", random.Random(seed)) for seed in range(20)}) > 12


def test_initial_m_is_kept_when_syllabic_m_is_written_ng() -> None:
    """唔 is m or ng, but nobody writes 冇 with ng: it would be read as 我."""
    spelled = [spell("唔係冇問題", "informal", random.Random(seed)).replace(" ", "") for seed in range(60)]
    assert any(line.startswith("ng") for line in spelled)
    assert all(line.count("m") >= 2 for line in spelled)


def test_scheme_is_refused_when_nobody_writes_it() -> None:
    """A typing slip in a scheme's name must not make silent nonsense."""
    with pytest.raises(ValueError, match="no such scheme"):
        spell("你好", "wade", random.Random(1))


@pytest.mark.parametrize(("scheme", "least"), [("jyutping", 0.97), ("joined", 0.9), ("yale", 0.9), ("informal", 0.8)])
def test_spelled_line_is_read_back_when_decoded(scheme: str, least: float) -> None:
    """Speller and decoder were written apart; desk sentences must survive the way there and back."""
    lines = [
        "我部洗衣機漏水",
        "聽日下晝三點得唔得",
        "可唔可以退錢",
        "師傅幾時嚟",
        "我想預約維修",
        "多謝晒你哋",
        "電視冇畫面",
    ]
    rng = random.Random(3)
    right = total = 0
    for line in lines * 3:
        read = decode(spell(line, scheme, rng)).characters.text
        right += sum(a == b for a, b in zip(read, line, strict=False))
        total += len(line)
    assert right / total >= least
