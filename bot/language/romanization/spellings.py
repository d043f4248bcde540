"""How Cantonese syllables are spelled by those who never learned a system, as rules with weights.

Each Jyutping initial and final has its everyday spellings, with the share of writers who use them;
a syllable's spellings are their products, so a spelling nobody wrote down here is understood too.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.language.romanization import syllables, yale

_LEAST = 0.0008


def _shares(line: str) -> dict[str, float]:
    """Read "a aa:3 ah" as spellings with weights (1 where none is told), scaled to sum to 1."""
    pairs = [(name, float(weight or 1)) for name, _, weight in (part.partition(":") for part in line.split())]
    total = sum(weight for _, weight in pairs)
    return {name.replace("-", ""): weight / total for name, weight in pairs}


_INITIALS = {
    "b": "b:60 p",
    "p": "p:60 b",
    "m": "m",
    "f": "f",
    "d": "d:30 t",
    "t": "t:30 d",
    "n": "n:60 l:40",
    "l": "l:90 n:9 r",
    "g": "g:70 k:28 gh",
    "k": "k:85 g:5 kh:5 c:3 h",
    "ng": "ng:62 -:30 n:4 nk",
    "gw": "gw:70 kw:20 gu:3 g:5 qu",
    "kw": "kw:75 k:10 qu:6 gw:5 kh",
    "w": "w:92 wh v u:2",
    "h": "h",
    "z": "j:42 z:24 ch:17 ts:5 dz:2 tz:2 c:2 g tj zh",
    "c": "ch:68 c:14 ts:10 tch tz q x s j",
    "s": "s:80 sh:17 x",
    "j": "y:80 j:14 -:4 i",
    "": "-:80 ng:18 h",
}

_FINALS = {
    "aa": "a:50 aa:20 ah:18 ar:10",
    "aai": "ai:50 aai:25 ay:7 ie:4 aye:2 i:3 y:2 ei eye:2 ye",
    "aau": "au:50 aau:20 ao:13 ow:10 aow:2 aw",
    "aam": "am:58 aam:25 arm:7 ahm um:3 em",
    "aan": "an:58 aan:25 arn:7 ahn un:3 aang:2",
    "aang": "ang:58 aang:25 arng:4 ahng ung:3 aan:3 an:2",
    "aap": "ap:58 aap:25 arp:5 up:3 ahp aat",
    "aat": "at:58 aat:25 art:6 ut:3 aht aap a aa ard",
    "aak": "ak:55 aak:25 ark:8 uk:3 ack:4 ahk aat ac",
    "a": "a:60 ah:20 er:5 u:5",
    "ai": "ai:66 ei:9 ay:9 i:8 y:2 ie aai:2 eye",
    "au": "au:70 ow:9 ao:9 u:2 aw ou:2 aau:2 auw",
    "am": "am:55 um:33 em:4 aam:2 om:4 ahm urm",
    "an": "an:60 un:24 en:5 aan:2 ang:2 on:2 urn ahn",
    "ang": "ang:62 ung:20 eng:6 an:4 aang:2 un:2 urng",
    "ap": "ap:60 up:27 ep:3 aap:2 op ab at arp",
    "at": "at:60 ut:24 et:3 aat:2 ad a:3 ap ak art",
    "ak": "ak:55 uk:17 ack:9 uck:6 aak:2 ek:2 at ac ark ok",
    "e": "e:64 eh:22 ea ae:2 air er:2 ei:2 ay",
    "ei": "ei:58 ay:12 ee:10 i:7 ey:7 e:2 y:2 eih ai:2 a",
    "eu": "eu:50 ew:20 eo:5 el eau eow:5",
    "em": "em:80 am ehm",
    "en": "en:80 an",
    "eng": "eng:78 ang:5 aing:2 ehng eang ing:6 en",
    "ep": "ep:80 ap",
    "et": "et:80 at",
    "ek": "ek:72 eck:8 ake:3 ak:3 ec ik:3 eak:3 e",
    "i": "i:58 ee:20 ie:8 y:5 e:3 ih ze ea",
    "iu": "iu:58 iew:8 ew:9 io:3 ieu:3 yu:2 yew:3 eeu eu:3 iw ue u",
    "im": "im:80 eem:9 ym em",
    "in": "in:78 een:11 ien:3 ean yn ing:2 ine",
    "ing": "ing:86 eng:5 in:4 eeng yng",
    "ip": "ip:78 eep:10 eap ib yp",
    "it": "it:76 eet:9 eat:2 ite ik:2 id ip",
    "ik": "ik:62 ick:17 ek:6 eek:3 ic:2 ig it:3 i",
    "o": "o:52 or:20 oh:16 aw:4 ore:2 ou:2 oo",
    "oi": "oi:78 oy:14 oye oei ory",
    "ou": "o:40 ou:36 ow:6 oh:5 oe:2 oo:4 u:2 owe",
    "on": "on:88 orn:4 awn ong:2 oon",
    "ong": "ong:88 orng:3 ung:2 on:4 awng",
    "ot": "ot:85 ort:5 od ok",
    "ok": "ok:70 ock:12 ork:8 oc og ot o",
    "u": "u:50 oo:36 ou:4 ew",
    "ui": "ui:60 ooi:14 oui:4 uy uey:3 oi:3 uei wi oey",
    "un": "un:58 oon:33 oun:2 ung uun",
    "ung": "ung:80 oong:7 ong:4 un:4 oung",
    "ut": "ut:64 oot:22 ud uk",
    "uk": "uk:72 ook:12 uck:5 oc ok:3 ug u ut",
    "oe": "eu:20 oe:22 er:22 eur:5 ur:4 or:12 urh euh:2 oeh",
    "oeng": "eung:52 oeng:15 eong:8 erng:7 ong:3 urng:2 euong earng ueng:2 oung eun:2",
    "oek": "euk:24 uek:5 eok:14 oek:16 erk:14 eurk uk:3 ok:3 ork:2",
    "oet": "oet eut ut",
    "oen": "oen eun un",
    "eoi": "ui:34 eui:22 eoi:12 oi:8 oy:4 eoy:2 uei:3 uey:2 ei:2 oei:2 eoui eur uoi:2",
    "eon": "un:38 eun:22 eon:12 on:3 urn:5 eurn en uen",
    "eot": "ut:40 eut:24 eot:14 urt:5 ot ert",
    "yu": "u:28 yu:24 ue:22 ui:2 yue:6 oo:3 ew eu ee:2 uh uu",
    "yun": "uen:22 un:30 yun:24 yuen:6 een:2 ewn euen oon:2 in:2 urn uin",
    "yut": "ut:30 uet:22 yut:24 yuet:6 uit oot eet eut",
    "m": "m:50 ng:20 mm:6 um:8 mh:5 hm:2",
    "ng": "ng:60 m:12 mm:3 ngh um:2 nn",
}

# Whole syllables that people spell as they please.
_WHOLE = {
    "ji": "yi:40 yee:14 ji:14 ee:3 y:2 i:4 yih:2 yie:2 ye",
    "jyu": "yu:42 yue:28 jyu:8 u:3 ju:2 yui",
    "jyun": "yun:32 yuen:38 jyun:8 un juen uen yuan:2",
    "jyut": "yut:36 yuet:36 jyut:8 uet yuht",
    "jing": "ying:80 jing:10 ing:4 yeng",
    "jin": "yin:74 jin:10 yeen:6 in:3 een yien yan",
    "jim": "yim:76 jim:9 yeem:5 im",
    "jiu": "yiu:52 jiu:9 yew:10 iu:5 yu:5 you:3 yiew:2 yeu:2 ew io yiw",
    "jik": "yik:74 jik:10 yick:6 ik:3",
    "jip": "yip:76 jip:10 yeep:4 ip",
    "jit": "yit:74 jit:10 yeet:3 it",
    "zi": "ji:32 zi:26 chi:16 gee:4 jee:7 tsz:3 tze:3 ze:2 tsi:2 dzi jie:2 ts g:2 jy",
    "ci": "chi:52 ci:18 tsz:6 tze:2 tsi:4 chee:8 ts qi che",
    "si": "si:50 see:16 sze:8 sz:4 ci:2 shi:3 sy sea she c",
    "zyu": "ju:32 zyu:12 chu:16 jyu:14 zu:8 jue:6 chue:6 tsu:2 gyu",
    "cyu": "chu:36 cyu:10 chyu:12 chue:15 tsu:4 cu:4 tsue",
    "syu": "syu:26 shu:24 su:20 shue:10 sue:8 xu",
    "haa": "ha:58 haa:16 har:10 hah:8",
    "di": "di:50 d:20 dee:9 dd ti:2 de:2 dik",
    "ge": "ge:52 geh:12 gei:12 ga:3 gae ke:4 gay:2 g:4",
    "hai": "hai:66 hi:2 hay:7 hei:8 h:2 hie hy",
    "gam": "gam:38 gum:36 kam:7 gm kum:4 gem",
    "waa": "wa:56 waa:16 wah:15 war:4",
    "heoi": "hui:32 heui:18 heoi:12 hoi:13 hoy:4 huey:2 hoey hei",
    "keoi": "kui:36 keui:22 keoi:12 koi:6 kuei:3 kuey:2 koey kei khui",
    "deoi": "dui:40 deui:22 deoi:12 doi:6 doy tui:3",
    "ngo": "ngo:50 ngor:14 o:9 or:7 ngoh:9 oh:2 no:2 ngaw:2 nor",
    "ni": "ni:40 nee:6 li:16 lee:7 lei:4 nei:4 ne:2 nie",
    "loeng": "leung:44 leong:14 loeng:12 neung:3 lung:2 leong lerng:2",
    "joeng": "yeung:50 joeng:10 yeong:9 yong:2 young:5 yerng",
    "faat": "fat:52 faat:20 fatt:6 fart:6 faht",
    "cyun": "chuen:24 chun:24 cyun:9 chyun:10 tsuen:10 cun tsun:3",
    "cung": "chung:60 cung:10 tsung:5 tsing choong:3",
    "kau": "kau:64 kow:12 cow:2 kao:4",
    "gau": "gau:52 kau:15 gow:8 gao:4 kow:2",
    "gong": "gong:52 kong:36 gwong gorng",
    "ging": "ging:48 king:33 keng:2 geng",
    "daai": "dai:44 daai:20 tai:14 die:3 day:3 dye",
    "dung": "dung:60 tung:14 dong:2 doong:2",
    "bou": "bou:36 bo:36 po:8 bow:2",
    "baak": "bak:44 baak:20 pak:9 back:5",
    "bak": "bak:50 buk:14 pak:8 back:3",
    "gun": "gun:40 goon:22 koon:9 kwun:8 kun:4",
    "zau": "jau:36 zau:22 chau:16 jow:3 tsau:2",
    "gei": "gei:42 gay:8 kei:12 ki:5 gi:4 kee:3 gee:2 gey:3",
    "gung": "gung:42 kung:30 gong:2 goong:2",
}


def _final_shares(final: str) -> dict[str, float]:
    return _shares(_FINALS[final])


@cache
def everyday(syllable: str) -> Mapping[str, float]:
    """Give the everyday spellings of a toneless syllable with the share of writers who use them.

    >>> sorted(everyday("keoi"), key=lambda s: -everyday("keoi")[s])[:3]
    ['kui', 'keui', 'keoi']
    """
    initial, final, _ = syllables.split(syllable)
    spelled: dict[str, float] = {}
    rules = 0.45 if syllable in _WHOLE else 1.0
    for first, share in _shares(_INITIALS[initial]).items():
        for last, portion in _final_shares(final).items():
            if share * portion >= _LEAST:
                spelling = (first + last).replace("yy", "y")
                spelled[spelling] = spelled.get(spelling, 0.0) + rules * share * portion
    if syllable in _WHOLE:
        for whole, share in _shares(_WHOLE[syllable]).items():
            spelled[whole] = spelled.get(whole, 0.0) + (1 - rules) * share
    total = sum(spelled.values())
    return {spelling: share / total for spelling, share in spelled.items() if spelling}


def systems(syllable: str) -> dict[str, dict[str, float]]:
    """Give the spellings of a toneless syllable under each way of writing: jyutping, yale, everyday."""
    plain = yale.letters(syllable)
    ways = {plain: 0.97, syllable: 0.03} if plain != syllable else {plain: 1.0}
    return {"jyutping": {syllable: 1.0}, "yale": ways, "everyday": dict(everyday(syllable))}
