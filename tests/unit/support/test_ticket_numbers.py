import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.support.ticket_numbers import ALPHABET, BadTicketNumber, new_ticket_number, read_ticket_number

numbers = st.randoms(use_true_random=False).map(lambda rng: new_ticket_number(rng.choice))


def test_ten_thousand_numbers_are_all_different_and_spread_over_the_alphabet():
    made = {new_ticket_number() for _ in range(10_000)}
    assert len(made) == 10_000
    for place in (3, 4, 5, 6, 8, 9, 10):
        assert len({number[place] for number in made}) == len(ALPHABET)


def test_a_number_does_not_tell_the_next_one():
    """Neighbours share a character in a place no more often than chance has it."""
    made = [new_ticket_number() for _ in range(5_000)]
    same = sum(a[place] == b[place] for a, b in zip(made, made[1:], strict=False) for place in (3, 4, 5, 6, 8, 9, 10))
    assert 0.5 < same / (7 * 4_999 / 32) < 1.5


@given(numbers, st.randoms(use_true_random=False))
def test_a_number_is_accepted_back_however_it_is_written(number: str, rng: random.Random):
    plain = number.replace("-", "")[2:]
    spoken = " ".join(plain)
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number)
    misread = plain.replace("0", "O").replace("1", rng.choice("IL"))
    for written in (
        number.lower(),
        plain,
        f"rt {plain}",
        spoken,
        wide,
        f"  {number}  ",
        misread,
        number.replace("-", "."),
    ):
        assert read_ticket_number(written) == number


@given(numbers, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(number: str, place: int, wrong: str):
    plain = number.replace("-", "")[2:]
    if plain[place] != wrong:
        with pytest.raises(BadTicketNumber):
            read_ticket_number(plain[:place] + wrong + plain[place + 1 :])


@given(numbers, st.integers(0, 6))
def test_two_swapped_neighbours_are_noticed(number: str, place: int):
    plain = number.replace("-", "")[2:]
    if plain[place] != plain[place + 1]:
        with pytest.raises(BadTicketNumber):
            read_ticket_number(plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :])


@pytest.mark.parametrize("text", ["", "RT", "RT-8K3M", "RT-8K3M-52QDD", "RT-8K3M-52Q!", "電話"])
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(BadTicketNumber):
        read_ticket_number(text)
