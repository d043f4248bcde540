"""The worker: takes messages from the inbox, has them answered, and never lets one go without a word."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.gateway import claims, settling
from bot.gateway.assistant import Assistant, TurnFailed
from bot.gateway.bells import Bells
from bot.gateway.claims import Turn
from bot.gateway.crew import Crew, unless_away
from bot.gateway.database import Database, DatabaseAway
from bot.gateway.logs import log
from bot.gateway.metrics import Metrics
from bot.gateway.notices import Notices
from bot.gateway.settling import Answered
from bot.storage.columns import new_id

T = TypeVar("T")
LATE_AFTER = timedelta(seconds=3.5)  # then the customer is told that the answer takes longer
LOOK_SECONDS = 0.5
RENEW_SECONDS = 3.0
SETTLE_TRIES = 8


class Turns:
    """Runs turns: different conversations in parallel, `at_once` at most; one conversation strictly in order."""

    def __init__(
        self,
        *,
        database: Database,
        bells: Bells,
        assistant: Assistant,
        notices: Notices,
        metrics: Metrics,
        clock: Callable[[], datetime],
        at_once: int = 8,
    ) -> None:
        self._database, self._bells, self._assistant = database, bells, assistant
        self._notices, self._metrics, self._clock = notices, metrics, clock
        self._trouble = asyncio.Event()
        self._crew = Crew(
            take=lambda _: self._take(),
            work=self._work,
            next_due=lambda now: database.read(claims.next_due, now),
            bell=bells.work,
            clock=clock,
            at_once=at_once,
        )

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            await asyncio.gather(self._crew.run(), self._tell_late(), self._await_recovery())
        finally:
            await unless_away(self._database.write(claims.release_all, self._database.name))

    async def _take(self) -> Turn | None:
        await self._database.rush.over()
        claim = f"{self._database.name}:{new_id()[:24]}"
        return await self._database.write(claims.take, claim=claim, now=self._clock())

    async def _work(self, turn: Turn) -> None:
        following: Turn | None = turn
        while following is not None:
            following = await self._one_or_left(following)

    async def _one_or_left(self, turn: Turn) -> Turn | None:
        try:
            return await self._one(turn)
        except DatabaseAway:
            log("turn_left", message=turn.message_id)  # its claim runs out, and it is taken up again
        except Exception as error:  # noqa: BLE001  whatever it is, the customer must not be met with silence
            self._metrics.failed("turn", type(error).__name__)
            log("turn_broke", level="ERROR", message=turn.message_id, failure=type(error).__name__)
            await unless_away(self._postpone(turn))
        return None

    async def _one(self, turn: Turn) -> Turn | None:
        started = self._clock()
        renewing = asyncio.ensure_future(self._renew(turn))
        try:
            with self._metrics.timed("asked"):
                answered = await self._assistant.ask(turn)
        except TurnFailed as failure:
            log(
                "turn_failed", level="WARNING", message=turn.message_id, attempt=turn.attempts + 1, failure=str(failure)
            )
            self._metrics.failed("turn", str(failure))
            self._trouble.set()
            await self._postpone(turn)
            return None
        finally:
            renewing.cancel()
        with self._metrics.timed("settled"):
            following = await self._insist(lambda: self._database.write(settling.settle, turn, answered, self._clock()))
        now = self._clock()
        self._count(turn, answered, started, now)
        log(
            "turn_answered",
            message=turn.message_id,
            kind=turn.kind,
            answers=len(answered.messages),
            language=(answered.preference or {}).get("language"),
            turn_ms=_milliseconds(started, now),
            total_ms=_milliseconds(turn.received_at, now),
        )
        return following

    def _count(self, turn: Turn, answered: Answered, started: datetime, now: datetime) -> None:
        self._metrics.took("waited", (started - turn.received_at).total_seconds())
        self._metrics.took("whole", (now - turn.received_at).total_seconds())
        first = answered.messages[0]
        self._metrics.answered(first.language, first.script)
        if turn.kind != "event":
            said = answered.said
            self._metrics.heard(said.language if said else None, said.script if said else None)

    async def _renew(self, turn: Turn) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            await unless_away(self._database.write(claims.renew, turn, self._clock()))

    async def _postpone(self, turn: Turn) -> None:
        tongue = turn.conversation.tongue
        apology = await asyncio.to_thread(self._notices.message, "utter_gateway_apology", tongue, turn.text)
        farewell = await asyncio.to_thread(self._notices.message, "utter_gateway_given_up", tongue, turn.text)
        await self._insist(
            lambda: self._database.write(settling.postpone, turn, apology=apology, farewell=farewell, now=self._clock())
        )

    async def _tell_late(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            before = self._clock() - LATE_AFTER
            for row in await unless_away(self._database.read(settling.late, before)) or ():
                await unless_away(self._apologise(row))

    async def _apologise(self, row: settling.Late) -> None:
        apology = await asyncio.to_thread(self._notices.message, "utter_gateway_apology", row.tongue, row.text)
        told = await self._database.write(settling.apologise, row.message_id, row.conversation, apology, self._clock())
        if told:
            self._metrics.failed("turn", "late")
            log("turn_late", level="WARNING", message=row.message_id)

    async def _await_recovery(self) -> None:
        """After a failure, watch the private processes; once they are back, try everything postponed at once."""
        while True:
            await self._trouble.wait()
            self._trouble.clear()
            if await self._is_ready():
                continue  # not an outage: the message's own pauses hold
            while not await self._is_ready():
                await asyncio.sleep(0.5)
            count = await unless_away(self._database.write(settling.hurry, self._clock()))
            log("recovered", postponed=count)
            self._bells.work.set()

    async def _is_ready(self) -> bool:
        return all(await asyncio.gather(self._assistant.assistant_ready(), self._assistant.actions_ready()))

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask the database again and again for a while: what it is asked here may be repeated safely."""
        for _ in range(SETTLE_TRIES - 1):
            try:
                return await ask()
            except DatabaseAway:
                await asyncio.sleep(0.5)
        return await ask()


def _milliseconds(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds() * 1000)
