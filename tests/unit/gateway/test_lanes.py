"""Urgent work first, but not only."""

from __future__ import annotations

import threading

import pytest

from bot.gateway.lanes import URGENT_IN_A_ROW, Lanes


def test_urgent_work_goes_first_and_the_rest_gets_its_turn() -> None:
    lanes, begun, gate, done = Lanes(1, "t"), threading.Event(), threading.Event(), []
    lanes.submit(lambda: (begun.set(), gate.wait()))
    begun.wait(5)
    futures = [lanes.submit(lambda i=i: done.append(f"other {i}")) for i in range(3)]
    futures += [lanes.submit(lambda i=i: done.append(f"urgent {i}"), urgent=True) for i in range(40)]
    gate.set()
    for future in futures:
        future.result(5)
    lanes.close()
    assert done[:URGENT_IN_A_ROW] == [f"urgent {i}" for i in range(URGENT_IN_A_ROW)]
    assert done[URGENT_IN_A_ROW] == "other 0"
    assert [name for name in done if name.startswith("urgent")] == [f"urgent {i}" for i in range(40)]


def test_an_error_goes_to_whoever_asked_and_the_thread_lives_on() -> None:
    lanes = Lanes(1, "t")
    with pytest.raises(ZeroDivisionError):
        lanes.submit(lambda: 1 / 0).result(5)
    assert lanes.submit(lambda: 7).result(5) == 7
    lanes.close()


def test_what_waits_is_cancelled_when_the_lanes_close() -> None:
    lanes, begun, gate = Lanes(1, "t"), threading.Event(), threading.Event()
    running = lanes.submit(lambda: (begun.set(), gate.wait()))
    waiting = lanes.submit(lambda: None)
    begun.wait(5)
    threading.Timer(0.1, gate.set).start()
    lanes.close()
    assert running.done()
    assert waiting.cancelled()
    with pytest.raises(RuntimeError):
        lanes.submit(lambda: None)
