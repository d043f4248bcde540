"""The gateway's own words, in the customer's language or in everyone's."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.gateway import refusals
from bot.gateway.conversations import Tongue
from bot.gateway.notices import EVERYONE, Notices, identified
from bot.language.wording import Wording
from bot.settings import ROOT

USED = sorted(
    set(re.findall(r"utter_gateway_\w+", "".join(p.read_text("utf8") for p in (ROOT / "bot" / "gateway").glob("*.py"))))
    - {"utter_gateway_"}
)


@pytest.fixture(scope="module")
def notices() -> Notices:
    return Notices(Wording.load(ROOT / "domain.yml", ROOT / "data" / "terms.yml"), identified)


def test_every_wording_that_is_used_is_authored_and_the_reverse() -> None:
    authored = yaml.safe_load((ROOT / "domain.yml").read_text("utf8"))["responses"]
    assert [key for key in sorted(authored) if key.startswith("utter_gateway_")] == USED


@pytest.mark.parametrize("key", USED)
def test_all_three_languages_are_said_when_nobody_knows_which(notices: Notices, key: str) -> None:
    values = {"limit": 1000, "pixels": 40, "number": "RT-8K3M-52QD"}
    lines = notices.text(key, None, values).splitlines()
    assert lines == [notices.text(key, tongue, values) for tongue in EVERYONE]


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("My washing machine is leaking", Tongue("en", "latin")),
        ("我家的洗衣机漏水了", Tongue("zh", "simplified")),
        ("我家的洗衣機漏水了", Tongue("zh", "traditional")),
        ("我部洗衣機漏水呀", Tongue("yue", "traditional")),
    ],
)
def test_a_strangers_own_text_decides_when_the_conversation_has_no_language(notices, text, tongue) -> None:
    message = notices.message("utter_gateway_apology", None, text)
    assert (message.language, message.script) == (tongue.language, tongue.script)
    assert message.text == notices.text("utter_gateway_apology", tongue)
    assert message.extras == {"notice": "apology"}


def test_the_conversations_language_stands_when_it_is_known(notices: Notices) -> None:
    message = notices.message("utter_gateway_apology", Tongue("zh", "traditional"), "hello there my friend")
    assert (message.language, message.script) == ("zh", "traditional")


def test_a_refusal_names_a_wording_that_exists(notices: Notices) -> None:
    refused = refusals.too_long(1001, 1000, "x")
    assert "1000" in notices.text(refused.wording, Tongue("en", "latin"), refused.values)


def test_a_notice_is_said_in_all_languages_when_telling_the_language_fails(notices: Notices) -> None:
    def broken(text: str) -> Tongue | None:
        raise KeyError(text)

    message = Notices(notices._wording, broken).message("utter_gateway_apology", None, "hello")
    assert len(message.text.splitlines()) == 3
