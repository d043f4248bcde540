"""Keeps the desk's processes running: starts them, says what they do, restarts what dies, stops all at once."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Tell = Callable[[str], None]

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a process that died is started again
CALM_AFTER = 60.0  # seconds a process must have lived for its pause to begin anew
STOP_WITHIN = 8.0  # seconds before a process that does not stop is killed
_PR_SET_PDEATHSIG = 1


@dataclass
class Process:
    """One process of the desk and how it is doing."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    start_at: float | None = field(default=None)  # when to start it again

    def start(self, folder: Path) -> None:
        """Start it with its output going to its log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                cwd=folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the supervisor only, which stops them in order
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )
        self.started_at, self.start_at = time.monotonic(), None


class Supervisor:
    """Watches processes until it is told to stop."""

    def __init__(self, processes: Sequence[Process], folder: Path, tell: Tell) -> None:
        self.processes = processes
        self.folder = folder
        self.tell = tell
        self.stopping = False

    def start(self) -> None:
        """Start every process."""
        for process in self.processes:
            process.start(self.folder)
            self.tell(f"{process.name}: starting, its log is {process.log.relative_to(self.folder)}")

    def watch(self) -> None:
        """Look once after every process; restart the ones that died after their pause."""
        now = time.monotonic()
        for process in self.processes:
            if process.start_at is not None:
                if now >= process.start_at:
                    process.start(self.folder)
                    self.tell(f"{process.name}: started again")
            elif process.running is not None and process.running.poll() is not None:
                self._plan_restart(process, now)

    def stop(self) -> None:
        """Stop the processes, last one first, and kill what does not stop in time."""
        self.stopping = True
        for process in reversed(self.processes):
            if process.running is None or process.running.poll() is not None:
                continue
            process.running.terminate()
            try:
                process.running.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.running.pid, signal.SIGKILL)
                process.running.wait()
            self.tell(f"{process.name}: stopped")

    def _plan_restart(self, process: Process, now: float) -> None:
        assert process.running is not None
        if now - process.started_at > CALM_AFTER:
            process.pause = FIRST_PAUSE
        code = process.running.returncode
        how = f"killed by signal {-code}" if code < 0 else f"ended with {code}"
        self.tell(
            f"{process.name}: {how}, starting it again in {process.pause:g} s; last line: {_last_line(process.log)}"
        )
        process.start_at = now + process.pause
        process.pause = min(process.pause * 2, LONGEST_PAUSE)


def _last_line(log: Path) -> str:
    with contextlib.suppress(OSError):
        lines = log.read_bytes()[-2000:].decode("utf8", "replace").strip().splitlines()
        if lines:
            return lines[-1][:200]
    return "(none)"


def _die_with_parent() -> None:
    """Have the kernel stop this child when the supervisor is killed without a chance to do it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
