"""Start the whole desk on this machine and keep it running: `python -m bot.run`."""

from __future__ import annotations

import json
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from bot.run.prepare import TrainingFailed, prepare, quiet_environment
from bot.run.supervisor import Process, Supervisor
from bot.settings import ROOT, BadSetting, Settings, read_settings

_TICK = 0.25  # seconds
_LOGS = ROOT / "var" / "log"


class Stopped(BaseException):
    """Ctrl-C or a request to end."""


def main() -> int:
    """Prepare, start, watch; 0 after Ctrl-C, 1 when the desk could not be started."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    supervisor: Supervisor | None = None
    try:
        settings = read_settings()
        _check_ports(settings)
        model = prepare(settings, _tell)
        supervisor = Supervisor(_processes(settings, model), ROOT, _tell)
        supervisor.start()
        _wait_until_ready(settings, supervisor)
        _tell(f"the desk is open: {settings.gateway_url}  (Ctrl-C stops it)")
        while True:
            supervisor.watch()
            time.sleep(_TICK)
    except (BadSetting, PortTaken, TrainingFailed) as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped:
        _tell("stopping")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        if supervisor is not None:
            supervisor.stop()


class PortTaken(RuntimeError):
    """A port that something else already listens on."""


def _processes(settings: Settings, model: Path) -> list[Process]:
    environment = {**quiet_environment(), "ACTION_ENDPOINT": settings.actions_url + "/webhook"}
    assistant = urlsplit(settings.assistant_url)
    rasa = [sys.executable, "-m", "rasa", "run", "-m", str(model), "--endpoints", "endpoints.yml"]
    rasa += ["--credentials", "credentials.yml", "-i", str(assistant.hostname), "-p", str(assistant.port)]
    return [
        Process("actions", [sys.executable, "-m", "actions"], environment, _LOGS / "actions.log"),
        Process("assistant", rasa, environment, _LOGS / "assistant.log"),
        Process("gateway", [sys.executable, "-m", "bot.gateway"], environment, _LOGS / "gateway.log"),
    ]


def _check_ports(settings: Settings) -> None:
    wanted = {
        "GATEWAY_PORT": (settings.gateway_host, settings.gateway_port),
        "ASSISTANT_URL": _address(settings.assistant_url),
        "ACTIONS_URL": _address(settings.actions_url),
    }
    for name, address in wanted.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                raise PortTaken(f"{address[0]}:{address[1]} is taken ({error.strerror}); set {name}") from None


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 80


def _wait_until_ready(settings: Settings, supervisor: Supervisor) -> None:
    """Watch the processes come up, saying every few seconds what is still missing."""
    begun, said = time.monotonic(), 0.0
    while True:
        supervisor.watch()
        missing = _missing(settings)
        if not missing:
            return
        waited = time.monotonic() - begun
        if waited - said >= 2:
            said = waited
            _tell(f"waiting for {missing} ({waited:.0f} s)")
        time.sleep(_TICK)


def _missing(settings: Settings) -> str:
    try:
        with urllib.request.urlopen(settings.gateway_url + "/ready", timeout=5):
            return ""
    except urllib.error.HTTPError as error:
        try:
            parts = json.loads(error.read())
        except ValueError:
            return "the gateway"
        return ", ".join(name for name, state in parts.items() if name != "status" and state != "ok") or "the desk"
    except OSError:
        return "the gateway"


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)


def _stop(number: int, frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
