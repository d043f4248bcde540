"""Who asks too fast waits; who asks as people do does not."""

from __future__ import annotations

import pytest

from bot.gateway.fairness import AT_ONCE, LONGEST_WAIT, Pace


class Watch:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_a_page_with_everything_on_it_comes_at_once(watch: Watch) -> None:
    pace = Pace(10, watch)
    assert [pace.wait("a") for _ in range(int(10 * AT_ONCE))] == [0.0] * int(10 * AT_ONCE)
    assert pace.wait("b") == 0


def test_what_comes_faster_than_its_pace_waits_in_a_row(watch: Watch) -> None:
    pace = Pace(10, watch)
    waits = [pace.wait("a") for _ in range(int(10 * AT_ONCE) + 4)]
    assert waits[-3:] == pytest.approx([0.1, 0.2, 0.3])
    watch.now += 60
    assert pace.wait("a") == 0


def test_what_waits_too_long_takes_no_place_in_the_row(watch: Watch) -> None:
    pace = Pace(10, watch)
    waits = [pace.wait("a") for _ in range(500)]
    assert max(waits) == waits[-1] == pytest.approx(LONGEST_WAIT, abs=0.11)
    watch.now += 1
    assert pace.wait("a") <= LONGEST_WAIT
