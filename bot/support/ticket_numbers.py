"""Ticket numbers: short, speakable, unguessable, with a check character: RT-8K3M-52QD.

Seven random characters of an alphabet without I, L, O and U (35 bits), then one check character computed over
the field of 32 elements, so that any one wrong character and any two swapped neighbours are noticed.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 7
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-–—_.,:#·]+")


class BadTicketNumber(ValueError):
    """A text that is no ticket number of ours: wrong length, a foreign character, or a check that fails."""


def new_ticket_number(choose: Callable[[str], str] = secrets.choice) -> str:
    """Make a fresh ticket number; `choose` picks one character of a text at random."""
    random_part = "".join(choose(ALPHABET) for _ in range(RANDOM_CHARACTERS))
    return _written(random_part + _check_character(random_part))


def read_ticket_number(text: str) -> str:
    """Give the canonical form of a ticket number in any case, width or spacing; raise BadTicketNumber otherwise.

    >>> number = new_ticket_number(lambda alphabet: alphabet[8])
    >>> number, read_ticket_number("ｒｔ 8888 888" + number[-1].lower()) == number
    ('RT-8888-888D', True)
    """
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(plain) == len("RT") + RANDOM_CHARACTERS + 1:  # a number may itself begin with RT
        plain = plain.removeprefix("RT")
    plain = plain.translate(_MISREAD)
    if len(plain) != RANDOM_CHARACTERS + 1:
        raise BadTicketNumber(f"{len(plain)} characters instead of {RANDOM_CHARACTERS + 1}")
    if any(character not in ALPHABET for character in plain):
        raise BadTicketNumber("a character that no ticket number has")
    if _check_character(plain[:-1]) != plain[-1]:
        raise BadTicketNumber("the check character does not fit")
    return _written(plain)


def _written(plain: str) -> str:
    return f"RT-{plain[:4]}-{plain[4:]}"


def _check_character(random_part: str) -> str:
    # A polynomial evaluated at 2 in GF(32): every place has another, invertible weight.
    total = 0
    for character in random_part:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value
