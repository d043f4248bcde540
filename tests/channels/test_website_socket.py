"""The WebSocket carries the same messages, pushed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import websockets
from website_desk import Visitor


class Line:
    """A WebSocket as the widget holds it."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket

    async def say(self, **frame: Any) -> None:
        """Send a frame."""
        await self.socket.send(json.dumps(frame))

    async def next(self, kind: str, seconds: float = 8) -> dict[str, Any]:
        """Wait for the next frame of a kind."""

        async def look() -> dict[str, Any]:
            while True:
                frame: dict[str, Any] = json.loads(await self.socket.recv())
                if frame["type"] == kind:
                    return frame

        return await asyncio.wait_for(look(), seconds)


def talk(
    visitor: Visitor, work: Callable[[Line], Awaitable[None]], after: int = 0, protocols: list[str] | None = None
) -> None:
    """Open a line with the visitor's token and work on it."""

    async def run() -> None:
        url = str(visitor.http.base_url).rstrip("/").replace("http", "ws") + f"/api/website/socket?after={after}"
        offered = ["saamjyu", f"token.{visitor.token}"] if protocols is None else protocols
        async with websockets.connect(url, subprotocols=offered or None, open_timeout=5) as socket:
            await work(Line(socket))

    asyncio.run(run())


def test_messages_are_pushed_and_sends_accepted(visit) -> None:
    visitor = visit()

    async def work(line: Line) -> None:
        assert line.socket.subprotocol == "saamjyu"
        await line.next("ready")
        await line.say(type="send", client_message_id="1", text="我部洗衣機漏水呀")
        accepted = await line.next("accepted")
        assert (accepted["client_message_id"], accepted["seq"], accepted["repeated"]) == ("1", 1, False)

    talk(visitor, work)

    async def resumed(line: Line) -> None:
        mine = (await line.next("message"))["message"]
        assert (mine["author"], mine["client_message_id"]) == ("customer", "1")
        answer = (await line.next("message"))["message"]
        assert (answer["author"], answer["language"], answer["seq"]) == ("assistant", "yue", 2)

    talk(visitor, resumed)

    async def later(line: Line) -> None:
        assert (await line.next("message"))["message"]["seq"] == 2

    talk(visitor, later, after=1)


def test_typing_is_told_while_the_assistant_works(visit, assistant) -> None:
    assistant.script(delay=0.5)

    async def work(line: Line) -> None:
        await line.say(type="send", client_message_id="1", text="hello there")
        assert (await line.next("typing"))["on"] is True
        assert (await line.next("typing"))["on"] is False

    talk(visit(), work)


def test_a_repeated_send_is_accepted_and_changes_nothing(visitor) -> None:
    async def work(line: Line) -> None:
        for repeated in (False, True):
            await line.say(type="send", client_message_id="1", text="hello")
            assert (await line.next("accepted"))["repeated"] is repeated

    talk(visitor, work)
    visitor.answers()
    assert len(visitor.read()) == 2


@pytest.mark.parametrize(
    ("frame", "status", "code"),
    [
        ("{", 400, "malformed"),
        ("[]", 400, "malformed"),
        ("{}", 400, "malformed"),
        (b"\x00", 400, "malformed"),
        ('{"type": "send"}', 400, "malformed"),
        ('{"type": "send", "client_message_id": "1", "text": ""}', 422, "text_empty"),
        ('{"type": "send", "client_message_id": "1", "text": "' + "x" * 1001 + '"}', 422, "text_too_long"),
        ('{"type": "send", "client_message_id": "1", "choice": "x"}', 404, "choice_unknown"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_bad_frame_is_refused_and_the_line_stands(visitor, frame, status, code) -> None:
    async def work(line: Line) -> None:
        await line.socket.send(frame)
        refused = await line.next("refused")
        assert (refused["status"], refused["code"]) == (status, code)
        await line.say(type="ping")
        await line.next("pong")

    talk(visitor, work)


def test_the_first_frame_may_carry_the_token(visitor) -> None:
    visitor.send("hello")
    visitor.answers()

    async def work(line: Line) -> None:
        await line.say(type="open", token=visitor.token, after=1)
        assert (await line.next("message"))["message"]["seq"] == 2

    talk(visitor, work, protocols=[])


@pytest.mark.parametrize("first", ['{"type": "open", "token": "x"}', '{"type": "open"}', "{", "[]"])
def test_a_line_without_a_valid_token_is_closed(visitor, first) -> None:
    async def work(line: Line) -> None:
        await line.socket.send(first)
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await line.next("ready")
        assert closed.value.code == 4401

    talk(visitor, work, protocols=[])


def test_a_line_with_a_foreign_token_is_closed(visitor) -> None:
    async def work(line: Line) -> None:
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await line.next("ready")
        assert closed.value.code == 4401

    talk(visitor, work, protocols=["saamjyu", "token.x.y"])


def test_an_ended_conversation_takes_no_more_over_an_open_line(visitor) -> None:
    async def work(line: Line) -> None:
        await line.next("ready")
        visitor.http.delete("/api/website/conversations")
        await line.say(type="send", client_message_id="1", text="hello")
        assert (await line.next("refused"))["status"] == 401

    talk(visitor, work)


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [("https://shop.example", True), ("https://evil.example", False), ("null", False), ("http://{host}", True)],
)
def test_a_browser_on_a_foreign_site_gets_no_line(visitor, origin, is_let_in) -> None:
    host = str(visitor.http.base_url).removeprefix("http://").rstrip("/")

    async def run() -> bool:
        url = f"ws://{host}/api/website/socket"
        protocols = ["saamjyu", f"token.{visitor.token}"]
        try:
            async with websockets.connect(url, subprotocols=protocols, origin=origin.format(host=host)) as socket:
                await Line(socket).next("ready")
                return True
        except (websockets.InvalidStatusCode, websockets.ConnectionClosed):
            return False

    assert asyncio.run(run()) is is_let_in
