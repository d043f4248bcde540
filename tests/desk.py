"""A whole desk on free ports of this machine with a database of its own, and a customer who talks to it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
START_WITHIN = 120  # seconds, on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Desk:
    """A running desk: `make run` in small, with its own database, secrets and ports."""

    def __init__(self, folder: Path, database_url: str | None = None, **environment: str) -> None:
        self.database_url = database_url or f"sqlite:///{folder / 'desk.sqlite3'}"
        self.ports = {name: free_port() for name in ("gateway", "assistant", "actions")}
        self.base = f"http://127.0.0.1:{self.ports['gateway']}"
        self.output = folder / "run.log"
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "GATEWAY_PORT": str(self.ports["gateway"]),
            "ASSISTANT_URL": f"http://127.0.0.1:{self.ports['assistant']}",
            "ACTIONS_URL": f"http://127.0.0.1:{self.ports['actions']}",
            "ASSISTANT_SECRET": "a secret of the tests",
            "TOKEN_SECRET": "another secret of the tests",
            "MESSAGES_PER_CONVERSATION": "1000",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Desk:
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.run"], cwd=ROOT, env=self.environment, stdout=output, stderr=output
            )
        end = time.monotonic() + START_WITHIN
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the desk ended:\n{self.output.read_text('utf8')}")
            if "the desk is open" in self.output.read_text("utf8"):
                return self
            time.sleep(0.2)
        raise RuntimeError(f"the desk did not open in {START_WITHIN} s:\n{self.output.read_text('utf8')}")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def pid_of(self, module: str) -> int:
        """Give the process id of one of the desk's own children: `actions`, `bot.gateway` or `rasa`."""
        assert self.process is not None
        children = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        (line,) = [line for line in children if f"-m {module}" in line]
        return int(line.split()[0])


@dataclass
class Customer:
    """One conversation over the website's interface."""

    base: str
    seen: int = 0
    last: list[dict[str, Any]] = field(default_factory=list)
    conversation: str = ""
    token: str = ""
    page: dict[str, str] = field(default_factory=dict)  # the language of the website's page, where it tells

    def __post_init__(self) -> None:
        _, body = self.call("POST", "/api/website/conversations", self.page)
        self.conversation, self.token = body["conversation"], body["token"]

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def send(self, text: str | None = None, choice: str | None = None) -> None:
        said = {"text": text} if choice is None else {"choice": choice}
        status, body = self.call("POST", "/api/website/messages", {"client_message_id": str(uuid.uuid4()), **said})
        assert status == 202, (status, body)

    def say(self, text: str, patience: float = 30) -> list[dict[str, Any]]:
        """Say something and give the answers to it."""
        self.send(text)
        return self.reply(patience)

    def choose(self, number: int, patience: float = 30) -> list[dict[str, Any]]:
        """Tap the choice of that number, from 1, of the latest answer that had choices."""
        choices = next(row["choices"] for row in reversed(self.last) if row["choices"])
        self.send(choice=choices[number - 1]["id"])
        return self.reply(patience)

    def reply(self, patience: float) -> list[dict[str, Any]]:
        """Wait for the answers to the latest message, which come all at once; that they are late is no answer."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            got = [row for row in self.read(wait=10) if "notice" not in row["extras"]]
            if got:
                self.last = got
                return got
        raise TimeoutError(f"no answer within {patience} s")

    def read(self, wait: float) -> list[dict[str, Any]]:
        """Give what others have said since the last look, waiting for it a while."""
        status, body = self.call("GET", f"/api/website/messages?after={self.seen}&wait={wait:g}")
        assert status == 200, (status, body)
        self.seen = max([self.seen, *(row["seq"] for row in body["messages"])])
        return [row for row in body["messages"] if row["author"] != "customer"]

    def answers(self, patience: float = 20, quiet: float = 0.4) -> list[dict[str, Any]]:
        """Wait for what is not the customer's own, until nothing has come for `quiet` seconds."""
        got: list[dict[str, Any]] = []
        end, latest = time.monotonic() + patience, None
        while time.monotonic() < end and (latest is None or time.monotonic() - latest < quiet):
            came = self.read(wait=1 if latest is None else 0)
            got += came
            if came:
                latest = time.monotonic()
            if latest is not None:
                time.sleep(0.1)
        self.last = got
        return got
