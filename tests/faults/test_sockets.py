"""Only the gateway listens beyond this machine, however far it is opened."""

from __future__ import annotations

import ipaddress
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk

LISTENING = "0A"


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="looks into /proc")
@pytest.mark.desk
def test_only_the_gateway_listens_beyond_loopback(tmp_path: Path) -> None:
    desk = Desk(tmp_path, GATEWAY_HOST="0.0.0.0")
    try:
        desk.start()
        assert desk.process is not None
        found = set(listening({desk.process.pid, *children(desk.process.pid)}))
    finally:
        desk.stop()
    assert {port for _, port in found} >= set(desk.ports.values()), found
    beyond = {(address, port) for address, port in found if not ipaddress.ip_address(address).is_loopback}
    assert beyond == {("0.0.0.0", desk.ports["gateway"])}


def test_a_listening_socket_is_seen() -> None:
    with socket.socket() as line:
        line.bind(("0.0.0.0", 0))
        port = line.getsockname()[1]
        assert ("0.0.0.0", port) not in set(listening({own_pid()}))
        line.listen()
        assert ("0.0.0.0", port) in set(listening({own_pid()}))


def own_pid() -> int:
    return int(Path("/proc/self").resolve().name)


def children(pid: int) -> set[int]:
    """Give all processes that come from one."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        parents[int(path.parent.name)] = int(fields[1])
    found, before = {pid}, 0
    while len(found) > before:
        before = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found - {pid}


def listening(pids: set[int]) -> Iterator[tuple[str, int]]:
    """Give address and port of every TCP socket on which some processes listen, as the kernel sees it."""
    inodes = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                inodes.add(link.readlink().name)
            except OSError:
                continue
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        path = Path(table)
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            fields = line.split()
            if fields[3] == LISTENING and f"socket:[{fields[9]}]" in inodes:
                address, port = fields[1].split(":")
                words = [int(address[i : i + 8], 16) for i in range(0, len(address), 8)]
                raw = b"".join(struct.pack("=I", word) for word in words)
                yield str(ipaddress.ip_address(raw)), int(port, 16)
