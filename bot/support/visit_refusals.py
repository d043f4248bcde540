"""Why a visit cannot be booked, by name, with what can be booked instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True)
class OfferedDay:
    """A day on which visits can still be booked, and its windows that have a place."""

    day: date
    windows: tuple[str, ...]


class VisitRefused(ValueError):
    """A visit that cannot be booked; `alternatives` can."""

    why: ClassVar[str] = "cannot be booked"

    def __init__(self, day: date, window: str | None, alternatives: tuple[OfferedDay, ...] = ()) -> None:
        super().__init__(f"{day.isoformat()} {window or 'any time'} {self.why}")
        self.day, self.window, self.alternatives = day, window, alternatives


class InThePast(VisitRefused):
    """The window has already begun."""

    why = "is in the past"


class TooFarAhead(VisitRefused):
    """Farther ahead than the company plans."""

    why = "is too far ahead"


class ClosedDay(VisitRefused):
    """A weekly day of rest, a public holiday of the district, or a day the company has closed."""

    why = "is on a closed day"


class NoSuchWindow(VisitRefused):
    """A window that this day does not have, such as a Saturday evening."""

    why = "is no window of that day"


class FullyBooked(VisitRefused):
    """All places of the window are taken."""

    why = "is fully booked"


class NotServed(VisitRefused):
    """The company's engineers do not come to this district."""

    why = "is in a district that is not served"
