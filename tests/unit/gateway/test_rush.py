"""Answers wait while many are acknowledged, and no longer than that."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from bot.gateway.rush import CALM_SECONDS, LONGEST, MANY, Rush


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_answers_do_not_wait_when_few_write(watch) -> None:
    rush = Rush(watch)
    with ExitStack() as under_way:
        for _ in range(MANY - 1):
            under_way.enter_context(rush.one())
        assert not rush.is_on


def test_answers_wait_until_the_rush_is_over(watch) -> None:
    rush = Rush(watch)
    with ExitStack() as under_way:
        for _ in range(MANY):
            under_way.enter_context(rush.one())
        assert rush.is_on
    watch.now += CALM_SECONDS / 2
    assert rush.is_on
    watch.now += CALM_SECONDS
    assert not rush.is_on
    asyncio.run(rush.over())


def test_answers_go_on_when_it_never_ends(watch) -> None:
    rush, seen = Rush(watch), []
    for _ in range(int(3 * LONGEST / 0.05)):
        watch.now += 0.05
        with ExitStack() as under_way:
            for _ in range(MANY):
                under_way.enter_context(rush.one())
            seen.append(rush.is_on)
    assert seen.count(True) == pytest.approx(LONGEST / 0.05, abs=1)
    assert not any(seen[seen.count(True) :])
