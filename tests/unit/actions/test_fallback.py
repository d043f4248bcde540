"""What the desk offers when it has not understood."""

from __future__ import annotations

from unittest.mock import Mock

from sqlalchemy.orm import Session

from actions.fallback import ActionNotUnderstood
from actions.talk import Message, State
from bot.support.channels import Origin
from tests.unit.actions.talking import NOW


def test_a_person_is_offered_once_when_one_is_among_the_likeliest_meanings() -> None:
    """Two choices of the same name would look like two things."""
    origin = Origin("talk", "talk-1", "website", "en", "latin", NOW)
    ranking = ("nlu_fallback", "request_human", "faq/delivery", "check_order")
    message = Message(origin, "the thing", "the thing", "nlu_fallback", 0.2, ranking, ())
    (asked,) = ActionNotUnderstood().answer(Mock(spec=Session), message, State(misses=1)).says
    names = [choice if isinstance(choice, str) else choice["say"] for choice in asked.choices]
    assert names == ["meaning_faq_delivery", "meaning_check_order", "person"]
