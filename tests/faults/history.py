"""What clients saw, written down outside the system, and the checker that judges it."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class History:
    """What one customer sent, what was acknowledged, and what the transcript held in the end."""

    conversation: str
    sent: list[tuple[str, str]] = field(default_factory=list)  # client's own id, text; in order
    acknowledged: dict[str, set[str]] = field(default_factory=dict)  # client's own id: message ids it was given
    transcript: list[dict[str, Any]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def broken_promises(history: History, answer: str = "heard: {text}") -> list[str]:
    """Name every promise that a history breaks; none when it is as it should be.

    Every acknowledged message is in the transcript once, in the order it was sent, under one id, and answered once.
    """
    broken = []
    seqs = [message["seq"] for message in history.transcript]
    if seqs != list(range(1, len(seqs) + 1)):
        broken.append(f"numbers are not 1, 2, 3 …: {seqs}")
    kept = [m["client_message_id"] for m in history.transcript if m["author"] == "customer"]
    answers = [m["text"] for m in history.transcript if m["author"] == "assistant" and "notice" not in m["extras"]]
    counts, heard = Counter(kept), Counter(answers)
    for client_id, text in history.sent:
        ids = history.acknowledged.get(client_id, set())
        if len(ids) > 1:
            broken.append(f"{client_id} was acknowledged under {len(ids)} ids")
        if ids and counts[client_id] != 1:
            broken.append(f"{client_id} was acknowledged and is kept {counts[client_id]} times")
        if ids and heard[answer.format(text=text)] != 1:
            broken.append(f"{client_id} was acknowledged and answered {heard[answer.format(text=text)]} times")
    wanted = [client_id for client_id, _ in history.sent if client_id in counts]
    if kept != wanted:
        broken.append(f"kept in another order: {kept} for {wanted}")
    if answers != [answer.format(text=text) for client_id, text in history.sent if client_id in counts]:
        broken.append("answered in another order")
    notices = Counter(m["text"] for m in history.transcript if "notice" in m["extras"])
    if sum(notices.values()) > len(history.sent):
        broken.append("more notices than messages")
    return broken
