"""What a customer wants done with their data: signs in a message that is known to be about it."""

from __future__ import annotations

from actions.signs import shows
from actions.talk import Message

SHOW, COPY, DELETE, WITHDRAW, POLICY = "show", "copy", "delete", "withdraw", "policy"
_IN_ORDER = (COPY, DELETE, WITHDRAW, POLICY, SHOW)


def verb_of(message: Message) -> str | None:
    """Tell what is wanted; of a copy and an erasure the copy comes first, or there would be nothing to copy."""
    tapped = message.find("data_verb")
    if tapped and tapped.value in _IN_ORDER:
        return tapped.value
    for verb in _IN_ORDER:
        if shows(message, verb) and not (verb == DELETE and shows(message, "not_delete")):
            return verb
    return None
