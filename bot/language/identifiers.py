"""E-mail addresses, ticket, order and serial numbers, models and error codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language import numbers
from bot.language.found import Found

EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]*\s?@\s?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}"
)
_EMAIL_SAID = re.compile(
    r"(?<![a-z0-9])([a-z0-9._-]+)\s(?:at|\(at\))\s([a-z0-9-]+)((?:\s(?:dot|点)\s|\.)[a-z]{2,}(?:(?:\s(?:dot|点)\s|\.)[a-z]{2,})?)(?![a-z])"
)
_SEP = r"[\s\-–—_.:/,]*"
_TICKET = re.compile(rf"(?<![a-z0-9])r{_SEP}t{_SEP}[a-z0-9](?:{_SEP}[a-z0-9]){{7}}(?![a-z0-9])")
_TICKET_WRITTEN = re.compile(r"rt[\s\-–—]{1,2}[a-z0-9]{4}[\s\-–—]{1,2}[a-z0-9]{4}")
_TICKET_BARE = re.compile(r"(?<![a-z0-9])[a-z0-9]{4}[\s\-–—]?[a-z0-9]{4}(?![a-z0-9-])")
_TICKET_CUE = re.compile(
    r"(?:ticket|case|工单|单号|维修单|报修单|daan hou|reference|ref)[^a-z0-9]{0,8}(?:is |no\.? |number |hai |是|系)*$"
)
_ORDER = re.compile(r"(?<![a-z0-9])s\s?o[\s\-:#.]*(\d{4}\s?-?\d{2}\s?-?\d{2})[\s\-–—]*(\d{3,6})(?![a-z0-9])")
_ORDER_OTHER = re.compile(r"(?<![a-z0-9])(?:so|ord|od|po)[\s\-#]?\d[\d\-]{3,16}\d(?![a-z0-9])")
_ORDER_BARE = re.compile(r"(?<![a-z0-9+-])#?(?=[a-z0-9-]*\d[a-z0-9-]*\d)[a-z0-9][a-z0-9-]{4,20}(?<!-)(?![a-z0-9-])")
_ORDER_CUE = re.compile(
    r"(?:order|订单|订购单|购买单|单号|ding ?daan|ding ?dan|落单|purchase)\s?(?:no\.?|number|num|ref|reference|id|编号|号码|号|hou)?\s?"
    r"(?:is |hai |shi |[:：#]|是|系|was |应该是|应该系|it's )*\s*#?$"
)
_LONG = re.compile(
    r"(?<![a-z0-9-])(?:[a-z]{1,4}-?\d{6,14}|[a-z]{1,4}\d{4,8}-\d{3,8})(?![a-z0-9-])"
)  # no model has that many digits in a row
_ORDER_TALK = re.compile(
    r"order|parcel|package|delivery|tracking|订单|订购|下单|落单|买|快递|包裹|物流|发货|送货|货|(?<![工修])单|签收|寄|送到|arriv|ship|deliver|track|(?<![a-z])(?:fo|daan|ding daan)[1-6]?(?![a-z])"
)
_SERIAL_TALK = re.compile(
    r"serial|warranty|s/n|covered|序列|序号|机身|机号|条码|保修|保养|保固|过保|(?<![a-z])bo[1-6]? yeung"
)
_SERIAL = re.compile(r"(?<![a-z0-9])s\s?[/.]?\s?n[\s\-:：#.]*(\d(?:[\s-]?\d){7,17})(?![a-z0-9])")
_SERIAL_OTHER = re.compile(r"(?<![a-z0-9])s/?n[-:：#]?\s?(?=[a-z0-9-]*\d{2})[a-z0-9][a-z0-9-]{4,20}(?<!-)(?![a-z0-9-])")
_SERIAL_BARE = re.compile(r"(?<![a-z0-9-])(?=[a-z-]*\d)[a-z0-9][a-z0-9-]{5,24}(?![a-z0-9-])")
_SERIAL_CUE = re.compile(
    r"(?:serial(?: ?(?:number|no\.?|num))?|s/n|序列号|序号|机身号|机号|编号|条码|出厂编号|jui lit hou|xu lie hao)[^a-z0-9]{0,4}"
    r"(?:is |hai |shi |reads? |[:：]|是|系|=|为|应为|正确的是|it's )*\s*$"
)
_MODEL = re.compile(
    r"(?<![a-z0-9\-/.@])(?=[a-z0-9\-/]*\d)[a-z0-9]{1,12}(?:[-/][a-z0-9]{1,10}){0,3}(?![a-z0-9@]|-[a-z0-9]|\.[a-z0-9])"
)
_MODEL_CUE = re.compile(
    r"(?:model(?: ?(?:no\.?|number|name|num))?|type plate|型号(?:栏|贴纸)?|机型|款号|xing ?hao|jing ?hou|ying ?ho)[^a-z0-9]{0,4}"
    r"(?:is |hai |shi |reads? |[:：]|是|系|写|叫|=|actually |to |:)*\s*$"
)
_PLAIN = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|kg|cm|mm|m|gb|mb|tb|hz|khz|w|kw|v|l|ml|inch|inches|in|hp|p|g|k|f|x|a|c|d|h|s|min|mins|"
    r"hr|hrs|yr|yrs|year|years|day|days|km|sqft|ft|rmb|hkd|usd|px|mbps|ghz|pcs|floor|days|wk|wks|btu|dim|hou|yuet|yut|jyut|lau|star|stars|fan|sing)"
    r"|mp\d|wifi\d?|ps\d|[a-z]\d?|\d+[-/]\d+(?:[-/]\d+)?|\d+|(?:[a-z]{1,6}[1-6])+|(?:g|f|b|l|lg|ug)/\d*f?|\d+/[fg]|\d+[a-h]|h264|"
    r"covid-?19|a[3-5]|b2b|[1-6]g|5ghz|usb\d?|hdmi\d?|win\d+|q[1-4]|u\d+|2x|iphone\d+|hkd?\d+|rmb\d+|\d+(?:ac|tv)|24/7|24h|"
    r"[a-z]+/[a-z]+|top\d+"
)
_ERROR = re.compile(
    r"(?<![a-z0-9\-/])(?:[a-z]{1,2}[-\s]?\d{1,3}|\d{1,2}[a-z]|\d[a-z]\d{2}|[edu][a-z]|err?-?\d{1,3})(?![a-z0-9/\-])"
)
_ERROR_SURE = re.compile(r"(?:[efhdpulj]|er|err)[-]?\d{1,2}(?![a-z0-9])")
_ERROR_CUE = re.compile(
    r"(?:error|code|shows?|showing|showed|display(?:s|ing)?|says?|saying|reads?|flash(?:es|ing)?|blinks?|blinking|message|err|"
    r"显示|故障|代码|代号|报错|报|弹出|闪|出现|错误|跳出|屏上跳|屏幕跳|出|跳|亮|写住|显紧|显示紧|闪住|见到|hin si|hin see|xian shi)"
    r"(?:\s?(?:an?|the|code|error|is|of|number|message|that|hai|go|me|on|it|with|up|red|:|：|in|letters|jo|zo))*"
    r"[\s:：“\"'「着了住紧咗个嘅的是系一出来码错误代故障显示呢这那]*$"
)
_ERROR_NOT = re.compile(
    r"(?:a[1-5]|b[1-5]|[a-z]{1,2}\s\d+|mp\d|[1-6]g|\d{1,2}[a-z]|q\d|no|do|we|me|he|be|am|pm|ok|at|is|it|us|up|uk|eh|dr|de|du|ur|[a-z]{2}|pm\s?2|h2|co2|o2)"
)
_ALPHABET = str.maketrans({"O": "0", "I": "1", "L": "1"})


def emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses in a lower-case text, also said aloud.

    >>> [one.value for one in emails("amy.wong@example.com, or tom at example dot org")]
    ['amy.wong@example.com', 'tom@example.org']
    """
    for match in EMAIL.finditer(text):
        yield Found(match.start(), match.end(), re.sub(r"\s", "", match[0]))
    for match in _EMAIL_SAID.finditer(text):
        if "dot" in match[3] or "点" in match[3]:
            tail = re.sub(r"\s(?:dot|点)\s", ".", match[3])
            yield Found(match.start(), match.end(), f"{match[1]}@{match[2]}{tail}")


