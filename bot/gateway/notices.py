"""What the gateway itself says to customers: apologies and refusals, in their language and script."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.gateway.conversations import Tongue
from bot.gateway.logs import log
from bot.gateway.transcript import Message
from bot.language.wording import Wording

EVERYONE = (Tongue("en", "latin"), Tongue("zh", "simplified"), Tongue("yue", "traditional"))


class Notices:
    """Speaks the wordings whose keys begin with `utter_gateway_`."""

    def __init__(self, wording: Wording, tongue_of: Callable[[str], Tongue | None]) -> None:
        self._wording = wording
        self._tongue_of = tongue_of

    def text(self, key: str, tongue: Tongue | None, values: Mapping[str, Any] | None = None) -> str:
        """Say a wording; to somebody whose language nobody knows, in all three."""
        tongues = [tongue] if tongue else EVERYONE
        return "\n".join(self._wording.say(key, t.language, t.script, values).text for t in tongues)

    def tongue_of(self, text: str) -> Tongue | None:
        """Tell a stranger's language; a mistake in telling it must not cost them the notice."""
        try:
            return self._tongue_of(text)
        except Exception as error:  # noqa: BLE001  said in all three languages, then
            log("not_identified", level="ERROR", failure=type(error).__name__)
            return None

    def warm(self) -> None:
        """Load what speaking needs, so that the first apology comes as fast as the others."""
        self.tongue_of("hello")
        for tongue in (*EVERYONE, Tongue("yue", "latin"), Tongue("zh", "traditional")):
            self.text("utter_gateway_apology", tongue)

    def message(
        self, key: str, tongue: Tongue | None, text: str = "", values: Mapping[str, Any] | None = None
    ) -> Message:
        """Make a message of a wording, in the known language or else that of the customer's own text."""
        tongue = tongue or (self.tongue_of(text) if text else None)
        first = tongue or EVERYONE[0]  # a message in all three is named after the one it begins with
        return Message(
            "assistant",
            self.text(key, tongue, values),
            first.language,
            first.script,
            extras={"notice": key.removeprefix("utter_gateway_")},
        )


def identified(text: str) -> Tongue | None:
    """Tell the language and script a stranger's text asks to be answered in; None when it does not show."""
    from bot.language.identify import identify
    from bot.language.preference import choose

    preference = choose(None, identify(text))
    return Tongue(preference.language, preference.script) if preference else None
