"""Figures for those who run the desk: what they hold, and that nobody else gets to see them."""

from __future__ import annotations

import sqlite3

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from website_desk import Assistant, Visitor, running, until

Figures = dict[tuple[str, ...], float]


def figures(url: str, **headers: str) -> Figures:
    """Read the figures, each under its name and the sorted values of its labels."""
    response = httpx.get(f"{url}/metrics", headers=headers, timeout=15, trust_env=False)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(response.text)
    samples = [sample for family in families for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


def test_turns_are_counted_by_stage_language_and_failure(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        visitor = Visitor(url)
        visitor.send("我部洗衣機漏水呀")
        visitor.answers()
        assistant.script(fail=1, status=500)
        visitor.send("hello there")
        visitor.answers(2)
        visitor.send("")
        seen = figures(url)
    assert seen["saamjyu_answers_total", "traditional", "yue"] == 1
    assert seen["saamjyu_answers_total", "en", "latin"] == 1
    assert seen["saamjyu_heard_total", "traditional", "yue"] == 1
    assert seen["saamjyu_heard_total", "en", "latin"] == 1
    assert seen["saamjyu_failures_total", "status 500", "turn"] == 1
    assert seen["saamjyu_refusals_total", "text_empty"] == 1
    for stage in ("acknowledged", "waited", "asked", "settled", "whole"):
        assert seen["saamjyu_turn_seconds_count", stage] == 2, stage
        assert 0 <= seen["saamjyu_turn_seconds_sum", stage] < 10


def test_queues_are_counted_as_they_stand(assistant: Assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        assert figures(url)["saamjyu_queue_oldest_seconds", "inbox"] == 0
        assistant.script(down=True)
        visitor = Visitor(url)
        for i in range(3):
            visitor.send(f"number {i}")
        visitor.answers(1)
        seen = figures(url)
        assert seen["saamjyu_queue_messages", "inbox", "new", "website"] == 3
        assert seen["saamjyu_queue_oldest_seconds", "inbox"] > 0
        assistant.script()
        until(lambda: ("saamjyu_queue_messages", "inbox", "new", "website") not in figures(url))


def test_figures_are_given_and_say_so_when_the_database_is_away(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, gateway):
        assert figures(url)["saamjyu_database_up",] == 1
        lock = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        assert httpx.post(f"{url}/api/website/conversations", timeout=15, trust_env=False).status_code == 503
        lock.execute("ROLLBACK")
        lock.close()
        assert sum(value for (name, *labels), value in figures(url).items() if "database" in labels) >= 1
        gateway.database.patience = 0
        # One quick answer may be there before it is waited for.
        until(lambda: figures(url)["saamjyu_database_up",] == 0)


@pytest.mark.parametrize(
    "headers",
    [{"x-forwarded-for": "127.0.0.1"}, {"x-forwarded-for": "203.0.113.9"}, {"forwarded": "for=127.0.0.1"}, {"via": "1.1 proxy"}],
)  # fmt: skip
def test_figures_are_not_found_when_somebody_else_asks_through_a_proxy(site, assistant, headers) -> None:
    nothing = httpx.get(f"{site}/nothing", trust_env=False)
    refused = httpx.get(f"{site}/metrics", headers=headers, trust_env=False)
    assert (refused.status_code, refused.json()["code"]) == (nothing.status_code, nothing.json()["code"])
    assert figures(site)


def test_figures_need_the_token_when_one_is_set(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path, METRICS_TOKEN="let me see") as (url, _):
        for given in ({}, {"authorization": "Bearer let me"}, {"authorization": "let me see"}):
            assert httpx.get(f"{url}/metrics", headers=given, trust_env=False).status_code == 404
        assert figures(url, authorization="Bearer let me see", **{"x-forwarded-for": "203.0.113.9"})


def test_figures_name_nobody(site, assistant) -> None:
    visitor = Visitor(site)
    visitor.send("my name is Quetzalcoatl, phone 91234567")
    visitor.answers()
    text = httpx.get(f"{site}/metrics", trust_env=False).text
    for secret in ("Quetzalcoatl", "91234567", visitor.conversation, visitor.token):
        assert secret not in text
