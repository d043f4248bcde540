"""Typed parsers: every usual form, canonical values, refusals by name."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language import addresses, choices, dates, districts, identifiers, names, phones, ratings, times
from bot.language.found import Found

NOW = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Hong_Kong"))  # a Sunday


def said(text: str, found: list[Found]) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.value) for one in found]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("call 9123 4567", "9123 4567", "+85291234567"),
        ("+852-6123-4567", "+852-6123-4567", "+85261234567"),
        ("(852) 2815 0034", "(852) 2815 0034", "+85228150034"),
        ("电话13800138000谢谢", "13800138000", "+8613800138000"),
        ("138 0013 8000", "138 0013 8000", "+8613800138000"),
        ("+86 138-0013-8000", "+86 138-0013-8000", "+8613800138000"),
        ("座机020-87654321", "020-87654321", "+862087654321"),
        ("澳门电话6612 3345", "6612 3345", "+85366123345"),
        ("+44 7700 900412", "+44 7700 900412", "+447700900412"),
        ("nine one two three four five six seven", "nine one two three four five six seven", "+85291234567"),
        ("幺三八零零幺三八零零零", "幺三八零零幺三八零零零", "+8613800138000"),
        (
            "luk6 saam1 yat1 ji6 sei3 ng5 luk6 cat1",
            "luk6 saam1 yat1 ji6 sei3 ng5 luk6 cat1",
            "+85263124567",
        ),
    ],
)
def test_a_telephone_number_is_e164_when_it_can_exist(text: str, surface: str, value: str) -> None:
    assert said(text, list(phones.find(text))) == [(surface, value)]


@pytest.mark.parametrize(
    ("digits", "exists"), [("67891234", True), ("91112222", True), ("99912345", False), ("12345678", False)]
)
def test_mobile_numbers_of_hong_kong_may_be_newer_than_any_list(digits: str, exists: bool) -> None:
    assert (phones.e164(digits, plus=False) is not None) == exists


def test_an_impossible_number_is_refused_by_name_when_it_was_asked_for() -> None:
    assert [one.refused for one in phones.find("12345", expected=True)] == ["not a telephone number"]


def test_no_telephone_number_is_found_in_orders_and_dates() -> None:
    assert list(phones.find("so20260314-0187 on 2026-03-14")) == []


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("tomorrow", "tomorrow", "2026-11-23"),
        ("大后天上午", "大后天", "2026-11-25"),
        ("听日下昼", "听日", "2026-11-23"),
        ("寻日坏咗", "寻日", "2026-11-21"),
        ("下个礼拜三", "下个礼拜三", "2026-11-25"),
        ("这周五", "这周五", "2026-11-20"),
        ("next wed after 6", "next wed", "2026-12-02"),
        ("on friday", "friday", "2026-11-27"),
        ("bought last friday", "last friday", "2026-11-20"),
        ("3月5号", "3月5号", "2027-03-05"),
        ("去年十二月三号", "去年十二月三号", "2025-12-03"),
        ("25/12 please", "25/12", "2026-12-25"),
        ("14 march 2026", "14 march 2026", "2026-03-14"),
        ("on the 25th", "25th", "2026-11-25"),
        ("next week", "next week", "2026-W48"),
        ("下个月", "下个月", "2026-12"),
        ("中秋", "中秋", "2027-09-15"),
        ("this weekend", "this weekend", "2026-11-21/2026-11-22"),
    ],
)
def test_a_date_is_canonical_when_said_in_any_language(text: str, surface: str, value: str) -> None:
    assert said(text, list(dates.find(text, NOW))) == [(surface, value)]


@pytest.mark.parametrize("text", ["2月30号", "31 april", "30/2/2027"])
def test_a_day_that_cannot_be_is_refused_by_name(text: str) -> None:
    assert [one.refused for one in dates.find(text, NOW)] == ["no such day"]


@pytest.mark.parametrize("text", ["happy new year", "新年快乐", "3号楼", "human or robot"])
def test_no_date_is_found_in_greetings_and_addresses(text: str) -> None:
    assert list(dates.find(text, NOW)) == []


def test_a_bare_day_is_a_date_only_when_one_was_asked_for() -> None:
    assert list(dates.find("28", NOW)) == []
    assert said("28", list(dates.find("28", NOW, expected=True))) == [("28", "2026-11-28")]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("下午三点", "下午三点", "15:00"),
        ("三点半", "三点半", "15:30"),
        ("晚上七点以后", "晚上七点以后", "after 19:00"),
        ("早上九点到十一点", "早上九点到十一点", "09:00-11:00"),
        ("下昼", "下昼", "afternoon"),
        ("after 6pm", "after 6pm", "after 18:00"),
        ("between 9 and 11", "between 9 and 11", "09:00-11:00"),
        ("2pm-4pm", "2pm-4pm", "14:00-16:00"),
        ("half past four", "half past four", "16:30"),
        ("in the mornings", "mornings", "morning"),
        ("before noon", "before noon", "before 12:00"),
        ("14:30", "14:30", "14:30"),
        ("明天一点", "一点", "13:00"),
        ("明天一点都可以", "一点", "13:00"),
    ],
)
def test_a_time_is_canonical_when_said_in_any_language(text: str, surface: str, value: str) -> None:
    assert said(text, list(times.find(text))) == [(surface, value)]


@pytest.mark.parametrize(
    "text", ["简单一点", "good morning", "今晚", "16 degrees", "这两天一点都不冷", "成日一点都唔冻", "一点儿也没好"]
)
def test_no_time_is_found_where_none_is_said(text: str) -> None:
    assert list(times.find(text)) == []


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("5 stars", "5 stars", "5"),
        ("给个五星", "五星", "5"),
        ("4分", "4分", "4"),
        ("3 out of 5", "3", "3"),
        ("2/5", "2/5", "2"),
    ],
)
def test_a_score_is_a_digit_when_said_with_a_word_for_scores(text: str, surface: str, value: str) -> None:
    assert said(text, list(ratings.find(text))) == [(surface, value)]


def test_a_score_out_of_range_is_refused_by_name_when_one_was_asked_for() -> None:
    assert [one.refused for one in ratings.find("9", expected=True)] == ["not a score from 1 to 5"]


@pytest.mark.parametrize("text", ["rt-8k3m-52qd", "rt8k3m52qd", "rt 8k3m 52qd", "r t 8 k 3 m 5 2 q d"])
def test_a_ticket_number_is_canonical_in_any_spacing(text: str) -> None:
    assert said(text, list(identifiers.tickets(text))) == [(text, "RT-8K3M-52QD")]


@pytest.mark.parametrize("text", ["on the 3rd floor", "50kg", "mp3 player", "9pm", "3/f"])
def test_no_model_is_found_in_measures_and_ordinals(text: str) -> None:
    assert list(identifiers.models(text, text)) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("My name is Amy Wong", "Amy Wong"),
        ("this is Ho Ka Yan", "Ho Ka Yan"),
        ("我叫陈大文，电话", "陈大文"),
        ("我姓欧阳", "欧阳"),
        ("ngo giu wong ka fai", "wong ka fai"),
    ],
)
def test_a_name_is_found_when_the_customer_gives_it(text: str, surface: str) -> None:
    assert [text[one.start : one.end] for one in names.find(text.lower(), text)] == [surface]


@pytest.mark.parametrize("text", ["it's broken", "call me back", "I'm waiting", "the engineer Mr Chan was rude"])
def test_no_name_is_found_in_states_and_staff(text: str) -> None:
    assert list(names.find(text.lower(), text)) == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("我住天河区体育西路123号谢谢", "天河区体育西路123号"),
        ("flat 12b, 33 nathan road please", "flat 12b, 33 nathan road"),
        ("6345 6789, 12 tai nan street", "12 tai nan street"),
        ("60 des voeux road central, 25 november in the afternoon", "60 des voeux road central"),
        ("50 queen's road central, 11 jyut 25 hou", "50 queen's road central"),
        ("60 des voeux road central, 3/f, 25 november", "60 des voeux road central, 3/f"),
        ("地址:观塘成业街 18 号 5 楼 b 室", "观塘成业街 18 号 5 楼 b 室"),
    ],
)
def test_an_address_takes_its_district_in_and_leaves_manners_out(text: str, surface: str) -> None:
    assert [text[one.start : one.end] for one in addresses.find(text)] == [surface]


def test_every_district_has_its_own_code_and_a_name_in_each_language() -> None:
    table = districts.load()
    assert len(table) > 250
    assert all(place.english and place.traditional for place in table.values())


@pytest.mark.parametrize(
    ("text", "index"),
    [("2", 1), ("二", 1), ("第二個", 1), ("ji6", 1), ("dai yi go", 1), ("the second one", 1), ("last one", 2), ("後面那個", 2),
     ("afternoon", 1), ("another day", 2), ("B", 1), ("9", None), ("yes please", None)],
)  # fmt: skip
def test_one_list_of_choices_understands_every_way_of_choosing(text: str, index: int | None) -> None:
    assert choices.match(text, ["Mon 9 Nov, morning", "Tue 10 Nov, afternoon", "Another day"]) == index


def test_a_romanized_label_is_meant_with_and_without_its_tones() -> None:
    labels = ["wan2 zan1 jan4", "m4 gaau2 zyu6 laa3"]
    assert [choices.match(said, labels) for said in ("m gaau zyu laa", "wan2 zan1 jan4")] == [1, 0]


@pytest.mark.parametrize(
    "text", ["地址应该是湾仔轩尼诗道17号", "地址: 12 Fa Yuen Street", "电话打错咗，应该系打我太太嗰个"]
)
def test_a_sentence_that_only_begins_with_a_label_is_no_choice(text: str) -> None:
    assert choices.match(text, ["电器", "电话", "地址"]) is None


@pytest.mark.parametrize(
    "text",
    ["地址写错啦，就写沙田第一城12座15楼B室", "第一次用就坏了", "it broke last night", "my last name is Wong", "second floor",
     "first it was noisy", "sheung ji zeoi hau dou mou lei", "最后还是没修好", "中间漏水", "上次最後都冇嚟", "last month's repair", "the bottom one leaks"],
)  # fmt: skip
def test_a_first_or_last_with_news_of_its_own_chooses_nothing(text: str) -> None:
    assert choices.match(text, ["yes, that is right", "something is wrong", "leave it"]) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [("I'd like the first one please", 0), ("the last day pls", 2), ("我要第二个吧", 1), ("最尾嗰個啦唔該", 2), ("中间那个", 1),
     ("the second, thanks", 1), ("第三個日子得唔得", None), ("ngo yiu dai saam go", 2), ("zeoi mei go la", 2)],
)  # fmt: skip
def test_a_position_among_small_words_chooses(text: str, index: int | None) -> None:
    assert choices.match(text, ["Tuesday", "Wednesday", "Friday"]) == index


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("hai tin shui wai yiu fung lau 2305", "tin shui wai yiu fung lau 2305"),
        ("ngo jyu hai gun tong 77 hou", "gun tong 77 hou"),
        ("ngo5 uk1 kei2 hai2 sa tin 12 hou", "sa tin 12 hou"),
        ("喺天水围天耀邨耀风褛 2305", "天水围天耀邨耀风褛 2305"),
        ("hai zhu xin gang xi 12", "hai zhu xin gang xi 12"),
        ("haiphong road 12", "haiphong road 12"),
    ],
)
def test_an_address_that_was_asked_for_begins_behind_words_of_living_there(text: str, surface: str) -> None:
    assert [text[one.start : one.end] for one in addresses.find(text, expected=True)] == [surface]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("13922223344 老张", "老张"), ("150 1234 5678，喊我罗姐就行", "罗姐"), ("13600001111，刘大爷，住佛山", "刘大爷"),
        ("李晓梅 13812345678", "李晓梅"), ("13812345678, 李晓梅", "李晓梅"), ("阿强 6234 5678", "阿强"),
        ("Emma Clarke, 6432 1098", "Emma Clarke"), ("6432 1098 Emma", "Emma"), ("6234 5678 揾Mandy", "Mandy"),
    ],
)  # fmt: skip
def test_who_stands_beside_a_phone_number_is_its_owner(text: str, surface: str) -> None:
    assert [text[one.start : one.end] for one in names.find(text.lower(), text)] == [surface]


@pytest.mark.parametrize(
    "text",
    ["Call me, 6432 1098", "My Phone 6432 1098", "Washing Machine, 6432 1098", "洗衣机，13812345678", "小时 13812345678",
     "老板 13812345678", "老师傅 13812345678", "Whatsapp 6123 4567", "老张说冰箱坏了"],
)  # fmt: skip
def test_what_stands_beside_a_phone_number_may_be_nobody(text: str) -> None:
    assert list(names.find(text.lower(), text)) == []


@pytest.mark.parametrize(("text", "surface"), [("我说了小林啊", "小林"), ("我不是说了吗，刘大爷", "刘大爷")])
def test_a_name_that_was_asked_for_is_found_among_other_words(text: str, surface: str) -> None:
    assert [text[one.start : one.end] for one in names.find(text, expected=True)] == [surface]
