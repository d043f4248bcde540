"""When a known name means itself: not in "call my phone 9123 4567", not the script one cannot read."""

from __future__ import annotations

import re
from collections.abc import Container

from bot.language.aligned import Aligned
from bot.language.entities.pipeline import Hit

_PHONES = re.compile(r"phones?|mobiles?|手机|电话|mobile phones?|cell ?phones?|handphones?|telephone")
_NUMBER_SOON = re.compile(r"[^\d,.，。]{0,10}\+?\(?\d[\d\s-]{5,}")
_LINE = re.compile(r"电话|phones?$")
_A_SET = re.compile(
    r"(?:[部台只支隻]|旧|新|烂|my|the|your|his|her|a|new|old|this|our|dropped|broken|mum's|dad's|android|any|put)\s?$"
)
_SET_BROKE = re.compile(
    r"\s?(?:screen|屏|芒|mon|坏|跌|充|电池|开唔|冇声|黑|battery|speaker|camera|repair|warranty|has|won't|keeps|is (?!9|6|5|\+|the)|got|not|no |,|\.|$|in )"
)
_CALLING = re.compile(
    r"(?:司机|打|听|接|回|留|覆|讲|用|倾|挂|收到你哋|通|条|张|你哋|师傅|同一个|微信|客服|热线|服务|呢个|个|系|are you|to|please|can|should|just|number|by|on|over|via|the same|(?<![a-z])(?:da|daa|teng|jip|fuk|lau|king|ge)[1-6]?)\s?$"
)
_FAN_OF_CANTONESE = re.compile(
    r"(?:bou|go|ba|chek|jek|zek|tiu|yat|my|the|a|jo|zo|maai|ge|di|部|个|把|换|买|wun|goi|sai|整|new|old)[1-6]?\s$"
)
_LEADS_TO_A_PLACE = re.compile(
    r"(?:^|[,.!?，。！？]\s?|[系喺住去嚟来到送搬返近在]|(?<![a-z])(?:hai|ju|jyu|zyu|chue|heui|heoi|hui|hoi|lai|lei|boon|bun|sung|gan|kan|m hai)[1-6]?)\s?$"
)
_DEGREE = re.compile(r"^[好太咁很几]")
_BACK_THE = "饭煲"  # sounds like 返部: "lo faan bou sau gei" is no rice cooker
_LOOSE = frozenset({"fan", "phone", "phones", "tv box"})

_UNWANTED = re.compile(
    r"(?:不要|唔好|唔要|不用|唔使|咪|唔识|不会|不懂|不认识|看不懂|睇唔明|睇唔到|听不懂|听唔明|唔明|没人懂|识唔识|睇唔惯|看不惯|看不习惯|唔睇|冇|"
    r"don'?t (?:read|speak|understand|know|write|want|use)|can'?t (?:read|speak|understand)|cannot (?:read|speak|understand)|not|no|no more|stop|"
    r"why (?:are you (?:writing|using|speaking|typing) )?|hate|without|instead of|m hou|m sik|mai|m yiu|m ming|bu yao|bu hui|bu dong|ting bu dong|"
    r"learn(?:ing)?|学|练下|his|her|my|your|good|such|with his|laughed at my)"
    r"\s?(?:用|写|讲|说|打|再|in|the|with|yung|yong|da|gong|se|再打|英文字母同|用返|any|much|that|睇|看|练|下|tai|send|俾|in the)*\s?$"
)
_TROUBLE = re.compile(
    r"\s?(?:字)?(?:看着累|看不|不认得|不认识|我?看不|我?睇唔|我?读不|我?听不|听唔|睇唔|打字(?:好)?慢|太多|is poor|not good|are hard|isn'?t|is not|is bad|essay|"
    r"名(?!字)|界面|manual|嗰条热线|怎么学|ones are|dollars?|menu|drama|song|tea|food|as well|possible)"
)
_TRAIL = re.compile(r"\s(?:chinese|cantonese|version)$")
_AND = re.compile(r"\s?(?:[和跟同与带加连、,+&/]|埋|and|with|plus|along with|together with)+(?:埋)?\s?")
_TOGETHER = re.compile(r"\s?(?:并列|对照|一起|两种|一齐|都要|都写|都有)")
_BOTH = re.compile(r"(?<![a-z])both(?![a-z])")


def means_it(hit: Hit, text: str, *, romanized: bool) -> bool:
    """Tell whether a name found in a lower-case, simplified text is meant as that."""
    word = text[hit.start : hit.end]
    if hit.label == "product" and _PHONES.fullmatch(word):
        return _is_a_set(hit, text, word)
    if romanized and word in _LOOSE:
        return _FAN_OF_CANTONESE.search(text, 0, hit.start) is not None
    if hit.label in ("language", "script"):
        return _UNWANTED.search(text, max(0, hit.start - 40), hit.start) is None and not _TROUBLE.match(text, hit.end)
    return True


def _is_a_set(hit: Hit, text: str, word: str) -> bool:
    """Tell the telephone in the hand from the line one calls on."""
    if _NUMBER_SOON.match(text, hit.end):
        return False
    if _LINE.fullmatch(word):
        before = _A_SET.search(text, 0, hit.start)
        called = _CALLING.search(text, 0, hit.start)
        return bool(before or (_SET_BROKE.match(text, hit.end) and word != "电话")) and not called
    return True


def only_sounds_so(view: Aligned, hit: Hit, listed: Container[str]) -> bool:
    """Tell a place from small words that sound like it: 分期得 is no 启德.

    A place that is spelled as on signs, with capitals or with tones is one; another needs a word that leads to it.
    """
    start, end = view.span(hit.start, hit.end)
    typed = view.original[start:end]
    if typed.lower() in listed or not typed.islower() or not typed.isascii() or any(c.isdigit() for c in typed):
        return False
    return _LEADS_TO_A_PLACE.search(view.text, 0, hit.start) is None


def is_one_syllable(view: Aligned, hit: Hit) -> bool:
    """Tell whether a symptom was typed as one syllable in Latin letters, with or without "very"."""
    start, end = view.span(hit.start, hit.end)
    typed = view.original[start:end]
    return typed.isascii() and len(_DEGREE.sub("", view.text[hit.start : hit.end])) == 1


def said_alike(hits: list[Hit], text: str) -> list[Hit]:
    """Leave out what only sounds like a product: 返部 before the product that is brought back."""
    starts = {hit.start for hit in hits if hit.label == "product"}
    return [hit for hit in hits if text[hit.start : hit.end] != _BACK_THE or not starts & {hit.end, hit.end + 1}]


def trimmed(hit: Hit, text: str) -> Hit:
    """Cut a wish to its shortest form: "traditional", not "traditional chinese"."""
    if hit.label != "script":
        return hit
    tail = _TRAIL.search(text, hit.start, hit.end)
    return hit._replace(end=tail.start()) if tail and tail.start() > hit.start else hit


def together(hits: list[Hit], text: str) -> list[Hit]:
    """Join two scripts that are wished for side by side: 漢字同粵拼, "both jyutping and characters"."""
    scripts = [hit for hit in hits if hit.label == "script"]
    others = [hit for hit in hits if hit.label != "script"]
    word = _BOTH.search(text)
    if word and scripts:
        return [*others, Hit("script", "both", word.start(), word.end())]
    for one, two in zip(scripts, scripts[1:], strict=False):
        if one.value != two.value and "both" not in (one.value, two.value) and _AND.fullmatch(text, one.end, two.start):
            tail = _TOGETHER.match(text, two.end)
            return [*others, Hit("script", "both", one.start, tail.end() if tail else two.end)]
    return hits
