"""Talking: sent and seen once, in every tab, after a reload, without a connection, without WebSockets."""

from __future__ import annotations

from typing import Any

from website_desk import until
from widget_page import Chat, offer


def asked(assistant: Any, text: str) -> int:
    return sum(turn["text"] == text for turn in assistant.asked())


def test_a_message_is_answered_when_it_is_sent(chat: Chat) -> None:
    chat.say("is anybody there")
    chat.wait_for("heard: is anybody there")
    assert chat.texts() == ["is anybody there", "heard: is anybody there"]
    chat.page.locator(".customer .meta time").wait_for()
    assert chat.field.input_value() == ""


def test_history_is_back_when_the_page_is_loaded_again(chat: Chat) -> None:
    chat.say("remember me")
    chat.wait_for("heard: remember me")
    chat.page.reload()
    chat.wait_for("heard: remember me")
    assert chat.texts() == ["remember me", "heard: remember me"]
    assert chat.panel.is_visible(), "a panel that was open is open again on the next page"


def test_both_tabs_show_everything_when_one_is_written_in(visit: Any, chat: Chat) -> None:
    other = visit(beside=chat).opened()
    chat.say("from the first tab")
    other.wait_for("heard: from the first tab")
    other.say("from the second tab")
    chat.wait_for("heard: from the second tab")
    assert chat.texts() == other.texts()
    assert chat.stored("chat") == other.stored("chat")


def test_the_badge_counts_until_the_panel_is_opened(visit: Any, chat: Chat, assistant: Any) -> None:
    assistant.script(delay=0.5, answers=[offer("one"), offer("two")])
    chat.say("count")
    chat.wait_for("count", "customer")
    chat.page.keyboard.press("Escape")
    chat.badge.wait_for()
    until(lambda: chat.badge.text_content() == "2")
    assert chat.launcher.get_attribute("aria-label") == "Service desk, 2 unread"
    chat.page.reload()
    chat.badge.wait_for()
    assert chat.badge.text_content() == "2"
    chat.opened()
    chat.page.keyboard.press("Escape")
    assert chat.badge.is_hidden()


def test_messages_go_out_once_and_in_order_when_the_connection_is_back(chat: Chat, assistant: Any) -> None:
    chat.say("before the cut")
    chat.wait_for("heard: before the cut")
    chat.page.context.set_offline(True)
    for text in ("first in the tunnel", "second in the tunnel"):
        chat.say(text)
    chat.note("Not sent yet").first.wait_for()
    chat.page.locator(".banner").get_by_text("No connection").wait_for()
    chat.page.context.set_offline(False)
    chat.wait_for("heard: second in the tunnel")
    assert chat.texts("customer") == ["before the cut", "first in the tunnel", "second in the tunnel"]
    assert [asked(assistant, f"{which} in the tunnel") for which in ("first", "second")] == [1, 1]
    chat.page.locator(".banner").wait_for(state="hidden")


def test_a_waiting_message_survives_a_closed_page_when_it_was_not_sent(visit: Any, chat: Chat, assistant: Any) -> None:
    chat.page.context.route("**/api/website/**", lambda route: route.abort())
    chat.say("written in the lift")
    chat.note("Not sent yet").wait_for()
    chat.page.close()
    chat.page.context.unroute_all()
    again = visit(beside=chat).opened()
    again.wait_for("heard: written in the lift")
    assert asked(assistant, "written in the lift") == 1


def test_a_message_counts_once_when_its_acknowledgement_is_lost(chat: Chat, assistant: Any) -> None:
    lost = []

    def lose_first(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    chat.page.route("**/api/website/messages", lose_first)
    chat.say("say it once")
    chat.wait_for("heard: say it once")
    until(lambda: chat.note("Not sent yet").count() == 0)
    assert lost == [202]
    assert chat.texts("customer") == ["say it once"]
    assert asked(assistant, "say it once") == 1


def test_everything_arrives_when_websockets_are_blocked(visit: Any) -> None:
    attempts = []

    def block(page: Any) -> None:
        page.route_web_socket("**/socket*", lambda line: (attempts.append(line.url), line.close()))

    chat = visit(prepare=block).opened()
    chat.say("by polling, first")
    chat.wait_for("heard: by polling, first")
    until(lambda: len(attempts) == 2)
    chat.say("by polling, second")
    chat.wait_for("heard: by polling, second")
    assert len(attempts) == 2, "a minute of long polling follows two dead sockets"
    assert "token" not in attempts[0]


def test_a_socket_that_breaks_is_replaced_when_it_had_worked(visit: Any) -> None:
    lines: list[Any] = []

    def watch(page: Any) -> None:
        page.route_web_socket("**/socket*", lambda line: (line.connect_to_server(), lines.append(line)))

    chat = visit(prepare=watch).opened()
    chat.say("hello")
    chat.wait_for("heard: hello")
    until(lambda: chat.page.wait_for_timeout(50) is None and len(lines) == 1)
    lines[0].close()
    until(lambda: chat.page.wait_for_timeout(50) is None and len(lines) == 2)
    chat.say("still there?")
    chat.wait_for("heard: still there?")


def test_the_reason_is_shown_and_the_message_can_go_when_it_is_refused(chat: Chat) -> None:
    refusal = {"status": 422, "json": {"code": "text_empty", "text": "There is nothing to read in it."}}
    chat.page.route(
        "**/api/website/messages",
        lambda route: route.fulfill(**refusal) if route.request.method == "POST" else route.continue_(),
    )
    chat.say("\u3164")
    chat.note("Not sent · There is nothing to read in it.").wait_for()
    chat.page.reload()
    chat.note("Not sent · There is nothing to read in it.").wait_for()
    chat.page.unroute_all()
    chat.button("Remove").click()
    assert chat.bubbles.count() == 0
    chat.say("something to read")
    chat.wait_for("heard: something to read")


def test_a_refused_message_goes_out_when_it_is_tried_again(chat: Chat) -> None:
    chat.page.route(
        "**/api/website/messages",
        lambda route: (
            route.fulfill(status=409, json={"text": "Not now."})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    chat.say("once more")
    chat.note("Not now.").wait_for()
    chat.page.unroute_all()
    chat.button("Try again").click()
    chat.wait_for("heard: once more")


def test_a_new_conversation_begins_when_the_token_opens_nothing(chat: Chat) -> None:
    chat.say("the old one")
    chat.wait_for("heard: the old one")
    before = chat.stored("chat")
    chat.page.evaluate(
        "() => { const key = Object.keys(localStorage).find(key => key.endsWith(' chat'));"
        " localStorage[key] = JSON.stringify({conversation: 'x', token: 'forged'}); }"
    )
    chat.say("the new one")
    chat.wait_for("heard: the new one")
    assert chat.stored("chat") != before
    assert chat.texts() == ["the new one", "heard: the new one"]


def test_typing_is_shown_when_the_assistant_takes_its_time(chat: Chat, assistant: Any) -> None:
    assistant.script(delay=1.0)
    chat.say("take your time")
    chat.page.locator(".typing").wait_for()
    chat.wait_for("heard: take your time")
    assert chat.page.locator(".typing").count() == 0


def test_a_draft_is_kept_when_the_page_changes(chat: Chat) -> None:
    chat.field.fill("half a sen")
    chat.page.reload()
    chat.panel.wait_for()
    assert chat.field.input_value() == "half a sen"
