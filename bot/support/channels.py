"""Who is speaking, and where: what every rule needs to know about the message it acts upon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.language.aligned import Language, Script


@dataclass(frozen=True)
class Origin:
    """One message of one conversation. A rule that writes does so once for each origin, however often it is called."""

    conversation_id: str
    message_id: str
    channel: str
    language: Language
    script: Script
    at: datetime
    actor: str = "customer"  # customer, assistant, agent, system
