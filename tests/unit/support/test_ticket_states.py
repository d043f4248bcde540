from datetime import datetime, timedelta, timezone

import pytest

from bot.support.ticket_states import MOVES, REOPEN_DAYS, STATES, RefusedMove, check_move

NOW = datetime(2026, 11, 22, 10, tzinfo=timezone.utc)

# Every state, and what it may become.
ALLOWED = {
    "submitted": "accepted waiting_customer waiting_parts cancelled merged",
    "accepted": "scheduled waiting_customer waiting_parts cancelled merged",
    "scheduled": "in_progress accepted waiting_customer waiting_parts cancelled merged",
    "in_progress": "resolved scheduled waiting_customer waiting_parts cancelled merged",
    "waiting_customer": "accepted scheduled in_progress waiting_parts cancelled merged",
    "waiting_parts": "accepted scheduled in_progress waiting_customer cancelled merged",
    "resolved": "closed reopened",
    "closed": "reopened",
    "reopened": "accepted scheduled in_progress waiting_customer waiting_parts cancelled merged",
    "cancelled": "",
    "merged": "",
}


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_every_state_becomes_what_the_table_says_and_nothing_else(old: str, new: str):
    just_ended = NOW - timedelta(days=1)
    if new in ALLOWED[old].split():
        check_move(old, new, now=NOW, ended_at=just_ended)
    else:
        with pytest.raises(RefusedMove, match=f"{old} cannot become {new}"):
            check_move(old, new, now=NOW, ended_at=just_ended)


def test_the_table_names_every_state():
    assert set(ALLOWED) == set(STATES) == set(MOVES)


def test_a_ticket_reopens_until_the_window_closes():
    check_move("closed", "reopened", now=NOW, ended_at=NOW - timedelta(days=REOPEN_DAYS))
    with pytest.raises(RefusedMove, match="14 days"):
        check_move("closed", "reopened", now=NOW, ended_at=NOW - timedelta(days=REOPEN_DAYS, seconds=1))


def test_an_invented_state_is_refused_by_name():
    with pytest.raises(RefusedMove, match="'done'"):
        check_move("submitted", "done", now=NOW)
