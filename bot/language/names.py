"""The customer's or contact's own name, where the words say so; never staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.language.entities import tables
from bot.language.found import Found

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉"
    "岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强"
    "贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊惠甄封芮储靳"
    "甘厉戎祖武符刘景詹龙叶司黎乔翟谭劳冉桂牛燕尚温庄晏柴习容向易廖庾终简关曾沙丰巢聂辛那饶翦阳区欧佘冼招麦岳植邝游连佟肖闫尉车涂蓝巫凃覃蒙敖"
)
_COMPOUND = "欧阳|司徒|上官|司马|诸葛|公孙|尉迟|夏侯|东方|皇甫|慕容|令狐"
_FAMILY = rf"(?:{_COMPOUND}|[{_SURNAMES}])"
_TITLE = "先生|小姐|女士|太太|太|生|师奶|姐|哥|叔|婶|婆婆|伯|伯伯|阿姨|老师|医生|同学|大姐|大哥|姑娘|经理|总|妈妈|奶奶|爷爷|阿婆|小姐姐|老板|老太|老伯|校长|主任|女仕|sir|阿姐|婆"
_GIVEN = r"[一-鿿]{1,2}"
_STOP = "的是在系係喺，。,.!?！？、 了呀啦嘅吧啊说话講讲电話话手机家住要想有不唔没冇可能就都也我你他她佢先今明听"
_NOT_GIVEN = "的是系係在喺了呀啦嘅吧啊住话要想有不唔没冇就都也我你他她佢嚟来去叫写改同和跟先"
_HAN_NAME = rf"(?:{_COMPOUND}[^\W\d_a-z{_NOT_GIVEN}]{{1,2}}|[{_SURNAMES}][^\W\d_a-z{_NOT_GIVEN}]{{1,2}})"
_NICK = r"(?:阿[^\W\d_a-z]{1,2}|小[^\W\d_a-z]{1,2}|老[^\W\d_a-z]|[^\W\d_a-z]{2,3}|[^\W\d_a-z](?:先生|小姐|太太|太|生|女士|姐|哥))"
_EN_TITLE = r"(?:mr|mrs|ms|miss|mdm|madam|dr|prof|auntie|aunty|uncle|sir)\.?"
_EN_WORD = r"[a-z][a-z'’-]*[a-z]"
_EN_NAME = rf"{_EN_WORD}(?:\s{_EN_WORD}){{0,3}}"
_LATIN_CUES = re.compile(
    r"(?<![a-z])(?:my (?:full |last |first |family |sur)?name(?:'s| is|s)?(?: actually)?|the name(?:'s| is| should be)|name(?:'s| is| should be)|name\s?[:：]|"
    r"(?:i am|i'm|im|this is|it's|its|it is) (?=mr|mrs|ms|miss|dr|madam)|i am called|call me|they call me|people call me|"
    r"under(?: the)? name(?: of)?|in the name of|(?:it's |its |booked |registered |filed |put it )under|contact (?:person|name)?(?: is| will be|:)|"
    r"contact person (?:will be|is)?|surname(?: is|:|'s)?|last name(?: is|:)?|ask for|look for|attn[:.]?|signed|regards,|"
    r"(?:my (?:wife|husband|son|daughter|mum|mother|mom|dad|father|tenant|helper|sister|brother|neighbour)(?:'s name)?(?: is| is called| called|,)?) (?=[a-z]+(?:$|[,.]| will| is going))|"
    r"(?:ngo|ngor|o)5? ?(?:giu|kiu)3?(?: ?(?:zou|jou|jo|zo|zow)6?)?|(?:ngo|ngor|o)5? ?sing3?|(?:mama|baba|lo gung|lo po|lou gung|lou po|ah ma|ah ba|aa maa|aa baa|keoi|kui|kuei) ?(?:giu|kiu|sing)3?(?: ?(?:zou|jou|jo|zo)6?)?|meng(?: hai|2 hai6)?|go meng hai|ngo ge meng (?:hai|giu)|giu ngo|lyun lok yan(?: hai)?|keoi giu|mama giu|lo gung giu|lo po giu|"
    r"wo jiao|wo xing|xing ming|lian xi ren|bun yan)\s?[:：]?\s?"
)
_SPEAKING = re.compile(
    rf"(?<![a-z])(?:this is|it's|its|i'm|i am|im) (?P<it>{_EN_NAME})(?= speaking| here(?! to)| calling|$|[,.!])"
)
_THIS = re.compile(rf"(?:^|[,.!?] ?|hi |hello |hey |morning |afternoon )(?:this is|i'm|i am|im) (?P<it>{_EN_NAME})")
_TITLED = re.compile(
    rf"(?<![a-z])(?P<it>{_EN_TITLE}\s(?:{_EN_WORD})(?:\s(?={_EN_WORD}\b)(?!said|came|from|is|was|and|who|never|at|on|in|for|to|not|the|he|she|has|will|can|here|speaking|told|didn|did|please){_EN_WORD})?)(?![a-z])"
)
_KIN_NAMED = re.compile(
    r"(?:阿?(?:妈妈?|爸爸?|女|仔|囡|嫲|爷|婆|公|哥|姐|妹|弟)|老公|老婆|老豆|太太|先生|女儿|儿子|家姐|细佬|姐姐"
    r"|(?<![a-z])(?:mum|mom|dad|wife|husband|son|daughter|helper|sister|brother))\s?(?P<it>[a-z][a-z'-]+(?:\s[a-z][a-z'-]+){0,2}?)"
    r"(?=\s?[^\W\d_a-z]|$|[\s,，]+\d|，| (?:will|is|opens|can|has))"
)
_NO_NAMES = frozenset({"房东", "老太", "老太婆", "阿姐", "水鱼", "路由器", "老板", "成粤拼", "经理"})
_MIXED = [
    re.compile(rf"(?P<it>(?:{_EN_TITLE}\s)(?:{_FAMILY}))(?![^\W\d_a-z])"),
    re.compile(r"(?<![a-z])(?P<it>[a-z]{2,12}\s?(?:先生|小姐|太太|女士|生|太))(?=$|[\s,，。!！、]|呀|啊|嘅|喺|系|收)"),
    re.compile(
        r"(?:我叫|我系|我是|叫我|叫|名系|名叫|名字是|姓名|个名|搵|揾|找|联系人|收货人|联络人|contact)(?:做|系|是|叫|：|:)*\s?(?P<it>阿?[a-z][a-z'-]+(?:\s[a-z][a-z'-]+){0,2})(?=$|[\s,，。.!！、]|呀|啊|，|就得|得|收|听)"
    ),
    re.compile(r"我姓\s?(?P<it>[a-z]{2,10})(?![a-z])"),
]
_HAN_RULES = [
    re.compile(
        rf"名(?:字)?(?:写|打|搞|弄|记|登记|填)?(?:错了|错咗|错|反了|唔啱|不对)[^一-鿿]{{0,2}}(?:应该|其实|正确)?(?:是|系|叫)\s?(?P<it>{_HAN_NAME})(?=$|[\s,.，。、])"
    ),
    re.compile(rf"(?:是|系)\s?(?P<it>{_FAMILY})(?=[\s,，]*(?:不是|唔系|而不是)\s?(?:{_FAMILY})(?:$|[\s,，。]))"),
    re.compile(rf"(?:是|系)\s?(?:{_FAMILY})[\s,，]*(?:不是|唔系|而不是)\s?(?P<it>{_FAMILY})(?=$|[\s,，。])"),
    re.compile(
        rf"(?:联系人|联络人|收货人|收件人|户主|机主|业主|登记人|contact)[^，,。]{{0,6}}[，,：:]\s?(?P<it>{_HAN_NAME}|{_FAMILY}(?:{_TITLE})|阿[^\W\d_a-z])(?=$|[\s,，。])"
    ),
    re.compile(rf"^(?P<it>{_FAMILY}(?:女士|先生|小姐|太太|阿姨))(?=[的嘅])"),
    re.compile(rf"名下[^，,]{{0,10}}[，,]\s?(?P<it>{_HAN_NAME})(?=$|[\s,，。])"),
    re.compile(r"^(?P<it>阿[^\W\d_a-z])(?=\s?(?:not|唔系|不是))"),
    re.compile(
        rf"(?:我就是|我系|更正，|正确是|错了，是|错，是|先啱，|错咗，系|名系|名：|妈|爸|老公|老婆|先生|太太|媳妇|阿妈|老豆|小孩|儿子|女儿|邻居|楼上|隔离|单位)(?P<it>(?:[欧司上诸][阳徒官葛]|[{_SURNAMES}])[^\W\d_a-z{_NOT_GIVEN}]{{2}}|{_FAMILY}(?:太|生|师奶|阿姨|小姐|先生|太太))(?=$|[\s,，。的会可接]|先啱|可以)"
    ),
    re.compile(rf"^(?P<it>[{_SURNAMES}][^\W\d_a-z{_NOT_GIVEN}]{{2}})(?=[,，][^\d]*\d{{3}})"),
    re.compile(
        r"^(?P<it>[{_SURNAMES}](?:先生|小姐|女士|太太|太|阿姨|师奶))(?=收|$|[\s,，。])".replace(
            "{_SURNAMES}", _SURNAMES
        )
    ),
    re.compile(
        rf"(?:我|佢|他|她|妈|爸|婆|公|仔|女|儿|妻|夫|主|客|人|本人|朋友|仔|名|家姐|阿爷|阿嫲)?(?:叫做|名叫|叫作|叫|名字(?:是|就是|叫|系|：|:|应该是|应该系)?|姓名(?:是|：|:)?|个名(?:系|做|叫|：|:)?|名系|名：|名:)\s?(?P<it>{_HAN_NAME})(?=$|[\s,.，。!！?？、;；:：）)\d+]|的|吧|啦|呀|嘅|就|，)"
    ),
    re.compile(
        rf"(?:联系人|收货人|收件人|联络人|户主|机主|业主|登记人|客户名|抬头|本人|名字|署名|写我?(?:儿子|女儿|老公|老婆|妈|爸|太太|先生)?(?:的名字|嘅名)?|找|搵|问|我系|我是|这里是|呢度系|更正返?|改成|改做|改为)(?:个名|系|是|叫|写|改成|改做|填|：|:|为|我妈|我爸|我老公|我老婆|我先生|我太太|我儿子|我女儿|我个仔|我媳妇|返)*\s?(?P<it>{_HAN_NAME})(?=$|[\s,.，。!！?？、;；:：）)\d+]|吧|啦|呀|就得|聽|听|好|，)"
    ),
    re.compile(
        rf"(?:我|免贵|敝|贵?|小)姓\s?(?P<it>{_COMPOUND}|[^\W\d_a-z])(?=$|[\s,.，。!！?？、;；的嘅啦呀啊吧]|名|不|唔|，|叫)"
    ),
    re.compile(rf"(?:^|[^贵百])姓\s?(?P<it>{_FAMILY})(?![名氏])"),
    re.compile(
        rf"(?:叫我|称呼我|搵|找|問|问|联系|揾|联络|打俾|打畀|系|是|我系|我是|姓名|我老婆|我老公|写)\s?(?P<it>(?:{_FAMILY}|阿|小|老)(?:[^\W\d_a-z]{{0,2}}?)(?:{_TITLE}))(?!傅)"
    ),
    re.compile(rf"^\W*(?P<it>{_FAMILY}(?:[^\W\d_a-z]{{0,2}})?(?:先生|小姐|女士|太太|太|生))(?=$|[\s,.，。、])"),
    re.compile(
        rf"(?:叫我|称呼我|搵|揾|叫我做|唔该搵|我叫|我是|我系)\s?(?P<it>阿[^\W\d_a-z]|[小老](?:{_FAMILY}|[^\W\d_a-z]))(?=$|[\s,.，。、啦就吧得])"
    ),
    re.compile(rf"(?:是|系|叫)(?P<it>{_HAN_NAME})(?=$|[\s,.，。]|不|唔|，)(?=[,，。\s]*(?:不是|唔系|不叫|唔叫))"),
]
_SURE = re.compile(
    r"my (?:full |last |first |family |sur)?name|name|the name|surname|last name|ngo|meng|go meng|wo |xing|contact|lyun"
)
_CAPITALISED = re.compile(
    r"(?<![A-Za-z@.])[A-Z][a-z]+(?:[ ][A-Z][a-z]+){1,3}(?![a-z@])(?! (?:Road|Street|District|Garden|Building|Estate|Mansion|Centre|Plaza))"
)
_SIGNED = re.compile(
    r"(?:[Ss]incerely|[Rr]egards|[Tt]hanks|[Ss]igned|[Ff]aithfully)[, ]+(?P<it>[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})\W*$"
)
_STAFF = re.compile(
    r"(?:师傅|工程师|技师|客服|经理|engineer|technician|agent|staff|repairman|mechanic|si ?fu|your (?:guy|man|colleague))[^,.，。]{0,6}$"
)
_STAFF_AFTER = re.compile(
    r"\s?[的嘅]?(?:师傅|工程师|技师|客服|技术员|职员|店员|员工|同事|from your|came|fixed|was (?:very|so|rude|great|excellent|really|lovely|helpful|brilliant))"
)
# A piece of a message that is nothing but what somebody is called: 老张, 罗姐, 喊我刘大爷就行.
_KIN = "先生|小姐|女士|太太|太|生|师奶|姐|哥|叔|姨|婶|伯|婆婆|阿姨|大爷|大妈|大叔|大婶|大姐|大哥|奶奶|爷爷|老师|医生|同学|姑娘|经理|总|老板|老伯|校长|主任|女仕|sir|婆"
_PIECE = re.compile(r"[^,，。.;；、!！?？:：\s]+(?:\s[a-z]+)*")
_CALLED = re.compile(
    rf"(?:(?:我|本人|咱)?(?:就|都|刚|刚才|先前|头先|已经)?(?:是|系|叫|说了|说过|讲咗|讲过|说|姓名|名字)?(?:叫|是|系)?|(?:喊|叫|称呼|搵|揾|找|联系)(?:我|返)?)?"
    rf"(?P<it>(?:{_FAMILY}[^\W\d_a-z]{{0,2}}?(?:{_KIN})|[老小](?:[{_SURNAMES}])|阿[^\W\d_a-z妈爸嫲爷婆公姐哥弟妹姨叔婶伯女仔豆头]|小[^\W\d_a-z]{{2}}(?=$)))"
    r"(?:就行|就得|就可以|就好|就ok|吧|啊|呀|啦|喇|哈|哦|收)*"
)
_NOBODY = frozenset(
    {
        "老家",
        "小时",
        "小区",
        "小家",
        "小车",
        "小米",
        "小卡",
        "老路",
        "老屋",
        "小包",
        "小金",
        "小雨",
        "小吃",
        "小白",
        "小石",
    }
)
_PHONE = re.compile(r"(?:\+?\d[\s-]?){8,}")
_FULL_NAME = rf"(?:{_COMPOUND}|[{_SURNAMES}][^\W\d_a-z{_NOT_GIVEN}])[^\W\d_a-z{_NOT_GIVEN}]"
_LONE = r"(?P<it>[^\W\d_a-z]{3}|[a-z][a-z'’-]+(?:\s[a-z][a-z'’-]+){0,2})"
_LAST_PIECE = re.compile(rf"(?:^|[,，。.!！;；])\s*{_LONE}[\s,，、:：]*$")
_NEXT_PIECE = re.compile(rf"[\s,，、]*{_LONE}\s*(?:$|[,，。.!！;；])")
_BARE_LATIN = re.compile(rf"\W*(?P<it>(?:{_EN_TITLE}\s)?{_EN_NAME})[\s.!,]*")
_BARE_HAN = re.compile(r"[^\w]*(?P<it>[^\W\d_a-z]{1,5})[\s.。!！]*")


@cache
def _words(kind: str) -> frozenset[str]:
    """Give a list of data/lookups/names.yml: surnames, given names, or words that are never names."""
    return frozenset(str(tables.read("names")[kind]).split())


def find(text: str, case: str | None = None, *, expected: bool = False) -> Iterator[Found]:
    """Find names in a lower-case, simplified text; with `expected` a bare name is one.

    `case` is the text with its capitals: after "it's" or "this is" only a capitalised word is a name.

    >>> def names(text): return [text[one.start : one.end] for one in find(text)]
    >>> names("hi, my name is amy wong"), names("我叫陈大文，电话"), names("我姓欧阳"), names("the engineer mr chan was rude")
    (['amy wong'], ['陈大文'], ['欧阳'], [])
    """
    taken: list[tuple[int, int]] = []
    for start, end in _places(text, case or text, expected):
        if (
            start < end
            and not any(start < stop and end > begin for begin, stop in taken)
            and not _of_staff(text, start, end)
        ):
            taken.append((start, end))
            yield Found(start, end, None)


def _of_staff(text: str, start: int, end: int) -> bool:
    return _STAFF.search(text, max(0, start - 24), start) is not None or _STAFF_AFTER.match(text, end) is not None


def _places(text: str, case: str, expected: bool) -> Iterator[tuple[int, int]]:
    for cue in _LATIN_CUES.finditer(text):
        start, end = _latin(text, cue.end())
        words = text[start:end].split()
        known = bool(words) and (words[0] in _words("given") or words[0] in _words("surnames"))
        if _SURE.match(cue[0]) or known or case[start:end] != text[start:end]:
            yield start, end
    for rule in (_SPEAKING, _THIS):
        for match in rule.finditer(text):
            start, end = _latin(text, match.start("it"))
            words = text[start:end].split()
            known = bool(words) and (words[0] in _words("given") or (len(words) > 1 and words[0] in _words("surnames")))
            if end - start >= 3 and (known or (case[start : start + 1].isupper() and case[start:end].istitle())):
                yield start, end
    for match in _TITLED.finditer(text):
        if not match["it"].startswith(("sir", "prof")) and match["it"].split()[-1] not in _words("never"):
            yield match.span("it")
    ascii_only = text.isascii()
    for rule in _MIXED if not ascii_only else ():
        for match in rule.finditer(text):
            words = match["it"].split()
            if not set(words) & _words("never"):
                yield match.span("it")
    for match in _KIN_NAMED.finditer(text):
        first = match["it"].split()[0]
        if first in _words("given") or (case[match.start("it")].isupper() and first not in _words("never")):
            yield match.span("it")
    for rule in _HAN_RULES if not ascii_only else ():
        yield from (match.span("it") for match in rule.finditer(text) if match["it"] not in _NO_NAMES)
    phone = _PHONE.search(text)
    if not ascii_only and (expected or phone):
        yield from _pieces(text)
    if phone:
        yield from _beside(text, case, *phone.span())
    if expected:
        bare = _BARE_HAN.fullmatch(text) or _BARE_LATIN.fullmatch(text)
        if bare:
            yield bare.span("it")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Find what somebody is called standing by itself, beside a phone number or where a name was asked for."""
    for piece in _PIECE.finditer(text):
        called = _CALLED.fullmatch(piece[0])
        if called and called["it"] not in _NOBODY | _NO_NAMES and called["it"] not in _words("never"):
            yield piece.start() + called.start("it"), piece.start() + called.end("it")


