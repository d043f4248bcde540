"""A person opens a repair ticket by typing into the widget, with the whole desk behind it, in every way of writing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from bot.storage.sessions import open_engine
from tests.desk import Desk

from widget_page import Chat  # isort: skip  it stands beside this file

pytestmark = pytest.mark.desk

# fault, name, address (each in a district of its own: places for visits are few), yes, a word of the answer with the number
WAYS = {
    "en": (
        "My washing machine is leaking",
        "Mary Wong",
        "120 Nathan Road, Mong Kok",
        "yes that's right",
        "repair number",
    ),
    "zh-Hans": ("我家洗衣机漏水了", "王丽华", "天河区体育西路103号", "对，没问题", "维修单号"),
    "zh-Hant": ("我家洗衣機漏水了", "王麗華", "荃灣沙咀道12號5樓", "對，沒問題", "維修單號"),
    "yue-Hant": ("我部洗衣機漏水呀", "陳大文", "觀塘開源道50號3樓", "啱，冇問題", "維修單號"),
    "yue-Latn": (
        "ngo bou sai yi gei lau sui ah",
        "Chan Tai Man",
        "8 Hennessy Road, Wan Chai",
        "hai aa, ngaam laa",
        "wai4 sau1 daan1 hou6",
    ),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("browser"))
    try:
        yield desk.start()
    finally:
        desk.stop()


@pytest.mark.parametrize("way", WAYS)
def test_a_ticket_is_opened_when_a_person_types_into_the_widget(browser: Any, desk: Desk, way: str):
    fault, name, address, yes, word = WAYS[way]
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    chat = Chat(context.new_page(), desk.base)
    chat.load()
    chat.opened()
    try:
        for answers, words in enumerate((fault, "+852 9123 4567", name, address), 1):
            before = len(chat.texts("assistant"))
            chat.say(words)
            chat.page.wait_for_function(
                "before => document.querySelector('saamjyu-chat').shadowRoot"
                ".querySelectorAll('.assistant .bubble').length > before",
                arg=before,
            )
            chat.page.wait_for_timeout(300 * (answers == 1))  # the first answer is two bubbles
        for _ in range(2):  # the day, then the time of day
            before = len(chat.texts("assistant"))
            chat.page.locator("saamjyu-chat .choices button:enabled").first.click()
            chat.page.wait_for_function(
                "before => document.querySelector('saamjyu-chat').shadowRoot"
                ".querySelectorAll('.assistant .bubble').length > before",
                arg=before,
            )
        chat.say(yes)
        chat.page.locator("saamjyu-chat .assistant .bubble").filter(has_text=word).wait_for()
        shown = re.search(r"RT-\w{4}-\w{4}", " ".join(chat.texts("assistant")))
    finally:
        context.close()
    assert shown
    with open_engine(desk.database_url).connect() as connection:
        query = text("SELECT product, fault, phone, name FROM tickets WHERE number = :number")
        assert tuple(connection.execute(query, {"number": shown[0]}).one()) == (
            "washing_machine",
            "leaking",
            "+85291234567",
            name,
        )
    assert not chat.errors
