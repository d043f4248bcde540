"""Whoever tries foreign keys learns nothing: what is not theirs and what does not exist answer alike."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from processes import LONG, Killable
from progress import Progress
from wire import Reply, ask, open_talk, read_all

from bot.channels.website.signing import sign
from bot.gateway.tokens import Tokens

TRIES = 10_000 if LONG else 600
SITE_SECRET, WRONG_SECRET = "the site's", "a guess"


def now() -> datetime:
    return datetime.now(timezone.utc)


class Victim:
    """Somebody with a conversation, a message in it, and choices before them."""

    def __init__(self, conversation: str, token: str, choice: str) -> None:
        self.conversation, self.token, self.choice = conversation, token, choice


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Killable]:
    desk = Killable(sqlite_url, tmp_path, SITE_SECRET=SITE_SECRET)
    try:
        desk.wait()
        yield desk
    finally:
        desk.kill()


async def victimise(desk: Killable) -> Victim:
    """Have somebody speak and be offered a choice."""
    desk.script(answers=[{"text": "Right?", "choices": [{"label": "Yes", "payload": {"intent": "affirm"}}]}])
    conversation, token = await open_talk(desk.url)
    await ask(
        desk.url, "POST", "/api/website/messages", token=token, body={"client_message_id": "1", "text": "Rosebud"}
    )
    for _ in range(100):
        if len(seen := await read_all(desk.url, token)) == 2:
            return Victim(conversation, token, seen[1]["choices"][0]["id"])
        await asyncio.sleep(0.1)
    raise AssertionError("no answer")


def foreign_tokens(victim: Victim) -> dict[str, Callable[[random.Random], str]]:
    """Make tokens that must open nothing."""
    late = Tokens("t", 1, lambda: now() - timedelta(days=2))
    forged = Tokens(WRONG_SECRET, 30, now)

    def flipped(rng: random.Random) -> str:
        raw = bytearray(victim.token.encode())
        raw[rng.randrange(len(raw) - 1)] ^= 1 << rng.randrange(7)  # of the last digit some bits say nothing
        text = raw.decode("latin-1")
        return text if text.isprintable() else flipped(rng)  # anything else is no header, and ends at the server

    return {
        "expired": lambda rng: late.issue(victim.conversation, 1),
        "another secret": lambda rng: forged.issue(victim.conversation, 1),
        "another version": lambda rng: Tokens("t", 30, now).issue(victim.conversation, rng.randint(2, 99)),
        "nobody's conversation": lambda rng: Tokens("t", 30, now).issue(secrets.token_hex(16), 1),
        "a flipped bit": flipped,
        "cut short": lambda rng: victim.token[: rng.randint(1, len(victim.token) - 1)],
        "the bare id": lambda rng: victim.conversation,
        "chance": lambda rng: secrets.token_urlsafe(rng.randint(1, 200)),
    }


@pytest.mark.timeout(720)
def test_foreign_tokens_open_nothing_and_look_alike(desk: Killable) -> None:
    async def campaign() -> None:
        victim = await victimise(desk)
        before = await read_all(desk.url, victim.token)
        rng = random.Random(1)
        ways = foreign_tokens(victim)
        requests = [("GET", "messages?after=0", None), ("POST", "messages", {"client_message_id": "9", "text": "x"}), ("DELETE", "conversations", None), ("GET", f"photos/{'a' * 32}", None), ("POST", "photos?client_message_id=9", {"x": 1})]  # fmt: skip
        tries = [(rng.choice(list(ways)), rng.choice(requests)) for _ in range(TRIES)]
        replies = await several(
            [
                lambda way=way, method=method, path=path, body=body: ask(
                    desk.url, method, f"/api/website/{path}", token=ways[way](rng), body=body
                )
                for way, (method, path, body) in tries
            ]
        )
        answers = Counter((reply.status, str(reply.body)) for reply in replies)
        assert len(answers) == 1, answers
        assert {status for status, _ in answers} == {401}
        assert await read_all(desk.url, victim.token) == before

    asyncio.run(campaign())


@pytest.mark.timeout(720)
def test_foreign_choices_and_ids_look_like_unknown_ones(desk: Killable) -> None:
    async def campaign() -> None:
        victim = await victimise(desk)
        before = await read_all(desk.url, victim.token)
        _, token = await open_talk(desk.url)
        choices = [victim.choice if i % 2 else secrets.token_hex(16) for i in range(TRIES // 4)]
        replies = await several(
            [
                lambda i=i, choice=choice: ask(
                    desk.url,
                    "POST",
                    "/api/website/messages",
                    token=token,
                    body={"client_message_id": f"c{i}", "choice": choice},
                )
                for i, choice in enumerate(choices)
            ]
        )
        assert len({(reply.status, str(reply.body)) for reply in replies}) == 1, (
            "a foreign choice is told from an unknown one"
        )
        assert replies[0].status == 404
        same = await ask(
            desk.url, "POST", "/api/website/messages", token=token, body={"client_message_id": "1", "text": "mine"}
        )
        assert (same.status, same.body["repeated"]) == (202, False), "a client's own ids are its own"
        assert await read_all(desk.url, victim.token) == before

    asyncio.run(campaign())


@pytest.mark.timeout(720)
def test_forged_and_expired_signatures_sign_nobody_in(desk: Killable) -> None:
    async def campaign() -> None:
        signed = await ask(
            desk.url, "POST", "/api/website/conversations", body={"customer": sign("known", now(), SITE_SECRET)}
        )
        assert signed.status == 201

        def forged(rng: random.Random) -> str:
            customer = rng.choice(("known", secrets.token_hex(4)))
            good = sign(customer, now(), SITE_SECRET)
            place = rng.randrange(len(good))
            return rng.choice(
                (
                    sign(customer, now(), WRONG_SECRET),
                    sign(customer, now() - timedelta(seconds=rng.randint(302, 10**6)), SITE_SECRET),
                    sign(customer, now() + timedelta(seconds=rng.randint(302, 10**6)), SITE_SECRET),
                    good[:place] + chr(ord(good[place]) ^ 1) + good[place + 1 :],
                    "known" + sign("un", now(), SITE_SECRET)[2:],
                )
            )

        rng = random.Random(3)
        replies = await several(
            [
                lambda: ask(desk.url, "POST", "/api/website/conversations", body={"customer": forged(rng)})
                for _ in range(TRIES // 2)
            ]
        )
        assert Counter((reply.status, str(reply.body)) for reply in replies).keys() == {(403, str(replies[0].body))}

    asyncio.run(campaign())


async def several(requests: list[Callable[[], Any]], at_once: int = 16) -> list[Reply]:
    """Send requests, some at once."""
    gate = asyncio.Semaphore(at_once)
    progress = Progress("tries", len(requests))

    async def one(request: Callable[[], Any]) -> Reply:
        async with gate:
            progress.step()
            return await request()

    return list(await asyncio.gather(*[one(request) for request in requests]))
