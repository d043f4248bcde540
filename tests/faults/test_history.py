"""The checker is shown to catch every promise it is there for."""

from __future__ import annotations

import copy

import pytest
from history import History, broken_promises


def said(seq: int, author: str, text: str, client_id: str | None = None, **extras: str) -> dict:
    return {"seq": seq, "author": author, "text": text, "client_message_id": client_id, "extras": extras}


GOOD = History(
    "c",
    sent=[("1", "one"), ("2", "two")],
    acknowledged={"1": {"a"}, "2": {"b"}},
    transcript=[
        said(1, "customer", "one", "1"),
        said(2, "customer", "two", "2"),
        said(3, "assistant", "sorry", notice="apology"),
        said(4, "assistant", "heard: one"),
        said(5, "assistant", "heard: two"),
    ],
)


def test_a_good_history_breaks_no_promise() -> None:
    assert broken_promises(GOOD) == []


@pytest.mark.parametrize(
    ("sabotage", "complaint"),
    [
        (lambda h: h.transcript.pop(), "answered 0 times"),
        (lambda h: h.transcript.append(said(6, "assistant", "heard: two")), "answered 2 times"),
        (lambda h: h.transcript.append(said(6, "customer", "two", "2")), "kept 2 times"),
        (lambda h: h.transcript.pop(1), "kept 0 times"),
        (lambda h: h.acknowledged["1"].add("z"), "under 2 ids"),
        (lambda h: h.transcript[3].update(text="heard: two") or h.transcript[4].update(text="heard: one"), "answered in another order"),
        (lambda h: h.transcript[0].update(client_message_id="2") or h.transcript[1].update(client_message_id="1"), "kept in another order"),
        (lambda h: h.transcript[4].update(seq=4), "not 1, 2, 3"),
        (lambda h: h.transcript.extend([said(i, "assistant", "sorry", notice="apology") for i in (6, 7)]), "more notices"),
    ],
)  # fmt: skip
def test_a_broken_promise_is_named(sabotage, complaint) -> None:
    history = copy.copy(GOOD)
    history.transcript = copy.deepcopy(GOOD.transcript)
    history.acknowledged = copy.deepcopy(GOOD.acknowledged)
    sabotage(history)
    assert any(complaint in promise for promise in broken_promises(history)), broken_promises(history)
