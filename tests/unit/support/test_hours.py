from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.support.company import Company, the_company
from bot.support.hours import add_open_hours, next_opening, open_time_between


def hong_kong(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=the_company().zone)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (hong_kong(20, 10), 2, hong_kong(20, 12)),  # inside one span
        (hong_kong(20, 12), 2, hong_kong(20, 15)),  # over lunch
        (hong_kong(20, 12), 1, hong_kong(20, 13)),  # exactly to the end of a span
        (hong_kong(20, 17, 30), 2, hong_kong(21, 10)),  # over night
        (hong_kong(21, 12), 2, hong_kong(23, 10)),  # over Sunday
        (hong_kong(24, 18, month=12), 1, hong_kong(28, 9, 30, month=12)),  # over Christmas and Sunday
        (hong_kong(22, 3), 1, hong_kong(23, 10)),  # begun on Sunday
        (hong_kong(20, 13, 30), 0, hong_kong(20, 14)),  # at lunch: the next opening
    ],
)
def test_hours_are_counted_while_the_company_is_open(start: datetime, hours: float, end: datetime):
    assert add_open_hours(the_company(), start, hours) == end


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(timezone.utc))  # noqa: DTZ001  the zone is the third


@given(moments, st.integers(0, 60).map(lambda quarters: quarters / 4))
def test_as_many_open_hours_lie_between_start_and_end_as_were_added(start: datetime, hours: float):
    end = add_open_hours(the_company(), start, hours)
    assert end >= start
    assert open_time_between(the_company(), start, end) == timedelta(hours=hours)


@given(moments, st.integers(0, 20), st.integers(1, 20))
def test_adding_in_two_steps_is_adding_at_once(start: datetime, first: int, second: int):
    company = the_company()
    at_once = add_open_hours(company, start, first + second)
    assert add_open_hours(company, add_open_hours(company, start, first), second) == at_once


@given(moments)
def test_the_next_opening_is_when_somebody_is_there(start: datetime):
    opening = next_opening(the_company(), start)
    assert the_company().is_open(opening)
    assert open_time_between(the_company(), start, opening) == timedelta()


def test_hours_that_cannot_be_counted_are_refused():
    with pytest.raises(ValueError, match="negative"):
        add_open_hours(the_company(), hong_kong(20, 10), -1)
    never = Company({**the_company().facts, "hours": {day: [] for day in the_company().facts["hours"]}})
    with pytest.raises(ValueError, match="not open"):
        add_open_hours(never, hong_kong(20, 10), 1)


def test_a_day_the_company_has_closed_is_passed_over():
    closed = Company({**the_company().facts, "closed_days": [hong_kong(23, 0).date()]})
    assert add_open_hours(closed, hong_kong(21, 12), 2) == hong_kong(24, 10)
