"""No text from a person is read as an intent by Rasa, whatever its slash hides behind; Rasa itself is the judge."""

from __future__ import annotations

import asyncio
import random
import sys
import unicodedata
from collections.abc import Callable

import pytest
from processes import LONG, Killable
from progress import Progress
from wire import open_talk, say

from bot.dialogue.request import BadTurn, read_turn
from bot.gateway.texts import cleaned
from bot.language.slash import disarm

TEXTS = 10_000 if LONG else 400
SENT = 500 if LONG else 40

SLASHES = ["/", "／", "⁄", "∕", "⧸", "//", "/ /", "/\u200b/"]
# Whatever Python's `strip` eats, and whatever nobody sees.
HIDING = sorted(
    {chr(i) for i in range(sys.maxunicode + 1) if chr(i).isspace()}
    | {chr(i) for i in range(0x3000) if unicodedata.category(chr(i)) in ("Cc", "Cf", "Zs", "Zl", "Zp")}
    | {"\ufeff", "\U000e0001"}
)
PREFIXES = [*SLASHES, *(hiding + slash for hiding in HIDING for slash in ("/", "／"))]
INTENTS = ["restart", "greet", "affirm", "deny", "open_repair", "session_start", "back", "nlu_fallback"]
TAILS = ["", '{"phone": "91234567"}', "{}", "@0.9", "@1.0{}", " now", "\n/restart", "/deny", " 唔該", "\u200b"]


def texts(rng: random.Random, count: int) -> list[str]:
    """Make texts that Rasa would read as intents or commands if they stood behind a slash."""
    return [rng.choice(INTENTS) + rng.choice(TAILS) + rng.choice(("", str(rng.randint(0, 99)))) for _ in range(count)]


def is_intent_to_rasa(text: str) -> bool:
    """Ask Rasa whether it reads a text as an intent rather than as words."""
    from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    return bool(YAMLStoryReader.unpack_regex_message(Message(data={TEXT: text})).get(INTENT))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_rasa_would_read_these_texts_as_intents() -> None:
    assert all(is_intent_to_rasa("/" + text) for text in texts(random.Random(1), 50))
    assert sum(is_intent_to_rasa(prefix + "restart") for prefix in PREFIXES) > 25


@pytest.mark.timeout(720)
def test_no_text_is_an_intent_behind_the_gateways_guard(record_property: Callable[[str, object], None]) -> None:
    record_property("texts", f"{TEXTS} behind each of {len(PREFIXES)} prefixes")
    progress = Progress("texts", TEXTS)
    for text in texts(random.Random(2), TEXTS):
        progress.step()
        for prefix in PREFIXES:
            assert not is_intent_to_rasa(disarm(cleaned(prefix + text))), ascii(prefix + text)


def test_no_text_is_an_intent_behind_the_assistants_own_guard() -> None:
    for text in texts(random.Random(3), TEXTS // 20):
        for prefix in PREFIXES:
            body = {"conversation": "c", "message_id": "m", "channel": "website", "kind": "text", "text": prefix + text}
            try:
                text_read = read_turn(body).text
            except BadTurn:
                assert "\x00" in prefix
            else:
                assert not is_intent_to_rasa(text_read), ascii(prefix + text)


def test_what_the_assistant_is_asked_is_no_intent(on_sqlite: Killable) -> None:
    rng = random.Random(4)
    sent = [rng.choice(PREFIXES) + text for text in texts(rng, SENT)]

    async def send() -> None:
        for start in range(0, len(sent), 20):
            _, token = await open_talk(on_sqlite.url)
            for i, text in enumerate(sent[start : start + 20]):
                assert (await say(on_sqlite.url, token, str(i), text)).status == 202, ascii(text)
        for _ in range(200):
            if len(on_sqlite.asked()) >= len(sent):
                return
            await asyncio.sleep(0.1)

    asyncio.run(send())
    asked = on_sqlite.asked()
    assert len(asked) == len(sent)
    assert [turn["text"] for turn in asked if is_intent_to_rasa(turn["text"])] == []
