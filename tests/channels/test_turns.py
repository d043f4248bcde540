"""What the customer sees when the assistant fails, hangs or is gone: a word at once, the answer later, in order."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from website_desk import Assistant, Visitor, running, until

NO_WORDING = re.compile("one second|sorry|taking longer|不好意思|唔好意思")


@pytest.fixture
def ordered(assistant: Assistant) -> Callable[[Visitor, int], list[str]]:
    """Give the texts of the turns the assistant was asked for, one after the other, repeats left out."""

    def ordered(visitor: Visitor, count: int) -> list[str]:
        until(lambda: len({turn["message_id"] for turn in assistant.asked(visitor.conversation)}) >= count, 20)
        return list(dict.fromkeys(turn["text"] for turn in assistant.asked(visitor.conversation)))

    return ordered


@pytest.fixture(autouse=True)
def _healed(assistant: Assistant) -> Iterator[None]:
    yield
    assistant.script()


def test_an_apology_comes_at_once_and_the_answer_when_a_retry_succeeds(visit, assistant) -> None:
    assistant.script(fail=2)
    visitor = visit()
    started = time.monotonic()
    visitor.send("我部洗衣機漏水呀")
    apology = visitor.answers(1)[0]
    assert time.monotonic() - started < 3
    assert (apology["language"], apology["script"], apology["extras"]) == ("yue", "traditional", {"notice": "apology"})
    assert "唔好意思" in apology["text"]
    [answer] = visitor.answers(1)
    assert answer["text"] == "heard: 我部洗衣機漏水呀"
    asked = assistant.asked(visitor.conversation)
    assert len(asked) == 3
    assert len({turn["message_id"] for turn in asked}) == 1


def test_the_apology_comes_once_when_many_tries_fail(visit, assistant) -> None:
    assistant.script(fail=4)
    visitor = visit(language="en")
    visitor.send("hello there")
    texts = [message["text"] for message in visitor.answers(2, patience=20)]
    assert len(texts) == 2
    assert "taking longer" in texts[0]
    assert texts[1] == "heard: hello there"


@pytest.mark.parametrize(
    "script",
    [
        {"raw": ""},
        {"raw": "{"},
        {"raw": "[]"},
        {"raw": '{"answers": []}'},
        {"raw": '{"answers": [{"text": ""}]}'},
        {"raw": '{"answers": [{"text": "hi", "language": "fr", "script": "latin"}]}'},
        {"raw": "[" * 100_000},
        {"fail": 1, "status": 500},
        {"fail": 1, "status": 401},
        {"fail": 1, "status": 204},
    ],
    ids=lambda script: str(script)[:40],
)
def test_an_unusable_answer_counts_as_none(visitor, assistant, script) -> None:
    assistant.script(**script)
    visitor.send("hello there")
    assert visitor.answers(1)[0]["extras"] == {"notice": "apology"}
    assistant.script()
    assert visitor.answers(1)[0]["text"] == "heard: hello there"


def test_the_customer_hears_within_five_seconds_when_the_assistant_hangs(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path, TURN_SECONDS="30") as (url, _):
        assistant.script(delay=7)
        visitor = Visitor(url)
        started = time.monotonic()
        visitor.send("hello there")
        visitor.send("and one more thing")
        first, second = visitor.answers(2)
        assert time.monotonic() - started < 5
        assert first["extras"] == second["extras"] == {"notice": "apology"}
        assistant.script()
        answers = visitor.answers(2, patience=20)
        assert [answer["text"] for answer in answers] == ["heard: hello there", "heard: and one more thing"]


def test_order_is_kept_when_the_first_of_several_fails(visit, assistant, ordered) -> None:
    assistant.script(fail=3)
    visitor = visit()
    for i in range(5):
        visitor.send(f"number {i}")
    assert ordered(visitor, 5) == [f"number {i}" for i in range(5)]
    answers = [m for m in visitor.answers(6, patience=20) if "notice" not in m["extras"]]
    answers += visitor.answers(5 - len(answers)) if len(answers) < 5 else []
    assert [m["text"] for m in answers if "notice" not in m["extras"]] == [f"heard: number {i}" for i in range(5)]


def test_everything_is_answered_soon_when_the_assistant_comes_back(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        assistant.script(down=True)
        visitors = [Visitor(url) for _ in range(5)]
        for visitor in visitors:
            visitor.send("hello there")
            assert visitor.answers(1)[0]["extras"] == {"notice": "apology"}
        time.sleep(5)  # the pauses have grown to four seconds
        assistant.script()
        back = time.monotonic()
        for visitor in visitors:
            assert visitor.answers(1)[0]["text"] == "heard: hello there"
        assert time.monotonic() - back < 2.5


def test_conversations_are_worked_on_in_parallel(visit, assistant) -> None:
    assistant.script(delay=0.5)
    visitors = [visit() for _ in range(8)]
    started = time.monotonic()
    for visitor in visitors:
        visitor.send("hello there")
    for visitor in visitors:
        visitor.answers(1)
    assert time.monotonic() - started < 3.5


def test_a_message_is_answered_once_when_two_gateways_share_a_database(assistant, database_url, tmp_path) -> None:
    with (
        running(assistant.url, database_url, tmp_path) as (here, _),
        running(assistant.url, database_url, tmp_path) as (there, _),
    ):
        visitors = [Visitor(url) for url in (here, there) for _ in range(3)]
        for i in range(4):
            for visitor in visitors:
                visitor.send(f"number {i}")
        for visitor in visitors:
            assert [a["text"] for a in visitor.answers(4)] == [f"heard: number {i}" for i in range(4)]
            assert len(assistant.asked(visitor.conversation)) == 4


def test_what_a_killed_gateway_left_is_answered_by_the_next(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        assistant.script(delay=1.5)
        visitor = Visitor(url)
        visitor.send("hello there")
        time.sleep(0.5)  # asked, not yet answered: the gateway stops in the middle of the turn
    assistant.script()
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        visitor.http.base_url = url
        answers = [m for m in visitor.answers(1, patience=15) if "notice" not in m["extras"]]
        assert [m["text"] for m in answers or visitor.answers(1, patience=15)] == ["heard: hello there"]


def test_a_locked_database_is_told_of_within_five_seconds_and_nothing_is_lost(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        visitor = Visitor(url, language="yue", script="traditional")
        lock = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
        lock.execute("BEGIN IMMEDIATE")
        release = threading.Timer(8, lambda: lock.execute("ROLLBACK"))
        release.start()
        started = time.monotonic()
        refused = visitor.send("hello there", client_message_id="1")
        assert time.monotonic() - started < 5
        assert (refused.status_code, refused.json()["code"]) == (503, "away")
        assert "而家暫時收唔到訊息" in refused.json()["text"]
        assert httpx.get(f"{url}/health", trust_env=False).status_code == 200
        assert httpx.get(f"{url}/ready", timeout=10, trust_env=False).json()["database"] == "not ready"
        assert visitor.read() == []
        release.join()
        until(lambda: visitor.send("hello there", client_message_id="1").status_code == 202, 15)
        assert visitor.answers(1)[0]["text"] == "heard: hello there"
        time.sleep(0.3)
        assert len(visitor.read()) == 2
        lock.close()
