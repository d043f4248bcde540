import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import JSON, String, Table, Text, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from bot.storage.care import consents, erasures, recovery_tasks, visit_windows
from bot.storage.columns import metadata
from bot.storage.messaging import conversations, dialogues, inbox, messages, outbox
from bot.storage.records import customers, feedback, orders, products, tickets, units
from bot.storage.sessions import session_scope
from bot.support.appointments import book
from bot.support.callbacks import request_callback
from bot.support.channels import Origin
from bot.support.complaints import add_to_complaint, file_complaint
from bot.support.feedback import give_feedback
from bot.support.identity import MOST_WRONG_TRIES, TooManyTries, prove_ticket
from bot.support.orders import prove_order
from bot.support.personal import HOLDINGS, IMPERSONAL, KEPT_FOR_SAFETY, Holding
from bot.support.photos import keep_photo
from bot.support.pictures import Picture
from bot.support.privacy import erase, export, what_we_hold
from bot.support.recovery import finish_recovery, open_recoveries
from bot.support.retention import finish_erasures, retain
from bot.support.ticket_numbers import read_ticket_number
from bot.support.ticket_service import cancel_ticket
from bot.support.tickets import RepairRequest, Ticket, add_note, change_details, open_ticket
from tests.unit.support.rows import NOW, conversation, next_message

BY_TABLE = {holding.table.name: holding for holding in HOLDINGS}
PHONE = {"Zed": "+85291230001", "Ann": "+85261230002"}


def _unnamed(table: Table, holding: Holding | None, kept: frozenset[str] = frozenset()) -> set[str]:
    """Name the columns of a table that can hold words and that nobody has decided about."""
    if holding and holding.is_deleted:
        return set()
    decided = set(holding.blank) | set(holding.unlinked) | holding.kept if holding else kept
    return {
        column.name
        for column in table.columns
        if isinstance(column.type, (String, Text, JSON)) and column.name not in decided
    }


def test_every_column_that_can_hold_words_is_decided_about():
    """A new table or column fails here until it is said whether people are in it (bot/support/personal.py)."""
    open_questions = {
        table.name: unnamed
        for table in metadata.sorted_tables
        if table.name not in IMPERSONAL
        and (unnamed := _unnamed(table, BY_TABLE.get(table.name), KEPT_FOR_SAFETY.get(table.name, frozenset())))
    }
    assert open_questions == {}


def test_a_table_that_nobody_thought_of_would_be_noticed():
    from sqlalchemy import Column, Integer, MetaData

    forgotten = Table("diary", MetaData(), Column("id", Integer, primary_key=True), Column("secret", Text))
    assert _unnamed(forgotten, None) == {"secret"}
    shrunk = replace(BY_TABLE["tickets"], blank={"name": None})
    assert "phone" in _unnamed(tickets, shrunk)


def _fill(session: Session, who: str, district: str = "hk.wan_chai") -> tuple[Origin, Ticket]:
    """Put a person into every table: their mark stands in every word that is theirs."""
    talk = f"{who}-talk"
    origin = conversation(session, talk)
    session.execute(
        conversations.update().where(conversations.c.id == talk).values(external_id=f"{who}-openid", channel="wechat")
    )
    _say(session, origin, who)
    request = RepairRequest(
        product="washing_machine",
        fault="leaking",
        phone=PHONE[who],
        name=f"{who} Chan",
        address=f"{who} Road",
        district=district,
        serial_number=f"SN-{PHONE[who][-4:]}",
        own_words=f"{who} says it leaks",
        own_words_characters=f"{who} 漏水",
    )
    ticket = open_ticket(session, next_message(origin, 2), request)
    change_details(session, next_message(origin, 3), ticket, {"address": f"{who} Street"})
    add_note(session, next_message(origin, 4), ticket, f"{who} has a dog")
    _photo(next_message(origin, 10), who, session)
    book(session, next_message(origin, 5), ticket, date(2026, 11, 23), "morning")
    give_feedback(session, next_message(origin, 6), rating=1, words=f"{who} is sad")
    finish_recovery(session, open_recoveries(session)[0].id, outcome=f"phoned {who}", at=NOW)
    filed = file_complaint(
        session, next_message(origin, 7), happened=f"{who} waited", wanted=f"{who}'s money", ticket=ticket
    )
    add_to_complaint(session, next_message(origin, 8), filed, words=f"{who} is angry")
    request_callback(session, next_message(origin, 9), phone=PHONE[who], name=who, reason=f"{who}'s bill")
    _own_things(session, origin, who)
    session.execute(
        consents.insert().values(
            conversation_id=talk,
            message_id=f"{who}-m",
            customer_id=_customer(session, talk),
            purpose="x",
            given=True,
            at=NOW,
        )
    )
    return origin, ticket


