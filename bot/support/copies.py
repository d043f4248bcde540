"""Codes of links to a copy of one's own data: signed, good for an hour, and no use for anything else."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

COPY_STAYS = timedelta(hours=1)
_LONGEST = 400


def copy_code(secret: str, conversation_id: str, now: datetime) -> str:
    """Write the code that opens the copy of a conversation's person until COPY_STAYS is over."""
    return str(_serializer(secret).dumps([conversation_id, int((now + COPY_STAYS).timestamp())]))


def conversation_of_copy(secret: str, code: str, now: datetime) -> str | None:
    """Read the conversation out of a code; None for one that was not written here or is past its hour."""
    if not code.isascii() or len(code) > _LONGEST:
        return None
    try:
        conversation_id, last = _serializer(secret).loads(code)
    except BadData:
        return None
    return str(conversation_id) if now.timestamp() <= last else None


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret, salt="saamjyu.copies", signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )
