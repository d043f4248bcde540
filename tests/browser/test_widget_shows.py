"""What is seen: everything as text, links that are safe, choices, stars, a ticket's number, Jyutping."""

from __future__ import annotations

import json
from typing import Any

import pytest
from payloads import PAYLOADS
from widget_page import Chat, offer

INSIDE = """() => [...document.querySelector('saamjyu-chat').shadowRoot.querySelectorAll('*')].flatMap(node =>
    [node.localName, ...[...node.attributes].filter(a => /^on|^srcdoc|^style/.test(a.name) && a.value).map(a => a.name)])"""
PLAIN = {"section", "dialog", "header", "h2", "h3", "div", "p", "span", "b", "i", "a", "button", "svg", "path", "time"}
PLAIN |= {"form", "textarea", "style", "ruby", "rt"}  # style: the field's height


def test_more_than_a_hundred_scripts_are_shown_as_they_are_when_anybody_says_them(chat: Chat, assistant: Any) -> None:
    assert len(PAYLOADS) > 130
    assert len(set(PAYLOADS)) == len(PAYLOADS)
    policy: list[str] = []
    chat.page.on("dialog", lambda dialog: (policy.append(dialog.message), dialog.dismiss()))
    for n in range(
        0, len(PAYLOADS), 10
    ):  # the desk says ten, as texts, labels and numbers of tickets; the customer one
        some = PAYLOADS[n : n + 10]
        answers = [offer(text, text, f"{text} ", ticket={"number": text, "product": text}) for text in some]
        assistant.script(answers=answers)
        chat.page.evaluate("text => document.querySelector('saamjyu-chat').send(text)", some[0])
        chat.bubbles.nth(n + n // 10 + len(some)).wait_for(timeout=60_000)
    assert chat.texts("assistant") == list(PAYLOADS)
    assert chat.texts("customer") == [PAYLOADS[n].strip() for n in range(0, len(PAYLOADS), 10)]
    labels = chat.page.locator(".choices button span").all_text_contents()
    assert labels == [label for text in PAYLOADS for label in (text, f"{text} ")]
    assert chat.page.locator(".card b").all_text_contents() == list(PAYLOADS)
    assert set(chat.page.evaluate(INSIDE)) - {"input"} <= PLAIN
    assert chat.page.locator("saamjyu-chat input").count() == 1, "the widget's own, for photos"
    assert chat.page.evaluate("window.broken") is None
    assert not policy
    links = chat.page.locator(".bubble a").evaluate_all("links => links.map(link => link.href)")
    assert set(links) == {"https://example.com/", "https://elsewhere.example/"}, "none of those with a user before an @"


def test_addresses_become_links_and_nothing_else_does_when_a_text_holds_them(chat: Chat, assistant: Any) -> None:
    text = "見 https://desk.example/a?b=1&c=(2)。mail help@desk.example, call +852 2345 6789. Not javascript:x or www.x"
    assistant.script(answers=[offer(text)])
    chat.say("links please")
    chat.wait_for(text)
    links = chat.page.locator(".assistant .bubble a")
    assert links.evaluate_all("all => all.map(a => [a.getAttribute('href'), a.target, a.rel])") == [
        ["https://desk.example/a?b=1&c=(2", "_blank", "noopener noreferrer nofollow"],
        ["mailto:help@desk.example", "", ""],
        ["tel:+85223456789", "", ""],
    ]


def test_a_choice_is_sent_by_its_id_and_closed_when_it_is_taken(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("Which one?", "Fridge", "Television")])
    chat.say("choose")
    assistant_button = chat.button("Television")
    assistant_button.wait_for()
    assistant.script()
    with chat.page.expect_request(lambda request: request.method == "POST") as sent:
        assistant_button.click()
    assert set(json.loads(sent.value.post_data)) == {"client_message_id", "choice"}
    chat.wait_for("heard: Television")
    assert chat.texts("customer") == ["choose", "Television"]
    assert chat.page.locator(".choices button").evaluate_all(
        "all => all.map(b => [b.textContent, b.disabled, b.className])"
    ) == [
        ["Fridge", True, ""],
        ["Television", True, "taken"],
    ]
    assert chat.focused() == "textarea"


def test_choices_close_when_something_else_is_said(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("Which one?", "Fridge", "Television")])
    chat.say("choose")
    chat.button("Fridge").wait_for()
    assistant.script()
    chat.say("neither")
    chat.wait_for("heard: neither")
    assert chat.page.locator(".choices button:disabled").count() == 2
    chat.page.reload()
    chat.wait_for("heard: neither")
    assert chat.page.locator(".choices button:disabled").count() == 2


def test_only_the_latest_choices_are_open_when_two_messages_offer_some(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("First?", "A", "B"), offer("Second?", "C", "D"), offer("No hurry.")])
    chat.say("choose")
    chat.wait_for("No hurry.")
    assert chat.page.locator(".choices button:enabled").all_text_contents() == ["C", "D"]


def test_stars_stand_in_order_and_send_the_choice_when_a_rating_is_asked_for(chat: Chat, assistant: Any) -> None:
    labels = ("5 – excellent", "4 – good", "3 – all right", "2 – poor", "1 – bad")
    assistant.script(answers=[offer("How did we do?", *labels, rating=True)])
    chat.say("rate")
    stars = chat.page.locator(".stars button")
    stars.first.wait_for()
    assert stars.evaluate_all("all => all.map(star => star.ariaLabel)") == list(reversed(labels))
    assistant.script()
    stars.nth(3).hover()
    assert chat.page.locator(".stars p").text_content() == "4 – good"
    stars.nth(3).click()
    chat.wait_for("heard: 4 – good")
    assert chat.page.locator(".stars .lit").count() == 4
    assert chat.page.locator(".stars button:disabled").count() == 5


