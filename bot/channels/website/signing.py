"""Customers whom their own site has signed in: `ID.TIME.SIGNATURE`, made on the site's server, never in a page.

TIME is in seconds since 1970, SIGNATURE the HMAC-SHA256 of `ID.TIME` under the secret that only site and desk know,
in hexadecimal digits. A signed customer finds the same conversation again on every device.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from bot.gateway import refusals

GOOD_SECONDS = 300
LONGEST_ID = 150


def sign(customer: str, at: datetime, secret: str) -> str:
    """Sign a customer in, as a site does."""
    said = f"{customer}.{int(at.timestamp())}"
    return f"{said}.{_signature(said, secret)}"


def read_customer(signed: object, secret: str, now: datetime) -> str | None:
    """Give the id of a signed customer, None where nobody is signed in. Raises Refused for anything doubtful.

    >>> from datetime import timezone
    >>> now = datetime(2026, 11, 27, tzinfo=timezone.utc)
    >>> read_customer(sign("user.42", now, "secret"), "secret", now)
    'user.42'
    """
    if signed is None:
        return None
    if not isinstance(signed, str) or not secret:
        raise refusals.malformed("customer must be a signed text, and the desk must know the site's secret")
    said, _, signature = signed.rpartition(".")
    customer, _, time = said.rpartition(".")
    is_genuine = hmac.compare_digest(_signature(said, secret).encode(), signature.encode("utf8", "replace"))
    if not is_genuine or not time.isdecimal() or abs(now.timestamp() - int(time)) > GOOD_SECONDS:
        raise refusals.not_signed()
    if not customer.isprintable() or not 0 < len(customer) <= LONGEST_ID:
        raise refusals.malformed(f"a customer's id has 1 to {LONGEST_ID} printable characters")
    return customer


def _signature(said: str, secret: str) -> str:
    return hmac.new(secret.encode(), said.encode("utf8", "replace"), hashlib.sha256).hexdigest()
