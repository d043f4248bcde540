"""The demo page with the widget in it, as a test looks at it and works it."""

from __future__ import annotations

import re
from typing import Any

SITE_SECRET = "known to the site and the desk"


class Chat:
    """One tab. Playwright's selectors look into the widget's shadow root by themselves."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site = page, site
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(f"{error.message} {error.stack}"))
        page.on("console", self._note)
        self.launcher = page.locator("saamjyu-chat .launcher")
        self.panel = page.locator("saamjyu-chat dialog")
        self.field = page.locator("saamjyu-chat textarea")
        self.log = page.locator("saamjyu-chat .log")
        self.bubbles = page.locator("saamjyu-chat .bubble")
        self.badge = page.locator("saamjyu-chat .badge")

    def _note(self, message: Any) -> None:
        # a refused or missing connection is reported by the browser itself; what the tests are after is code and policy
        if message.type == "error" and not re.search(r"ERR_|WebSocket|status of", message.text):
            self.errors.append(message.text)

    def load(self) -> None:
        self.page.goto(self.site)
        self.launcher.wait_for(state="attached")

    def opened(self) -> Chat:
        self.launcher.click()
        self.panel.wait_for()
        return self

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def bubble(self, text: str, author: str = "assistant") -> Any:
        """The bubbles with exactly this text."""
        exactly = re.compile(f"^{re.escape(text)}$")
        return self.page.locator(f"saamjyu-chat .{author} .bubble").filter(has_text=exactly)

    def wait_for(self, text: str, author: str = "assistant") -> None:
        self.bubble(text, author).last.wait_for()

    def texts(self, author: str | None = None) -> list[str]:
        """What has been said, in the order in which it is seen."""
        found: list[str] = self.page.locator(
            f"saamjyu-chat {'.' + author if author else ''} .bubble"
        ).all_text_contents()
        return found

    def note(self, text: str) -> Any:
        """What stands below a message: its time, or how far it has come."""
        return self.page.locator("saamjyu-chat .meta").filter(has_text=text)

    def button(self, name: str) -> Any:
        return self.page.locator("saamjyu-chat").get_by_role("button", name=name, exact=True)

    def menu(self, button: str, item: str) -> None:
        self.button(button).click()
        self.page.locator("saamjyu-chat .menu button").filter(has_text=re.compile(f"^{re.escape(item)}$")).click()

    def focused(self) -> str:
        """Name what has the focus: its class, or its tag."""
        found: str = self.page.evaluate(
            "() => { const at = document.activeElement?.shadowRoot?.activeElement;"
            " return at ? at.className || at.id || at.localName : 'page'; }"
        )
        return found

    def stored(self, name: str) -> Any:
        """Read what the widget remembers under a name."""
        return self.page.evaluate(
            "name => JSON.parse(localStorage[Object.keys(localStorage).find(key => key.endsWith(' ' + name))] ?? 'null')",
            name,
        )


def offer(text: str, *labels: str, language: str = "en", script: str = "latin", **extras: Any) -> dict[str, Any]:
    """Make an answer of the scripted assistant."""
    choices = [
        {"label": label, "payload": {"intent": "inform", "entities": {"n": str(n)}}} for n, label in enumerate(labels)
    ]
    return {"text": text, "language": language, "script": script, "choices": choices, "extras": extras}
