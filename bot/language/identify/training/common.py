"""Short things people type every day, written down by hand: they decide messages of one or two words."""

from __future__ import annotations

COMMON = {
    "en": """
yes yeah yep nope hello thanks thank you thx pls plz sorry who what when where how which she they we my me your his
her our their don't can't won't isn't doesn't didn't man men home house mom dad son madam dear sell pay call back
come go get give take make need want help check fix repair broken cheap price cost free fast slow hot cold big small
old new good bad nice great fine okay wait stop start open close hours address phone number name email today
tomorrow yesterday morning afternoon evening night monday tuesday wednesday thursday friday saturday sunday week
month year now later soon again still always never maybe sure change order delivery refund return exchange warranty
invoice receipt engineer technician fridge washer dryer aircon fan oven stove hood heater kettle cooker vacuum tv
laptop printer router screen noise leak water gas smell smoke fire power button remote door door's filter part parts
fuse plug wire there hey hiya morning! bye goodbye see ya nvm idk btw tbh imo lmk tmr tmrw wanna gonna gotta lemme
dunno cuz cos ur r im ive dont cant wont didnt doesnt isnt whats hows wheres thats its plss pleas tks tnx ty welcome
cheers mate buddy dude guys love angry happy sad useless rubbish terrible awful worst excellent perfect amazing
brilliant awesome
""",
    "yue": """
m goi
mgoi
m goi saai
mgoi sai
m koi
ng goi
mh goi
m4 goi1
doh je
do je
dor jeh
doze
do ze saai
dor tse
jo san
jou san
zou san
joe sun
jo tau
jou tau
nei ho
lei ho
lei hou
nei hou
nei hou a
neih hou
nei ho ma
lei ho ma
hai ar
hai laa
hai mai
hai m hai
hai ga
m hai wo
m ji
m zi
m ji dou
mm ji
m dak
m dak a
m sai
m sai la
m sai lo
m yiu
m yiu la
m ho
m hou
m ho yi si
ho
ho ah
ho aa
hou
hou a
hou ah
ho la
ho lo
ho wo
hou wo
ho je
hou ze
dak la
dak la
dak lo
dak ga la
dak m dak
mo
mo a
mou la
mo wo
mo man tai
mou man tai
mou si
mou ye
mo yeh
yau ah
yau mo
yau mou
jau mou
gam a
gum a
gum dim
gam dim
dim a
dim ah
dim gaai
dim gai
dim yeung
dim suen
bin dou
bin do
bin go
bin wai
gei si
gei do
gei dou cin
gei dor chin
mat ye
mat je
mat yeh
mut yeh
me ye
mie ye
me wa
meh
mat a
wei
aai yaa
ei
oh hou
aa
ng
sik ga la
ji dou
ji la
zi la
ming la
ming baak
sau dou
san fu saai
faai di
faai di la
fai dee
lei la
lai la
heoi
heui
hui la
chi sin
chi ah
chi sin ga
ho nau
ho gik
ho peng
ho gwai
gwai
peng
hou faan
ho faan
laang hei
lang hei
suet gwai
syut gwai
sai yi gei
sai ji gei
din si
din wa
din fan bou
yit seoi lou
waai jo
waai zo
wai jor
wai zo
lau seoi
lau sui
m dung
mm dung
mou seng
mou din
sau
sau lei
jing faan
zing
man haa
baai baai
bye bye la
joi gin
zoi gin
kam yat
gam yat
ting yat
ting jat
kam maan
gam maan
ha chau
ha jau
seung jau
yat
saam
sei
ng
luk
cat
baat
gau
sap
man
hai man
ngo
ngo a
nei
lei
nei a
keoi
kui
ngo dei
nei dei
ngo m ji
ngo yiu
ngo seung
zan ge
ga
ge
gah
la
lah
lo
lor
wo
wor
ma
me
gwa
ah
ar
""",
    "zh": """
ni hao
nihao
nin hao
ni hao a
xie xie
xiexie
duo xie
zai jian
zaijian
zao shang hao
wan an
shi
shi de
shi a
shi ma
bu shi
bushi
shi bu shi
hao
hao de
haode
hao ba
hao le
bu hao
bu yao
buyao
bu yong
bu yong le
bu xing
xing
ke yi
keyi
ke yi ma
mei you
meiyou
mei le
mei shi
you
you ma
you mei you
wei shen me
weishenme
zen me ban
zenme
zenmeban
shen me
shenme
duo shao qian
duoshao qian
na li
nali
na ge
zhe ge
zhege
shei
shui
ji dian
jin tian
mingtian
ming tian
xia wu
shang wu
wan shang
huai le
huaile
kong tiao
kongtiao
bing xiang
bingxiang
xi yi ji
xiyiji
dian shi
dianshi
re shui qi
reshuiqi
lou shui
bu zhi leng
wei xiu
weixiu
xiu yi xia
bang wo
qing wen
qingwen
ma fan ni
mafan
wo
wo yao
wo xiang
ni
ta
wo men
ni men
zhi dao
bu zhi dao
ming bai
dui
dui de
bu dui
dui bu qi
duibuqi
kuai dian
kuai yi dian
deng yi xia
""",
}  # fmt: skip
COMMON = {language: text.strip() for language, text in COMMON.items()}

# Words that only Mandarin has, or that a Cantonese writer would say otherwise.
MANDARIN_ONLY = """
很 很多 很快 非常 别 别的 别人 啥 咋 怎么 怎么样 怎样 为什么 干什么 谁 哪 哪里 哪儿 哪些 哪个 这 这个 这些 这里 这儿 那个 那些
那样 那里 那儿 那么 这么 他们 她们 它 我们 你们 咱们 咱 了 吗 吧 是 不 没 还 还有 还是 不是 不用 不会 不能 不好 别这样 给
给我 跟 把 被 让 看 看看 看一下 吃 吃饭 喝 说 说话 找 拿 来 过来 起来 出来 站 睡觉 聊天 聊 谈 等一等 试试 试一下 一点 一点儿
有点 有点儿 一下 一会儿 刚才 刚刚 现在 今天 明天 昨天 后天 早上 晚上 时候 的时候 东西 事情 孩子 小孩 爸爸 爷爷 奶奶 漂亮 便宜
厉害 喜欢 认识 没事 您 请问 打开 关闭 帮我 帮忙 麻烦 麻烦您 上门 售后 客服 师傅 空调 冰箱 洗衣机 电视 热水器 油烟机 手机 电脑
打印机 坏了 修 维修 漏水 制冷 不制冷 不工作 怎么办 多少钱 多久 多长时间 什么时候 告诉 告诉我 以及 并且 然后 如果 但 但是 而且 因此
仍 仍未 尚未 未能 便 即使 由于 便可 是否 能否 可否 如何 无法 没法 应该 希望 觉得 认为 已经 正在 曾经 常常 经常 总是 从来 只是
只有 只需 都是 也是 就是 也 都 太 真 真的 真好 挺 特别 比较 更 最 嗯 哦 噢 呢 呀 哈哈 唉 哎呀 嘿 未曾 便是 以为
"""
