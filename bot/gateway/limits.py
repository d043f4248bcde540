"""How often one address or conversation may ask. Counted in this process; a sliding window each."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime

from bot.gateway import refusals

MOST_KEYS = 50_000


class Limit:
    """At most `most` times in `seconds` for each key; the least recently seen keys are forgotten first."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], datetime]) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def count(self, key: str) -> None:
        """Count one more for `key`. Raises Refused with the seconds to wait when it is one too many."""
        now = self._clock().timestamp()
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            raise refusals.too_many(math.ceil(times[0] + self._seconds - now))
        times.append(now)
        if len(self._seen) > MOST_KEYS:
            self._seen.popitem(last=False)


def is_loopback(address: str) -> bool:
    """Tell whether an address is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("::ffff:127.0.0.1"), is_loopback("203.0.113.9"), is_loopback("?")
    (True, True, False, False)
    """
    ip = _read(address)
    return ip is not None and ip.is_loopback


def address_key(address: str) -> str:
    """Name whom an address belongs to: an IPv6 customer holds a whole /64.

    >>> address_key("2001:db8::1:2:3:4"), address_key("203.0.113.9")
    ('2001:db8::/64', '203.0.113.9')
    """
    ip = _read(address)
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip or "unknown")


def _read(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, ipaddress.IPv6Address) else ip
