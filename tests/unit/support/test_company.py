from datetime import date, datetime, timezone

from bot.support.company import the_company


def test_hours_are_read_by_weekday_and_holiday():
    company = the_company()
    assert [f"{a:%H:%M}-{b:%H:%M}" for a, b in company.spans(date(2026, 11, 20))] == ["09:00-13:00", "14:00-18:30"]
    assert len(company.spans(date(2026, 11, 21))) == 1  # Saturday
    assert company.spans(date(2026, 11, 22)) == ()  # Sunday
    assert company.spans(date(2026, 12, 25)) == ()  # Christmas, a Friday


def test_open_is_told_in_the_companys_own_zone():
    company = the_company()
    assert company.is_open(datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc))  # 10:00 in Hong Kong
    assert not company.is_open(datetime(2026, 11, 20, 5, 30, tzinfo=timezone.utc))  # lunch, 13:30
    assert not company.is_open(datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc))  # evening, 20:00


def test_the_next_open_days_pass_over_closed_ones():
    days = the_company().next_open_days(date(2026, 12, 24), 3)
    assert days == (date(2026, 12, 28), date(2026, 12, 29), date(2026, 12, 30))


def test_a_district_is_served_with_everything_inside_it():
    company = the_company()
    assert company.serves("hk.yau_tsim_mong")
    assert company.serves("gd.guangzhou")
    assert company.serves("gd.guangzhou.tianhe")
    assert not company.serves("gd.shantou")
    assert not company.serves("gd.guangzhouish")
