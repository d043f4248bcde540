"""The action server dies in the middle of a conversation: nobody is left in silence, nothing is lost or doubled."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from bot.storage.sessions import open_engine
from tests.desk import Customer, Desk

pytestmark = pytest.mark.desk

TICKET_NUMBER = re.compile(r"RT-\w{4}-\w{4}")
WAYS = {
    "en": ("My washing machine is leaking", "Mary Wong", "en", "latin"),
    "zh": ("我家的洗衣机漏水了", "王丽华", "zh", "simplified"),
    "yue": ("ngo5 bou6 sai2 ji1 gei1 lau6 seoi2", "Chan Tai Man", "yue", "latin"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("killed"))
    try:
        yield desk.start()
    finally:
        desk.stop()


@pytest.mark.parametrize("way", WAYS)
def test_the_customer_is_told_and_the_ticket_made_once_when_the_action_server_is_killed(desk: Desk, way: str):
    fault, name, language, script = WAYS[way]
    customer = Customer(desk.base)
    for words in (fault, "+852 9123 4567", name, "120 Nathan Road, Mong Kok"):
        assert customer.say(words)
    customer.choose(1)
    customer.choose(1)
    confirm = next(row for row in customer.last if row["choices"])

    os.kill(desk.pid_of("actions"), signal.SIGKILL)
    customer.send(choice=confirm["choices"][0]["id"])
    began = time.monotonic()
    apology = customer.answers(patience=10, quiet=0.1)[:1]
    assert apology, "silence"
    assert time.monotonic() - began < 5
    assert (apology[0]["language"], apology[0]["script"]) == (language, script)
    assert "RT-" not in apology[0]["text"]

    answers = customer.answers(patience=40, quiet=3)
    told = [row["text"] for row in answers]
    assert len({number for words in told for number in TICKET_NUMBER.findall(words)}) == 1, told
    with open_engine(desk.database_url).connect() as connection:
        query = text("SELECT count(*) FROM tickets WHERE conversation_id = :id")
        assert connection.execute(query, {"id": customer.conversation}).scalar_one() == 1
    assert "actions: killed by signal 9, starting it again" in desk.output.read_text("utf8")
