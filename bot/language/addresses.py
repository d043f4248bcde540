"""Street addresses in Chinese and English order, with the district that leads them in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.found import Found

_H = r"[㐀-鿿]"
_NUM = r"(?:\d+|[一二三四五六七八九十百零〇]+)"
_STREET = r"(?:大道|大街|公路|道|路|街|巷|胡同|里弄|弄|径|徑|坊|围|圩|大马路|马路)"
_ESTATE = r"(?:花园|小区|苑|邨|村|屋苑|新村|新城|广场|大厦|中心|公寓|阁|居|庭|园|城|楼|轩|豪庭|山庄|工业区|工业大厦|商场|台|湾|里|院|公馆|府|嘉园|家园|华庭|商厦|大楼|世家|雅苑|科技园|坊|庄)"
_UNIT = (
    rf"(?:\s?(?:第)?(?:{_NUM}|[a-z]\d?|[a-z]?\d+[a-z]?)(?:-\d+)?\s?(?:号楼|号院|号铺|号|期|区|栋|座|幢|单元|楼|层|字楼|室|房|铺|弄|巷|段|门|户|单位|座地下|门牌|组|梯|街|f|/f|仔)|\s?地下|\s?地铺|"
    rf"\s?[a-z]\s?(?:座|室|栋|房|铺|单位|区)|\s?之\s?{_NUM}|\s?(?:东|西|南|北)(?:座|翼|区)|\s?\d+[a-z]\b|\s?\d{{2,5}}(?!\s?[\d年月])|\s?-\s?\d+|\s(?:flat|rm|room|block|unit)\s?[a-z0-9]+|\s[a-z](?![a-z])|\d*[a-z](?![a-z0-9])|\s?(?:flat|rm|room|block|unit)\s?[a-z0-9]+)"
)
_REGION = rf"(?:{_H}{{2,4}}省)?(?:{_H}{{2,4}}(?:市|自治州))?(?:{_H}{{1,4}}(?:区|县|镇|乡|街道))?"
_LEAD = r"(?:我|住|喺|在|系|是|到|址|于|去|送|寄|来|嚟|改|为|写|：|:|返|即|用|成|家|的|嘅|门|开)"
_HAN = re.compile(
    rf"(?P<it>{_REGION}\s?(?:{_H}{{1,9}}?{_STREET}(?:(?:东|西|南|北|中)(?:路|街)?|[一二三四五六七八九十]段)?)?\s?(?:{_H}{{1,8}}?{_ESTATE})?\s?{_UNIT}+(?:{_H}{{1,8}}?{_ESTATE}{_UNIT}*)?)"
)
_HAN_START = re.compile(
    r"^.*(?:地址(?:是|系|喺|在|改为|改成|更正为|改|应该是|应该系|写|有误|：|:|错了|不对|唔对)*|我?(?:家|屋企|公司|店|铺头|新家|店开)?(?:住喺|住在|住|喺|在|位于|搬到|搬咗去|搬去|送到|送去|寄到|送|系|是|正确是|应该是|应该系|开在|改成|改为|更正为|为|写|用|叫|到|去|嚟|来)(?:了|咗)?|我系|[,，。:：;；!！?？、]|即系|邊|应该|先啱)\s*"
)
_EN_STREET = (
    r"(?:road|rd|street|st|avenue|ave|lane|drive|path|terrace|crescent|circuit|court|place|square|boulevard|blvd|praya|parade|row|close|way|"
    r"do|dou|lou|gaai|gai|lu|jie|bonham strand|strand|highway|garden|gardens|estate|building|mansion|house|centre|center|tower|plaza|villa|villas|court|chuen|heights|wan|shing|road central|road east|road west)"
)
_EN_UNIT = r"(?:(?:flat|rm|room|unit|shop|house|block|blk|tower|suite|apt|apartment|no|floor|level|lot|phase|workshop)\.?\s?#?(?:no\.?\s?)?[a-z]?\d*[a-z]?(?![a-z])|\d{1,2}/f|\d{1,3}(?:st|nd|rd|th)\s(?:floor|flr|fl)|g/f|lg/f|ug/f|\d{1,2}f(?![a-z])|ground floor|[a-z]\d{1,3}|\d{1,4}[a-z]?(?:-\d+)?)"
_EN_PIECE = rf"(?:{_EN_UNIT}|[a-z][a-z'’.]*)"
# "…, 25 November" and "…, 11 jyut 25 hou": a day behind an address is none of its units.
_NO_DAY = r"(?!\d{1,2}(?:st|nd|rd|th)?\s?(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|月|jyut|yut|yuet|yuht|[ap]m\b|点|:\d))"
_EN = re.compile(
    rf"(?<![a-z0-9@./-])(?P<it>(?:{_EN_UNIT}[\s,]+)*(?:(?:{_EN_UNIT}|\d{{1,4}}[a-z]?)[\s,]+)(?:(?!hou\b)[a-z][a-z'’.]*\s){{0,4}}?{_EN_STREET}(?![a-z])(?:\s(?:east|west|north|south|central))?(?:[\s,]+{_NO_DAY}{_EN_UNIT})*)"
)
_EN_ROAD_FIRST = re.compile(
    rf"(?<![a-z])(?P<it>(?:rua|avenida|travessa|estrada|largo)\s(?:d[aeo]s?\s)?[a-z]+(?:\s[a-z]+)?,?\s\d+[a-z]?(?:[\s,]+{_EN_UNIT})*|(?:[a-z][a-z'’]*\s){{1,3}}{_EN_STREET},?\s(?:no\.?\s)?{_NO_DAY}\d{{1,4}}[a-z]?(?:\shou[1-6]?)?(?:[\s,]+{_EN_UNIT}|\slau[1-6]?|\s[a-z](?:\ssat[1-6]?|\szo)?)*)(?![a-z0-9])"
)
_EN_UNITS = re.compile(
    rf"(?<![a-z0-9])(?P<it>(?:(?:flat|rm|room|unit|shop|house|block|blk|tower|suite|apt|apartment)\s?\.?#?[a-z]?\d*[a-z]?(?![a-z])|\d{{1,2}}/f|\d{{1,2}}(?:st|nd|rd|th) floor)(?:[\s,]+(?:{_EN_UNIT}))*(?:,\s(?:[a-z][a-z'’]*\s?){{1,4}}(?:road|street|garden|gardens|estate|building|mansion|house|centre|center|court|plaza|tower|villas?|wan|shing|mansions|heights|city|park|chuen|terrace|avenue)(?![a-z]))*)"
)
_PHONE = re.compile(r"(?<!\d)(?:\d{4}[\s-]?\d{4}|1\d{2}[\s-]?\d{4}[\s-]?\d{4})(?!\d)")
_MAYBE = re.compile(r"\d|[号楼室座栋单]|地下|地铺|\b(?:flat|block|room|unit|house|tower)\b")
_ROAD_WORD = frozenset(
    [
        "in",
        "at",
        "live",
        "on",
        "is",
        "the",
        "my",
        "our",
        "to",
        "address",
        "we're",
        "i'm",
        "we",
        "near",
        "of",
        "it's",
        "its",
        "house",
        "shop",
        "flat",
        "and",
        "for",
        "office",
        "home",
        "deliver",
    ]
)
# 我住喺, in Latin letters too; Haizhu and Haidian are places themselves.
_LIVING_AT = re.compile(
    r"(?:我(?:家|屋企)?)?住?(?:喺|在)"
    r"|"
    r"(?:(?:ngo|ngor|or?)[1-6]? )?(?:(?:ng?uk|uk|ook)[1-6]? ?k(?:ei|ay|ey)[1-6]? |dei[1-6]? ?(?:ji|zi)[1-6]? )?"
    r"(?:(?:jyu|yu|ju|jue|zyu|zue|chue)[1-6]? ?)?hai[1-6]? (?!(?:zhu|dian|kou|feng|men|ning)\b)(?=\S)"
)
# Somebody who takes back an address in the same breath gives two, and a whole message is neither.
_TAKEN_BACK = re.compile(r"\bwait\b|\bactually\b|\bi mean\b|\bm4? ?hai6?,|不对|唔系|唔啱|等等|写错")
_POLITE = re.compile(
    r"(?:[\s,，.。]*(?:please|pls|thanks|thank you|唔该|谢谢|多谢|麻烦|啦|呀|吧|呢|哦|的|嘅|就得|就可以|m goi|mgoi|才对|才啱|先啱|至啱|至對|上门))+$"
)


def find(text: str, *, expected: bool = False) -> Iterator[Found]:
    """Find addresses in a lower-case, simplified text; with `expected` a whole message is one.

    >>> def found(text): return [text[one.start : one.end] for one in find(text)]
    >>> found("我住天河区体育西路123号"), found("address is flat 12b, 33 nathan road please"), found("we open at 9")
    (['天河区体育西路123号'], ['flat 12b, 33 nathan road'], [])
    """
    places = sorted(_places(text), key=lambda place: place[0] - place[1])
    kept: list[tuple[int, int]] = []
    for start, end in places:
        if not any(start < stop and end > begin for begin, stop in kept):
            kept.append((start, end))
            yield Found(start, end, None)
    if expected and not kept and not _TAKEN_BACK.search(text):
        match = re.fullmatch(r"\s*(?P<it>.*\S)\s*", text, re.DOTALL)
        if match and len(match["it"]) >= 4 and (re.search(r"\d", text) or re.search(_ESTATE, text)):
            end = match.end("it") - len(polite[0] if (polite := _POLITE.search(match["it"])) else "")
            lead = _LIVING_AT.match(text, match.start("it"), end)
            yield Found(lead.end() if lead else match.start("it"), end, None)


def _places(text: str) -> Iterator[tuple[int, int]]:
    if not _MAYBE.search(text):
        return
    for match in _HAN.finditer(text):
        start = match.start()
        lead = _HAN_START.match(text[: match.end()][start:])
        start += lead.end() if lead and lead.end() < match.end() - start else 0
        start = _without_lead(text, start)
        piece = text[start : match.end()]
        if _is_address(piece):
            yield start, _end(text, start, match.end())
    text = _PHONE.sub(lambda number: ";" * len(number[0]), text)  # "6345 6789, 12 Tai Nan Street" begins at 12
    for rule in (_EN, _EN_ROAD_FIRST, _EN_UNITS):
        for match in rule.finditer(text):
            start = _first_word(text, *match.span("it"))
            piece = text[start : match.end("it")]
            if (
                re.search(r"\d|[a-z]\b", piece)
                and not re.fullmatch(r"[a-z]+\s?", piece)
                and re.search(r"\d|(?:flat|block|unit|room|house|tower)\s[a-z]$", piece)
            ):
                yield start, _end(text, start, match.end("it"))


def _without_lead(text: str, start: int) -> int:
    while start < len(text) and text[start] in " ，,":
        start += 1
    return start


def _first_word(text: str, start: int, end: int) -> int:
    """Leave out the words that lead to an address."""
    while True:
        word = re.compile(r"([a-z']+)[\s,]+").match(text, start, end)
        if (
            word is None
            or word[1] not in _ROAD_WORD
            or (word[1] in ("flat", "house", "shop") and re.match(r"\s?[a-z]?\d", text[word.end(1) :]))
        ):
            return start
        start = word.end()


def _is_address(piece: str) -> bool:
    """Tell a place to go to from a bare floor, number or day: a street or an estate, and a number."""
    numbered = re.search(rf"{_NUM}\s?(?:号|弄|栋|座|幢|单元|楼|室|房|字楼|铺|层|f)|\d", piece) is not None
    named = re.search(
        rf"{_H}{{1,9}}{_STREET}|{_H}{{2,8}}{_ESTATE}\s?\d|{_H}{{2,}}{_ESTATE}.*(?:栋|座|幢|室|单元|楼|期)", piece
    )
    return numbered and (named is not None or re.search(r"(?:号楼|栋|座|单元|幢).*\d", piece) is not None)


def _end(text: str, start: int, end: int) -> int:
    polite = _POLITE.search(text[start:end])
    return end - len(polite[0]) if polite else end
