"""The outbox: answers on their way to channels that must be called, in order, until delivered or visibly failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.gateway.bells import Bells
from bot.gateway.crew import Crew, unless_away
from bot.gateway.database import Database
from bot.gateway.logs import log
from bot.gateway.metrics import Metrics
from bot.storage.messaging import conversations, messages, outbox

LEASE = timedelta(seconds=30)  # a delivery that was begun and not ended is begun again after this
PAUSES = (1, 2, 5, 15, 60, 300, 900, 3600)


class NotNow(RuntimeError):
    """The channel cannot take a message now; `seconds` is its own wish, if it gave one."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class NotEver(RuntimeError):
    """The channel will never take this message; the text says why, without a customer's words."""


@dataclass(frozen=True)
class Delivery:
    """One message on its way to a person of a channel."""

    id: str
    channel: str
    to: str
    attempts: int
    text: str
    choices: list[dict[str, Any]]
    extras: dict[str, Any]


class Sender(Protocol):
    """A channel's way out."""

    async def send(self, delivery: Delivery) -> None:
        """Deliver a message. Raises NotNow or NotEver."""


class Outbox:
    """Delivers what waits: conversations in parallel, each in the order of its transcript."""

    def __init__(
        self,
        *,
        database: Database,
        bells: Bells,
        senders: Mapping[str, Sender],
        metrics: Metrics,
        clock: Callable[[], datetime],
        at_once: int = 8,
    ) -> None:
        self._database, self._bells, self._senders, self._clock = database, bells, senders, clock
        self._metrics = metrics
        self._crew = Crew(
            take=lambda now: database.write(take, now),
            work=self._deliver,
            next_due=lambda now: database.read(next_due, now),
            bell=bells.outbox,
            clock=clock,
            at_once=at_once,
        )

    async def run(self) -> None:
        """Deliver until cancelled."""
        await self._crew.run()

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            await self._senders[delivery.channel].send(delivery)
        except NotNow as wish:
            await self._put_off(delivery, wish)
        except NotEver as refusal:
            await self._give_up(delivery, str(refusal))
        except Exception as error:  # noqa: BLE001  a mistake in a channel must not stop its queue
            await self._put_off(delivery, NotNow(type(error).__name__))
        else:
            await unless_away(self._database.write(mark, delivery.id, state="sent", sent_at=self._clock()))
            self._metrics.delivered(delivery.channel)
            log("delivered", delivery=delivery.id, channel=delivery.channel)
        self._bells.outbox.set()  # the next one of this conversation may go

    async def _put_off(self, delivery: Delivery, wish: NotNow) -> None:
        if delivery.attempts >= len(PAUSES):
            await self._give_up(delivery, str(wish))
            return
        pause = max(PAUSES[delivery.attempts], wish.seconds or 0)
        at = self._clock() + timedelta(seconds=pause)
        failure = str(wish)[:200]
        await unless_away(self._database.write(mark, delivery.id, next_try_at=at, failure=failure))
        log("delivery_put_off", level="WARNING", delivery=delivery.id, channel=delivery.channel, failure=failure)

    async def _give_up(self, delivery: Delivery, failure: str) -> None:
        await unless_away(self._database.write(mark, delivery.id, state="failed", failure=failure[:200]))
        self._metrics.failed("delivery", delivery.channel)
        log("delivery_failed", level="ERROR", delivery=delivery.id, channel=delivery.channel, failure=failure[:200])


def take(session: Session, now: datetime) -> Delivery | None:
    """Begin the delivery that has waited longest among the first ones of their conversations.

    Beginning moves the next try behind a lease, by compare-and-set, so that two workers never begin the same.
    """
    earlier, before = outbox.alias(), messages.alias()
    first = (
        select(outbox, messages.c.text, messages.c.choices, messages.c.extras, conversations.c.external_id)
        .join(messages, messages.c.id == outbox.c.message_id)
        .join(conversations, conversations.c.id == outbox.c.conversation_id)
        .where(outbox.c.state == "new", outbox.c.next_try_at <= now)
        .where(
            ~select(earlier.c.id)
            .join(before, before.c.id == earlier.c.message_id)
            .where(earlier.c.conversation_id == outbox.c.conversation_id, earlier.c.state == "new")
            .where(before.c.seq < messages.c.seq)
            .exists()
        )
        .order_by(outbox.c.next_try_at)
        .limit(1)
        .with_for_update(of=outbox, skip_locked=True)
    )
    row = session.execute(first).first()
    if row is None:
        return None
    begun = update(outbox).filter_by(id=row.id, state="new", attempts=row.attempts, next_try_at=row.next_try_at)
    if not session.execute(begun.values(attempts=row.attempts + 1, next_try_at=now + LEASE)).rowcount:
        return None
    return Delivery(row.id, row.channel, row.external_id or "", row.attempts, row.text, row.choices, row.extras)


def mark(session: Session, /, delivery: str, **values: Any) -> None:
    """Write down what became of a delivery."""
    session.execute(update(outbox).filter_by(id=delivery, state="new").values(**values))


def next_due(session: Session, now: datetime) -> datetime | None:
    """Give the moment at which the next delivery is to be tried."""
    later = select(func.min(outbox.c.next_try_at)).where(outbox.c.state == "new", outbox.c.next_try_at > now)
    moment: datetime | None = session.execute(later).scalar()
    return moment
