"""What the company says about itself, read from data/company.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import yaml

COMPANY = Path(__file__).resolve().parents[2] / "data" / "company.yml"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Company:
    """The company's facts; three-language mappings are spoken in the customer's language."""

    facts: Mapping[str, Any]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the company's days and hours are meant."""
        return ZoneInfo(self.facts["timezone"])

    def today(self, now: datetime) -> date:
        """Give the company's day at a moment."""
        return now.astimezone(self.zone).date()

    def spans(self, day: date, district: str | None = None) -> tuple[tuple[time, time], ...]:
        """Give the hours the company is open on a day; () on a closed day. With a district: for visits there."""
        if self.is_holiday(day, district) or day in self.facts.get("closed_days", ()):
            return ()
        return tuple(map(_span, self.facts["hours"][_DAYS[day.weekday()]]))

    def is_holiday(self, day: date, district: str | None = None) -> bool:
        """Tell whether a day is a public holiday, for the desk or for engineers in a district.

        >>> golden_week = date(2026, 10, 5)
        >>> the_company().is_holiday(golden_week), the_company().is_holiday(golden_week, "gd.guangzhou.tianhe")
        (False, True)
        """
        calendars = self.facts.get("district_calendars", {})
        region = _longest_prefix(calendars, district)
        return day in _holidays(calendars[region] if region else self.facts["holiday_calendar"], day.year)

    def is_open(self, now: datetime) -> bool:
        """Tell whether somebody is there at a moment."""
        local = now.astimezone(self.zone)
        return any(start <= local.time() < end for start, end in self.spans(local.date()))

    def next_open_days(self, after: date, count: int) -> tuple[date, ...]:
        """Give the next days after `after` on which the company is open."""
        days = (after + timedelta(days=ahead) for ahead in range(1, 60))
        return tuple(day for day in days if self.spans(day))[:count]

    def next_holiday(self, after: date) -> date | None:
        """Give the next public holiday after a day, within a year."""
        days = (after + timedelta(days=ahead) for ahead in range(1, 366))
        return next((day for day in days if self.is_holiday(day)), None)

    def serves(self, district: str) -> bool:
        """Tell whether the company's engineers come to a district, named by its code."""
        return any(district == served or district.startswith(served + ".") for served in self.facts["served"])

    def visit_area(self, district: str | None) -> str:
        """Give the area whose places a visit takes: one named in the data, else the district, without its quarters.

        >>> the_company().visit_area("hk.wan_chai.causeway_bay"), the_company().visit_area("mo.taipa")
        ('hk.wan_chai', 'mo')
        """
        visits = self.facts["visits"]
        named = _longest_prefix(visits["capacity"], district)
        if named or district is None:
            return named or "elsewhere"
        parts = visits["area_parts"]
        kept = parts.get(_longest_prefix(parts, district), parts["default"])
        return ".".join(district.split(".")[:kept])

    def visit_capacity(self, area: str, window: str) -> int:
        """Give how many visits one window of a day takes in an area."""
        capacity = self.facts["visits"]["capacity"]
        return int(capacity.get(area, capacity["default"]).get(window, 0))

    def visit_windows(self, day: date, district: str | None = None) -> dict[str, tuple[time, time]]:
        """Give the windows of a day by name: those that begin while the company is open."""
        spans = self.spans(day, district)
        windows = {name: _span(written) for name, written in self.facts["visits"]["windows"].items()}
        return {
            name: window for name, window in windows.items() if any(start <= window[0] < end for start, end in spans)
        }

    def warranty_months(self, product: str | None) -> int:
        """Give the months of warranty on a new product of a kind."""
        months = self.facts["warranty_months"]
        return int(months.get(product, months["default"]))

    def repair_cost(self, product: str | None) -> tuple[int, int]:
        """Give what the repair of a kind of product usually costs, from and to, in the company's currency."""
        costs = self.facts["repair_cost"]
        low, high = costs.get(product, costs["default"])
        return int(low), int(high)


@lru_cache(maxsize=1)
def the_company() -> Company:
    """Read the company's facts, once a process."""
    return Company(yaml.safe_load(COMPANY.read_text("utf8")))


def _span(written: str) -> tuple[time, time]:
    start, end = written.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def _longest_prefix(names: Mapping[str, Any], district: str | None) -> str | None:
    fitting = [name for name in names if district and (district == name or district.startswith(name + "."))]
    return max(fitting, key=len, default=None)


@lru_cache(maxsize=32)
def _holidays(calendar: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(calendar, years=year))