def _photo(origin: Origin, who: str, session: Session) -> None:
    picture = Picture(f"{who} in the kitchen".encode(), 3, 2)
    keep_photo(session, origin, picture, digest="d")


def _say(session: Session, origin: Origin, who: str) -> None:
    """Write two messages: one answered, and one whose turn is running now."""
    talk = origin.conversation_id
    for place, state in enumerate(("done", "new"), 1):
        inbox_id = f"{talk}-in{place}"
        session.execute(
            inbox.insert().values(
                id=inbox_id,
                conversation_id=talk,
                channel="wechat",
                external_id=f"{who}:{place}",
                kind="text",
                text=f"{who} says {place}",
                position=place,
                state=state,
                next_try_at=NOW,
                received_at=NOW,
            )
        )
        for seq, author in enumerate(("customer", "assistant") if state == "done" else ("customer",), place * 10):
            session.execute(
                messages.insert().values(
                    conversation_id=talk,
                    seq=seq,
                    author=author,
                    text=f"{who} and words",
                    choices=[{"id": "1", "label": f"{who}?", "payload": {"inner": 1}}],
                    inbox_id=inbox_id,
                    sent_at=NOW,
                )
            )
    session.execute(
        outbox.insert().values(
            message_id=_answer_of(session, talk), conversation_id=talk, channel="wechat", next_try_at=NOW
        )
    )
    events = json.dumps([{"event": "user", "text": f"{who} says"}])
    session.execute(dialogues.insert().values(conversation_id=talk, version=1, events=events, updated_at=NOW))


def _answer_of(session: Session, talk: str) -> str:
    return session.execute(
        select(messages.c.id).where(messages.c.conversation_id == talk, messages.c.author == "assistant")
    ).scalar_one()


def _own_things(session: Session, origin: Origin, who: str) -> None:
    if not session.execute(select(products.c.model)).first():
        session.execute(products.insert().values(model="WX-9000", product="washing_machine", warranty_months=24))
    day = date(2026, 1, 2)
    session.execute(
        units.insert().values(
            serial_number=f"SN-{PHONE[who][-4:]}",
            model="WX-9000",
            purchased_on=day,
            warranty_until=day,
            phone=PHONE[who],
        )
    )
    for number, status in (("1", "delivered"), ("2", "shipped")):
        session.execute(
            orders.insert().values(
                number=f"SO-{PHONE[who][-4:]}-{number}", phone=PHONE[who], model="WX-9000", status=status, placed_on=day
            )
        )
        assert prove_order(session, origin, f"SO-{PHONE[who][-4:]}-{number}", PHONE[who][-4:])


def _customer(session: Session, talk: str) -> str | None:
    return session.execute(select(conversations.c.customer_id).where(conversations.c.id == talk)).scalar_one()


def _everything(session: Session) -> Iterator[tuple[str, str]]:
    for table in metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            yield table.name, repr(dict(row))


def _traces(session: Session, who: str) -> set[str]:
    """Name the tables in which anything of a person is found: their mark, or their phone."""
    marks = (f"{who} ", f"{who}'", f"{who}:", f"{who}-openid", f"phoned {who}", f"'{who}'", PHONE[who])
    return {name for name, written in _everything(session) if any(mark in written for mark in marks)}


def _wish(origin: Origin, number: int = 20) -> Origin:
    return next_message(origin, number, NOW + timedelta(minutes=1))


