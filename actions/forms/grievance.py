"""What the words of a complaint tell: how grave it is, what it is about, and whether it is over. The words are in data/signs."""

from __future__ import annotations

import re

from actions.dangers import dangers
from actions.signs import all_signs, said, shows
from actions.talk import Message
from bot.support.complaint_rules import LONG_WAIT_DAYS, Signs

_SUBJECTS = ("staff", "price", "communication", "delay", "repair", "product")
_LEAST_TOLD = 3


def signs_of(message: Message, *, key_account: bool = False) -> Signs:
    """Read how grave a complaint is from the customer's words."""
    return Signs(
        safety=shows(message, "hurt") or bool(dangers(message)),
        public=shows(message, "public"),
        strong_anger=shows(message, "anger"),
        repeat_fault=shows(message, "broken_again") or message.label == "fault_returned",
        earlier_complaint=shows(message, "complained_before"),
        damage=shows(message, "damage"),
        key_account=key_account,
        waited_days=LONG_WAIT_DAYS if shows(message, "long_wait") else 0,
    )


def category_of(message: Message) -> str:
    """Name what a complaint is about, by the first of its words that tells."""
    if shows(message, "hurt"):
        return "safety"
    return next((subject for subject in _SUBJECTS if shows(message, f"about_{subject}")), "other")


def says_what_happened(message: Message) -> bool:
    """Tell whether there is more in a complaint than that it is one."""
    rest = all_signs()["empty"].sub(" ", said(message))
    return len(re.findall(r"[a-z0-9']+|[\u4e00-\u9fff]", rest, re.IGNORECASE)) >= _LEAST_TOLD


def says_what_is_wanted(message: Message) -> bool:
    """Tell whether a complaint names what would make it good."""
    return shows(message, "remedy")


def says_it_is_settled(message: Message) -> bool:
    """Tell whether the customer says that the matter is settled."""
    return shows(message, "settled") and not shows(message, "not_settled")


def kind_of_feedback(message: Message) -> str:
    """Tell praise from a suggestion: `praise`, `suggestion`, or `words` for what is neither or both."""
    if shows(message, "suggestion"):
        return "suggestion"
    return "praise" if shows(message, "praise") else "words"
