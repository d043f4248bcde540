"""A site may sign its customers in; nobody else may."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import httpx
import pytest
from website_desk import Visitor, running

from bot.channels.website.signing import GOOD_SECONDS, read_customer, sign
from bot.gateway.refusals import Refused

NOW = datetime(2026, 11, 27, tzinfo=timezone.utc)
GOOD = sign("user.42", NOW, "secret")


@pytest.mark.parametrize("customer", ["42", "user.42", "a@b.example", "陳大文", "1.2.3"])
def test_a_signed_customer_is_known(customer) -> None:
    assert read_customer(sign(customer, NOW, "secret"), "secret", NOW) == customer


def test_a_signature_is_refused_when_any_of_its_bits_is_flipped() -> None:
    for place, character in enumerate(GOOD):
        for bit in range(7):
            forged = GOOD[:place] + chr(ord(character) ^ 1 << bit) + GOOD[place + 1 :]
            with pytest.raises(Refused) as refused:
                read_customer(forged, "secret", NOW)
            assert refused.value.status in (400, 403)


@pytest.mark.parametrize("away", [-GOOD_SECONDS - 1, GOOD_SECONDS + 1])
def test_a_signature_is_refused_when_it_is_not_of_just_now(away) -> None:
    with pytest.raises(Refused):
        read_customer(GOOD, "secret", NOW + timedelta(seconds=away))


@pytest.mark.parametrize("signed", ["", ".", "..", "user.42", GOOD + "0", GOOD.upper(), f"{GOOD}.{GOOD}", 7, [], {}])
def test_anything_else_is_refused(signed) -> None:
    with pytest.raises(Refused):
        read_customer(signed, "secret", NOW)


def test_nobody_is_signed_in_when_the_desk_knows_no_secret() -> None:
    with pytest.raises(Refused):
        read_customer(sign("42", NOW, ""), "", NOW)
    assert read_customer(None, "", NOW) is None


def test_a_signed_customer_finds_the_same_conversation_everywhere(assistant, database_url, tmp_path) -> None:
    with running(assistant.url, database_url, tmp_path, SITE_SECRET="secret") as (url, _):
        now = datetime.now(timezone.utc)
        laptop = Visitor(url, customer=sign("42", now, "secret"))
        laptop.send("hello there")
        laptop.answers()
        phone = Visitor(url, customer=sign("42", now - timedelta(seconds=60), "secret"))
        assert phone.conversation == laptop.conversation
        assert [message["text"] for message in phone.read()] == ["hello there", "heard: hello there"]
        other = Visitor(url, customer=sign("43", now, "secret"))
        assert other.read() == []
        forged = httpx.post(
            f"{url}/api/website/conversations", json={"customer": sign("42", now, "guess")}, trust_env=False
        )
        assert (forged.status_code, forged.json()["code"]) == (403, "not_signed")
