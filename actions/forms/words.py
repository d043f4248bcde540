"""Small signs in a message that no intent stands for."""

from __future__ import annotations

import re

from actions.talk import Message

_WHY = re.compile(
    r"^(but |and |ok,? )?(why|what for|how come)\b|^(那)?(为什么|為什麼|为啥|為啥|为何|干嘛|幹嘛|干什么|點解|点解|做咩|做乜|使乜)"
    r"|(要|拿|攞|问|問)(这个|這個|呢個|嚟|来|來)?(干嘛|幹嘛|做什么|做什麼|做咩|做乜|有什么用|有咩用)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[?？]|吗|嗎|咩$|未$|(.)[唔不]\1|有冇|有没有|有沒有|是不是|係咪|几|幾(時|点|點|多|耐)|多少|什么|什麼|怎么|怎麼|哪|邊(度|個|日)"
    r"|^(what|when|where|how|who|which|do|does|did|can|could|is|are|will)\b",
    re.IGNORECASE,
)
_SHORT = 30  # characters; a longer text with "why" in it tells a story


def asks_why(message: Message) -> bool:
    """Tell whether the customer asks why the desk wants to know."""
    return len(message.characters) <= _SHORT and bool(_WHY.search(message.characters.strip()))


def is_question(message: Message) -> bool:
    """Tell whether the message looks like a question."""
    return bool(_QUESTION.search(message.characters.strip()))
