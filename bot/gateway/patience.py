"""Waiting no longer than so many seconds.

Not `asyncio.wait_for`: in Python 3.10 it swallows a cancellation that comes in the moment its work is done,
and a loop that should have ended goes on for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def in_time(waiting: Awaitable[T], seconds: float) -> T:
    """Give what is waited for. Raises asyncio.TimeoutError, and cancels the wait, when it takes longer."""
    task = asyncio.ensure_future(waiting)
    try:
        await asyncio.wait({task}, timeout=max(0.0, seconds))
        if not task.done():
            raise asyncio.TimeoutError
        return task.result()
    finally:
        task.cancel()


async def rung(bell: asyncio.Event, seconds: float) -> bool:
    """Wait for a bell; False when it was not rung in time."""
    try:
        await in_time(bell.wait(), seconds)
    except asyncio.TimeoutError:
        return False
    return True
