"""The assistant as the gateway sees it: a turn is asked for and answered, or has failed; there is nothing between."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from bot.gateway.claims import Turn
from bot.gateway.patience import in_time
from bot.gateway.settling import Answered, Said
from bot.gateway.transcript import Message
from bot.language.wording import LANGUAGES

SCRIPTS = ("latin", "simplified", "traditional", "both")


class TurnFailed(RuntimeError):
    """The assistant gave no usable answer; the message says why, without a customer's words."""


class Assistant:
    """Asks the assistant for turns, and both private processes for their health."""

    def __init__(self, *, url: str, secret: str, actions_url: str, seconds: float) -> None:
        self._url, self._actions_url, self._seconds = url, actions_url, seconds
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {secret}"},
            timeout=httpx.Timeout(seconds, connect=2.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=4),
            trust_env=False,  # loopback or the cluster: never by way of a proxy
        )

    async def ask(self, turn: Turn) -> Answered:
        """Have a message answered. Raises TurnFailed."""
        body = {
            "conversation": turn.conversation.id,
            "message_id": turn.message_id,
            "kind": turn.kind,
            "text": turn.text,
            "payload": turn.payload,
            "channel": turn.conversation.channel,
            "preference": turn.conversation.preference(),
        }
        sending = self._client.post(f"{self._url}/webhooks/gateway/turn", json=body)
        try:
            response = await in_time(sending, self._seconds)
        except (httpx.HTTPError, asyncio.TimeoutError, OSError) as error:
            raise TurnFailed(type(error).__name__) from error
        if response.status_code != 200:
            raise TurnFailed(f"status {response.status_code}")
        try:
            return read_answer(response.json())
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise TurnFailed(f"malformed answer: {type(error).__name__}") from error

    async def assistant_ready(self) -> bool:
        """Tell whether a model is loaded and the assistant reaches its database."""
        return await self._answers_ok(f"{self._url}/webhooks/gateway/")

    async def actions_ready(self) -> bool:
        """Tell whether the action server answers."""
        return await self._answers_ok(f"{self._actions_url}/health")

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    async def _answers_ok(self, url: str) -> bool:
        try:
            return (await in_time(self._client.get(url), 3)).status_code == 200
        except (httpx.HTTPError, asyncio.TimeoutError, OSError):
            return False


def read_answer(body: Any) -> Answered:
    """Read the assistant's JSON. Raises ValueError, TypeError or KeyError for anything that is not an answer."""
    messages = [_read_message(answer) for answer in body["answers"]]
    if not messages:
        raise ValueError("nothing was answered")
    return Answered(messages, _read_preference(body.get("preference")), _read_said(body.get("said")))


def _read_message(answer: Any) -> Message:
    text, language, script = (answer["text"], answer.get("language"), answer.get("script"))
    if not isinstance(text, str) or not text.strip():
        raise ValueError("an answer without text")
    if language is not None and language not in LANGUAGES or script is not None and script not in SCRIPTS:
        raise ValueError("an unknown language or script")
    choices = [{"label": str(choice["label"]), "payload": choice["payload"]} for choice in answer.get("choices") or ()]
    return Message("assistant", text, language, script, choices, dict(answer.get("extras") or {}))


def _read_said(said: Any) -> Said | None:
    if said is None:
        return None
    language, script = said["language"], said["script"]
    if language not in LANGUAGES or script is not None and script not in SCRIPTS:
        raise ValueError("an unknown language or script")
    return Said(language, script)


def _read_preference(preference: Any) -> dict[str, Any] | None:
    if preference is None:
        return None
    language, script = preference["language"], preference["script"]
    if language not in LANGUAGES or script not in SCRIPTS:
        raise ValueError("an unknown language or script")
    return {
        "language": language,
        "script": script,
        "wished_language": preference.get("wished_language") is True,
        "wished_script": preference.get("wished_script") is True,
    }