def tickets(text: str, *, expected: bool = False) -> Iterator[Found]:
    """Find ticket numbers in any spacing, case or width, said in pieces too; letters O, I, L read as digits.

    >>> [one.value for one in tickets("it's rt 8k3m 52qd, i mean r t 8 k 3 m five two q d")]
    ['RT-8K3M-52QD', 'RT-8K3M-52QD']
    >>> [one.value for one in tickets("查下rt-zqnr-khqc整成點")]
    ['RT-ZQNR-KHQC']
    """
    said = _digits_for_words(text)
    for match in _TICKET.finditer(said[0]):
        code = re.sub(r"[^a-z0-9]", "", match[0])[2:].upper().translate(_ALPHABET)
        is_written = _TICKET_WRITTEN.fullmatch(match[0]) is not None  # one number in twenty has no digit
        if (is_written or any(c.isdigit() for c in code)) and "U" not in code:
            yield Found(said[1][match.start()], said[1][match.end() - 1] + 1, f"RT-{code[:4]}-{code[4:]}")
    for match in _TICKET_BARE.finditer(text):
        code = re.sub(r"[^a-z0-9]", "", match[0])
        mixed = any(c.isdigit() for c in code) and any(c.isalpha() for c in code)
        mixed = mixed or (expected and "-" in match[0])
        if mixed and (expected or _TICKET_CUE.search(text, 0, match.start())):
            code = code.upper().translate(_ALPHABET)
            yield Found(match.start(), match.end(), f"RT-{code[:4]}-{code[4:]}")


