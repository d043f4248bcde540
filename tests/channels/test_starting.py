"""The gateway as a process: what it says when it cannot start, and what its logs hold."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from website_desk import Visitor, until

from bot.settings import ROOT


def environ(**more: str) -> dict[str, str]:
    return {**os.environ, "TOKEN_SECRET": "t", "ASSISTANT_SECRET": "scripted-secret", **more}


def run(**more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.gateway"]
    return subprocess.run(command, cwd=ROOT, env=environ(**more), capture_output=True, text=True, timeout=60)


def test_it_says_what_to_run_when_the_schema_is_missing(tmp_path) -> None:
    ended = run(DATABASE_URL=f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert ended.returncode == 3
    assert "run `python -m bot.storage.schema`" in ended.stderr


def test_it_names_a_setting_that_cannot_be_used() -> None:
    ended = run(GATEWAY_PORT="eighty")
    assert ended.returncode == 2
    assert "GATEWAY_PORT takes a whole number" in ended.stderr


def test_it_says_so_when_the_database_cannot_be_opened() -> None:
    ended = run(DATABASE_URL="postgresql://nobody:secret@127.0.0.1:1/none")
    assert ended.returncode == 4
    assert "cannot be opened" in ended.stderr
    assert "secret" not in ended.stderr


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_logs_are_events_without_words_and_it_stops_when_asked(assistant, sqlite_url, port, tmp_path) -> None:
    env = environ(
        DATABASE_URL=sqlite_url, GATEWAY_PORT=str(port), ASSISTANT_URL=assistant.url, ACTIONS_URL=assistant.url
    )
    url = f"http://127.0.0.1:{port}"
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "bot.gateway"], cwd=ROOT, env=env, stderr=log)
    try:
        until(lambda: httpx.get(f"{url}/health", trust_env=False).status_code == 200, 30)
        visitor = Visitor(url)
        message = visitor.send("my name is Quetzalcoatl, phone 91234567").json()["message"]
        visitor.answers()
        assistant.script(fail=1)
        visitor.send("Quetzalcoatl again")
        visitor.answers(2)
        visitor.send("Quetzalcoatl" * 100)
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(b"GET /Quetzalcoatl HTTP/1.1\r\n\r\n")
            line.recv(100)
        polling = visitor.http.build_request("GET", "/api/website/messages", params={"after": 99, "wait": 20})
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert polling is not None
        assert process.wait(10) in (0, -signal.SIGTERM)
        assert time.monotonic() - started < 5
    finally:
        process.kill()
        process.wait()
    text = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {"starting", "conversation_opened", "message_accepted", "turn_answered", "turn_failed"} <= {
        line["event"] for line in lines
    }
    assert [line["event"] for line in lines if line.get("message") == message] == ["message_accepted", "turn_answered"]
    for secret in ("Quetzalcoatl", "91234567", visitor.token, "scripted-secret"):
        assert secret not in text
    served = [line for line in lines if line["event"] != "starting" and not line["event"].startswith("Uvicorn")]
    assert "127.0.0.1" not in json.dumps(served), "addresses of people don't belong in logs"
