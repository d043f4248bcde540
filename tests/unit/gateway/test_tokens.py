"""A token opens its own conversation, for its time, as it was written."""

from __future__ import annotations

import random
import string

import pytest

from bot.gateway.refusals import Refused
from bot.gateway.tokens import Pass, Tokens

DAY = 24 * 3600


def refuses(tokens: Tokens, token: str) -> bool:
    with pytest.raises(Refused) as refused:
        tokens.read(token)
    return (refused.value.status, refused.value.code) == (401, "not_allowed")


def test_a_token_opens_what_it_was_issued_for(clock) -> None:
    tokens = Tokens("secret", 30, clock)
    assert tokens.read(tokens.issue("c" * 32, 3)) == Pass("c" * 32, 3)


def test_a_token_is_refused_when_its_days_are_over(clock) -> None:
    tokens = Tokens("secret", 30, clock)
    token = tokens.issue("c", 1)
    clock.move(30 * DAY)
    assert tokens.read(token)
    clock.move(1)
    assert refuses(tokens, token)


def test_a_token_is_refused_when_another_secret_signed_it(clock) -> None:
    assert refuses(Tokens("secret", 30, clock), Tokens("other", 30, clock).issue("c", 1))


def test_a_token_is_refused_when_any_of_its_characters_is_changed(clock) -> None:
    tokens = Tokens("secret", 30, clock)
    token = tokens.issue("c" * 32, 1)
    rng = random.Random(1)
    for place in range(len(token) - 1):  # the last character carries unused bits
        other = rng.choice([c for c in string.ascii_letters + "-_." if c != token[place]])
        assert refuses(tokens, token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize("token", ["", "x", "x" * 40, "." * 40, "é", "x" * 5000, "a.b", "\n"])
def test_a_token_is_refused_when_it_is_none(clock, token) -> None:
    assert refuses(Tokens("secret", 30, clock), token)
