"""For everybody: axe-core finds nothing, a keyboard is enough, input methods, phones, zoom, stillness."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from website_desk import until
from widget_page import Chat, offer

PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
LOOKS: list[dict[str, Any]] = [
    {"locale": "en-GB"},
    {"locale": "zh-CN", "color_scheme": "dark"},
    {"locale": "zh-TW", **PHONE},
    {"locale": "zh-HK", "color_scheme": "dark", **PHONE},
]
CHECK = """() => axe.run('saamjyu-chat', {resultTypes: ['violations']}).then(result => (
    result.passes.length > 10 ? result.violations : [{id: 'it saw next to nothing', nodes: [{target: ''}]}]).flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`)))"""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['locale']}-{look.get('color_scheme', 'light')}")
def test_axe_finds_nothing_when_it_looks_at_every_state(
    visit: Any, assistant: Any, axe: Path, look: dict[str, Any]
) -> None:
    chat: Chat = visit(**look)
    page = chat.page

    def check(state: str) -> None:
        page.evaluate(axe.read_text("utf8"))
        found = page.evaluate(CHECK)
        assert not found, f"{state}: {json.dumps(found, indent=1, ensure_ascii=False)}"

    check("closed")
    chat.opened()
    check("welcome")
    for menu in ("language", "more"):
        page.locator(f"saamjyu-chat header [data-label={menu}]").click()
        check(f"the menu {menu}")
        page.keyboard.press("Escape")
    assistant.script(
        answers=[
            offer("Done, see https://desk.example", ticket={"number": "RT-8K3M-52QR"}),
            offer("你好！\nnei5 hou2!", language="yue", script="both"),
            offer("?", "5 – a", "4 – b", "3 – c", "2 – d", "1 – e", rating=True),
            offer("請選擇", "上晝", "下晝", language="yue", script="traditional"),
        ]
    )
    chat.say("hello")
    page.locator(".choices").wait_for()
    check("messages")
    page.locator(".choices button").last.click()
    page.locator(".choices .taken").wait_for()
    page.context.set_offline(True)
    chat.say("offline")
    page.locator(".banner").wait_for()
    check("a taken choice, a waiting message")
    page.unroute_all()
    page.context.set_offline(False)
    until(lambda: page.locator(".unsent").count() == 0, 30)
    page.route("**/messages", lambda route: route.fulfill(status=422, json={"text": "No."}))
    chat.say("refused")
    page.locator(".refused").wait_for()
    chat.field.fill("x" * 1001)
    check("a refused message, a long draft")
    page.locator("saamjyu-chat header [data-label=more]").click()
    page.locator(".menu button").last.click()
    check("whether to end")
    page.locator(".sheet .solid").click()
    page.locator(".sheet [data-word=again]").wait_for()
    check("ended")


def test_a_keyboard_is_enough_when_there_is_nothing_else(visit: Any, assistant: Any) -> None:
    chat: Chat = visit()
    press = chat.page.keyboard.press
    for _ in range(12):
        if chat.focused() == "launcher":
            break
        press("Tab")
    press("Enter")
    assert chat.focused() == "textarea"
    assistant.script(answers=[offer("Which one?", "Fridge", "Television", "Fan")])
    chat.page.keyboard.type("choose")
    press("Enter")
    chat.button("Fan").wait_for()
    for _ in range(6):
        press("Shift+Tab")
        if chat.page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "Fan":
            break
    press("ArrowRight")  # from the last round to the first
    press("ArrowDown")
    press("Enter")
    chat.wait_for("Television", "customer")
    assert chat.focused() == "textarea"
    chat.button("Language").focus()
    press("Enter")
    press("End")
    assert (
        chat.page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "廣東話 · 漢字 + Jyutping"
    )
    press("ArrowDown")
    press("Escape")
    assert chat.page.evaluate("document.activeElement.shadowRoot.activeElement.ariaLabel") == "Language"
    assert chat.panel.is_visible()
    press("Escape")
    assert chat.panel.is_hidden()
    assert chat.focused() == "launcher"


@pytest.mark.parametrize("composing", [{"isComposing": True, "keyCode": 13}, {"isComposing": False, "keyCode": 229}])
def test_enter_belongs_to_the_input_method_when_characters_are_being_composed(
    chat: Chat, composing: dict[str, Any]
) -> None:
    chat.field.fill("你好")
    chat.field.dispatch_event("keydown", {"key": "Enter", **composing})
    assert (chat.field.input_value(), chat.bubbles.count()) == ("你好", 0)
    chat.field.dispatch_event("keydown", {"key": "Enter", "keyCode": 13})
    chat.wait_for("你好", "customer")


def test_shift_and_enter_break_the_line_when_more_is_to_come(chat: Chat) -> None:
    chat.field.press_sequentially("one")
    chat.field.press("Shift+Enter")
    chat.field.press_sequentially("two")
    assert chat.field.input_value() == "one\ntwo"
    chat.field.press("Enter")
    chat.wait_for("one\ntwo", "customer")


def test_a_text_stays_where_it_is_when_it_is_too_long(chat: Chat) -> None:
    send = chat.button("Send")
    assert send.get_attribute("aria-disabled") == "true"
    chat.field.fill("short")
    assert send.get_attribute("aria-disabled") == "false"
    chat.say("字" * 1001)
    assert send.get_attribute("aria-disabled") == "true"
    chat.page.get_by_text("1001 / 1000").wait_for()
    assert (len(chat.field.input_value()), chat.bubbles.count()) == (1001, 0)
    chat.say("😀" * 1000)  # counted as people count
    chat.wait_for("😀" * 1000, "customer")


def test_new_messages_are_read_out_and_history_is_not_when_they_come(chat: Chat) -> None:
    assert chat.log.get_attribute("role") == "log"
    assert chat.log.get_attribute("aria-live") == "off"
    chat.say("hello")
    chat.wait_for("heard: hello")
    assert chat.log.get_attribute("aria-live") == "polite"
    chat.menu("Language", "简体中文")
    chat.page.locator(".note").wait_for()
    until(lambda: chat.log.get_attribute("aria-live") == "polite")


def test_the_panel_fills_a_phone_and_keeps_the_focus_when_it_is_open(visit: Any) -> None:
    chat: Chat = visit(**PHONE).opened()
    assert chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 780}
    assert chat.focused() == "title", "a phone's keyboard stays away until it is wanted"
    for _ in range(14):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate("document.activeElement.localName") in ("saamjyu-chat", "body"), (
            "the page behind is inert"
        )
    chat.page.keyboard.press("Escape")
    assert chat.panel.is_hidden()


def test_nothing_is_out_of_reach_when_the_page_is_twice_as_large(visit: Any, assistant: Any) -> None:
    chat: Chat = visit(viewport={"width": 640, "height": 400}, device_scale_factor=2).opened()
    assistant.script(answers=[offer("Which one?", *(f"Something with a rather long name {n}" for n in range(9)))])
    chat.say("choose")
    chat.page.locator(".choices").wait_for()
    for place in (chat.field, chat.button("Talk to a person"), chat.button("Minimise"), chat.button("Send")):
        box = place.bounding_box()
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= 640
        assert box["y"] + box["height"] <= 400
    assert chat.page.evaluate(
        "document.querySelector('saamjyu-chat').shadowRoot.querySelector('.log').scrollWidth <= 640"
    )


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_targets_are_large_enough_when_they_are_measured(visit: Any, assistant: Any, width: int) -> None:
    chat: Chat = visit(viewport={"width": width, "height": 800}).opened()
    assistant.script(answers=[offer("?", "Yes", "No", ticket={"number": "RT-8K3M-52QR"})])
    chat.say("hello")
    chat.button("Yes").wait_for()
    boxes = [button.bounding_box() for button in chat.panel.get_by_role("button").all()]
    assert len(boxes) >= 8
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes), boxes


def test_nothing_moves_when_stillness_is_preferred(visit: Any, assistant: Any) -> None:
    chat: Chat = visit(reduced_motion="reduce").opened()
    assistant.script(delay=1)
    chat.say("hello")
    chat.page.locator(".typing i").first.wait_for()
    names = "all => [...new Set(all.map(node => getComputedStyle(node).animationName))]"
    assert chat.page.locator("saamjyu-chat .typing i, saamjyu-chat dialog, saamjyu-chat .item").evaluate_all(names) == [
        "none"
    ]
    moving: Chat = visit(reduced_motion="no-preference").opened()
    assert moving.panel.evaluate("panel => getComputedStyle(panel).animationName") == "rise"
