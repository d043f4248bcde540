"""Words of Chinese text: jieba with a dictionary of Cantonese and of this trade.

The tokenizer is built on first use and kept; loading takes about a second, so only those who need
words pay for it.
"""

from __future__ import annotations

import json
import logging
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import jieba

from bot.language.entities import gazetteer, tables

_HAN = re.compile(r"[㐀-鿿]{2,6}")
_CANTONESE = frozenset("唔咗嘅喺嚟哋啲嗰噉咁乜嘢啱㗎咩喎囉嗮冚俾畀攞冇睇佢嬲瞓揾搵諗嘥攰靚嘈焗煲掣掟攪掂嗌噏揸揀")
_COMMON, _DOMAIN = 300, 2000
_EVERYDAY = [
    "唔该",
    "唔系",
    "系咪",
    "唔使",
    "唔好",
    "点解",
    "点样",
    "边度",
    "边个",
    "几时",
    "几多",
    "乜嘢",
    "做乜",
    "佢哋",
    "我哋",
    "你哋",
    "呢度",
    "嗰度",
    "呢个",
    "嗰个",
    "呢部",
    "嗰部",
    "而家",
    "依家",
    "头先",
    "啱啱",
    "听日",
    "寻日",
    "琴日",
    "今日",
    "后日",
    "朝早",
    "上昼",
    "下昼",
    "晏昼",
    "夜晚",
    "屋企",
    "师傅",
    "整好",
    "整返",
    "坏咗",
    "坏晒",
    "冇反应",
    "冇电",
    "唔冻",
    "唔热",
    "唔得",
    "得闲",
    "得唔得",
    "可唔可以",
    "有冇",
    "知唔知",
    "返工",
    "放工",
    "收工",
    "返嚟",
    "上门",
    "落单",
    "跟进",
    "覆我",
    "打俾",
    "打畀",
    "搞掂",
    "搞错",
    "讲嘢",
    "倾偈",
    "慢慢",
    "即刻",
    "成日",
    "点算",
    "多谢",
    "早晨",
    "拜拜",
    "唔紧要",
    "冇问题",
    "保养",
    "维修",
    "上门费",
    "检查费",
    "单据",
    "催单",
    "改期",
    "预约",
    "取消",
    "投诉",
    "发票",
    "收据",
    "送货",
    "安装",
]


@cache
def load() -> jieba.Tokenizer:
    """Build the tokenizer: jieba's own dictionary, Cantonese words and the names of the trade."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    for word in _cantonese():
        tokenizer.add_word(word, _COMMON)
    for word in (*_EVERYDAY, *_domain()):
        tokenizer.add_word(word, _DOMAIN)
    return tokenizer


def _cantonese() -> list[str]:
    """Give the words of rime-cantonese, as pycantonese ships them, that a Mandarin dictionary lacks."""
    package = find_spec("pycantonese")
    if package is None or package.origin is None:
        return []
    listed = Path(package.origin).parent / "data" / "rime_cantonese" / "chars_to_jyutping.json"
    words = json.loads(listed.read_text(encoding="utf-8"))
    return tables.simplify([word for word in words if 2 <= len(word) <= 4 and not _CANTONESE.isdisjoint(word)])


def _domain() -> list[str]:
    return [one.phrase for one in gazetteer.known_names() if one.label != "nothing" and _HAN.fullmatch(one.phrase)]


def cut(text: str) -> list[str]:
    """Cut folded text into words, spaces left out.

    >>> cut("我部雪柜唔冻听日下昼得唔得")
    ['我', '部', '雪柜', '唔冻', '听日', '下昼', '得唔得']
    """
    return [word for word in load().cut(text, HMM=False) if word.strip()]