def _settle(session: Session, origin: Origin, receipt: str) -> None:
    """Do what the gateway does when the turn is over."""
    talk = origin.conversation_id
    session.execute(inbox.update().where(inbox.c.conversation_id == talk).values(state="done"))
    session.execute(
        messages.insert().values(
            conversation_id=talk,
            seq=90,
            author="assistant",
            text=receipt,
            inbox_id=f"{talk}-in2",
            sent_at=NOW + timedelta(minutes=2),
        )
    )


def test_the_filled_tables_are_all_that_people_are_in(engine: Engine):
    with session_scope(engine) as session:
        origin, _ = _fill(session, "Zed")
        held = what_we_hold(session, origin)
        assert set(held.rows) == set(BY_TABLE), "the tests below would not see a table that is empty"
        assert held.details == ("name", "phone", "address")
        assert len(held.open_tickets) == 1


def test_after_an_erasure_no_table_holds_anything_of_the_person_and_the_others_are_untouched(engine: Engine):
    with session_scope(engine) as session:
        zed, _ = _fill(session, "Zed")
        _fill(session, "Ann", "hk.eastern")
        before = sorted(one for one in _everything(session) if "Ann" in one[1] or PHONE["Ann"] in one[1])
        session.execute(orders.update().values(status="delivered"))
        session.execute(orders.update().where(orders.c.number == "SO-0002-2").values(status="shipped"))
        receipt = erase(session, _wish(zed))
        # what the running turn still needs, and nothing else
        assert _traces(session, "Zed") == {"inbox", "messages", "dialogues", "conversations"}
        _settle(session, zed, receipt.number)
        assert finish_erasures(session, NOW + timedelta(minutes=3)) == 0  # its name in WeChat stays for the receipt
        assert _traces(session, "Zed") == {"conversations"}
        assert finish_erasures(session, NOW + timedelta(days=2)) == 1
        assert _traces(session, "Zed") == set()
        assert sorted(one for one in _everything(session) if "Ann" in one[1] or PHONE["Ann"] in one[1]) == before
        kept = session.execute(select(erasures)).mappings().one()
    assert (kept["number"], kept["conversation_id"]) == (receipt.number, None)
    assert read_ticket_number(receipt.number.removeprefix("ER-"))


