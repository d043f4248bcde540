"""Every answer exists in all languages, with the same variables and choices."""

import re
from pathlib import Path

import pytest
import yaml

from actions.simpler import COURTESIES
from bot.language.wording import LANGUAGES, Wording

ROOT = Path(__file__).resolve().parents[2]
RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text("utf8"))["responses"]
TERMS = yaml.safe_load((ROOT / "data/terms.yml").read_text("utf8"))
VARIABLE = re.compile(r"\{(\w+)\}")
ALL_WORDINGS = [
    (key, words)
    for key, (variant,) in RESPONSES.items()
    for words in (variant["custom"], variant["custom"].get("simpler"))
    if words
]
CANTONESE_MARKS = set("嘅咗唔係喺冇啲嗰俾嚟佢哋咩點邊呢喇呀")


@pytest.mark.parametrize("key", RESPONSES)
def test_an_answer_has_every_language_and_the_same_variables(key: str):
    (variant,) = RESPONSES[key]
    wording = variant["custom"]
    assert set(LANGUAGES) <= set(wording)
    assert set(wording) - set(LANGUAGES) <= {"choices", "intent", "entities", "simpler"}
    assert all(wording[language].strip() for language in LANGUAGES)
    variables = [sorted(set(VARIABLE.findall(wording[language]))) for language in LANGUAGES]
    assert variables[0] == variables[1] == variables[2]


@pytest.mark.parametrize("key", RESPONSES)
def test_the_choices_of_an_answer_are_authored(key: str):
    for choice in RESPONSES[key][0]["custom"].get("choices", ()):
        assert f"utter_choice_{choice}" in RESPONSES


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in TERMS.items() for code in codes])
def test_a_term_has_every_language(kind: str, code: str):
    assert set(TERMS[kind][code]) == set(LANGUAGES)


def test_mandarin_is_authored_simplified_and_cantonese_traditional():
    from bot.language.scripts import to_simplified, to_traditional

    for key, wording in ALL_WORDINGS:
        mandarin = wording["zh"].replace("廣東話", "")
        cantonese = wording["yue"].replace("普通话", "").replace("您好！请问有什么可以帮您？", "")
        if key != "utter_greet_stranger":
            assert to_simplified(mandarin) == mandarin, key
            assert to_simplified(to_traditional(cantonese)) == to_simplified(cantonese), key


def test_cantonese_is_not_mandarin_respelled():
    """Long Cantonese answers show Cantonese words; Mandarin grammar words do not occur in them."""
    for key, wording in ALL_WORDINGS:
        cantonese = "".join(re.findall(r"[\u4e00-\u9fff]", wording["yue"]))
        if key == "utter_greet_stranger" or len(cantonese) < 18:
            continue
        assert CANTONESE_MARKS & set(cantonese), f"{key}: {cantonese}"
        assert not re.search(r"什麼|怎麼|沒有|這|們(?!)|給|是否有|嗎", cantonese), f"{key}: {cantonese}"


def test_no_article_stands_before_a_name_that_may_begin_with_a_vowel():
    """An air conditioner, a fridge: the wording fits both."""
    for key, wording in ALL_WORDINGS:
        assert not re.search(r"\ban? \{(product|fault|state|order_state|window)\}", wording["en"].lower()), key


LONG = 90  # characters of English
LONG_OF_SEVERAL = 70  # in two sentences or more
AS_THEY_ARE = (*COURTESIES, "utter_choice_", "utter_gateway_", "utter_rephrase", "utter_did_you_mean", "utter_give_up")


def is_question(key: str) -> bool:
    return key.startswith("utter_ask_") or ("_confirm" in key and not key.startswith("utter_why_"))


def is_long(english: str) -> bool:
    several = len(re.findall(r"[.?!](?=\s|$)", english)) > 1
    return len(english) > (LONG_OF_SEVERAL if several else LONG)


@pytest.mark.parametrize("key", [key for key in RESPONSES if not key.startswith(AS_THEY_ARE)])
def test_a_question_or_a_long_answer_has_simpler_words(key: str):
    wording = RESPONSES[key][0]["custom"]
    assert "simpler" in wording or not (is_question(key) or is_long(wording["en"]))


@pytest.mark.parametrize("key", [key for key in RESPONSES if "simpler" in RESPONSES[key][0]["custom"]])
def test_simpler_words_are_shorter_or_show_how_to_answer_and_lose_no_fact(key: str):
    wording = RESPONSES[key][0]["custom"]
    simpler = wording["simpler"]
    assert set(simpler) == set(LANGUAGES)
    for language in LANGUAGES:
        assert set(VARIABLE.findall(simpler[language])) == set(VARIABLE.findall(wording[language]))
        assert len(simpler[language]) < len(wording[language]) or is_question(key)
    examples = [bool(re.search(r"[Ff]or example|比如|例如", simpler[language])) for language in LANGUAGES]
    assert len(set(examples)) == 1 or not is_question(key)


def test_simpler_words_are_spoken_when_asked_for_with_the_same_choices():
    wording = Wording.of(RESPONSES, TERMS)
    usual, simpler = (wording.say("utter_ask_product", "yue", "traditional", simpler=wish) for wish in (False, True))
    assert simpler.text == RESPONSES["utter_ask_product"][0]["custom"]["simpler"]["yue"] != usual.text
    assert simpler.choices == usual.choices
    assert wording.say("utter_skipped", "en", "latin", simpler=True) == wording.say("utter_skipped", "en", "latin")