def _beside(text: str, case: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find a full name right before or behind a phone number, with nothing else said: "Emma Clarke, 6432 1098"."""
    before, after = _LAST_PIECE.search(text, 0, start), _NEXT_PIECE.match(text, end)
    for piece in (before, after):
        if piece is None:
            continue
        said, words = piece["it"], piece["it"].split()
        known = words[0] in _words("given") or (len(words) > 1 and not _words("surnames").isdisjoint(words))
        is_typed_as_name = case[piece.start("it") : piece.end("it")].istitle() and _words("never").isdisjoint(words)
        if re.fullmatch(_FULL_NAME, said) or (known and is_typed_as_name):
            yield piece.span("it")


def capitalised(text: str, case: str) -> Iterator[Found]:
    """Find names by their capitals alone: in what was typed, before any of it is taken for romanized words.

    >>> [one.start for one in capitalised("ngo mama giu chan mei ling", "ngo mama giu Chan Mei Ling")]
    [13]
    """
    for start, end in _capitalised(text, case):
        if not _of_staff(text, start, end):
            yield Found(start, end, None)


def _capitalised(text: str, case: str) -> Iterator[tuple[int, int]]:
    """Find capitalised words of which one is a Chinese surname in Latin letters, as names stand alone."""
    for match in _CAPITALISED.finditer(case):
        words = match[0].lower().split()
        if (words[0] in _words("surnames") or words[-1] in _words("surnames")) and not set(words) & _words("never"):
            yield match.span()
    for match in _SIGNED.finditer(case):
        yield match.span("it")


def _latin(text: str, at: int) -> tuple[int, int]:
    """Take the Latin words of a name from `at`, or a Chinese one, and stop where a sentence goes on."""
    han = re.compile(rf"{_HAN_NAME}|阿[^\W\d_a-z]|{_FAMILY}(?:先生|小姐|太太|太|生|女士)").match(text, at)
    if han:
        return han.span()
    end = start = at
    for count, word in enumerate(
        re.finditer(rf"\s?({_EN_TITLE}|[a-z][a-z'’-]*)(?![a-z0-9@._]*@)[1-6]?", text[at : at + 48])
    ):
        if word.start() != end - at or count > 3 or word[1].rstrip(".") in _words("never"):
            break
        end = at + word.end()
    return start, end
