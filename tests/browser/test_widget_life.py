"""The widget's life: how it is built and served, a person at hand, the end of a chat, what a page is told."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from website_desk import until
from widget_page import SITE_SECRET, Chat, offer

from bot.channels.website.signing import sign

PIECES = Path(__file__).parents[2] / "bot" / "channels" / "website" / "widget"
SERVED = PIECES.parent / "static" / "widget.js"
MOST_BYTES = 15_000


def test_the_widget_is_small_when_it_is_served(site: str) -> None:
    request = urllib.request.Request(f"{site}/widget.js", headers={"accept-encoding": "gzip"})
    with urllib.request.urlopen(request) as response:
        body = response.read()
        assert response.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == SERVED.read_bytes()
    assert len(body) <= MOST_BYTES


def test_the_served_file_fits_its_pieces_when_they_were_changed() -> None:
    pieces = sorted(path for path in PIECES.iterdir() if re.search(r"\.(m?js|css)$", path.name))
    sources = "\0".join(path.read_text("utf8") for path in pieces)
    now = {
        "sources": hashlib.sha256(sources.encode()).hexdigest(),
        "widget": hashlib.sha256(SERVED.read_bytes()).hexdigest(),
    }
    assert json.loads((PIECES / "built.json").read_text()) == now, "npm run build was forgotten"


def test_the_build_gives_the_same_file_when_it_is_run_again(tools: Path) -> None:
    before = SERVED.read_bytes()
    subprocess.run(["node", "build.mjs"], cwd=tools.parent, check=True, capture_output=True)
    assert SERVED.read_bytes() == before


def test_nothing_is_parsed_as_markup_when_the_pieces_are_read() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|srcdoc|javascript:"
    )
    for path in [*PIECES.glob("*.js"), SERVED]:
        assert not forbidden.search(path.read_text("utf8")), path.name


def test_the_launcher_is_painted_soon_when_the_page_is_opened(visit: Any) -> None:
    chat: Chat = visit()
    times = []
    for _ in range(5):
        chat.page.reload()
        chat.launcher.wait_for()
        times.append(
            chat.page.evaluate(
                """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => {
                const page = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
                const script = performance.getEntriesByType('resource').find(entry => entry.name.endsWith('/widget.js'));
                done(Math.max(page, script.responseEnd)) })))"""
            )
        )
    assert min(times) < 300, times


def test_a_person_is_asked_for_when_the_button_is_pressed(chat: Chat) -> None:
    chat.button("Talk to a person").click()
    chat.wait_for("heard: Talk to a person")


def test_a_chat_is_over_everywhere_when_it_is_ended(visit: Any, chat: Chat) -> None:
    chat.say("goodbye")
    chat.wait_for("heard: goodbye")
    other = visit(beside=chat).opened()
    other.wait_for("heard: goodbye")
    token = chat.stored("chat")["token"]
    chat.menu("More", "End this chat")
    assert chat.focused() == "plain", "the harmless answer has the focus"
    chat.button("Keep chatting").click()
    assert chat.focused() == "textarea"
    chat.menu("More", "End this chat")
    with chat.page.expect_response(lambda response: response.request.method == "DELETE") as ended:
        chat.button("End this chat").click()
    assert ended.value.status == 204
    for tab in (chat, other):
        tab.page.get_by_text("This chat has ended").wait_for()
        assert tab.texts() == ["goodbye", "heard: goodbye"], "it can still be read until the page is left"
    assert chat.stored("chat") is None
    status = chat.page.evaluate(
        "token => fetch('/api/website/messages?after=0', {headers: {authorization: `Bearer ${token}`}}).then(answer => answer.status)",
        token,
    )
    assert status == 401
    chat.button("Start a new chat").click()
    chat.say("a new beginning")
    chat.wait_for("heard: a new beginning")
    assert chat.texts() == ["a new beginning", "heard: a new beginning"]


def test_the_chat_goes_on_when_it_could_not_be_ended(chat: Chat) -> None:
    chat.say("hello")
    chat.wait_for("heard: hello")
    chat.page.route("**/conversations", lambda route: route.abort())
    chat.menu("More", "End this chat")
    chat.button("End this chat").click()
    chat.page.locator(".banner").get_by_text("No connection").wait_for()
    assert chat.field.is_visible()
    assert chat.stored("chat")


def test_the_whole_chat_is_in_the_file_when_it_is_downloaded(chat: Chat, assistant: Any, tmp_path: Path) -> None:
    assistant.script(answers=[offer("<b>好</b>\nline two", language="zh", script="simplified")])
    chat.say("save me")
    chat.button("找人工客服").wait_for()
    with chat.page.expect_download() as download:
        chat.menu("更多", "下载聊天记录")
    assert re.fullmatch(r"chat-\d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)
    lines = Path(download.value.path()).read_text("utf8").splitlines()
    assert [re.sub(r"^\[.*?\] ", "", line) for line in lines] == ["您: save me", "智能助手: <b>好</b>", "    line two"]


def test_a_page_is_told_when_something_happens(chat: Chat, assistant: Any) -> None:
    chat.page.evaluate(
        "() => { window.told = []; for (const name of ['open', 'close', 'message', 'unread', 'ticket', 'language', 'ended'])"
        " addEventListener(`saamjyu-${name}`, event => told.push([name, event.detail?.text ?? event.detail?.number ?? event.detail?.count ?? event.detail?.interface ?? null])) }"
    )
    assistant.script(delay=0.3, answers=[offer("done", ticket={"number": "RT-8K3M-52QR"})])
    chat.page.evaluate(
        "() => { const chat = document.querySelector('saamjyu-chat'); chat.send('from the page'); chat.close() }"
    )
    until(lambda: ["unread", 1] in chat.page.evaluate("told"))
    chat.page.evaluate("document.querySelector('saamjyu-chat').open()")
    chat.menu("Language", "繁體中文")
    told = chat.page.evaluate("told")
    for one in (
        ["close", None],
        ["message", "done"],
        ["ticket", "RT-8K3M-52QR"],
        ["open", None],
        ["unread", 0],
        ["language", "zh-Hant"],
    ):
        assert one in told, told


def test_the_widget_comes_back_when_a_page_moves_it(chat: Chat) -> None:
    chat.say("move me")
    chat.wait_for("heard: move me")
    chat.page.evaluate(
        "() => { const chat = document.querySelector('saamjyu-chat'); chat.remove(); document.body.prepend(chat) }"
    )
    chat.wait_for("heard: move me")
    chat.say("and again")
    chat.wait_for("heard: and again")
    assert chat.texts() == ["move me", "heard: move me", "and again", "heard: and again"]


def test_colours_and_place_are_the_sites_when_it_sets_them(chat: Chat) -> None:
    chat.page.evaluate(
        "() => { const chat = document.querySelector('saamjyu-chat'); chat.style.setProperty('--saamjyu-accent', 'rgb(120, 20, 60)');"
        " chat.setAttribute('position', 'left'); chat.setAttribute('heading', 'Ask <us>') }"
    )
    assert chat.page.get_by_role("heading", name="Ask <us>").is_visible()
    assert chat.panel.bounding_box()["x"] < 40
    chat.button("Minimise").click()
    assert chat.launcher.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(120, 20, 60)"


def sign_in(chat: Chat, customer: str | None, minutes_ago: int = 0) -> None:
    at = datetime.now(timezone.utc) - timedelta(minutes=minutes_ago)
    chat.page.evaluate(
        "signed => { const chat = document.querySelector('saamjyu-chat');"
        " signed ? chat.setAttribute('customer', signed) : chat.removeAttribute('customer') }",
        customer and sign(customer, at, SITE_SECRET),
    )


def test_a_signed_customer_finds_the_conversation_again_when_the_browser_is_another(visit: Any) -> None:
    chat = visit().opened()
    sign_in(chat, "mei.chan")
    chat.say("from the laptop")
    chat.wait_for("heard: from the laptop")
    other = visit().opened()
    sign_in(other, "mei.chan")
    other.wait_for("heard: from the laptop")
    assert other.stored("chat")["conversation"] == chat.stored("chat")["conversation"]


def test_nothing_of_a_customer_is_left_when_another_signs_in_or_nobody(visit: Any) -> None:
    chat = visit().opened()
    sign_in(chat, "first.customer")
    chat.say("for my eyes only")
    chat.wait_for("heard: for my eyes only")
    sign_in(chat, "second.customer")
    until(lambda: chat.bubbles.count() == 0)
    sign_in(chat, "first.customer")
    chat.wait_for("heard: for my eyes only")
    sign_in(chat, None)
    until(lambda: chat.bubbles.count() == 0)
    chat.page.reload()
    assert chat.stored("chat") is None
    chat.say("a stranger")
    chat.wait_for("heard: a stranger")


def test_a_customer_is_a_stranger_when_the_signature_is_old(visit: Any) -> None:
    chat = visit().opened()
    sign_in(chat, "late.customer", minutes_ago=30)
    chat.say("am I known?")
    chat.wait_for("heard: am I known?")
    other = visit().opened()
    sign_in(other, "late.customer")
    until(lambda: other.stored("chat") is not None)
    assert other.stored("chat")["conversation"] != chat.stored("chat")["conversation"]
