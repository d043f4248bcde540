"""Words that say nothing about the language of the one who writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.identify.tokens import Token

# What people of all three languages type alike.
WORDS = frozenset(
    """ok okay okie oki k kk okok hi hii hey ha haha hahaha lol lmao xd yo eh hmm hm mm oh ah um uh emm emmm wow bb bye
byebye test testing demo sos asap vip app wifi wi-fi usb hdmi tv led lcd pdf sim gps id pin otp email sms whatsapp
wechat telegram line facebook youtube google apple samsung huawei xiaomi sony lg midea haier gree hisense panasonic
hitachi toshiba philips dyson bosch siemens daikin whirlpool electrolux tcl oppo vivo lenovo dell hp epson canon
brother iphone ipad macbook rt sn no. model
""".split()  # noqa: SIM905
)
_SURNAMES = frozenset(
    """chan wong lee cheung lau leung lam ng ho tang tsang chow chiu kwok yeung hui law choi so ma mak fung yu tam kwan poon
yip siu tse tong lo tsui chu lai mok pang au chung yuen cheng sin kwong chui tsoi ip wan shum sham lui hung zhang wang
li liu chen yang huang zhao wu zhou xu sun zhu gao lin guo he luo liang song zheng xie han deng feng cao zeng peng
xiao cai pan tian dong yuan yu jiang wei ye du su lu ding ren
""".split()  # noqa: SIM905
)
_GIVEN = frozenset(
    """john mary peter paul david michael james robert william richard thomas charles daniel matthew mark andrew joseph
george kevin brian edward jason eric steven tony kelvin alan ken raymond simon jacky jackie sam tom ben alex chris amy
anna susan sarah emily lisa karen nancy betty helen sandra jennifer jessica linda elizabeth barbara maggie candy joyce
cindy kitty winnie vivian carmen grace alice jenny kelly rachel emma olivia sophia lucy jane rose ivy mandy tracy
wendy fiona gary henry jack frank patrick dennis jerry philip vincent victor ivan leo oscar
""".split()  # noqa: SIM905
)
_TITLES = frozenset(
    """mr mrs ms miss dr
""".split()  # noqa: SIM905
)
_HAN_SURNAMES = frozenset(
    "陈陳李张張黄黃王林刘劉吴吳周郑鄭梁谢謝何罗羅郭赵趙叶葉杨楊许許邓鄧冯馮曾彭蔡潘袁苏蘇卢盧麦麥关關欧歐"
)
# Characters that no given name has, or that make an everyday word of the surname before them.
_NO_NAME = re.compile(
    "[时時必况況处處色来來到期边邊末围圍嘴开開谢謝了啦机機系係闭閉于於上掉州国國多的吗嗎呢吧啊呀你我他不没沒冇唔是有在嘅咗先下点點完都也很好]"
)
_NAME = re.compile("[A-Z][a-z]+")

# English that Chinese writers use all day and still expect a Chinese answer to.
_COURTESIES = frozenset(
    """thanks thank thx tks thankyou you u very much a lot so for that your help please pls plz sorry morning good afternoon
evening night hello yes yeah yep yup no nope sure fine great nice cool perfect done got it noted see later tomorrow
cheers welcome take care happy new year merry christmas dear sir madam all right alright never mind my god omg wait
well and there thanku ty tq np problem worries deal again m
""".split()  # noqa: SIM905
)


def is_courtesy(word: str) -> bool:
    """Tell whether a plain word is one of those English courtesies that everybody borrows.

    >>> is_courtesy("thanks"), is_courtesy("fridge")
    (True, False)
    """
    return word in _COURTESIES


def is_neutral(word: str) -> bool:
    """Tell whether a plain word is one that everybody uses.

    >>> is_neutral("ok"), is_neutral("hahahaha"), is_neutral("thanks")
    (True, True, False)
    """
    return word in WORDS or bool(re.fullmatch("(?:ha){2,}|h+m+|o+k+|(?:ok){2,}|h+i+|(?:he){2,}|e+m+", word))


def is_name(text: str, parts: Sequence[Token]) -> bool:
    """Tell whether a message is a person's name and no more.

    >>> from bot.language.identify.tokens import tokens
    >>> [is_name(text, tokens(text)) for text in ("Chan Tai Man", "陈大文", "Ho Yi", "Peter", "ho yi", "何时来修")]
    [True, True, True, True, False, False]
    """
    if len(parts) == 1 and parts[0].kind == "han":
        return 2 <= len(parts[0].form) <= 3 and parts[0].form[0] in _HAN_SURNAMES and not _NO_NAME.search(parts[0].form)
    if not 1 <= len(parts) <= 4 or any(part.kind != "latin" for part in parts):
        return False
    words = [text[part.start : part.end] for part in parts]
    if not all(_NAME.fullmatch(word) for word in words):
        return False
    forms = [part.form for part in parts if part.form not in _TITLES]
    if len(forms) < len(words):  # Mr Wong
        return len(forms) <= 3
    if forms[0] in _GIVEN:
        return len(forms) < 3 or forms[-1] in _SURNAMES
    return len(forms) > 1 and (forms[0] in _SURNAMES or forms[-1] in _SURNAMES)


# 係, 唔係 and their particles in every spelling: the commonest of all Cantonese messages.
_YES = re.compile("(?:(?:m+h?|ng)(?:hai|hi|hay|hei)|hi|hai|hay)(?:aa?h?|ar|laa?h?|lak|lor?|wor?|meh?|gaa?h?|mai)?")
_ALWAYS_CANTONESE = frozenset(
    """mgoi mgoisaai mgoisai mhgoi mhgoisaai nggoi mkoi mgoy doje dojeh doze dozeh dorjeh dojesaai dozesaai jousan josan
zousan mhou mho mdak mji mzi mjidou mzidou msai msaila msaai mouman mantai moumantai momantai dimgaai dimgai dimsyun
dimsuen neiho neihou leiho leihou neihoma neihoumaa leihoma leihouma""".split()  # noqa: SIM905
)


def is_always_cantonese(words: Sequence[str]) -> bool:
    """Tell the short messages that nobody means as English or Mandarin, whatever was spoken before.

    >>> is_always_cantonese(["m4", "goi1"]), is_always_cantonese(["mm", "hi"]), is_always_cantonese(["hi"])
    (True, True, False)
    """
    joined = "".join(words)
    joined = re.sub("[1-6]", "", joined)
    return joined in _ALWAYS_CANTONESE or bool(_YES.fullmatch(joined) and joined != "hi")
