"""What a website may ask for, and what it is told."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from website_desk import Visitor, running

FIELDS = {"seq", "author", "text", "language", "script", "choices", "sent_at", "extras"}


def test_a_message_is_acknowledged_and_answered_in_its_language(visit) -> None:
    visitor = visit()
    response = visitor.send("我部洗衣機漏水呀")
    assert response.status_code == 202
    assert set(response.json()) == {"message", "seq", "repeated"}
    [answer] = visitor.answers()
    assert set(answer) == FIELDS
    assert (answer["author"], answer["language"], answer["script"]) == ("assistant", "yue", "traditional")
    mine = visitor.read()[0]
    assert (mine["author"], mine["text"], mine["seq"]) == ("customer", "我部洗衣機漏水呀", 1)
    assert (mine["language"], mine["script"]) == ("yue", "traditional")


def test_the_assistant_is_asked_in_its_own_words(visit, assistant) -> None:
    visitor = visit(language="zh", script="traditional")
    message = visitor.send("hello").json()["message"]
    visitor.answers()
    visitor.send("again")
    visitor.answers()
    first, second = assistant.asked(visitor.conversation)
    first.pop("at")
    assert first == {
        "conversation": visitor.conversation,
        "message_id": message,
        "kind": "text",
        "text": "hello",
        "payload": None,
        "channel": "website",
        "preference": {"language": "zh", "script": "traditional", "wished_language": False, "wished_script": False},
    }
    assert second["preference"]["language"] == "en"


def test_answers_keep_the_order_of_the_messages_when_many_are_sent_at_once(visit) -> None:
    visitor = visit()
    for i in range(15):
        assert visitor.send(f"number {i}").status_code == 202
    assert [answer["text"] for answer in visitor.answers(15)] == [f"heard: number {i}" for i in range(15)]
    assert [message["seq"] for message in visitor.read()] == list(range(1, 31))


def test_a_message_has_one_effect_when_it_is_sent_many_times_at_once(visit, assistant) -> None:
    visitor = visit()
    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(lambda _: visitor.send("hello", client_message_id="same"), range(8)))
    assert {response.status_code for response in responses} == {202}
    assert len({response.json()["message"] for response in responses}) == 1
    assert sorted(response.json()["repeated"] for response in responses) == [False] + [True] * 7
    visitor.answers()
    time.sleep(0.3)
    assert [m["author"] for m in visitor.read()] == ["customer", "assistant"]
    assert len(assistant.asked(visitor.conversation)) == 1


def test_a_tapped_choice_reaches_the_assistant_with_its_payload(visit, assistant) -> None:
    payload = {"intent": "affirm", "entities": {"product": "television"}}
    assistant.script(answers=[{"text": "Right?", "choices": [{"label": "Yes", "payload": payload}]}])
    visitor = visit()
    visitor.send("hello")
    [choice] = visitor.answers()[0]["choices"]
    assistant.script()
    assert visitor.send(choice=choice["id"]).status_code == 202
    visitor.answers()
    asked = assistant.asked(visitor.conversation)[-1]
    assert (asked["kind"], asked["text"], asked["payload"]) == ("choice", "Yes", payload)
    again = visitor.send(choice=choice["id"])
    assert (again.status_code, again.json()["code"]) == (409, "choice_closed")
    foreign = Visitor(str(visitor.http.base_url)).send(choice=choice["id"])
    assert (foreign.status_code, foreign.json()["code"]) == (404, "choice_unknown")


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"{", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b"null", 400, "malformed"),
        (b"[" * 60_000, 400, "malformed"),
        (b'{"client_message_id":"1","text":"\xff"}', 400, "malformed"),
        ('{"client_message_id":"1","text":"hi"}'.encode("utf-16"), 400, "malformed"),
        (b'{"client_message_id":"1"}', 400, "malformed"),
        (b'{"client_message_id":"1","text":7}', 400, "malformed"),
        (b'{"client_message_id":"1","text":"a","choice":"b"}', 400, "malformed"),
        (b'{"client_message_id":"","text":"a"}', 400, "malformed"),
        (b'{"client_message_id":7,"text":"a"}', 400, "malformed"),
        (b'{"client_message_id":"\\u0000","text":"a"}', 400, "malformed"),
        (b'{"client_message_id":"' + b"1" * 101 + b'","text":"a"}', 400, "malformed"),
        (b'{"client_message_id":"1","choice":""}', 400, "malformed"),
        (b'{"text":"a"}', 400, "malformed"),
        (b'{"client_message_id":"1","text":""}', 422, "text_empty"),
        (b'{"client_message_id":"1","text":"\\u0000"}', 422, "text_empty"),
        (b'{"client_message_id":"1","text":"\\ud83d"}', 422, "text_empty"),
        (b'{"client_message_id":"1","text":"/ /"}', 422, "text_empty"),
        (b'{"client_message_id":"1","text":"' + b"a" * 1001 + b'"}', 422, "text_too_long"),
        (b'{"client_message_id":"1","text":"' + b"a" * 70_000 + b'"}', 413, "too_large"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_message_gets_a_clear_refusal_and_changes_nothing(site, raw, status, code) -> None:
    visitor = Visitor(site)
    response = visitor.http.post("/api/website/messages", content=raw)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.json()["text"]
    assert visitor.read() == []


def test_a_refusal_speaks_the_customers_language(site) -> None:
    stranger = Visitor(site)
    assert "每段最多1000個字" in stranger.send("我部洗衣機漏水呀，" * 200).json()["text"]
    chinese = Visitor(site, language="zh", script="traditional")
    refused = chinese.send("x" * 1001).json()
    assert (refused["language"], refused["script"], refused["limit"]) == ("zh", "traditional", 1000)
    assert "這條消息太長" in refused["text"]
    nobody = Visitor(site).send("\u200b").json()
    assert len(nobody["text"].splitlines()) == 3
    browser = Visitor(site)
    browser.http.headers["accept-language"] = "zh-CN,zh;q=0.9"
    assert browser.send("\u200b").json()["language"] == "zh"


@pytest.mark.parametrize(
    "text", ["/restart", "\u3000/greet", "\u00a0/affirm", "\u2028/goodbye", "／／deny", "\ufeff/x"]
)
def test_no_slash_reaches_the_assistant(site, assistant, text) -> None:
    visitor = Visitor(site)
    assert visitor.send(text).status_code == 202
    visitor.answers()
    [asked] = assistant.asked(visitor.conversation)
    assert asked["text"].isalpha()


@pytest.mark.parametrize("token", ["x" * 40, "Bearer", "é", "a.b.c", "x" * 8000], ids=lambda token: token[:20])
@pytest.mark.parametrize(("method", "path"), [("GET", "messages"), ("POST", "messages"), ("DELETE", "conversations")])
def test_a_token_that_opens_nothing_is_refused(site, method, path, token) -> None:
    headers = {b"authorization": b"Bearer " + token.encode()}
    response = httpx.request(method, f"{site}/api/website/{path}", headers=headers, trust_env=False)
    assert (response.status_code, response.json()["code"]) == (401, "not_allowed")
    assert response.headers["www-authenticate"] == "Bearer"


def test_no_token_is_refused_and_reads_like_a_foreign_one(site) -> None:
    none = httpx.get(f"{site}/api/website/messages", trust_env=False)
    foreign = httpx.get(f"{site}/api/website/messages", headers={"authorization": "Bearer x.y"}, trust_env=False)
    assert (none.status_code, none.json()) == (foreign.status_code, foreign.json())


def test_a_conversation_that_was_ended_opens_no_more(visitor) -> None:
    visitor.send("hello")
    visitor.answers()
    assert visitor.http.delete("/api/website/conversations").status_code == 204
    assert visitor.send("hello").status_code == 401
    assert visitor.http.get("/api/website/messages").status_code == 401


def test_a_visitor_reads_their_own_conversation_only(site) -> None:
    one, other = Visitor(site), Visitor(site)
    one.send("my phone is 91234567")
    one.answers()
    assert other.read() == []
    assert one.conversation != other.conversation


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("after=-1", 400),
        ("after=x", 400),
        ("after=1.5", 400),
        ("after=٣", 400),
        ("after=999999999999999999", 200),
        ("wait=nan", 400),
        ("wait=inf", 400),
        ("wait=-1", 400),
        ("wait=x", 400),
        ("after=0&wait=0", 200),
    ],
)
def test_a_bad_query_is_refused(visitor, query, status) -> None:
    assert visitor.http.get(f"/api/website/messages?{query}").status_code == status


def test_a_long_poll_answers_as_soon_as_there_is_something(visit) -> None:
    visitor = visit()
    with ThreadPoolExecutor(1) as pool:
        polling = pool.submit(visitor.read, 0, 20)
        time.sleep(0.5)
        assert not polling.done()
        started = time.monotonic()
        visitor.send("hello")
        assert polling.result(timeout=5)[0]["text"] == "hello"
        assert time.monotonic() - started < 1.5


def test_a_long_poll_ends_empty_when_nothing_comes(visitor) -> None:
    started = time.monotonic()
    assert visitor.read(wait=0.4) == []
    assert 0.3 < time.monotonic() - started < 3


def test_a_message_reaches_a_poll_at_another_gateway(assistant, postgresql_url, tmp_path) -> None:
    with (
        running(assistant.url, postgresql_url, tmp_path) as (here, _),
        running(assistant.url, postgresql_url, tmp_path) as (there, _),
    ):
        visitor = Visitor(here)
        elsewhere = httpx.Client(base_url=there, headers=visitor.http.headers, timeout=20, trust_env=False)
        with ThreadPoolExecutor(1) as pool:
            polling = pool.submit(elsewhere.get, "/api/website/messages?after=0&wait=15")
            time.sleep(0.5)
            started = time.monotonic()
            visitor.send("hello")
            assert polling.result(timeout=14).json()["messages"]
            assert time.monotonic() - started < 8


@pytest.mark.parametrize(
    "body", [{"language": "fr"}, {"language": 7}, {"language": "en", "script": "traditional"}, {"script": "latin"}, []]
)
def test_a_conversation_with_an_unknown_language_is_not_opened(site, body) -> None:
    response = httpx.post(f"{site}/api/website/conversations", json=body, trust_env=False)
    assert (response.status_code, response.json()["code"]) == (400, "malformed")


def test_limits_hold_with_a_time_to_wait(assistant, sqlite_url, tmp_path) -> None:
    strict = {"LIMIT_LOOPBACK": "yes", "CONVERSATIONS_PER_ADDRESS": "2", "MESSAGES_PER_CONVERSATION": "3"}
    with running(assistant.url, sqlite_url, tmp_path, **strict) as (url, _):
        visitor, other = Visitor(url), Visitor(url)
        third = httpx.post(f"{url}/api/website/conversations", trust_env=False)
        assert (third.status_code, third.json()["code"]) == (429, "too_many")
        assert 43_000 < int(third.headers["retry-after"]) <= 43_200
        assert [visitor.send("hello").status_code for _ in range(4)] == [202, 202, 202, 429]
        assert other.send("hello").status_code == 202


def test_a_body_that_trickles_in_is_ended(assistant, sqlite_url, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("bot.gateway.security.BODY_SECONDS", 0.5)
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        visitor = Visitor(url)
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            head = f"POST /api/website/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {visitor.token}\r\n"
            line.sendall(f"{head}content-length: 100\r\n\r\n{{".encode())
            started = time.monotonic()
            assert b"408" in line.recv(1000).split(b"\r\n")[0]
            assert time.monotonic() - started < 3


def test_a_body_of_unannounced_size_is_ended(site) -> None:
    visitor = Visitor(site)

    def parts():
        yield b'{"client_message_id":"1","text":"'
        for _ in range(70):
            yield b"a" * 1000
        yield b'"}'

    response = visitor.http.post("/api/website/messages", content=parts())
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_the_head_of_a_request_that_trickles_in_is_ended(assistant, sqlite_url, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("bot.gateway.serving.HEAD_SECONDS", 0.5)
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=5) as line:
            line.sendall(b"GET /health HTTP/1.1\r\nhost: x\r\n")
            started = time.monotonic()
            assert line.recv(1000) == b""
            assert time.monotonic() - started < 3


@pytest.mark.parametrize("typed", ["2", "二", "第二個", "ji6", "the second one", "No, thanks"])
def test_a_typed_choice_reaches_the_assistant_as_the_choice_it_means(site, assistant, typed) -> None:
    payload = {"intent": "deny", "entities": {}}
    offered = [{"label": "Yes, please", "payload": {"intent": "affirm"}}, {"label": "No, thanks", "payload": payload}]
    assistant.script(answers=[{"text": "A visit?", "choices": offered}])
    visitor = Visitor(site)
    visitor.send("hello there")
    visitor.answers()
    visitor.send(typed)
    visitor.answers()
    asked = assistant.asked(visitor.conversation)[-1]
    assert (asked["kind"], asked["text"], asked["payload"]) == ("choice", typed, payload)
    assert [m["text"] for m in visitor.read() if m["author"] == "customer"][-1] == typed
