"""Tokens that open one conversation to the one who began it: signed, expiring, revocable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from bot.gateway import refusals

_LONGEST = 400


@dataclass(frozen=True)
class Pass:
    """What a token opens: one conversation, as long as its token version stands."""

    conversation: str
    version: int


class Tokens:
    """Issues and reads tokens; the conversation's id, the version and the last moment are signed together."""

    def __init__(self, secret: str, days: int, clock: Callable[[], datetime]) -> None:
        self._serializer = URLSafeSerializer(
            secret, salt="saamjyu.website", signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
        )
        self._life = timedelta(days=days)
        self._clock = clock

    def issue(self, conversation: str, version: int) -> str:
        """Write a token for a conversation."""
        return str(self._serializer.dumps([conversation, version, int((self._clock() + self._life).timestamp())]))

    def read(self, token: str) -> Pass:
        """Read a token. Raises Refused for anything that was not issued here or is past its last moment."""
        if not token.isascii() or len(token) > _LONGEST:
            raise refusals.not_yours()
        try:
            conversation, version, last = self._serializer.loads(token)
        except BadData:
            raise refusals.not_yours() from None
        if self._clock().timestamp() > last:
            raise refusals.not_yours()
        return Pass(conversation, version)
