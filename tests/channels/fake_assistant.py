"""A scripted assistant and action server for tests: `python fake_assistant.py PORT`. Standard library only.

Speaks the turn protocol of the assistant's door, remembers what it was asked, and misbehaves on request:
`POST /script {"fail": 2, "status": 503, "delay": 0.5, "down": true, "answers": [...], "raw": "..."}`;
`GET /asked` gives every turn in the order of arrival.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CANTONESE, SIMPLIFIED = set("我部呀嘅唔係咗"), set("们机说这坏")
ROMANIZED = {"ngo", "ngo5", "bou", "bou6", "sai", "sai2", "gei", "lau", "ah", "nei"}


class State:
    """What the assistant has been told and asked."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.script: dict[str, Any] = {}
        self.asked: list[dict[str, Any]] = []
        self.recorded: dict[str, dict[str, Any]] = {}


def manner(text: str) -> tuple[str, str]:
    """Guess language and script, roughly: enough for scripted tests."""
    if set(text.lower().split()) & ROMANIZED:
        return "yue", "latin"
    if not any("\u4e00" <= c <= "\u9fff" for c in text):
        return "en", "latin"
    if "呀" in text or "嘅" in text or "唔" in text:
        return "yue", "traditional"
    return "zh", "simplified" if set(text) & SIMPLIFIED else "traditional"


def answer(turn: dict[str, Any], script: dict[str, Any]) -> dict[str, Any]:
    """Answer a turn."""
    language, script_name = manner(turn["text"])
    said = script.get("answers") or [{"text": f"heard: {turn['text']}", "choices": []}]
    answers = [{"language": language, "script": script_name, "extras": {}, "choices": [], **one} for one in said]
    wish = {"language": language, "script": script_name, "wished_language": False, "wished_script": False}
    said = {"language": language, "script": script_name}
    return {"answers": answers, "preference": wish, "said": said, "repeated": False}


class Handler(BaseHTTPRequestHandler):
    """Serves turns, health, and the test's own wishes."""

    state: State
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes: the second would wait for an acknowledgement

    def do_GET(self) -> None:
        """Answer health and what was asked."""
        state = self.state
        if self.path == "/asked":
            self.reply(200, state.asked)
        elif self.path in ("/webhooks/gateway/", "/health"):
            self.reply(503 if state.script.get("down") else 200, {"status": "scripted"})
        else:
            self.reply(404, {})

    def do_POST(self) -> None:
        """Take a script or a turn."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path == "/script":
            with self.state.lock:
                self.state.script = body
            self.reply(200, {})
        elif self.headers["authorization"] != "Bearer scripted-secret":
            self.reply(401, {})
        else:
            self.turn(body)

    def turn(self, body: dict[str, Any]) -> None:
        """Answer a turn as scripted; a repeated message id gets the recorded answer."""
        state = self.state
        with state.lock:
            script = dict(state.script)
            state.asked.append({**body, "at": time.time()})
            failing = bool(script.get("down")) or script.get("fail", 0) > 0
            if failing and "fail" in script:
                state.script["fail"] -= 1
        time.sleep(script.get("delay", 0))
        if failing:
            self.reply(script.get("status", 503), {"failure": "scripted"})
        elif "raw" in script:
            self.reply(200, script["raw"])
        else:
            with state.lock:
                repeated = body["message_id"] in state.recorded
                given = state.recorded.setdefault(body["message_id"], answer(body, script))
            self.reply(200, {**given, "repeated": repeated})

    def reply(self, status: int, body: Any) -> None:
        """Send JSON; a text is sent as it is."""
        raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Serves many turns at once, and forgets nobody who knocks in a burst."""

    request_queue_size = 256
    daemon_threads = True


def main() -> None:
    """Serve until ended; prints the port once it listens."""
    handler = type("Bound", (Handler,), {"state": State()})
    server = Server(("127.0.0.1", int(sys.argv[1])), handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
