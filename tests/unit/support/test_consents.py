from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.storage.sessions import session_scope
from bot.support.consents import consent_to, record_consent
from bot.support.identity import prove_ticket
from bot.support.tickets import open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message


def test_the_latest_word_of_a_customer_holds_on_every_channel_that_is_proven(engine: Engine):
    with session_scope(engine) as session:
        web = conversation(session, "web")
        ticket = open_ticket(session, web, WASHER)
        other = conversation(session, "other")
        assert consent_to(session, web, "follow_up") is None
        assert [record_consent(session, web, purpose="follow_up", given=True) for _ in range(2)] == [True, False]
        later = next_message(web, 2, NOW + timedelta(days=1))
        record_consent(session, later, purpose="follow_up", given=False)
        assert consent_to(session, web, "follow_up") is False
        assert consent_to(session, web, "improvement") is None
        assert consent_to(session, other, "follow_up") is None
        prove_ticket(session, other, ticket.number, "4567")
        assert consent_to(session, other, "follow_up") is False


def test_an_invented_purpose_is_refused(engine: Engine):
    with session_scope(engine) as session, pytest.raises(ValueError, match="'advertising'"):
        record_consent(session, conversation(session), purpose="advertising", given=True)
