import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.care import photos
from bot.storage.messaging import conversations
from bot.storage.records import ticket_events, tickets
from bot.storage.sessions import session_scope
from bot.support.channels import Origin
from bot.support.identity import prove_ticket
from bot.support.photos import MOST_PHOTOS, TooManyPhotos, keep_photo, own_photo, was_sent
from bot.support.pictures import Picture
from bot.support.privacy import erase, export
from bot.support.retention import retain
from bot.support.ticket_service import cancel_ticket, return_fault
from bot.support.tickets import change_state, open_ticket
from tests.unit.support.rows import NOW, WASHER, conversation, next_message

PICTURE = Picture(b"the picture", 30, 20)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with session_scope(engine) as session:
        yield session


def keep(session: Session, origin: Origin, number: int) -> str:
    return keep_photo(session, next_message(origin, number), PICTURE, digest=f"d{number}").id


def events(session: Session, ticket_id: str) -> list[str]:
    rows = session.execute(select(ticket_events.c.new).filter_by(ticket_id=ticket_id, kind="photo"))
    return [row.new["photo"] for row in rows]


def ticket_of(session: Session, photo: str) -> str | None:
    return session.execute(select(photos.c.ticket_id).filter_by(id=photo)).scalar_one()


def test_a_photo_goes_with_the_open_ticket_and_is_an_event_of_it(session):
    origin = conversation(session)
    ticket = open_ticket(session, origin, WASHER)
    kept = keep_photo(session, next_message(origin, 2), PICTURE, digest="d")
    assert kept.ticket
    assert kept.ticket.number == ticket.number
    assert events(session, ticket.id) == [kept.id]


def test_photos_wait_for_the_next_ticket_when_there_is_none(session):
    origin, other = conversation(session), conversation(session, "other")
    early, foreign = [keep(session, origin, n) for n in (2, 3)], keep(session, other, 2)
    assert ticket_of(session, early[0]) is None
    ticket = open_ticket(session, next_message(origin, 4), WASHER)
    assert [ticket_of(session, photo) for photo in early] == [ticket.id] * 2
    assert sorted(events(session, ticket.id)) == sorted(early)
    assert ticket_of(session, foreign) is None
    open_ticket(session, next_message(origin, 4), WASHER)
    assert len(events(session, ticket.id)) == 2, "asked again it opens nothing and takes nothing"


def test_photos_wait_when_the_ticket_has_ended_and_go_with_it_when_it_is_opened_again(session):
    origin = conversation(session)
    ticket = open_ticket(session, origin, WASHER)
    staff = replace(origin, actor="agent")
    for state in ("accepted", "scheduled", "in_progress", "resolved"):
        ticket = change_state(session, staff, ticket, state)
    photo = keep(session, origin, 2)
    assert ticket_of(session, photo) is None
    return_fault(session, next_message(origin, 3), ticket, words="it leaks again")
    assert ticket_of(session, photo) == ticket.id


def test_a_photo_goes_with_a_ticket_that_another_conversation_has_proven_to_be_its_own(session):
    ticket = open_ticket(session, conversation(session), WASHER)
    later, stranger = conversation(session, "later"), conversation(session, "stranger")
    assert prove_ticket(session, later, ticket.number, "4567")
    assert prove_ticket(session, stranger, ticket.number, "0000") is None
    assert ticket_of(session, keep(session, later, 2)) == ticket.id
    assert ticket_of(session, keep(session, stranger, 2)) is None


def test_there_are_as_many_photos_as_a_ticket_may_have_and_as_many_may_wait(session):
    origin = conversation(session)
    for number in range(MOST_PHOTOS):
        keep(session, origin, number + 2)
    with pytest.raises(TooManyPhotos):
        keep(session, origin, 50)
    first = open_ticket(session, next_message(origin, 51), WASHER)
    with pytest.raises(TooManyPhotos):
        keep(session, origin, 52)
    cancel_ticket(session, next_message(origin, 53), first)
    assert keep(session, origin, 54)


def test_a_photo_is_given_to_its_conversation_only(session):
    origin, other = conversation(session), conversation(session, "other")
    photo = keep(session, origin, 2)
    assert own_photo(session, origin.conversation_id, photo) == PICTURE.content
    assert own_photo(session, other.conversation_id, photo) is None
    assert own_photo(session, origin.conversation_id, "x") is None


def test_a_message_is_known_by_what_it_brought(session):
    origin = conversation(session)
    keep(session, origin, 2)
    assert was_sent(session, origin.conversation_id, next_message(origin, 2).message_id, digest="d2")
    assert not was_sent(session, origin.conversation_id, next_message(origin, 2).message_id, digest="d3")
    assert not was_sent(session, origin.conversation_id, "another", digest="d2")


def test_photos_are_in_the_copy_of_ones_data_and_gone_after_an_erasure(session):
    origin, other = conversation(session), conversation(session, "other")
    open_ticket(session, origin, WASHER)
    keep(session, origin, 2)
    kept = keep(session, other, 2)
    [copied] = export(session, origin.conversation_id)["photos"]
    kind, _, content = copied["content"].partition(",")
    assert (kind, base64.b64decode(content)) == ("data:image/jpeg;base64", PICTURE.content)
    assert "digest" not in copied
    assert erase(session, next_message(origin, 9)).rows["photos"] == 1
    assert session.execute(select(photos.c.id)).scalars().all() == [kept]


def test_unused_photos_go_with_the_talk_and_the_others_with_the_person_of_their_ticket(session):
    origin, silent = conversation(session), conversation(session, "silent")
    ticket = open_ticket(session, origin, WASHER)
    used, unused = keep(session, origin, 2), keep(session, silent, 2)

    def left() -> set[str]:
        return set(session.execute(select(photos.c.id)).scalars())

    retain(session, NOW + timedelta(days=20), 30, record_days=100)
    assert left() == {used, unused}
    retain(session, NOW + timedelta(days=31), 30, record_days=100)
    assert left() == {used}
    retain(session, NOW + timedelta(days=300), 30, record_days=100)
    assert left() == {used}, "an open repair keeps its photos"
    session.execute(tickets.update().filter_by(id=ticket.id).values(state="closed"))
    retain(session, NOW + timedelta(days=300), 30, record_days=100)
    assert left() == set()
    assert session.execute(select(conversations.c.id)).first()