def test_tickets_and_ratings_stay_as_numbers_that_lead_to_nobody(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _fill(session, "Zed")
        receipt = erase(session, _wish(origin))
        row = session.execute(select(tickets)).mappings().one()
        rating = session.execute(select(feedback.c.rating, feedback.c.conversation_id)).one()
        assert session.execute(select(recovery_tasks.c.rating, recovery_tasks.c.outcome)).one() == (1, None)
        assert session.execute(select(visit_windows.c.taken)).scalar_one() == 0
        stranger = conversation(session, "stranger")
        assert prove_ticket(session, stranger, ticket.number, PHONE["Zed"][-4:]) is None
        assert what_we_hold(session, origin).open_tickets == ()
    assert (row["product"], row["fault"], row["state"], row["district"]) == (
        "washing_machine",
        "leaking",
        "cancelled",
        "hk.wan_chai",
    )
    assert row["conversation_id"] != origin.conversation_id != rating.conversation_id
    assert rating.rating == 1
    assert receipt.cancelled_tickets == (ticket.number,)
    assert receipt.kept_orders == ("SO-0001-2",)
    assert receipt.rows["tickets"] == 1


def test_the_same_message_erases_once_and_gives_the_same_receipt(engine: Engine):
    with session_scope(engine) as session:
        origin, _ = _fill(session, "Zed")
        first = erase(session, _wish(origin))
        assert erase(session, _wish(origin)) == first
        again = erase(session, _wish(origin, 21))
        assert again.number != first.number
        assert "tickets" not in again.rows


def test_an_erasure_is_not_finished_while_a_turn_is_running(engine: Engine):
    with session_scope(engine) as session:
        origin, _ = _fill(session, "Zed")
        erase(session, _wish(origin))
        _settle(session, origin, "ER")
        later = NOW + timedelta(minutes=5)
        session.execute(conversations.update().values(claimed_until=later + timedelta(seconds=5)))
        finish_erasures(session, later)
        assert "dialogues" in _traces(session, "Zed")
        finish_erasures(session, later + timedelta(seconds=6))
        assert "dialogues" not in _traces(session, "Zed")
        texts = session.execute(select(messages.c.text)).scalars().all()
    assert texts == ["ER"]  # the receipt stays to be read


def test_an_erasure_waits_for_a_turn_that_has_failed_and_is_tried_again(engine: Engine):
    with session_scope(engine) as session:
        origin, _ = _fill(session, "Zed")
        asked = replace(_wish(origin), message_id="Zed-talk-in2")  # the message whose turn is running
        first = erase(session, asked)
        finish_erasures(session, NOW + timedelta(minutes=30))
        assert {"inbox", "messages", "dialogues"} <= _traces(session, "Zed")
        assert erase(session, asked) == first
        _settle(session, origin, first.number)
        finish_erasures(session, NOW + timedelta(minutes=31))
        assert _traces(session, "Zed") == {"conversations", "orders"}  # one is on its way


def test_who_begins_anew_after_an_erasure_keeps_the_new_dialogue_and_can_be_reached(engine: Engine):
    with session_scope(engine) as session:
        origin, _ = _fill(session, "Zed")
        erase(session, _wish(origin))
        _settle(session, origin, "ER")
        finish_erasures(session, NOW + timedelta(minutes=3))
        anew = next_message(origin, 40, NOW + timedelta(minutes=4))
        open_ticket(session, anew, RepairRequest(product="fan", fault="noisy", phone=PHONE["Zed"], own_words="x"))
        session.execute(dialogues.insert().values(conversation_id="Zed-talk", version=1, events="[]", updated_at=NOW))
        assert finish_erasures(session, NOW + timedelta(days=2)) == 1
        assert session.execute(select(conversations.c.external_id)).scalar_one() == "Zed-openid"
        assert session.execute(select(dialogues.c.events)).scalar_one() == "[]"


def test_a_copy_holds_everything_of_the_person_as_plain_values_and_nothing_of_others(engine: Engine):
    with session_scope(engine) as session:
        origin, ticket = _fill(session, "Zed")
        _fill(session, "Ann", "hk.eastern")
        copy = export(session, origin.conversation_id)
    written = json.dumps(copy, ensure_ascii=False)
    assert set(copy) == set(BY_TABLE)
    assert copy["tickets"][0]["number"] == ticket.number
    assert copy["dialogues"][0]["events"][0]["text"] == "Zed says"
    assert copy["messages"][0]["choices"] == ["Zed?"]
    for mark in ("Zed Street", "Zed has a dog", "Zed waited", "Zed is sad", "Zed's bill", "phoned Zed", PHONE["Zed"]):
        assert mark in written
    assert "Ann" not in written
    assert PHONE["Ann"] not in written
    assert "inner" not in written


def test_knowing_somebodys_phone_and_name_gives_no_hold_on_their_data(engine: Engine):
    with session_scope(engine) as session:
        _fill(session, "Ann")
        session.execute(orders.update().values(status="delivered"))
        before = sorted(one for one in _everything(session) if "Ann" in one[1] or PHONE["Ann"] in one[1])
        thief = conversation(session, "thief")
        told = RepairRequest(product="fan", fault="noisy", phone=PHONE["Ann"], name="Ann Chan")
        open_ticket(session, thief, told)
        open_ticket(session, next_message(thief, 2), RepairRequest(phone="+85290000000", serial_number="SN-0002"))
        assert "Ann Road" not in json.dumps(export(session, thief.conversation_id))
        erase(session, _wish(thief))
        after = sorted(one for one in _everything(session) if "Ann" in one[1] or PHONE["Ann"] in one[1])
    assert after == before


def test_a_proof_on_another_channel_reaches_both_and_erases_both(engine: Engine):
    with session_scope(engine) as session:
        zed, ticket = _fill(session, "Zed")
        web = conversation(session, "web")
        assert what_we_hold(session, web).rows == {"conversations": 1}
        prove_ticket(session, web, ticket.number, PHONE["Zed"][-4:])
        assert what_we_hold(session, web).rows["tickets"] == 1
        assert "Zed Street" in json.dumps(export(session, web.conversation_id))
        session.execute(inbox.update().values(state="done"))
        session.execute(orders.update().values(status="delivered"))
        erase(session, _wish(web))
        assert _traces(session, "Zed") == set()
        assert zed.conversation_id != web.conversation_id


def test_an_erasure_gives_no_fresh_tries_at_a_proof(engine: Engine):
    with session_scope(engine) as session:
        _, ticket = _fill(session, "Ann")
        thief = conversation(session, "thief")
        for _ in range(MOST_WRONG_TRIES):
            prove_ticket(session, thief, ticket.number, "9999")
        erase(session, _wish(thief))
        with pytest.raises(TooManyTries):
            prove_ticket(session, _wish(thief, 30), ticket.number, PHONE["Ann"][-4:])


def _quiet(session: Session, talk: str, days: int) -> None:
    at = NOW - timedelta(days=days)
    session.execute(conversations.update().where(conversations.c.id == talk).values(updated_at=at))
    session.execute(inbox.update().where(inbox.c.conversation_id == talk).values(state="done", received_at=at))
    session.execute(messages.update().where(messages.c.conversation_id == talk).values(sent_at=at))
    for table, column in ((tickets, "updated_at"), (feedback, "changed_at")):
        session.execute(table.update().where(table.c.conversation_id == talk).values({column: at}))
    session.execute(customers.update().where(customers.c.id == _customer(session, talk)).values(created_at=at))


def test_what_was_said_goes_after_the_days_of_retention_and_records_keep_their_person(engine: Engine):
    with session_scope(engine) as session:
        zed, _ = _fill(session, "Zed")
        ann, _ = _fill(session, "Ann", "hk.eastern")
        _quiet(session, zed.conversation_id, 31)
        _quiet(session, ann.conversation_id, 29)
        counted = retain(session, NOW, 30)
        said = {"messages", "inbox", "dialogues"}
        assert said.isdisjoint(_traces(session, "Zed"))
        assert said <= _traces(session, "Ann")
        assert session.execute(select(outbox.c.conversation_id)).scalars().all() == ["Ann-talk"]
        assert {"tickets", "customers"} <= _traces(session, "Zed")
        assert counted["messages"] == 3
        assert retain(session, NOW, 30) == {}


def test_records_that_ended_long_ago_lose_their_person_and_open_ones_do_not(engine: Engine):
    with session_scope(engine) as session:
        zed, ticket = _fill(session, "Zed")
        _, open_one = _fill(session, "Ann", "hk.eastern")
        cancel_ticket(session, next_message(zed, 30), ticket)
        for talk in ("Zed-talk", "Ann-talk"):
            _quiet(session, talk, 200)
        counted = retain(session, NOW, 30, record_days=180)
        names = dict(session.execute(select(tickets.c.number, tickets.c.name)).all())
        assert counted["tickets"] == 1
        assert counted["feedback"] == 2
        assert (names[ticket.number], names[open_one.number]) == (None, "Ann Chan")
        assert "ticket_events" not in _traces(session, "Zed")
        assert "ticket_events" in _traces(session, "Ann")


def test_a_customer_of_whom_nothing_is_left_is_forgotten(engine: Engine):
    with session_scope(engine) as session:
        origin = conversation(session, "Zed-talk")
        ticket = open_ticket(
            session, origin, RepairRequest(product="fan", fault="noisy", name="Zed ", own_words="Zed ")
        )
        session.execute(conversations.update().values(external_id="Zed-openid"))
        cancel_ticket(session, next_message(origin, 2), ticket)
        _quiet(session, "Zed-talk", 100)
        session.execute(tickets.update().values(updated_at=NOW - timedelta(days=80)))
        retain(session, NOW, 7)  # records are kept as long as a repeat repair is looked for
        assert "customers" in _traces(session, "Zed")
        session.execute(tickets.update().values(updated_at=NOW - timedelta(days=91)))
        retain(session, NOW, 7)
        assert _traces(session, "Zed") == set()


def test_a_conversation_that_waits_for_a_person_is_kept(engine: Engine):
    with session_scope(engine) as session:
        _fill(session, "Zed")
        _quiet(session, "Zed-talk", 100)
        session.execute(conversations.update().values(holder="waiting"))
        retain(session, NOW, 30)
        assert "messages" in _traces(session, "Zed")
