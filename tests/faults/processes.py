"""A gateway and a scripted assistant as processes of their own, which may be killed and started again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from bot.settings import ROOT

FAKE = ROOT / "tests" / "channels" / "fake_assistant.py"
LONG = bool(os.environ.get("LONG_FAULTS"))  # set by `make faults`


class Process:
    """A process that is killed and started again."""

    def __init__(self, command: list[str], environ: dict[str, str], log: Path) -> None:
        self.command, self.environ, self.log = command, environ, log
        self.start()

    def start(self) -> None:
        """Start it."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)

    def kill(self) -> None:
        """Kill it: it has no chance to end anything."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Killable:
    """A gateway and a scripted assistant, each in a process of its own."""

    def __init__(self, database_url: str, folder: Path, **more: str) -> None:
        port, assistant = free_port(), free_port()
        self.url, self.assistant_url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{assistant}"
        environ = {
            **os.environ,
            "DATABASE_URL": database_url,
            "GATEWAY_PORT": str(port),
            "ASSISTANT_URL": self.assistant_url,
            "ACTIONS_URL": self.assistant_url,
            "ASSISTANT_SECRET": "scripted-secret",
            "TOKEN_SECRET": "t",
            "MESSAGES_PER_CONVERSATION": "10000",
            **more,
        }
        self.gateway = Process([sys.executable, "-m", "bot.gateway"], environ, folder / "gateway.log")
        self.assistant = Process([sys.executable, str(FAKE), str(assistant)], environ, folder / "assistant.log")

    def wait(self) -> None:
        """Wait until both answer."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.url}/ready", trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError("the gateway did not come up")

    def script(self, **script: Any) -> None:
        """Have the assistant behave so from now on."""
        httpx.post(f"{self.assistant_url}/script", json=script, trust_env=False).raise_for_status()

    def asked(self) -> list[dict[str, Any]]:
        """Give the turns the assistant was asked for, as it wrote them down itself."""
        turns: list[dict[str, Any]] = httpx.get(f"{self.assistant_url}/asked", timeout=60, trust_env=False).json()
        return turns

    def failures(self) -> dict[str, float]:
        """Give what the gateway counted as failed, but for answers that only came late."""
        families = text_string_to_metric_families(httpx.get(f"{self.url}/metrics", timeout=60, trust_env=False).text)
        samples = [
            sample for family in families for sample in family.samples if sample.name == "saamjyu_failures_total"
        ]
        return {
            f"{sample.labels['what']} {sample.labels['how']}": sample.value
            for sample in samples
            if sample.labels["how"] != "late"
        }

    def kill(self) -> None:
        """Kill both."""
        self.gateway.kill()
        self.assistant.kill()
