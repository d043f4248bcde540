"""Cantonese sentences said in Mandarin, word by word, so that the two differ in grammar and not in topic."""

from __future__ import annotations

import re

# Cantonese on the left, Mandarin on the right; the longest match wins.
_PAIRS = """
唔係 不是  係咪 是不是  唔該 请  唔好意思 不好意思  唔好 不要  唔使 不用  唔同 不同
唔知 不知道  唔見 不见  唔得 不行  唔通 难道  唔單止 不仅  唔緊要 没关系  唔錯 不错
係唔係 是不是  好唔好 好不好  得唔得 行不行  知唔知 知不知道  有冇 有没有  冇得 没得  冇人 没人
冇嘢 没事  冇 没有  未曾 没有  仲未 还没  仲有 还有  仲係 还是  仲 还  咗 了  緊 着
嘅時候 的时候  嘅 的  喺度 在这里  喺 在  響 在  係 是  畀 给  俾 给  嚟 来  嚟到 来到
攞 拿  佢哋 他们  我哋 我们  你哋 你们  人哋 别人  佢 他  哋 们  呢啲 这些  嗰啲 那些
啲 些  有啲 有点  好啲 好一点  嗰個 那个  呢個 这个  依個 这个  嗰度 那里  呢度 这里
嗰邊 那边  呢邊 这边  嗰陣 那时候  嗰陣時 那时候  嗰 那  呢樣 这样  依家 现在  而家 现在
宜家 现在  噉樣 这样  噉 那么  咁樣 这样  咁多 这么多  咁 这么  乜嘢 什么  咩事 什么事
做乜 干什么  做咩 干什么  點解 为什么  點樣 怎么样  邊個 谁  邊度 哪里  幾時 什么时候
幾多 多少  幾耐 多久  幾好 挺好  啱啱 刚刚  啱先 刚才  頭先 刚才  啱 对  先至 才  鍾意 喜欢
中意 喜欢  睇到 看到  睇 看  聽日 明天  琴日 昨天  尋日 昨天  今日 今天  後日 后天
前日 前天  聽朝 明天早上  今朝 今天早上  琴晚 昨晚  朝早 早上  晏晝 下午  下晝 下午  上晝 上午
夜晚 晚上  日日 天天  成日 整天  成個 整个  搵 找  諗住 打算  諗 想  傾偈 聊天  傾 谈
瞓覺 睡觉  瞓 睡  食飯 吃饭  食 吃  飲 喝  行街 逛街  返工 上班  放工 下班  返嚟 回来
返去 回去  返學 上学  返 回  屋企 家里  細路 小孩  細佬 弟弟  嘢 东西  錢 钱  啱使 合用
靚 漂亮  攰 累  叻 厉害  犀利 厉害  嬲 生气  驚 怕  憎 讨厌  識 认识  唔識 不会  講 说
話畀 告诉  問 问  鬧 骂  打交 打架  郁 动  揸 开  搭 坐  落車 下车  落雨 下雨  落去 下去
上嚟 上来  曬 完  晒 完  過嚟 过来  過 过  多謝 谢谢  早晨 早上好  早抖 晚安  再見 再见
幫手 帮忙  幫 帮  擺 放  掟 扔  冚 盖  閂 关  熄 关  雪櫃 冰箱  冷氣 空调  電腦 电脑
手提電話 手机  的士 出租车  巴士 公交车  差館 警察局  銀包 钱包  遮 伞  乸 母  公仔 娃娃
男仔 男孩  女仔 女孩  後生仔 年轻人  老豆 爸爸  老母 妈妈  阿爸 爸爸  阿媽 妈妈  阿哥 哥哥
家姐 姐姐  同埋 和  定係 还是  但係 但是  因為 因为  雖然 虽然  即係 就是  嗱 看  喎 啊
囉 啊  啫 而已  咋 而已  㗎喇 的了  㗎 的  吖 啊  呀 啊  啦 吧  喇 了  嘞 了  噃 啊
𡃉 的  𠸏 的  囖 啊  嚹 了  真係 真的  淨係 只是  淨 只  梗係 当然  好似 好像  好多 很多
好耐 很久  夠 够  一陣 一会儿  一齊 一起  一次過 一次性  第日 改天  舊年 去年  出年 明年
第個 别的  入面 里面  出面 外面  後面 后面  隔籬 旁边  隔離 旁边  個個 每个  畀人 被人
俾人 被人  將 把  令到 让  都 也  乜 什么  咩 吗  嗌 叫  睬 理  搞掂 搞定  甩 掉
跌 掉  邋遢 脏  污糟 脏  乾淨 干净  唔 不  未 没  哩 这  依 这  嗰日 那天  啩 吧
喔 哦  吓 啊  噏 说  揀 选  撳 按  拎 拿  遞 递  劏 杀  煲 煮  鬆 松  緊張 紧张
緊要 重要  開心 开心  得閒 有空  得意 可爱  至 才  電話 電話  同事 同事  食物 食物
美食 美食  食品 食品  飲食 飲食  飲料 飲料  飲品 飲品  食用 食用  糧食 糧食  錯過 錯過
安落 安落  講究 講究  講座 講座  諗頭 諗頭  過去 過去  通過 通過  超過 超過  返修 返修
往返 往返  關於 關於  有關 有關  相關 相關  關心 關心  都市 都市  首都 首都  成都 成都
問題 問題  學問 學問  訪問 訪問  聲叫 聲叫  幫派 幫派  至於 至於  甚至 甚至  直至 直至
至少 至少  嘢食 吃的  唔得閒 没空  呢種 这种  呢隻 这只  呢班 这班  呢次 这次  呢件 这件
呢條 这条  呢座 这座  呢間 这间  呢部 这部  呢位 这位  今次 这次  唔記得 不记得  食得 能吃
用得 能用  一下 一下  睇下 看一下  試下 试一下  等下 等一下  問下 问一下  諗下 想一下
好嘅 好的
"""

_WORDS = _PAIRS.split()
_TABLE = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_PATTERN = re.compile("|".join(sorted(map(re.escape, _TABLE), key=lambda word: (-len(word), word))))
_VERY = re.compile("(?<![最你更又幾挺真])好(?=[漂大小多少快慢贵貴便高低难難容厉喜想怕累麻舒冷热熱重輕轻長长短遠远近])")
# Without one of these a Cantonese sentence may be Mandarin as well as not, and teaches nothing.
MARKERS = re.compile(
    "[唔冇咗緊嘅喺畀俾嚟攞係佢哋啲嗰咁噉喎囉㗎咩乜嘢啱諗瞓嗌嘞喇啫啩揾搵攰㪐睇佢嬲冚撳掟𡃉𠸏囖嚹嗱]|邊個|邊度|點解|點樣|幾時|而家|依家|鍾意"
)


def say_in_mandarin(cantonese: str) -> str | None:
    """Rewrite a Cantonese sentence in Mandarin words, or give None where nothing would change.

    >>> say_in_mandarin("佢哋而家唔喺度"), say_in_mandarin("塞翁失馬")
    ('他们现在不在这里', None)
    """
    if not MARKERS.search(cantonese):
        return None
    said = _VERY.sub("很", _PATTERN.sub(lambda match: _TABLE[match[0]], cantonese))
    return None if MARKERS.search(said) else said
