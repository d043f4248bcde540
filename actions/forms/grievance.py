"""What the words of a complaint tell: how grave it is, what it is about, and whether it is over."""

from __future__ import annotations

import re

from actions.talk import Message
from bot.language.scripts import to_simplified
from bot.support.complaint_rules import LONG_WAIT_DAYS, Signs
from bot.support.tickets import SAFETY_FAULTS

# Chinese is matched in simplified characters, Mandarin and Cantonese words side by side.
_ANGER = re.compile(
    r"ridiculous|unacceptable|outrag|disgust|furious|fed up|sick of|had enough|worst|terrible|appalling|shame|liars?\b|scam|pathetic|useless|!!|！！"
    r"|忍无可忍|气死|太过分|太离谱|离谱|骗子|垃圾|恶心|火大|受够|岂有此理|无语|什么破|混蛋|嬲|激死|激气|吹涨|过分|废柴|呃人|顶唔顺|痴线|仆街",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"consumer (council|association|protection)|lawyer|solicitor|\bsue\b|legal action|court|newspaper|the press|journalist|media|(bad|public|online) review|post (this|it) (on|online)|twitter|facebook|ombudsman|trading standards"
    r"|消委会|消费者委员会|消协|消费者协会|12315|工商局|市场监管|律师|起诉|告你|法院|法庭|媒体|记者|报纸|曝光|公开|小红书|微博|差评|连登|传媒",
    re.IGNORECASE,
)
_DAMAGE = re.compile(
    r"damaged|flooded|ruined|spoil(ed|t)|broke my|scratched|lost (money|my)|overcharged|compensat|stain"
    r"|弄坏|损坏|刮花|泡坏|泡水|淹|坏掉了.*(地板|家具|墙)|赔|多收|乱收费|整烂|整花|浸坏|浸晒|收多",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"injur|\bhurt\b|burn(t|ed)|caught fire|on fire|electric shock|hospital|受伤|烫伤|烧伤|触电|着火|起火|医院|整亲|电亲|火烛",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\bagain\b|(third|second|fourth|fifth) time|(two|three|four|five|several|\d) times|twice|still (broken|not|leaking)"
    r"|又坏|又漏|又不|又唔|再次|[两二三四五几]次|几趟|修了.{0,6}还|整.{0,4}都(仲|唔)|仲系坏",
    re.IGNORECASE,
)
_LONG_WAIT = re.compile(
    r"\b(a|one|two|three|four|several|many|\d+) (weeks?|months?)\b|\bweeks\b|\bmonths\b|[一两二三四五六几半成\d]个?(星期|礼拜|月)|[一两二三四五六几\d]周|半个月",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"already complained|complained (before|already|last)|my (last|previous) complaint|投诉过|上次投诉|之前投诉",
    re.IGNORECASE,
)
_CATEGORIES = (
    (
        "staff",
        r"rude|attitude|staff|manner|yelled|shout|unprofessional|hung up|态度|客服|凶|没礼貌|骂|不耐烦|冇礼貌|粗鲁|黑面|恶死|挂.{0,3}电话",
    ),
    ("price", r"charge|price|expensive|invoice|fee\b|refund|money|\bpaid\b|收费|价|贵|钱|退款|发票|多收|抢钱|收多"),
    (
        "communication",
        r"call(ed)? (me )?back|nobody (answers|called|replied)|no (reply|answer|response)|reply|没人接|不回|没人理|冇人听|冇人理|冇人覆|打.{0,6}电话",
    ),
    (
        "delay",
        r"late\b|wait|delay|slow|days|weeks?|nobody came|no one came|didn['o]?t (come|turn|show)|等|迟|拖|慢|没来|不来|放鸽子|冇嚟|未嚟|冇人嚟|耐",
    ),
    ("repair", r"repair|fix|mend|engineer|broken|修|师傅|整|坏"),
    ("product", r"product|quality|machine|model|brand new|产品|质量|机器|新买|品质|部机"),
)
_WISH = re.compile(
    r"refund|money back|compensat|apolog|replace|exchange|new one|send (someone|another)|退款|退钱|退货|赔|道歉|换新|换一台|换过|退返|给个说法|俾个交代",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(i|we|want|to|would|like|wish|make|file|lodge|a|an|complaints?|complain|your|you|the|service|desk|is|are|was|so|very|really|terrible|bad|awful|worst|ever|poor|rubbish|disappointed|angry|unhappy|not|happy|satisfied|with|company|guys|this|it|ridiculous|unacceptable|absolutely|have|my|about|am|of|what|such|just|please|need|m|s)\b"
    r"|[我你您]们?|你哋|哋|想|要|投诉|一下|服务|售后|公司|太|真|好|很|非常|十分|系|是|差劲|差|劲|垃圾|烂|满意|不满|唔满|生气|嬲|离谱|过分|了|喇|啦|呀|啊|的|嘅|咁|什么|咩|哪|这|呢个|都|得|到|死",
    re.IGNORECASE,
)
_LEAST_TOLD = 3
_SETTLED = re.compile(
    r"\b(solved|resolved|settled|sorted|all (good|fine|ok(ay)?) now|(is|it's|been) fixed|withdraw my complaint|drop (the|my) complaint)\b"
    r"|(解决|处理好|搞定|弄好|修好)[了啦]|没事了|不投诉了|撤销投诉|撤回投诉|搞掂[咗左喇啦]|整好[咗左喇啦]|解决[咗左]|冇事[喇啦]|唔投诉[喇啦]|取消投诉",
    re.IGNORECASE,
)
_NOT_SETTLED = re.compile(
    r"(n['o]?t|never|nothing|until|if|when|un)\W*(\w+\W+){0,2}(solved|resolved|settled|sorted|fixed)|(没|未|不|冇|还|仲|先|才|如果).{0,4}(解决|处理好|搞定|搞掂|弄好|修好|整好)|[吗?？咩]|未$",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"great|excellent|thank|friendly|polite|brilliant|wonderful|fantastic|helpful|professional|amazing|good|nice|well done|lovely|kind"
    r"|好评|表扬|很好|真好|专业|耐心|细心|满意|赞|棒|给力|点赞|不错|好人|有礼|好好|好有|叻|周到|热情|快手",
    re.IGNORECASE,
)
_SUGGESTION = re.compile(
    r"suggest|should|could you|would be (nice|good|better|great)|maybe you|wish|it['o]?d help|hope you|recommend you|better if|why not|idea"
    r"|建议|希望|最好|应该|能不能|可不可以|如果能|不如|可以加|改进|改善|提议|想提|可唔可以|应该|加返|意见",
    re.IGNORECASE,
)


