"""Pages, files, health, and what every answer carries."""

from __future__ import annotations

import gzip
import re
import sqlite3

import httpx
import pytest
from website_desk import running

from bot.settings import ROOT

PAGES = ROOT / "bot" / "channels" / "website" / "pages"


@pytest.fixture
def http(site, assistant) -> httpx.Client:
    return httpx.Client(base_url=site, trust_env=False)


def test_the_demo_page_carries_the_widget_and_nothing_foreign(http) -> None:
    page = http.get("/").text
    assert "<saamjyu-chat></saamjyu-chat>" in page
    assert '<script src="/widget.js" defer></script>' in page
    links = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert all(link.startswith("/") and not link.startswith("//") for link in links)
    for link in links:
        assert http.get(link).status_code == 200, link
    assert not re.search(r'style="|<style|<script>|\son\w+="', page)


def test_the_demo_page_is_in_three_languages(http) -> None:
    page = http.get("/").text
    for lang in ("en", "zh-Hans", "zh-Hant", "yue", "yue-Latn"):
        assert f'lang="{lang}"' in page


@pytest.mark.parametrize(
    "path",
    ["/pages/../api.py", "/pages/..%2fapi.py", "/widget/../api.py", "/widget/..%2f..%2fapi.py", "/widget/%2fetc%2fpasswd", "/pages/nothing", "/widget/", "/nothing", "/docs"],
)  # fmt: skip
def test_nothing_else_is_served(site, path) -> None:
    host = site.removeprefix("http://")
    response = httpx.Client(trust_env=False).send(
        httpx.Request("GET", f"http://{host}/", extensions={"target": path.encode()})
    )
    assert response.status_code == 404, response.text[:100]
    assert response.json()["code"] == "not_found"


def test_a_file_is_sent_again_only_when_it_has_changed(http) -> None:
    first = http.get("/pages/page.css")
    assert http.get("/pages/page.css", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert http.get("/pages/page.css", headers={"if-none-match": '"x"'}).status_code == 200


def test_a_file_is_compressed_for_those_who_can_read_it(http) -> None:
    plain = http.get("/pages/page.css", headers={"accept-encoding": "identity"})
    with http.stream("GET", "/pages/page.css", headers={"accept-encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content == (PAGES / "page.css").read_bytes()


@pytest.mark.parametrize("path", ["/", "/health", "/ready", "/nothing", "/api/website/messages", "/api/openapi.json"])
def test_every_answer_carries_the_guards_headers(http, path) -> None:
    headers = http.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize(("origin", "is_let_in"), [("https://shop.example", True), ("https://evil.example", False)])
def test_only_configured_sites_may_call_from_a_browser(http, origin, is_let_in) -> None:
    asking = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    }
    preflight = http.options("/api/website/messages", headers=asking)
    assert (preflight.headers.get("access-control-allow-origin") == origin) is is_let_in
    opened = http.post("/api/website/conversations", headers={"origin": origin})
    assert ("access-control-allow-origin" in opened.headers) is is_let_in
    assert "access-control-allow-credentials" not in opened.headers


@pytest.mark.parametrize(("origin", "is_let_in"), [("https://shop.example", True), ("https://evil.example", False)])
def test_a_configured_site_can_read_that_it_asks_too_fast(
    assistant, sqlite_url, tmp_path, monkeypatch, origin, is_let_in
) -> None:
    monkeypatch.setattr("bot.gateway.fairness.LONGEST_WAIT", 0.0)
    strict = {"LIMIT_LOOPBACK": "yes", "REQUESTS_PER_ADDRESS": "1"}
    with running(assistant.url, sqlite_url, tmp_path, **strict) as (url, _), httpx.Client(trust_env=False) as client:
        path = f"{url}/api/website/messages"
        replies = [client.get(path, headers={"origin": origin}) for _ in range(4)]
        asking = {"origin": origin, "access-control-request-method": "POST"}
        preflight = client.options(path, headers=asking)
    refused = replies[-1]
    assert (refused.status_code, refused.json()["code"], refused.headers["retry-after"]) == (429, "too_many", "1")
    assert (refused.headers.get("access-control-allow-origin") == origin) is is_let_in
    assert "access-control-allow-credentials" not in refused.headers
    if is_let_in:
        assert "retry-after" in refused.headers["access-control-expose-headers"]
    assert (preflight.status_code == 200) is is_let_in, "or the browser never asks, and reads of no pace"
    assert refused.headers["content-security-policy"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE"])
def test_an_unknown_method_is_refused(http, method) -> None:
    response = http.request(method, "/api/website/messages")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


def test_ready_names_what_does_not_answer(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        assert httpx.get(f"{url}/ready", trust_env=False).json() == {
            "status": "ready",
            "database": "ready",
            "assistant": "ready",
            "actions": "ready",
        }
        assistant.script(down=True)
        down = httpx.get(f"{url}/ready", trust_env=False)
        assert (down.status_code, down.json()["assistant"], down.json()["database"]) == (503, "not ready", "ready")
        assert httpx.get(f"{url}/health", trust_env=False).status_code == 200
        assistant.script()
        with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as lock:
            lock.execute("BEGIN IMMEDIATE")
            locked = httpx.get(f"{url}/ready", timeout=10, trust_env=False)
            assert (locked.status_code, locked.json()["database"]) == (503, "not ready")
            lock.execute("ROLLBACK")
