from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from actions.forms.verbs import verb_of
from actions.talk import Answer, Message
from bot.settings import read_settings
from bot.storage.care import consents, erasures
from bot.storage.records import tickets
from bot.storage.sessions import session_scope
from bot.support.channels import Origin
from bot.support.copies import COPY_STAYS, conversation_of_copy
from bot.support.identity import MOST_WRONG_TRIES
from bot.support.tickets import open_ticket
from tests.unit.actions.talking import NOW, Talk
from tests.unit.support.rows import WASHER

VERBS = {
    "show": ["what have you got on me in there?", "你们那边有我哪些资料啊", "睇吓你哋有我啲咩料"],
    "copy": ["could you export the lot for me", "给我导出一份吧", "想要返份副本"],
    "delete": ["I want every trace of me erased", "我的东西都给我删掉", "刪晒佢啦唔該"],
    "withdraw": ["I take back my consent, I withdraw it", "之前的授权我要撤回", "我要撤回同意"],
    "policy": ["who else sees what I type", "你们不会把我电话卖给别人吧", "我啲私隱有冇保障"],
    None: ["about my data", "关于资料的事", "資料嘅嘢"],
}
PAIRS = [(verb, text) for verb, texts in VERBS.items() for text in texts]


@pytest.mark.parametrize(("verb", "text"), PAIRS)
def test_what_is_wanted_shows_in_the_words(verb: str | None, text: str):
    origin = Origin("c", "m", "website", "en", "latin", NOW)
    assert verb_of(Message(origin, text, text, "manage_my_data", 0.9, (), ())) == verb


@pytest.mark.parametrize("text", ["please don't delete anything", "先别删啊", "唔好刪住"])
def test_a_no_to_deleting_deletes_nothing(text: str):
    origin = Origin("c", "m", "website", "en", "latin", NOW)
    assert verb_of(Message(origin, text, text, "manage_my_data", 0.9, (), ())) != "delete"


def with_repair(engine: Engine) -> Talk:
    talk = Talk(engine)
    with session_scope(engine) as session:
        open_ticket(session, Origin(talk.name, "before", "website", "en", "latin", NOW), WASHER)
    return talk


def ask(talk: Talk, verb: str, **known: Any) -> Answer:
    return talk.begin("my_data", f"{verb} my data please", "manage_my_data", data_verb=verb, **known)


def count(engine: Engine, table: Any, *conditions: Any) -> int:
    with session_scope(engine) as session:
        return int(session.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one())


def test_what_is_held_is_told_after_the_last_four_digits_only(engine: Engine):
    talk = with_repair(engine)
    ask(talk, "show")
    assert talk.said == ["utter_ask_own_last_four"]
    talk.tell("1111")
    assert talk.said == ["utter_wrong_last_four", "utter_ask_own_last_four"]
    answer = talk.tell("4567")
    assert talk.said == ["utter_data_held"]
    assert answer.says[0].values["count_tickets"] == 1
    ask(talk, "copy")  # who has just proven it is not asked again
    assert talk.said == ["utter_data_copy"]


def test_wrong_digits_come_to_an_end(engine: Engine):
    talk = with_repair(engine)
    ask(talk, "show")
    for _ in range(MOST_WRONG_TRIES):
        talk.tell("1111")
    talk.tell("4567")
    assert talk.said == ["utter_too_many_tries"]
    assert talk.form is None


def test_a_stranger_may_prove_an_earlier_repair_or_skip_it(engine: Engine):
    with session_scope(engine) as session:
        zed = Talk(engine, "zed")
        ticket = open_ticket(session, Origin(zed.name, "before", "website", "en", "latin", NOW), WASHER)
    stranger = Talk(engine, "stranger")
    ask(stranger, "show")
    assert stranger.said == ["utter_ask_data_number"]
    answer = stranger.tell("no idea", "deny")
    assert stranger.said == ["utter_data_held"]
    assert answer.says[-1].values["count_tickets"] == 0
    ask(stranger, "show")
    stranger.tell(ticket.number, ticket_number=ticket.number)
    assert stranger.said == ["utter_ask_last_four"]
    stranger.tell("0000")
    assert stranger.said == ["utter_no_such_ticket", "utter_ask_data_number"]
    stranger.tell(ticket.number, ticket_number=ticket.number)
    stranger.tell("4567")
    assert stranger.said == ["utter_data_held"]


