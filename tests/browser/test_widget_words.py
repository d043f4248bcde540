"""Languages: the interface in four, the switch the assistant follows, and words that keep in step."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from website_desk import until
from widget_page import Chat, offer

WORDS = Path(__file__).parents[2] / "bot" / "channels" / "website" / "widget" / "words.js"
LATER = WORDS.parents[1] / "static" / "words.json"


@pytest.fixture
def words(browser: Any) -> Any:
    """The widget's words, as a browser reads them."""
    page = browser.new_page()
    code = base64.b64encode(WORDS.read_bytes()).decode()
    found = page.evaluate(
        f"""async () => {{ const all = await import("data:text/javascript;base64,{code}");
        const tags = "en en-GB zh zh-CN zh-SG zh-Hans-HK zh-TW zh-Hant zh-HK zh-Hant-HK zh-MO yue yue-Hant-HK fr".split(" ");
        return {{ languages: all.LANGUAGES, words: all.WORDS, manners: all.MANNERS,
                  read: Object.fromEntries(tags.map(tag => [tag, all.interfaceFor(tag)])) }} }}"""
    )
    page.close()
    later = json.loads(LATER.read_text("utf8"))
    assert not set(later) & set(found["words"])
    found["words"] |= later
    return found


def test_every_word_is_there_in_all_four_languages_when_one_has_it(words: Any) -> None:
    assert words["languages"] == ["en", "zh-Hans", "zh-Hant", "yue"]
    for key, row in words["words"].items():
        assert len(row) == 4, key
        assert all(row), key
        texts = ["".join(cell) for cell in row]
        assert not re.search(r"[\u4e00-\u9fff]", texts[0]), key
        assert all(re.search(r"[\u4e00-\u9fff]", text) for text in texts[1:]), key
        assert len({text.count("{n}") for text in texts}) == 1, key


def test_no_script_strays_into_another_when_words_are_written(words: Any) -> None:
    from bot.language.scripts import to_simplified, to_traditional

    for key, (_, simplified, traditional, cantonese) in words["words"].items():
        for text in [simplified] if isinstance(simplified, str) else simplified:
            assert to_simplified(text) == text, key
        for row in (traditional, cantonese):
            for text in [row] if isinstance(row, str) else row:
                assert to_simplified(to_traditional(text)) == to_simplified(text), key
                assert not set(text) & set("们这维单询开关发说话时问没语"), key


@pytest.mark.parametrize(
    ("tag", "interface"),
    [("en", "en"), ("en-GB", "en"), ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-Hans-HK", "zh-Hans"), ("zh-TW", "zh-Hant"),
     ("zh-Hant", "zh-Hant"), ("zh-HK", "yue"), ("zh-Hant-HK", "yue"), ("zh-MO", "yue"), ("yue", "yue"), ("yue-Hant-HK", "yue"), ("fr", None)],
)  # fmt: skip
def test_a_browsers_language_finds_its_interface_when_it_is_asked(words: Any, tag: str, interface: str | None) -> None:
    assert words["read"].get(tag) == interface


@pytest.mark.parametrize(
    ("locale", "starter"),
    [
        ("en-US", "Talk to a person"),
        ("zh-CN", "我要报修"),
        ("zh-TW", "我要報修"),
        ("zh-HK", "搵真人"),
        ("fr-FR", "Talk to a person"),
    ],
)
def test_the_interface_begins_in_the_browsers_language_when_nothing_else_is_known(
    visit: Any, locale: str, starter: str
) -> None:
    chat = visit(locale=locale).opened()
    chat.button(starter).click()
    chat.wait_for(starter, "customer")


def test_the_sites_language_goes_before_the_browsers_when_it_is_given(visit: Any) -> None:
    chat = visit().opened()
    chat.page.evaluate("() => document.querySelector('saamjyu-chat').setAttribute('language', 'zh-Hant')")
    chat.button("我要報修").wait_for()


def test_the_assistant_is_asked_and_the_interface_changes_when_a_language_is_chosen(chat: Chat, assistant: Any) -> None:
    chat.say("hello")
    chat.wait_for("heard: hello")
    chat.field.fill("a draft")
    chat.menu("Language", "廣東話")
    chat.button("搵真人").wait_for()
    until(lambda: assistant.asked()[-1]["text"] == "講廣東話，寫漢字，唔該")
    assert chat.page.locator(".note").text_content() == "廣東話", "the wish is a note, not a bubble"
    assert chat.field.input_value() == "a draft"
    assert chat.page.locator("saamjyu-chat section").get_attribute("lang") == "yue"
    assert chat.button("售後服務").count() == 0
    chat.page.reload()
    chat.button("搵真人").wait_for()


def test_a_wish_for_latin_letters_goes_first_when_it_was_made_before_anything_was_said(
    chat: Chat, assistant: Any
) -> None:
    before = len(assistant.asked())
    chat.menu("Language", "廣東話 · Jyutping")
    assert len(assistant.asked()) == before
    chat.say("你好")
    until(lambda: [turn["text"] for turn in assistant.asked()[before:]] == ["講廣東話，用粵拼寫，唔該", "你好"])


def test_the_conversation_begins_in_the_interfaces_language_when_it_is_opened(visit: Any) -> None:
    chat = visit(locale="zh-TW").opened()
    with chat.page.expect_request("**/conversations") as opening:
        chat.say("?")
    assert opening.value.post_data_json == {"language": "zh", "script": "traditional"}


def test_the_interface_follows_when_the_assistant_answers_in_another_language(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("好的", language="zh", script="simplified")])
    chat.say("你们好")
    chat.button("找人工客服").wait_for()
    assistant.script(answers=[offer("Sure", language="en", script="latin")])
    chat.say("English please")
    chat.button("Talk to a person").wait_for()


def test_a_chosen_language_stays_when_an_older_answer_still_comes_in_the_other(chat: Chat, assistant: Any) -> None:
    chat.say("hello")
    chat.wait_for("heard: hello")
    assistant.script(delay=0.3, answers=[offer("still English", language="en", script="latin")])
    chat.menu("Language", "简体中文")
    chat.wait_for("still English")
    assert chat.button("找人工客服").is_visible()


def test_words_for_later_are_asked_for_again_when_they_did_not_come(visit: Any) -> None:
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url)
        route.fulfill(status=503) if len(asked) == 1 else route.continue_()

    chat: Chat = visit(prepare=lambda page: page.route("**/words.json", answer)).opened()
    chat.say("hello")
    chat.wait_for("heard: hello")
    assert len(asked) == 2
    assert chat.page.locator("saamjyu-chat .assistant > .unseen").first.text_content() == "Assistant"
    chat.menu("More", "End this chat")
    chat.button("Keep chatting").wait_for()