def signs_of(message: Message, *, key_account: bool = False) -> Signs:
    """Read how grave a complaint is from the customer's words."""
    said = _said(message)
    fault = message.find("fault")
    return Signs(
        safety=bool(_HURT.search(said)) or bool(fault and fault.value in SAFETY_FAULTS),
        public=bool(_PUBLIC.search(said)),
        strong_anger=bool(_ANGER.search(said)),
        repeat_fault=bool(_AGAIN.search(said)) or message.label == "fault_returned",
        earlier_complaint=bool(_BEFORE.search(said)),
        damage=bool(_DAMAGE.search(said)),
        key_account=key_account,
        waited_days=LONG_WAIT_DAYS if _LONG_WAIT.search(said) else 0,
    )


def category_of(message: Message) -> str:
    """Name what a complaint is about, by the first of its words that tells."""
    said = _said(message)
    if _HURT.search(said):
        return "safety"
    return next((name for name, words in _CATEGORIES if re.search(words, said, re.IGNORECASE)), "other")


def says_what_happened(message: Message) -> bool:
    """Tell whether there is more in a complaint than that it is one."""
    rest = _EMPTY.sub(" ", _said(message))
    return len(re.findall(r"[a-z0-9']+|[\u4e00-\u9fff]", rest, re.IGNORECASE)) >= _LEAST_TOLD


def says_what_is_wanted(message: Message) -> bool:
    """Tell whether a complaint names what would make it good."""
    return bool(_WISH.search(_said(message)))


def says_it_is_settled(message: Message) -> bool:
    """Tell whether the customer says that the matter is settled."""
    said = _said(message)
    return bool(_SETTLED.search(said)) and not _NOT_SETTLED.search(said)


def kind_of_feedback(message: Message) -> str:
    """Tell praise from a suggestion: `praise`, `suggestion`, or `words` for what is neither or both."""
    said = _said(message)
    if _SUGGESTION.search(said):
        return "suggestion"
    return "praise" if _PRAISE.search(said) else "words"


def _said(message: Message) -> str:
    return to_simplified(message.characters)