@pytest.mark.parametrize("text", ["never used you before", "没修过呢", "冇整過嘢"])
def test_who_has_no_number_is_not_asked_twice(engine: Engine, text: str):
    talk = Talk(engine)
    ask(talk, "show")
    talk.tell(text, "report_fault")
    assert talk.said == ["utter_data_held"]


def test_nothing_is_deleted_without_a_yes(engine: Engine):
    talk = with_repair(engine)
    ask(talk, "delete")
    talk.tell("4567")
    assert talk.said == ["utter_data_confirm_ending"]
    talk.tell("no, leave it", "deny")
    assert talk.said == ["utter_data_kept"]
    assert count(engine, erasures) == 0
    assert count(engine, tickets, tickets.c.phone.is_not(None)) == 1


@pytest.mark.parametrize(("text", "label"), [("yes", "affirm"), ("delete everything, I mean it", "manage_my_data")])
def test_a_yes_deletes_gives_a_receipt_and_drops_what_was_under_way(engine: Engine, text: str, label: str):
    talk = with_repair(engine)
    talk.begin("repair", "my fan is noisy", product="fan")
    below = talk.form
    with session_scope(engine) as session:
        from actions.forms.engine import start
        from actions.talk import Form

        message = talk._message("delete my data", "manage_my_data", {"data_verb": "delete"})
        talk._keep(start(session, message, Form("my_data", under=(below,))))
    talk.tell("4567")
    answer = talk.tell(text, label)
    assert [say.key for say in answer.says] == ["utter_data_deleted"]
    assert talk.form is None
    assert count(engine, erasures) == 1
    assert count(engine, tickets, tickets.c.phone.is_not(None)) == 0
    with session_scope(engine) as session:
        receipt = session.execute(select(erasures.c.number)).scalar_one()
    assert answer.says[0].values["receipt"] == receipt


def test_another_wish_in_the_middle_takes_its_place(engine: Engine):
    talk = with_repair(engine)
    ask(talk, "delete")
    talk.tell("4567")
    talk.tell("no wait, send me a copy", "manage_my_data")
    assert talk.said == ["utter_data_copy"]
    assert count(engine, erasures) == 0


def test_the_link_to_a_copy_is_good_for_an_hour_and_for_its_own_person(engine: Engine):
    talk = with_repair(engine)
    ask(talk, "copy")
    answer = talk.tell("4567")
    code = answer.says[0].values["link"].rpartition("/")[2]
    secret = read_settings().token_secret
    assert conversation_of_copy(secret, code, NOW + COPY_STAYS) == talk.name
    assert conversation_of_copy(secret, code, NOW + COPY_STAYS + timedelta(seconds=1)) is None
    assert conversation_of_copy("another secret", code, NOW) is None
    assert conversation_of_copy(secret, ("A" if code[0] != "A" else "B") + code[1:], NOW) is None
    payload, signature = code.split(".")
    assert conversation_of_copy(secret, f"{payload}.{signature[::-1]}", NOW) is None


def test_taking_consent_back_is_written_down(engine: Engine):
    talk = Talk(engine)
    ask(talk, "withdraw")
    assert talk.said == ["utter_consent_withdrawn"]
    assert count(engine, consents, consents.c.given.is_(False)) == 2


def test_why_and_cancel_have_answers_of_their_own(engine: Engine):
    talk = with_repair(engine)
    ask(talk, "delete")
    talk.tell("4567")
    talk.tell("why?", "bot_challenge")
    assert talk.said == ["utter_why_delete", "utter_data_confirm_ending"]
    talk.tell("forget it", "cancel")
    assert talk.said == ["utter_data_kept"]