def _digits_for_words(text: str) -> tuple[str, list[int]]:
    """Write spoken English digits as digits; each character keeps a place in the text."""
    pieces: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"[a-z]+|.", text, re.DOTALL):
        value = numbers.ENGLISH.get(match[0], 99)
        if value < 10:
            pieces.append(str(value))
            places.append(match.end() - 1)
        else:
            pieces.append(match[0])
            places.extend(range(match.start(), match.end()))
    return "".join(pieces), places


def orders(text: str, *, expected: bool = False) -> Iterator[Found]:
    """Find order numbers: SO with its day and count, or whatever follows words for an order number.

    >>> [one.value for one in orders("order so20260314 0187 pls")]
    ['SO20260314-0187']
    """
    taken = 0
    for match in _ORDER.finditer(text):
        taken = match.end()
        yield Found(match.start(), taken, f"SO{re.sub(r'[^0-9]', '', match[1])}-{match[2]}")
    for pattern in (_ORDER_OTHER, _ORDER_BARE):
        for match in pattern.finditer(text, taken):
            sure = pattern is _ORDER_OTHER or expected or _ORDER_CUE.search(text, 0, match.start())
            if sure and not re.match(r"rt-?[a-z0-9]{4}|sn\d", match[0]):
                yield Found(match.start(), match.end(), re.sub(r"[\s#]", "", match[0]).upper())
                return
    if _is_of_an_order(text):
        yield from _long(text)


def _is_of_an_order(text: str) -> bool:
    return _ORDER_TALK.search(text) is not None and _SERIAL_TALK.search(text) is None


def _long(text: str) -> Iterator[Found]:
    """Find numbers of another maker's or shop's own making; what is talked about tells their kind."""
    for match in _LONG.finditer(text):
        if not re.match(r"(?:sn|so|rt)-?\d", match[0]):
            yield Found(match.start(), match.end(), match[0].upper())


def serials(text: str, *, expected: bool = False) -> Iterator[Found]:
    """Find serial numbers: SN and digits, or whatever follows words for a serial number.

    >>> [one.value for one in serials("s/n: 2024 0511 873, serial number ab12345")]
    ['SN20240511873', 'AB12345']
    """
    for match in _SERIAL.finditer(text):
        yield Found(match.start(), match.end(), "SN" + re.sub(r"\D", "", match[1]))
    for match in _SERIAL_OTHER.finditer(text):
        yield Found(match.start(), match.end(), re.sub(r"[^a-z0-9-]", "", match[0]).upper())
    if not _is_of_an_order(text):
        yield from _long(text)
    for match in _SERIAL_BARE.finditer(text):
        if expected or _SERIAL_CUE.search(text, 0, match.start()):
            yield Found(match.start(), match.end(), match[0].upper())


def models(text: str, original: str, *, expected: bool = False) -> Iterator[Found]:
    """Find model names: letters and digits that are no measure, date or ordinal. `original` has the case.

    >>> [one.value for one in models("my kfr-35gw, 3rd floor, 50kg", "my KFR-35GW, 3rd floor, 50kg")]
    ['KFR-35GW']
    """
    for match in _MODEL.finditer(text):
        word = match[0]
        cue = expected or _MODEL_CUE.search(text, 0, match.start()) is not None
        letters, digits = sum(c.isalpha() for c in word), sum(c.isdigit() for c in word)
        if not letters or _PLAIN.fullmatch(word) or len(word) < 3 or re.match(r"(?:sn|so|rt)-?\d", word):
            continue
        shouted = original[match.start() : match.end()].isupper()
        likely = (digits >= 2 and len(word) >= 5 and (word[0].isalpha() or shouted)) or ("-" in word and shouted)
        likely = likely or (shouted and len(word) >= 5)
        if cue or likely:
            yield Found(match.start(), match.end(), word.upper())


def error_codes(text: str, original: str) -> Iterator[Found]:
    """Find error codes as an appliance shows them.

    >>> [one.value for one in error_codes("it shows e4 then 5b00", "it shows E4 then 5B00")]
    ['error_code']
    """
    for match in _ERROR.finditer(text):
        word = match[0]
        shown = _ERROR_CUE.search(text, 0, match.start()) is not None
        sure = _ERROR_SURE.fullmatch(word) is not None
        typed = original[match.start() : match.end()]
        upper = typed.upper() == typed or sure
        if (sure and (shown or typed[0].isupper())) or (
            shown and upper and (sure or not _ERROR_NOT.fullmatch(word) or typed.isupper())
        ):
            yield Found(match.start(), match.end(), "error_code")
