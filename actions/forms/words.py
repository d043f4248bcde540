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
_PRESSES = re.compile(
    r"hurry|\burg(e|ent)|asap|as soon as possible|quick(er|ly)|speed .{0,12}up|chas(e|ing)|push (it|them|this)|still (waiting|no|not)|no ?(one|body) (has )?(came|come|called|turned|shown)"
    r"|been waiting|waited|how much longer|taking (so|too|forever|ages)"
    r"|催|加急|急[用死着著等件单單]|[很好太十]分?急|尽快|盡快|快[点點些啲]|赶紧|趕緊|[还還仲][没沒未冇]|等[了咗].{0,4}[天日周週个個星禮礼月久耐]|等到|[怎点點]解?么?[还還仲]|拖[了咗]|等[极極]",
    re.IGNORECASE,
)
_HAS_NONE = re.compile(
    r"(do ?n['o]?t|have ?n['o]?t|never|can['o]?t|cannot|couldn['o]?t) .{0,16}(number|it\b|one\b|find|remember|know)|\b(no|lost|without|forgot(ten)?|deleted) .{0,10}(number|it\b)"
    r"|(没|沒|冇)有?.{0,6}(单|單|号|號|number)|(找|搵|记|記)(不|唔)(到|得)|不(记得|知道|清楚)|唔(记得|記得|知|清楚)|[丢唔][了見见]|不见了",
    re.IGNORECASE,
)
_SHORT = 30  # characters; a longer text with "why" in it tells a story


def asks_why(message: Message) -> bool:
    """Tell whether the customer asks why the desk wants to know."""
    return len(message.characters) <= _SHORT and bool(_WHY.search(message.characters.strip()))


def is_question(message: Message) -> bool:
    """Tell whether the message looks like a question."""
    return bool(_QUESTION.search(message.characters.strip()))


def presses(message: Message) -> bool:
    """Tell whether somebody who asks about a repair wants it sooner."""
    return bool(_PRESSES.search(message.characters))


def has_none(message: Message) -> bool:
    """Tell whether the customer does not have what was asked for."""
    return bool(_HAS_NONE.search(message.characters))
