"""Festivals: what people call them, and the days that their observers keep free."""

from datetime import date, timedelta

import pytest

from planner.publicholidays import FESTIVALS, festival_name, festival_times, parse_festival


def days(key, first, last):
    """Each occurrence as (first day, last day)."""
    times = festival_times(key, date.fromisoformat(first), date.fromisoformat(last))
    return [(time.days[0].isoformat(), time.days[-1].isoformat()) for time in times]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("hari-raya-puasa", "hari-raya-puasa"),
        ("Hari Raya", "hari-raya-puasa"),
        ("eid", "hari-raya-puasa"),
        ("Eid al-Fitr", "hari-raya-puasa"),
        ("aidilfitri", "hari-raya-puasa"),
        ("eid al-adha", "hari-raya-haji"),
        ("Aidiladha", "hari-raya-haji"),
        ("diwali", "deepavali"),
        ("CNY", "chinese-new-year"),
        ("lunar_new_year", "chinese-new-year"),
        ("xmas", "christmas"),
        ("vesak", "wesak"),
        ("Good Friday", "easter"),
        ("New Year's Day", "new-year"),
        ("mooncake festival", "mid-autumn"),
    ],
)
def test_what_people_write_is_understood(written, key):
    assert parse_festival(written) == key


def test_every_spelling_belongs_to_one_festival():
    for key, festival in FESTIVALS.items():
        for written in (key, festival.name, *festival.aliases):
            assert parse_festival(written) == key, written


def test_a_slip_is_answered_with_a_suggestion():
    with pytest.raises(ValueError, match=r"^“Depavali” is not a festival.* Did you mean “"):
        parse_festival("Depavali")
    with pytest.raises(ValueError, match=r"Known: chinese-new-year, christmas, .*wesak\.$"):
        parse_festival("zzz")


@pytest.mark.parametrize(
    ("key", "first_days"),
    [
        # Gazetted by Malaysia's cabinet office (HKA 2023–2026); Hari Raya 2023 and 2026 had a
        # day added in front, which is not the festival's own first day.
        ("hari-raya-puasa", ["2023-04-22", "2024-04-10", "2025-03-31", "2026-03-21"]),
        ("hari-raya-haji", ["2023-06-29", "2024-06-17", "2025-06-07", "2026-05-27"]),
        ("chinese-new-year", ["2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17"]),
        ("deepavali", ["2023-11-12", "2024-10-31", "2025-10-20", "2026-11-08"]),
        ("thaipusam", ["2023-02-05", "2024-01-25", "2025-02-11", "2026-02-01"]),
        ("wesak", ["2023-05-04", "2024-05-22", "2025-05-12", "2026-05-31"]),
        ("gawai", ["2023-06-01", "2024-06-01", "2025-06-01", "2026-06-01"]),
        ("kaamatan", ["2023-05-30", "2024-05-30", "2025-05-30", "2026-05-30"]),
        # gov.uk bank holidays: Good Friday.
        ("easter", ["2023-04-07", "2024-03-29", "2025-04-18", "2026-04-03"]),
        ("christmas", ["2023-12-25", "2024-12-25", "2025-12-25", "2026-12-25"]),
        ("mid-autumn", ["2023-09-29", "2024-09-17", "2025-10-06", "2026-09-25"]),
    ],
)
def test_first_days_are_the_official_ones(key, first_days):
    before = timedelta(days=FESTIVALS[key].before)
    times = festival_times(key, date(2023, 1, 1), date(2026, 12, 31))
    assert [(time.days[0] + before).isoformat() for time in times] == first_days


@pytest.mark.parametrize(
    ("key", "window"),
    [
        ("hari-raya-puasa", ("2024-04-09", "2024-04-12")),  # −1 … +2 around 10 April
        ("hari-raya-haji", ("2024-06-17", "2024-06-17")),
        ("chinese-new-year", ("2024-02-09", "2024-02-11")),  # −1 … +1 around 10 February
        ("deepavali", ("2024-10-30", "2024-10-31")),  # −1 … 0
        ("thaipusam", ("2024-01-24", "2024-01-25")),  # −1 … 0
        ("wesak", ("2024-05-22", "2024-05-22")),
        ("gawai", ("2024-05-31", "2024-06-02")),  # −1 … +1 around 1 June
        ("kaamatan", ("2024-05-30", "2024-05-31")),
        ("christmas", ("2024-12-24", "2024-12-26")),
        ("easter", ("2024-03-29", "2024-04-01")),  # Good Friday to Easter Monday
        ("mid-autumn", ("2024-09-17", "2024-09-17")),
    ],
)
def test_a_festival_lasts_longer_than_the_holiday(key, window):
    assert days(key, "2024-01-01", "2024-12-31") == [window]


def test_new_year_reaches_over_the_turn_of_the_year():
    window = ("2024-12-31", "2025-01-02")
    assert days("new-year", "2024-10-01", "2024-12-31") == [window]
    assert days("new-year", "2025-01-02", "2025-03-31") == [window]
    assert days("new-year", "2025-01-03", "2025-03-31") == []


def test_an_occurrence_that_touches_the_range_is_given_whole():
    assert days("chinese-new-year", "2024-02-11", "2024-02-20") == [("2024-02-09", "2024-02-11")]
    assert days("chinese-new-year", "2024-01-20", "2024-02-09") == [("2024-02-09", "2024-02-11")]
    assert days("chinese-new-year", "2024-02-12", "2024-12-31") == []


@pytest.mark.parametrize("year", range(2020, 2028))
@pytest.mark.parametrize("key", sorted(FESTIVALS))
def test_every_festival_is_found_once_every_year(key, year):
    before = timedelta(days=FESTIVALS[key].before)
    times = festival_times(key, date(year, 1, 1), date(year, 12, 31))
    began = [time for time in times if (time.days[0] + before).year == year]
    assert len(began) == 1
    assert not began[0].estimated


def test_hari_raya_comes_twice_in_2033():
    assert len(days("hari-raya-puasa", "2033-01-01", "2033-12-31")) == 2


@pytest.mark.parametrize("key", sorted(FESTIVALS))
def test_lunar_festivals_after_the_last_gazetted_year_are_estimated(key):
    times = festival_times(key, date(2028, 3, 1), date(2029, 2, 28))
    assert [time.estimated for time in times] == [FESTIVALS[key].lunar] * len(times)
    assert times


def test_deepavali_2028_is_corrected():
    assert days("deepavali", "2028-01-01", "2028-12-31") == [("2028-10-16", "2028-10-17")]


def test_names_for_showing():
    assert festival_name("hari-raya-puasa") == "Hari Raya Puasa"
    assert festival_name("deepavali") == "Deepavali"
