"""Words of Hong Kong and Taiwan put into those of the mainland, so that what is learned in one serves the other.

A gloss, not a translation: the sentence embedding knows Mandarin well and written Cantonese badly, and the
two share most of their words once a few dozen small ones agree.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Folded (simplified) Cantonese to Mandarin; longer words are tried first.
_WORDS = """
唔该晒=谢谢 唔该=谢谢 多谢晒=谢谢 多谢=谢谢 早晨=早上好 早抖=晚安 拜拜=再见 点解=为什么 点样=怎么样
点算=怎么办 点搞=怎么弄 点知=怎么知道 点整=怎么弄 点用=怎么用 点先=怎么才 点计=怎么算 点收=怎么收
点俾=怎么给 点畀=怎么给 点会=怎么会 点做=怎么做 点装=怎么装 点清=怎么清 点洗=怎么洗 点拆=怎么拆 点去=怎么去
点开=怎么开 点讲=怎么说 点联络=怎么联络 点报=怎么报 点写=怎么写 几时=什么时候 几多=多少 几钱=多少钱
几耐=多久 几好=挺好 边个=谁 边位=哪位 边度=哪里 边日=哪天 边间=哪家 边款=哪款 边部=哪台 乜嘢=什么
乜野=什么 咩事=什么事 咩=什么 乜=什么 做咩=干什么 唔使=不用 唔驶=不用 唔洗=不用 唔系=不是 唔好=不要
唔得=不行 唔知=不知道 唔识=不会 唔紧要=没关系 唔啱=不对 唔同=不同 唔见=不见 唔通=难道 唔=不 冇问题=没问题
冇=没有 系咪=是不是 系唔系=是不是 得唔得=行不行 有冇=有没有 可唔可以=可不可以 好唔好=好不好 使唔使=用不用
系=是 喺度=在这里 喺=在 嘅=的 咗=了 晒=完 佢哋=他们 我哋=我们 你哋=你们 佢=他 哋=们 呢度=这里
嗰度=那里 呢个=这个 嗰个=那个 呢啲=这些 嗰啲=那些 呢部=这台 嗰部=那台 呢=这 嗰=那 依家=现在 而家=现在
宜家=现在 家阵=现在 今日=今天 听日=明天 寻日=昨天 琴日=昨天 后日=后天 朝早=早上 晏昼=下午 下昼=下午
上昼=上午 夜晚=晚上 第日=改天 头先=刚才 啱啱=刚刚 啱先=刚才 啱=对 即刻=马上 即系=就是 睇下=看看 睇=看
讲=说 倾=谈 话俾=告诉 畀=给 俾=给 攞=拿 拎=拿 摞=拿 搵=找 揾=找 嚟=来 黎=来 去咗=去了 翻嚟=回来
整返=修好 整好=修好 整坏=弄坏 整=修 搞掂=搞定 搞=弄 郁=动 拣=选 闩=关 熄=关 着唔到=打不着 饮=喝
食=吃 瞓=睡 返工=上班 收工=下班 放工=下班 开工=上班 得闲=有空 冇人=没人 钟意=喜欢 中意=喜欢 谂=想
谂住=打算 估=猜 嬲=生气 激气=生气 好劲=很厉害 好鬼=很 几咁=多么 咁样=这样 咁=这么 噉=这样 啲=些
仲系=还是 仲有=还有 仲未=还没 仲=还 又试=又 先至=才 净系=只 淨系=只 都系=也是 同埋=和 定系=还是
但系=但是 冷气机=空调 冷气=空调 雪柜=冰箱 电视机=电视 洗衫机=洗衣机 洗衫=洗衣 热水炉=热水器 抽油烟机=油烟机
抽湿机=除湿机 风筒=吹风机 风扇=电风扇 饭煲=电饭锅 电饭煲=电饭锅 煮食炉=煤气灶 炉头=灶 煤气炉=煤气灶
吸尘机=吸尘器 空气清新机=空气净化器 手提电话=手机 遥控=遥控器 坏咗=坏了 坏左=坏了 烂咗=坏了 烂=坏 跳掣=跳闸
跳制=跳闸 唔冻=不冷 唔热=不热 焗=闷 好嘈=很吵 嘈喧巴闭=很吵 电亲=触电 插苏=插座 电掣=开关 掣=按钮
师父=师傅 上嚟=上来 上黎=上来 落单=下单 落去=下去 屋企=家里 屋村=小区 铺头=店铺 间铺=店铺 门市=门店
保用证=保修卡 保用=保修 送嚟=送来 退钱=退款 俾钱=付款 畀钱=付款 找数=付款 埋单=付款 平啲=便宜点 抵=值
银纸=钱 碌卡=刷卡 卡数=信用卡 转数快=转账 差佬=警察 阿姐=大姐 阿妈=妈妈 阿爸=爸爸 细路=孩子 细佬=弟弟
大佬=大哥 打俾=打给 打畀=打给 覆=回复 听电话=接电话 广东话=粤语 广州话=粤语 白话=粤语 国语=普通话
英文=英语 明唔明=明白吗 听唔明=听不懂 睇唔明=看不懂 唔明=不明白 再讲=再说 讲多次=再说一遍 慢啲=慢点
快啲=快点 早啲=早点 迟啲=晚点 好啲=好点 等咗=等了 成日=经常 成个=整个 次次=每次 日日=每天 搞错=弄错
错咗=错了 唔要=不要 算啦=算了 算数=算了 罢啦=算了 费事=懒得 唔理=不管 赞=表扬 叻=厉害 好正=很好
麻麻=一般 麻麻地=一般 hea=敷衍 呃人=骗人 呃=骗 黐线=疯了 顶唔顺=受不了 忍唔到=受不了 嘢=东西 人哋=别人
乜都=什么都 一啲=一些 少少=一点 好多=很多 好耐=很久 好快=很快 喇=了 啰=了 囉=了 㗎=的 嘎=的 噃=啊
喎=啊 吖=啊 咋=而已 吓=啊 咯=了 嚹=了 啩=吧 卦=吧
"""
# What is said in Taiwan; these mean the same wherever they stand.
_TAIWAN = """
冷气机=空调 冷气=空调 保固卡=保修卡 保固=保修 电子锅=电饭锅 电锅=电饭锅 印表机=打印机 列印=打印 分享器=路由器
数据机=路由器 笔电=笔记本电脑 萤幕=屏幕 荧幕=屏幕 瓦斯炉=煤气灶 瓦斯=煤气 排油烟机=油烟机 空气清净机=空气净化器
讯息=消息 简讯=短信 资讯=信息 个资=个人信息 网路=网络 软体=软件 影片=视频 品质=质量 退费=退款 宅配=快递
到府=上门 统一编号=税号 统编=税号 真人=人工 专人=人工 客诉=投诉 转帐=转账 汇款=转账 帐单=账单 帐号=账号
打烊=关门 假日=节假日 掰掰=再见 早安=早上好 午安=下午好 哈啰=你好 哈罗=你好 谢啦=谢谢 感恩=谢谢 傻眼=无语
超烂=很差 很烂=很差 烂透=很差 超赞=很好 技师=师傅 何时=什么时候 哪时=什么时候 什麽=什么 国语=普通话
繁中=繁体 简中=简体 延后=推迟 妳=你 滤心=滤芯 当机=死机 跳电=跳闸 客服人员=客服 服务人员=客服 主管=经理
"""
_GLOSS = dict(pair.split("=") for pair in _WORDS.split())
_TAIWANESE = dict(pair.split("=") for pair in _TAIWAN.split())
# Signs of Cantonese: without one of them a text is left alone.
_CANTONESE = re.compile(
    "[唔冇喺嘅咗佢哋嗰啲嚟咁噉畀俾咩乜睇攞搵揾嘢㗎喇啩喎噃吖瞓谂嬲掣哂]|雪柜|[听寻琴]日|点[解样算]|边[度个位日]|[而依]家|家阵|系咪|热水炉"
)


@lru_cache(2)
def _pattern(cantonese: bool) -> re.Pattern[str]:
    """Compile the words, longest first."""
    words = _GLOSS if cantonese else _TAIWANESE
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


def gloss(folded: str) -> str:
    """Put the words of a folded text into those of the mainland; other text stays as it is.

    >>> gloss("我部冷气唔冻,几时嚟睇下?"), gloss("我家空调不制冷了"), gloss("the fridge is broken")
    ('我部空调不冷,什么时候来看看?', '我家空调不制冷了', 'the fridge is broken')
    >>> gloss("笔电还在保固吗")
    '笔记本电脑还在保修吗'
    """
    if folded.isascii():
        return folded
    if _CANTONESE.search(folded):
        folded = _pattern(True).sub(lambda match: _GLOSS[match[0]], folded)
    return _pattern(False).sub(lambda match: _TAIWANESE[match[0]], folded)
