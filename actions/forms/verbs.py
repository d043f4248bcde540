"""What a customer wants done with their data: signs in a message that is known to be about it."""

from __future__ import annotations

import re

from actions.talk import Message

SHOW, COPY, DELETE, WITHDRAW, POLICY = "show", "copy", "delete", "withdraw", "policy"
VERBS = (SHOW, COPY, DELETE, WITHDRAW, POLICY)

_COPY = re.compile(
    r"\bcop(y|ies)\b|\bexport|\bdownload|\bsend me\b|access request|\bsar\b|subject access|portab"
    r"|导出|導出|匯出|汇出|副本|拷贝|拷貝|复印|複印|下载|下載|[传傳发發送][^。，]{0,4}份|[一]?份[^。，]{0,8}(资料|資料|数据|數據|信息|记录|紀錄|記錄)"
    r"|查阅(权|资料权)|查閱資料權",
    re.IGNORECASE,
)
_DELETE = re.compile(
    r"\bdelet|\beras|\bremov|\bwipe|\bclear\b|forget me|forgotten|get rid|take (me|my|this|that|it)\b.* off|close my account"
    r"|删|刪|清除|清空|清掉|抹|注销|註銷|销户|銷戶|取消.{0,6}(户口|戶口|账号|帳號|账户|賬戶|会员|會員)|被遗忘|被遺忘|剷|铲|去掉"
    r"|(别|別|不要|唔好|唔使|唔想|不想).{0,6}(留|存|記住|记住|保存|儲存)",
    re.IGNORECASE,
)
_WITHDRAW = re.compile(
    r"withdraw|unsubscribe|opt[ -]?out|stop (using|sending|contacting|calling)|object to|no more (marketing|adverts|promotions)"
    r"|撤回|撤销|撤銷|退订|退訂|停止(使用|收|用)|取消.{0,4}(推送|订阅|訂閱|推廣|推广)|(别再|別再|不要|唔好再).{0,8}(用|推销|推銷|发广告|發廣告)",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"polic(y|ies)|protect|privacy|priv(ate|acy)|\bwho (else |can|sees|has|reads)|\bshare|\bsell|pass .* to|advertis|how long|where (is|are)|record(ed)?\b|safe|secur|encrypt"
    r"|隐私|隱私|私隱|私隐|政策|条款|條款|协议|協議|多久|几耐|幾耐|卖|賣|泄露|洩漏|洩露|第三方|加密|安全|保安|录音|錄音|谁|誰|邊個|给别人|俾人|怎么用|點用",
    re.IGNORECASE,
)
_SHOW = re.compile(
    r"\bwhat\b.*\b(know|hold|have|keep|store|information|data|details)|\bwhich\b.*details|\bshow\b|\bsee\b|\bview\b|\blook at\b|\blist\b|profile|on file"
    r"|(哪些|什么|什麼|咩|乜|邊啲|幾多).{0,8}(资料|資料|信息|数据|數據|记录|紀錄|記錄|嘢)|(资料|資料|信息|数据|數據).{0,6}(哪些|什么|什麼|咩|乜|邊啲)"
    r"|知(道)?我(啲|的|些)?(什么|什麼|咩|乜)|查看|查阅|查閱|查一下|看看|睇(返|下|吓)?|列出|清单|清單|个人信息|個人資料",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(do ?n['o]?t|not|never)\b|不(要|用|想)?[删刪]|[别別][删刪]|唔(好|使|想)[删刪]|咪[删刪]", re.IGNORECASE
)


def verb_of(message: Message) -> str | None:
    """Tell what is wanted; of a copy and an erasure the copy comes first, or there would be nothing to copy."""
    tapped = message.find("data_verb")
    if tapped and tapped.value in VERBS:
        return tapped.value
    said = f"{message.text}\n{message.characters}"
    for verb, sign in ((COPY, _COPY), (DELETE, _DELETE), (WITHDRAW, _WITHDRAW), (POLICY, _POLICY), (SHOW, _SHOW)):
        if sign.search(said) and not (verb == DELETE and _NOT.search(said)):
            return verb
    return None
