"""Photos in the widget: drawn anew in the browser, on their way like any message, shown again to their sender only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_widget_access import CHECK
from widget_page import Chat, offer

from tests.unit.support.picture_files import PLACE, told_photo

LANGUAGES = [
    ("en-GB", "Photo", "I've got your photo"),
    ("zh-CN", "照片", "照片收到了"),
    ("zh-TW", "照片", "照片收到了，謝謝"),
    ("zh-HK", "相片", "收到你張相"),
]
LOADED = "images => images.every(image => image.complete && image.naturalWidth > 0)"


def choose(chat: Chat, *files: bytes) -> None:
    """Choose files, as if in the browser's own dialogue."""
    chosen = [{"name": f"IMG_{n}.jpg", "mimeType": "image/jpeg", "buffer": file} for n, file in enumerate(files)]
    chat.page.locator("saamjyu-chat input[type=file]").set_input_files(chosen)


def loaded(chat: Chat, count: int) -> Any:
    """Wait until so many photos are seen, and give them."""
    images = chat.page.locator("saamjyu-chat .bubble img")
    images.nth(count - 1).wait_for()
    chat.page.wait_for_function(
        "count => { const images = [...document.querySelector('saamjyu-chat').shadowRoot.querySelectorAll('.bubble img')];"
        f" return images.length === count && ({LOADED})(images) }}",
        arg=count,
    )
    return images


@pytest.mark.parametrize(("locale", "name", "answer"), LANGUAGES)
def test_a_photo_is_sent_answered_and_shown_again_in_every_language(
    visit: Any, axe: Path, locale: str, name: str, answer: str
) -> None:
    chat: Chat = visit(locale=locale).opened()
    with chat.page.expect_file_chooser() as chooser:
        chat.button(name).click()
    sent: list[bytes] = []
    chat.page.on("request", lambda one: sent.append(one.post_data_buffer) if "/photos?" in one.url else None)
    file = told_photo(size=(2400, 1800), orientation=6)
    chooser.value.set_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": file})
    chat.page.locator("saamjyu-chat .assistant .bubble").filter(has_text=answer).wait_for()
    mine = loaded(chat, 1)
    assert mine.get_attribute("alt") == name
    assert mine.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1200, 1600], "upright, and smaller"
    assert PLACE in file
    assert len(sent) == 1
    assert PLACE not in sent[0], "where it was taken has not left the browser"
    chat.page.evaluate(axe.read_text("utf8"))
    assert not chat.page.evaluate(CHECK)
    other = visit(beside=chat).opened()
    assert loaded(other, 1).get_attribute("src").startswith("blob:")
    chat.page.reload()
    chat.launcher.wait_for(state="attached")
    again = loaded(chat, 1)
    assert again.get_attribute("alt") == name
    assert again.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1200, 1600]


def test_photos_wait_while_there_is_no_connection_and_go_out_later_once(chat: Chat) -> None:
    chat.say("hello")
    chat.wait_for("heard: hello")
    chat.page.context.set_offline(True)
    choose(chat, told_photo(), told_photo(size=(200, 300)))
    chat.note("Not sent yet").first.wait_for()
    loaded(chat, 2)
    chat.page.context.set_offline(False)
    chat.page.locator("saamjyu-chat .assistant .bubble").filter(has_text="I've got your photo").nth(1).wait_for()
    loaded(chat, 2)
    assert chat.page.locator("saamjyu-chat .unsent").count() == 0
    chat.page.reload()
    chat.launcher.wait_for(state="attached")
    loaded(chat, 2)


def test_what_is_no_photo_is_refused_with_the_desks_words(chat: Chat) -> None:
    choose(chat, bytes(4) + b"ftypheic" + bytes(5000), b"<svg onload=alert(1)>")
    chat.page.locator("saamjyu-chat .refused").nth(1).wait_for()
    notes = chat.page.locator("saamjyu-chat .refused .meta").all_text_contents()
    assert "HEIC" in notes[0]
    assert "JPEG, PNG or WebP" in notes[1]
    chat.page.locator("saamjyu-chat .refused").first.get_by_role("button", name="Remove").click()
    assert chat.page.locator("saamjyu-chat .refused").count() == 1


def test_a_question_stays_open_when_a_photo_is_sent(chat: Chat, assistant: Any) -> None:
    assistant.script(answers=[offer("Right?", "Yes", "No")])
    chat.say("hello")
    chat.wait_for("Right?")
    choose(chat, told_photo())
    chat.page.locator("saamjyu-chat .assistant .bubble").filter(has_text="I've got your photo").wait_for()
    assert chat.button("Yes").is_enabled()


def test_a_photo_that_the_browser_has_no_room_for_is_not_lost_silently(chat: Chat) -> None:
    chat.page.evaluate("localStorage.setItem('full', 'x'.repeat(5 * 1024 * 1024 - 3000))")
    choose(chat, told_photo(size=(2400, 1800)))
    chat.page.locator("saamjyu-chat .refused").wait_for()
    chat.page.evaluate("localStorage.removeItem('full')")
    chat.page.locator("saamjyu-chat .refused").get_by_role("button", name="Try again").click()
    chat.page.locator("saamjyu-chat .assistant .bubble").filter(has_text="I've got your photo").wait_for()
