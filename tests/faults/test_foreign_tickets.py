"""Guessing at tickets by the thousand: one that exists answers like one that does not."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from processes import LONG
from progress import Progress
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.sessions import open_engine, session_scope
from bot.support.channels import Origin
from bot.support.identity import TooManyTries, prove_ticket, proven_tickets
from bot.support.ticket_numbers import new_ticket_number
from bot.support.tickets import open_ticket
from tests.unit.support.rows import WASHER, conversation, next_message

TRIES = 10_000 if LONG else 400
IN_ONE_CONVERSATION = 7  # two more than are heard


@pytest.fixture
def engine(sqlite_url: str) -> Engine:
    return open_engine(sqlite_url)


@pytest.mark.timeout(720)
def test_foreign_tickets_and_unknown_numbers_answer_alike(
    engine: Engine, record_property: Callable[[str, object], None]
) -> None:
    rng = random.Random(11)
    heard: dict[bool, list[str]] = {True: [], False: []}
    with session_scope(engine) as session:
        existing = [open_ticket(session, conversation(session, f"owner{i}"), WASHER).number for i in range(50)]
    unknown = [new_ticket_number() for _ in existing]
    progress = Progress("tries", TRIES)
    for visit in range(TRIES // (2 * IN_ONE_CONVERSATION)):
        place, digits = (
            rng.randrange(len(existing)),
            [f"{rng.randrange(10_000):04}" for _ in range(IN_ONE_CONVERSATION)],
        )
        digits = ["0000" if digit == "4567" else digit for digit in digits]
        for exists, numbers in ((True, existing), (False, unknown)):
            with session_scope(engine) as session:
                origin = conversation(session, f"guest{visit}{exists}")
                heard[exists] += [
                    prove(session, next_message(origin, n), numbers[place], digit) for n, digit in enumerate(digits)
                ]
                assert proven_tickets(session, origin.conversation_id) == ()
            progress.step(IN_ONE_CONVERSATION)
    record_property("tries", len(heard[True]) + len(heard[False]))
    assert heard[True] == heard[False]
    assert set(heard[True]) == {"no", "too many"}


def prove(session: Session, origin: Origin, number: str, digits: str) -> str:
    """Try to prove a ticket, and say what came of it."""
    try:
        return "no" if prove_ticket(session, origin, number, digits) is None else "yes"
    except TooManyTries:
        return "too many"
