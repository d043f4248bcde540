"""Small signs in a message that no intent stands for."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.signs import shows
from actions.talk import Message

_WHY = re.compile(
    r"^(but |and |ok,? )?(why|what for|how come)\b|^(那)?(为什么|為什麼|为啥|為啥|为何|干嘛|幹嘛|干什么|點解|点解|做咩|做乜|使乜)"
    r"|(要|拿|攞|问|問|留)(这个|這個|呢個|我(的|嘅)?)?(电话|電話|名字?|姓名|地址|号码|號碼)?(嚟|来|來)?(干嘛|幹嘛|做什么|做什麼|做咩|做乜|有什么用|有咩用)",
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
_STOP = re.compile(
    r"\b(forget|never ?mind|nvm|leave|drop|stop|cancel|quit|abandon|scrap)\b|\b(no|not|don'?t) (point|worth|bother)"
    r"|算[了啦數数罢罷]|[不唔](弄|搞|办|辦|查|问|問|要|用|使|想)[了啦喇]?|[罢罷][了啦]|取消|停|费事|費事|放弃|放棄",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(don'?t|do not|won'?t|will not|would(n'?t| not)|rather not|not going to|prefer not to?)\b.{0,20}\b(say|give|tell|share|leave|provide)\b"
    r"|^(no,? )?(i won'?t|rather not)\b"
    r"|(不|唔)(是很|係好|太|大|想|愿意?|願意?|肯|方便|可以|能|会|會|打算)*(留|给|給|俾|畀|说|說|讲|講|告诉|告訴|透露|提供)",
    re.IGNORECASE,
)
# The words a detail goes by when it is named without its value: "the number is wrong", 地址要改.
_NAMES = {
    "phone": re.compile(r"\b(phone|mobile|number)\b|电话|電話|手机号|手機號|号码|號碼", re.IGNORECASE),
    "name": re.compile(r"\bname\b|名字|姓名|称呼|稱呼|[个個嘅]名", re.IGNORECASE),
    "address": re.compile(r"\baddress\b|地址", re.IGNORECASE),
    "date": re.compile(r"\b(day|date)\b|日期|日子|哪天|哪一天|[边邊]日", re.IGNORECASE),
    "window": re.compile(r"\btime\b|时间|時間|时段|時段", re.IGNORECASE),
    "product": re.compile(r"\bappliance\b|电器|電器", re.IGNORECASE),
    "fault": re.compile(r"\b(problem|fault)\b|问题|問題|故障|毛病", re.IGNORECASE),
}
_SKIP = re.compile(
    r"^(please |let'?s |just |唔該|麻烦|麻煩|先)*(skip|pass|next)( (it|this|that|one|please|question))*\W*$|跳[过過]|略[过過]",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^(yes|yeah|yep|yup|ok|okay|sure|correct|right|perfect|係|系|啱|岩|对|對|是|好|得|行|冇错|冇錯|没错|沒錯|可以)"
    r"(的|呀|啊|啦|喇|嘅|晒|了|囉|咯|嘞|哦|喔)*(\W|$|谢|謝|多谢|多謝|唔该|唔該|麻烦|麻煩)",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(but|except|only|however)\b|但|不过|不過|除咗|除了|仲有|还有|還有", re.IGNORECASE)
_CHANGE = re.compile(r"改|换|換|错|錯|\b(change|wrong|instead)\b", re.IGNORECASE)
_TAKES_BACK = re.compile(
    r"\b(no,? wait|wait|sorry|actually|i mean|scratch that|rather|not that)\b|[不唔][对對是係系啱]|[错錯][了咗]?|等等|等陣|等阵|诶|欸|哎|搞错|改|先写|先寫",
    re.IGNORECASE,
)
_CANCELS = re.compile(
    r"(?<!not )(?<!n't )(?<!not to )\bcancel|(?<![不唔别別没沒未冇])(?<!不要)(?<!唔好)(?<!唔使)取消", re.IGNORECASE
)
# What a place has that other words have not: a number, or a kind of street, house or estate.
_PLACE = re.compile(
    r"\d|[路街道村邨苑巷里坊座楼樓室廣广]|花园|花園|大厦|大廈|小区|中心|屋"
    r"|\b(road|street|lane|estate|garden|court|house|building|mansion|tower|block|flat|room|village|gaai|lou|dou)\b",
    re.IGNORECASE,
)
_UNIT_ALONE = re.compile(
    r"(?:(?:block|blk|flat|rm|room|unit|tower|floor|house)\s?[a-z]?\d*[a-z]?|\d{1,3}(?:st|nd|rd|th)? ?(?:floor|/f)|g/f"
    r"|第?[0-9一二三四五六七八九十a-z]{1,4}(?:座|楼|樓|室|栋|棟|单元|單元|层|層|房)|[,，\s])+",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"[,，;；。.!！]|\b(make|instead|rather|but|better|prefer|move|change|goi|bat ?jyu)\b|改|换|換|不如|要|转|轉",
    re.IGNORECASE,
)
_SHORT = 30  # characters; a longer text with "why" in it, or with a refusal, tells a story


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


def stops(message: Message) -> bool:
    """Tell whether the customer says in so many words that it may be left."""
    return bool(_STOP.search(message.characters))


def skips(message: Message) -> bool:
    """Tell whether the customer wants to go past a question, in one of the words that choices use."""
    return len(message.characters) <= _SHORT and bool(_SKIP.search(message.characters.strip()))


def agrees(message: Message) -> bool:
    """Tell whether a short message begins with a yes and takes nothing of it back: "yes, thanks", 係，唔該."""
    said = message.characters.strip()
    return len(said) <= 2 * _SHORT and bool(_YES.search(said)) and not _BUT.search(said)


def wants_change(message: Message) -> bool:
    """Tell whether the customer speaks of changing something, or of something wrong."""
    return bool(_CHANGE.search(message.characters))


def takes_back(message: Message) -> bool:
    """Tell whether the customer takes back something said in the same message."""
    return bool(_TAKES_BACK.search(message.characters))


def cancels(message: Message) -> bool:
    """Tell whether the customer says in so many words that something is to be cancelled."""
    return bool(_CANCELS.search(message.characters))


def is_part_of_place(address: str) -> bool:
    """Tell a block, floor or flat by itself from an address that somebody could go to."""
    return any(map(str.isalnum, address)) and _UNIT_ALONE.fullmatch(address.strip()) is not None


def looks_like_place(message: Message) -> bool:
    """Tell whether a message may be an address that no rule has found."""
    return bool(_PLACE.search(message.text) or _PLACE.search(message.characters))


def refuses(message: Message) -> bool:
    """Tell whether the customer would rather not say what was asked."""
    return len(message.characters) <= 2 * _SHORT and bool(_REFUSAL.search(message.characters.strip()))


def rules_out_day(message: Message) -> bool:
    """Tell whether the day a message names last does not suit; in "not Saturday, Monday instead" it does."""
    if not shows(message, "rules_out"):
        return False
    days = [one.text for one in message.entities if one.name == "date" and not one.refused]
    if len(days) < 2:
        return True
    rest = message.text.partition(days[-2])[2]
    between, day, after = rest.partition(days[-1])
    tail = day + after
    return not _INSTEAD.search(between) or shows(replace(message, text=tail, characters=tail), "rules_out")


def named_detail(message: Message) -> str | None:
    """Give the one detail that the message names without its value: by a choice, or in words."""
    chosen = message.find("detail")
    if chosen:
        return chosen.value
    named = [detail for detail, words in _NAMES.items() if words.search(message.characters)]
    return named[0] if len(named) == 1 else None
