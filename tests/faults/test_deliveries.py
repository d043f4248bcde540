"""Channels deliver again, at once and out of order: whatever comes has exactly one effect."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from time import monotonic

import pytest
from history import History, broken_promises
from processes import LONG, Killable
from progress import Progress
from wire import open_talk, read_all, say

CONVERSATIONS, MESSAGES = (200, 50) if LONG else (12, 15)
AT_ONCE = 24  # conversations that speak at the same time


@pytest.mark.timeout(720)
def test_every_message_has_one_effect_however_often_it_comes(
    killable: Killable, record_property: Callable[[str, object], None]
) -> None:
    started = monotonic()
    histories, deliveries = asyncio.run(campaign(killable, random.Random(5)))
    record_property("deliveries", deliveries)
    record_property("a second", round(deliveries / (monotonic() - started)))
    broken = {history.conversation: broken_promises(history) for history in histories}
    assert not any(broken.values()), {name: promises for name, promises in broken.items() if promises}
    turns = Counter(turn["message_id"] for turn in killable.asked())
    given = {one for history in histories for ids in history.acknowledged.values() for one in ids}
    assert len(given) == CONVERSATIONS * MESSAGES
    record_property("messages", len(given))
    assert turns.keys() == given
    again, failures = sum(turns.values()) - len(given), killable.failures()
    record_property("asked again", f"{again}, failures {failures}")
    assert again <= sum(failures.values()), "the assistant is asked again only when something failed"
    assert deliveries > 2 * len(given)


async def campaign(killable: Killable, rng: random.Random) -> tuple[list[History], int]:
    """Deliver everything; give what was sent, acknowledged and kept, and how many deliveries it took."""
    gate = asyncio.Semaphore(AT_ONCE)
    plans = [random.Random(rng.random()) for _ in range(CONVERSATIONS)]
    progress = Progress("messages", CONVERSATIONS * MESSAGES)
    results = await asyncio.gather(*[talk(killable.url, plan, gate, progress) for plan in plans])
    return [history for history, _ in results], sum(count for _, count in results)


async def talk(url: str, rng: random.Random, gate: asyncio.Semaphore, progress: Progress) -> tuple[History, int]:
    """Speak in one conversation: each message one to five times, a fifth at once, a tenth out of order."""
    async with gate:
        conversation, token = await open_talk(url)
        history, count = History(conversation), 0
        for batch, is_concurrent in deliveries(rng):
            for name in batch:
                if name not in dict(history.sent):
                    history.sent.append((name, f"message {name}"))
                    progress.step()
            asking = [say(url, token, name, f"message {name}") for name in batch]
            replies = await asyncio.gather(*asking) if is_concurrent else [await one for one in asking]
            for name, reply in zip(batch, replies, strict=True):
                assert reply.status == 202, reply
                history.acknowledged.setdefault(name, set()).add(reply.body["message"])
            count += len(batch)
        for _ in range(1200):
            history.transcript = await read_all(url, token)
            if len(answers(history)) >= MESSAGES:
                break
            await asyncio.sleep(0.25)
        await asyncio.sleep(1)  # anything doubled would still come
        history.transcript = await read_all(url, token)
    return history, count


def answers(history: History) -> list[str]:
    """Give what was answered, without words about answers that come later."""
    return [m["text"] for m in history.transcript if m["author"] == "assistant" and "notice" not in m["extras"]]


def deliveries(rng: random.Random) -> list[tuple[list[str], bool]]:
    """Plan a conversation's deliveries: copies of one message each time, and whether they come at once."""
    order = [str(i) for i in range(MESSAGES)]
    for i in range(len(order) - 1):
        if rng.random() < 0.1:
            order[i], order[i + 1] = order[i + 1], order[i]
    plan: list[tuple[list[str], bool]] = []
    for name in order:
        times = rng.randint(1, 5)
        late = rng.randint(1, times - 1) if times > 1 and rng.random() < 0.1 else 0
        plan.append(([name] * (times - late), rng.random() < 0.2))
        for _ in range(late):  # comes once more, behind messages that were sent after it
            plan.insert(rng.randint(len(plan), len(plan) + 3), ([name], False))
    return plan
