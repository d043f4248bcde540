"""What may hurt somebody, in a message: it counts before anything else the message says."""

from __future__ import annotations

import re

from actions.talk import Entity, Message

_GRAVEST_FIRST = ("gas_leak", "electric_shock", "sparking")
# Stands right before what is not there: "no smoke", 没有火花, 冇煙, mou fo faa. Anything less plain is taken as danger,
# and so is a question: 是不是漏电, 有冇煤氣味, hai m hai lau din.
_DENIAL = re.compile(
    r"(\b(no|not|without|never|isn'?t|wasn'?t|ain'?t|(?<!jau )(?<!yau )mou|(?<!yau )mo|(?<!hai )m ?hai)( (any|a|the|sign of|signs of|smell of|more|hint of))*"
    r"|(?<!有)[没沒]有?|(?<!有)[无無冇]|(?<!是)[不并非]是?|(?<![係系])唔[係系])(什么|什麼|任何|咩|乜|[闻聞]到)?\s*$",
    re.IGNORECASE,
)


def dangers(message: Message) -> tuple[str, ...]:
    """Name the faults of a message that may hurt somebody, the gravest first; what is said not to be so is left out."""
    named = {one.value for one in message.entities if one.name == "fault" and not is_denied(message, one)}
    return tuple(fault for fault in _GRAVEST_FIRST if fault in named)


def is_denied(message: Message, entity: Entity) -> bool:
    """Tell whether a message says that what an entity names is not there."""
    before, found, _ = message.text.partition(entity.text)
    return bool(found) and _DENIAL.search(before) is not None
