"""Which language and script a message is in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.aligned import Language
from bot.language.identify import identify
from bot.language.identify.tokens import tokens

ENGLISH = [
    "My air conditioner stopped cooling",
    "hello there, could somebody help me",
    "it just blows warm air and my mum is 85",
    "plz send sombody, the frigde is leeking",
    "thanks",
    "why",
    "what does 冷氣 mean in English?",
    "I live at 12 Nathan Road, Mong Kok, Kowloon",
    "ＨＥＬＬＯ ＩＳ ＡＮＹＯＮＥ ＴＨＥＲＥ",
]
MANDARIN = [
    "我家空调不制冷了",
    "我家冷氣不冷了",
    "师傅什么时候上门",
    "他们说今天来，怎么还没到？",
    "wo jia kongtiao bu zhileng le",
    "wǒ jiā bīngxiāng huài le",
    "qing wen shifu ji dian lai",
    "我的 TV 打不开了",
    "谢谢你",
    "请叫 Peter Chan 给我回电话",
]
CANTONESE = [
    "我部冷氣唔凍",
    "我部冷气唔冻，几时有人嚟睇下？",
    "師傅幾時上嚟整",
    "佢哋話今日嚟，點解仲未到？",
    "我部 washing machine 漏水，點算好",
    "cancel 咗佢啦",
    "ngo5 bou6 laang5 hei3 m4 dung3",
    "ngo bou laang hei m dung",
    "nei ho ah, ngo ge lang hei wai jor, ho m ho yi bong ngo",
    "ngóh ge suet gwaih waaih jó",
    "ngoh ge syut gwai waaih jo",
    "ngobou laanghei waaizo",
    "ngor ge suet kwai wai jor",
    "ngo ge fridge waai zo",
    "m goi",
    "hai a",
    "mm hi",
]
NEUTRAL = [
    "",
    "ok",
    "OK 👍",
    "hi",
    "bye bye",
    "13800138000",
    "+852 9123 4567",
    "KFR-35GW",
    "SN20240511873",
    "chan.tai.man@example.com",
    "https://example.com/a?b=1",
    "😡😡😡",
    "5",
    "???",
    "Chan Tai Man",
    "Mr Wong",
    "陈大文",
    "何志強",
    "hahaha",
]


@pytest.mark.parametrize(
    ("text", "language"),
    [(text, "en") for text in ENGLISH] + [(text, "zh") for text in MANDARIN] + [(text, "yue") for text in CANTONESE],
)
def test_language_is_told_when_a_message_shows_it(text: str, language: Language) -> None:
    assert identify(text).language == language


@pytest.mark.parametrize("text", NEUTRAL)
def test_no_language_is_told_when_a_message_says_nothing(text: str) -> None:
    """The conversation then keeps the language it has, whichever that is."""
    assert [identify(text, previous).language for previous in (None, "en", "zh", "yue")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "previous", "language"),
    [
        ("man", "yue", "yue"),
        ("man", "en", "en"),
        ("ho", "yue", "yue"),
        ("ho", "en", "en"),
        ("no", "en", "en"),
        ("thanks", "yue", "en"),
        ("m goi", "en", "yue"),
        ("m goi", "zh", "yue"),
        ("好", "yue", "yue"),
        ("好", "zh", "zh"),
        ("可以", "yue", "yue"),
        ("可以", "zh", "zh"),
    ],
)
def test_the_conversation_decides_when_a_message_could_be_two(
    text: str, previous: Language, language: Language
) -> None:
    assert identify(text, previous).language == language


@pytest.mark.parametrize(
    ("text", "script", "romanized"),
    [
        ("我家空调坏了", "simplified", None),
        ("我部冷氣壞咗", "traditional", None),
        ("你好", None, None),
        ("my fridge", "latin", None),
        ("ngo bou laang hei waai zo", "latin", "jyutping"),
        ("wo jia kongtiao huai le", "latin", "pinyin"),
        ("ok", None, None),
        ("我部 washing machine 壞咗", "traditional", None),
    ],
)
def test_script_is_evidence_only_when_characters_prove_it(text: str, script: str | None, romanized: str | None) -> None:
    found = identify(text)
    assert (found.script, found.romanized) == (script, romanized)


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("我部 washing machine 漏水 ah", ["yue", "en", "en", "yue", None]),
        ("ngo ge fridge waai zo, SN20240511873", ["yue", "yue", "en", "yue", "yue", None]),
        ("我想 book 個 appointment", ["yue", "en", "yue", "en"]),
        ("ok", [None]),
    ],
)
def test_each_word_has_its_language_when_people_mix(text: str, languages: list[str | None]) -> None:
    assert [token.language for token in identify(text).tokens] == languages


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("thanks a lot", False),
        ("good morning", False),
        ("fridge", False),
        ("冷氣", False),
        ("please send someone to repair my fridge", True),
        ("我家空调坏了", True),
        ("ngo bou laang hei waai zo", True),
        ("ok", False),
    ],
)
def test_a_courtesy_or_one_word_is_not_firm_when_language_is_told(text: str, firm: bool) -> None:
    assert identify(text).firm is firm


@given(st.text(max_size=80))
def test_tokens_lie_in_order_inside_the_message_whatever_is_typed(text: str) -> None:
    found = tokens(text)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert 0.0 <= identify(text).confidence <= 1.0
