"""What a customer is answered in, through whole conversations."""

from __future__ import annotations

import pytest

from bot.language.identify import identify
from bot.language.preference import Preference, choose

# Each line: what the customer writes, a wish found in it if any, and what is answered in.
Line = tuple[str, dict[str, str], str | None]

DIALOGUES: dict[str, list[Line]] = {
    "romanized Cantonese stays through numbers, loans and courtesies": [
        ("hi", {}, None),
        ("ngo bou laang hei waai zo", {}, "yue latin"),
        ("ok thanks", {}, "yue latin"),
        ("9123 4567", {}, "yue latin"),
        ("Chan Tai Man", {}, "yue latin"),
        ("washing machine", {}, "yue latin"),
        ("bye bye", {}, "yue latin"),
    ],
    "Cantonese in characters with English words inside": [
        ("你好呀", {}, "yue traditional"),
        ("我部 washing machine 漏水呀", {}, "yue traditional"),
        ("thank you so much", {}, "yue traditional"),
        ("好", {}, "yue traditional"),
        ("聽日下晝得唔得", {}, "yue traditional"),
    ],
    "Cantonese in simplified characters": [
        ("我部冷气唔冻，点算好", {}, "yue simplified"),
        ("得", {}, "yue simplified"),
        ("听日几点嚟", {}, "yue simplified"),
    ],
    "Mandarin in simplified characters": [
        ("你们好，我家空调坏了", {}, "zh simplified"),
        ("ok", {}, "zh simplified"),
        ("明天下午", {}, "zh simplified"),
        ("13800138000", {}, "zh simplified"),
    ],
    "Mandarin in traditional characters": [
        ("你們好，我家的冷氣不冷了", {}, "zh traditional"),
        ("好的", {}, "zh traditional"),
        ("什么时候来？师傅还没到", {}, "zh simplified"),
    ],
    "pinyin is answered in simplified characters": [
        ("wo jia kongtiao huai le", {}, "zh simplified"),
        ("hao de", {}, "zh simplified"),
    ],
    "a real change is followed at once": [
        ("My fridge is leaking", {}, "en latin"),
        ("不好意思，我还是说中文吧，冰箱漏水", {}, "zh simplified"),
        ("sorry, can you send the receipt to my email address?", {}, "en latin"),
        ("ngo seung man haa gei si yau jan lei", {}, "yue latin"),
    ],
    "a wish for a script brings its language, and stays": [
        ("My fridge is leaking", {}, "en latin"),
        ("reply in Jyutping please", {"script": "latin"}, "yue latin"),
        ("the water comes from the bottom shelf", {}, "yue latin"),
    ],
    "from letters to characters and back": [
        ("nei hou, ngo ge suet gwai waai zo", {}, "yue latin"),
        ("我打返中文啦，雪櫃唔凍呀", {}, "yue traditional"),
        ("hai, ngo dou m ji dim gaai", {}, "yue latin"),
    ],
    "a wish for a language stays": [
        ("My fridge is broken", {}, "en latin"),
        ("can you speak Cantonese please", {"language": "yue"}, "yue traditional"),
        ("it stopped cooling yesterday evening", {}, "yue traditional"),
        ("讲普通话", {"language": "zh"}, "zh simplified"),
        ("English please", {"language": "en"}, "en latin"),
        ("雪櫃漏水呀", {}, "en latin"),
    ],
    "a wish for a script stays": [
        ("我部冷氣唔凍", {}, "yue traditional"),
        ("reply in Jyutping please", {"script": "latin"}, "yue latin"),
        ("我住喺旺角", {}, "yue latin"),
        ("繁體字唔該", {"script": "traditional"}, "yue traditional"),
        ("ngo zyu hai wong gok aa", {}, "yue traditional"),
        ("both characters and Jyutping", {"script": "both"}, "yue both"),
    ],
    "a script asked for by somebody who wrote English names its language": [
        ("hello, my fridge is broken", {}, "en latin"),
        ("reply in Jyutping please", {"script": "latin"}, "yue latin"),
    ],
    "a stranger who shows nothing": [("hi", {}, None), ("👍", {}, None), ("12345678", {}, None)],
    "an English speaker's loans": [
        ("My rice cooker is broken", {}, "en latin"),
        ("m goi", {}, "en latin"),
        ("冷氣", {}, "en latin"),
    ],
}


def shown(preference: Preference | None) -> str | None:
    """Write a preference the way the dialogues above do."""
    return None if preference is None else f"{preference.language} {preference.script}"


@pytest.mark.parametrize("name", DIALOGUES)
def test_answers_keep_to_the_customer_when_a_conversation_goes_on(name: str) -> None:
    preference: Preference | None = None
    answered: list[tuple[str, str | None]] = []
    for text, wish, _ in DIALOGUES[name]:
        seen = identify(text, preference.language if preference else None)
        preference = choose(preference, seen, wish.get("language"), wish.get("script"))  # type: ignore[arg-type]
        answered.append((text, shown(preference)))
    assert answered == [(text, wanted) for text, _, wanted in DIALOGUES[name]]


def test_a_wish_is_remembered_as_one_when_it_was_made() -> None:
    mine = choose(None, identify("English please"), wish_language="en")
    assert mine == Preference("en", "latin", wished_language=True, wished_script=False)
    assert choose(mine, identify("我家空调坏了", "en")) == mine


def test_a_wished_script_is_told_apart_from_a_shown_one() -> None:
    mine = choose(None, identify("我部冷氣壞咗"), wish_script="simplified")
    assert mine == Preference("yue", "simplified", wished_language=False, wished_script=True)


@pytest.mark.parametrize(
    ("text", "language"), [("你好", "zh"), ("唔該", "yue"), ("hello", "en"), ("陳大文", "en"), ("ok", "en")]
)
def test_what_a_browser_prefers_gives_way_to_the_first_chinese_characters(text: str, language: str) -> None:
    page = Preference("en", "latin")
    assert choose(page, identify(text, "en"), presumed=True).language == language  # type: ignore[union-attr]


def test_a_chinese_courtesy_does_not_turn_an_english_conversation() -> None:
    mine = Preference("en", "latin")
    assert choose(mine, identify("謝謝", "en")) == mine