def test_stars_send_a_number_when_a_rating_comes_without_choices(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("How did we do?", rating=True)])
    chat.say("rate")
    chat.button("2/5").click()
    chat.wait_for("2", "customer")


@pytest.mark.parametrize(
    ("text", "extras", "number"),
    [
        ("Done!", {"ticket": {"number": "RT-8K3M-52QR", "product": "fan"}}, "RT-8K3M-52QR"),
        ("Your repair number is RT-7777-ABCD.", {}, "RT-7777-ABCD"),
        ("It looks like RT-8K3M-52QD.", {}, None),
    ],
)
def test_a_card_shows_the_number_when_a_message_gives_one(
    chat: Chat, assistant: Any, text: str, extras: Any, number: str | None
) -> None:
    assistant.script(answers=[offer(text, **extras)])
    chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chat.say("ticket")
    chat.wait_for(text)
    assert chat.page.locator(".card b").all_text_contents() == ([number] if number else [])
    if number:
        chat.button("Copy").click()
        chat.button("Copied").wait_for()
        assert chat.page.evaluate("navigator.clipboard.readText()") == number
        assert chat.page.locator("[role=status].unseen").text_content() == "Copied"


RUBY = """() => [...document.querySelector('saamjyu-chat').shadowRoot.querySelectorAll('.assistant .sounded')].map(line =>
    [...line.childNodes].map(node => node.localName === 'ruby' ? [node.firstChild.data, node.lastChild.textContent] : node.textContent).filter(String))"""


@pytest.mark.parametrize(
    "text",
    [
        "你好！\nnei5 hou2!\n單號 RT-1，得。\ndaan1 hou6 RT-1, dak1.",
        "你好！\n單號 RT-1，得。\nnei5 hou2!\ndaan1 hou6 RT-1, dak1.",
    ],
)
def test_jyutping_stands_above_its_characters_when_both_are_wanted(chat: Chat, assistant: Any, text: str) -> None:
    assistant.script(answers=[offer(text, "上晝\nsoeng6 zau3", language="yue", script="both")])
    chat.say("both")
    chat.page.locator(".assistant ruby").first.wait_for()
    lines = chat.page.evaluate(RUBY)
    assert lines[0] == [["你", "nei5"], ["好", "hou2"], "！"]
    assert lines[1] == [["單", "daan1"], ["號", "hou6"], " RT-1，", ["得", "dak1"], "。"]
    assert lines[2] == [["上", "soeng6"], ["晝", "zau3"]], "choices too"
    assert chat.page.locator(".assistant rt").first.get_attribute("lang") == "yue-Latn"


def test_a_customers_own_words_stay_as_they_are_when_jyutping_stands_beside_them(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("地址係深水埗 flat 3\ndei6 zi2 hai6 深水埗 flat 3", language="yue", script="both")])
    chat.say("both")
    chat.page.locator(".assistant ruby").first.wait_for()
    assert chat.page.evaluate(RUBY) == [[["地", "dei6"], ["址", "zi2"], ["係", "hai6"], "深水埗 flat 3"]]


def test_lines_stay_lines_when_jyutping_does_not_fit_its_characters(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("你好！\nnei5 hou2 aa3!", language="yue", script="both")])
    chat.say("both")
    chat.page.locator(".assistant .bubble").wait_for()
    assert chat.texts("assistant") == ["你好！\nnei5 hou2 aa3!\n"]
    assert chat.page.locator(".assistant .bubble span").evaluate_all("all => all.map(line => line.lang)") == [
        "yue",
        "yue-Latn",
    ]


@pytest.mark.parametrize(
    ("language", "script", "tag"),
    [("en", "latin", "en"), ("zh", "simplified", "zh-Hans"), ("zh", "traditional", "zh-Hant"), ("yue", "traditional", "yue"),
     ("yue", "latin", "yue-Latn"), ("yue", "simplified", "yue-Hans")],
)  # fmt: skip
def test_a_message_carries_its_language_when_it_is_shown(
    chat: Chat, assistant: Any, language: str, script: str, tag: str
) -> None:
    assistant.script(answers=[offer("?!", language=language, script=script)])
    chat.say("language")
    chat.wait_for("?!")
    assert chat.bubble("?!").get_attribute("lang") == tag


def test_an_agent_is_named_when_one_writes(visit: Any) -> None:
    message = {
        "seq": 1,
        "author": "agent",
        "text": "Mei here",
        "language": "en",
        "script": "latin",
        "choices": [],
        "sent_at": "2026-11-20T09:00:00+00:00",
        "extras": {},
    }
    chat = visit(
        prepare=lambda page: page.route(
            "**/messages?*",
            lambda route: route.fulfill(
                json={"messages": [message]} if "after=0" in route.request.url else {"messages": []}
            ),
        )
    ).opened()
    chat.say("hello")
    chat.bubble("Mei here", "agent").wait_for()
    assert chat.page.locator(".who").text_content() == "Colleague"
    assert chat.page.locator(".day").first.text_content() != "Today"


@pytest.mark.parametrize(("locale", "tag"), [("en-GB", "zh"), ("zh-HK", None)])
def test_a_customers_characters_count_as_chinese_when_their_language_is_not_known(
    visit: Any, locale: str, tag: str | None
) -> None:
    chat = visit(locale=locale).opened()
    chat.page.route("**/api/**", lambda route: route.abort())  # no answer, whose language the interface would follow
    chat.say("有冇人呀")
    assert chat.bubble("有冇人呀", "customer").get_attribute("lang") == tag
