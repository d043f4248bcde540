"""The assistant's only door: one turn asked for by the gateway, answered once however often it is asked."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore
from sanic import Blueprint, HTTPResponse, Request, response

from bot.dialogue.action_server import watch
from bot.dialogue.request import BadTurn, TurnRequest, read_turn
from bot.dialogue.said import said_in
from bot.dialogue.tracker_store import DialogueStore
from bot.dialogue.turns import Turn, current_turn
from bot.settings import read_settings


class Silent(OutputChannel):
    """An output channel that sends nothing: answers are read from the dialogue once it is saved."""

    @classmethod
    def name(cls) -> str:
        """Name the channel as Rasa's events will."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take the message and do nothing."""


class GatewayInput(InputChannel):
    """Rasa input channel `gateway`: `POST turn` runs a turn, `GET` tells whether one could be run."""

    def __init__(self, secret: str) -> None:
        self.secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        """Name the channel; its address is /webhooks/gateway."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """Take the secret from the settings, so that no file holds it."""
        return cls(read_settings().assistant_secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Define the two routes."""
        door = Blueprint("gateway_input", "gateway_input")

        @door.route("/", methods=["GET"])  # type: ignore[untyped-decorator]
        async def ready(request: Request) -> HTTPResponse:
            agent: Agent = request.app.ctx.agent
            if not agent.is_ready():
                return response.json({"failure": "no model is loaded"}, 503)
            try:
                await asyncio.to_thread(_store(agent).begin, "ready", "")
            except Exception as error:
                return response.json({"failure": f"database: {type(error).__name__}"}, 503)
            return response.json({"status": "ok"})

        @door.route("/turn", methods=["POST"])  # type: ignore[untyped-decorator]
        async def take_turn(request: Request) -> HTTPResponse:
            given = request.headers.get("authorization", "").encode()
            if not hmac.compare_digest(given, b"Bearer " + self.secret):
                return response.json({"failure": "not the gateway"}, 401)
            try:
                asked = read_turn(request.json)
            except BadTurn as error:
                return response.json({"failure": str(error)}, 422)
            return await _answer(request.app.ctx.agent, asked)

        return door


async def _answer(agent: Agent, asked: TurnRequest) -> HTTPResponse:
    if not agent.is_ready():
        return response.json({"failure": "no model is loaded"}, 503)
    watch(agent)
    try:
        turn = await asyncio.to_thread(_store(agent).begin, asked.conversation, asked.message_id)
    except Exception as error:
        return response.json({"failure": f"database: {type(error).__name__}"}, 503)
    recorded = recorded_answer(turn)
    if recorded is not None:
        return response.json({**recorded, "repeated": True})
    current_turn.set(turn)
    try:
        await agent.handle_message(_user_message(asked, turn))
    except Exception as error:
        turn.failure = turn.failure or f"{type(error).__name__}"
    answer = recorded_answer(turn) if turn.saved else None
    if answer is None or not answer["answers"]:
        return response.json({"failure": turn.failure or "nothing was answered"}, 503)
    return response.json({**answer, "repeated": False})


def recorded_answer(turn: Turn) -> dict[str, Any] | None:
    """Read what was answered to the turn's message from its dialogue; None when that message is not in it."""
    events = turn.events
    starts = [
        i for i, event in enumerate(events) if event["event"] == "user" and event.get("message_id") == turn.message_id
    ]
    if not starts:
        return None
    start = starts[-1]
    following = events[start + 1 :]
    end = next((i for i, event in enumerate(following) if event["event"] == "user"), len(following))
    answers = [_answer_of(event) for event in following[:end] if event["event"] == "bot"]
    reply = events[start]["parse_data"].get("reply") or {}
    known = {} if reply.get("unknown") else reply
    return {"answers": answers, "preference": known or None, "said": said_in(events[start], known)}


def _answer_of(event: dict[str, Any]) -> dict[str, Any]:
    about = event.get("metadata") or {}
    return {
        "text": event["text"],
        "language": about.get("language"),
        "script": about.get("script"),
        "choices": (event.get("data") or {}).get("buttons") or [],
        "extras": about.get("extras") or {},
    }


def _user_message(asked: TurnRequest, turn: Turn) -> UserMessage:
    metadata = {
        "preference": asked.preference,
        "expected": _expected(turn.events),
        "first": not any(event["event"] == "user" for event in turn.events),
        "now": datetime.now(timezone.utc).isoformat(),
        "channel": asked.channel,
        "kind": asked.kind,
    }
    return UserMessage(
        text=asked.text,
        output_channel=Silent(),
        sender_id=asked.conversation,
        parse_data=asked.parse_data,
        input_channel=asked.channel,
        message_id=asked.message_id,
        metadata=metadata,
    )


def _expected(events: list[dict[str, Any]]) -> str | None:
    """Name the entity that the open question of the dialogue asks for."""
    for event in reversed(events):
        if event["event"] == "slot" and event["name"] == "form":
            return (event["value"] or {}).get("expects")
    return None


def _store(agent: Agent) -> DialogueStore:
    store = agent.tracker_store
    inner = store._tracker_store if isinstance(store, FailSafeTrackerStore) else store
    if not isinstance(inner, DialogueStore):
        raise RuntimeError("endpoints.yml must name bot.dialogue.tracker_store.DialogueStore as the tracker_store")
    return inner
