"""So often and no more, each for itself."""

from __future__ import annotations

import pytest

from bot.gateway import limits
from bot.gateway.limits import Limit
from bot.gateway.refusals import Refused


def test_one_too_many_is_refused_with_the_time_to_wait(clock) -> None:
    limit = Limit(3, 60, clock)
    for _ in range(3):
        limit.count("a")
        clock.move(10)
    with pytest.raises(Refused) as refused:
        limit.count("a")
    assert (refused.value.status, refused.value.retry_after) == (429, 30)
    clock.move(30)
    limit.count("a")


def test_a_refused_try_does_not_lengthen_the_wait(clock) -> None:
    limit = Limit(1, 60, clock)
    limit.count("a")
    for _ in range(5):
        clock.move(10)
        with pytest.raises(Refused):
            limit.count("a")
    clock.move(10)
    limit.count("a")


def test_others_are_not_held_back_when_one_is(clock) -> None:
    limit = Limit(1, 60, clock)
    limit.count("a")
    limit.count("b")


def test_memory_stays_bounded_when_many_come_once(clock, monkeypatch) -> None:
    monkeypatch.setattr(limits, "MOST_KEYS", 10)
    limit = Limit(1, 60, clock)
    for i in range(1000):
        limit.count(str(i))
    assert len(limit._seen) == 10
