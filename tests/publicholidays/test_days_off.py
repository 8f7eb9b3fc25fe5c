"""Dates off by engineer, compared with official lists."""

import os
import subprocess
import sys
from datetime import date, timedelta

import pytest

from planner.domain import (
    Engineer,
    HolidayChange,
    PublicHoliday,
    Region,
    Role,
    Rotation,
    Team,
)
from planner.domain.people import Stage
from planner.errors import UsageError
from planner.publicholidays import days_off, public_holidays
from planner.publicholidays.calendars import is_weekend
from planner.publicholidays.corrections import corrections

YEAR_2024 = (date(2024, 1, 1), date(2024, 12, 31))
SATURDAY_SUNDAY = "KUL LBN MLK NSN PHG PJY PLS PNG PRK SBH SGR SWK".split()  # noqa: SIM905


def team(*engineers, **facts):
    engineers = engineers or (Engineer("Ana", Region("GB", "ENG")),)
    names = tuple(engineer.name for engineer in engineers)
    support = Rotation("Support", names, (Role("primary"),))
    return Team("t", "T", "UTC", tuple(engineers), (support,), **facts)


def dates(region, year=2024):
    holidays = public_holidays(region, date(year, 1, 1), date(year, 12, 31))
    return [f"{holiday.day:%m-%d}" for holiday in holidays]


def named(region, day):
    return [holiday.name for holiday in public_holidays(region, day, day)]


@pytest.mark.parametrize(
    ("nation", "official"),
    [
        # gov.uk/bank-holidays, 2024. It lists the day in lieu only, so weekends are left out.
        ("ENG", "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        ("WLS", "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        ("SCT", "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26"),
        ("NIR", "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26"),
    ],
)
def test_uk_2024_is_as_gov_uk_says(nation, official):
    region = Region("GB", nation)
    on_weekdays = [
        f"{holiday.day:%m-%d}"
        for holiday in public_holidays(region, *YEAR_2024)
        if holiday.day.weekday() < 5
    ]
    assert on_weekdays == official.split()


@pytest.mark.parametrize(
    ("state", "official"),
    [
        # Cabinet office of Malaysia (HKA 2024) with the states' lists of publicholidays.com.my;
        # 07-08 is in lieu of Awal Muharram, 02-12 of the second day of Chinese New Year, 07-09 in
        # Penang of George Town's day on the same Sunday; 08-25 was declared for a cup final.
        (
            "KUL",
            "01-01 01-25 02-01 02-10 02-11 02-12 03-28 04-10 04-11 05-01 05-22 06-03 06-17 "
            "07-07 07-08 08-31 09-16 10-31 12-25",
        ),
        (
            "PNG",
            "01-01 01-25 02-10 02-11 02-12 03-28 04-10 04-11 05-01 05-22 06-03 06-17 "
            "07-07 07-08 07-09 07-13 08-31 09-16 10-31 12-25",
        ),
        (
            "JHR",
            "01-25 02-10 02-11 03-12 03-23 04-10 04-11 05-01 05-22 06-03 06-17 "
            "07-07 08-11 08-25 08-31 09-16 10-31 12-25",
        ),
        (
            "SWK",
            "01-01 02-10 02-11 02-12 03-29 04-10 04-11 05-01 05-22 06-01 06-02 06-03 06-04 "
            "06-17 07-07 07-08 07-22 08-31 09-16 10-12 12-25",
        ),
        (
            "KDH",
            "01-25 02-08 02-10 02-11 03-12 04-10 04-11 05-01 05-22 06-03 06-17 06-18 06-30 "
            "07-07 08-31 09-16 10-31 12-25",
        ),
    ],
)
def test_malaysia_2024_is_as_its_states_say(state, official):
    assert dates(Region("MY", state)) == official.split()


@pytest.mark.parametrize("state", SATURDAY_SUNDAY)
def test_awal_muharram_on_a_sunday_is_given_on_the_next_working_day(state):
    region = Region("MY", state)
    for day in (date(2019, 9, 2), date(2024, 7, 8), date(2027, 6, 8)):
        assert any("Islamic New Year" in name for name in named(region, day)), day


def test_awal_muharram_is_not_given_again_where_sunday_is_a_working_day():
    for state in ("KDH", "KTN", "TRG", "JHR"):
        assert named(Region("MY", state), date(2024, 7, 8)) == []
    for state in ("KDH", "KTN", "TRG"):
        assert named(Region("MY", state), date(2027, 6, 8)) == []


def test_johor_has_it_in_2027_since_its_weekend_moved():
    assert named(Region("MY", "JHR"), date(2027, 6, 8)) == ["Islamic New Year (observed)"]


@pytest.mark.parametrize(
    "day", [date(2023, 2, 5), date(2024, 1, 25), date(2025, 2, 11), date(2026, 2, 1)]
)
def test_kedah_has_thaipusam_where_the_state_declared_it(day):
    assert named(Region("MY", "KDH"), day) == ["Thaipusam"]


def test_deepavali_2028_is_in_october_everywhere_but_in_sarawak():
    for state in (*SATURDAY_SUNDAY, "JHR", "KDH", "KTN", "TRG"):
        found = named(Region("MY", state), date(2028, 10, 17))
        assert found == ([] if state == "SWK" else ["Diwali"])
        assert named(Region("MY", state), date(2028, 11, 15)) == []


def test_every_correction_has_a_source_and_takes_effect():
    assert len(corrections()) > 50
    for correction in corrections():
        assert correction.source
        expected = correction.change == "add"
        assert bool(named(correction.region, correction.day)) is expected, correction


def test_corrections_are_listed_by_date_and_not_twice():
    keys = [(c.day, c.region) for c in corrections()]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_names_on_one_date_are_joined():
    assert named(Region("MY", "KUL"), date(2024, 9, 16)) == [
        "Malaysia Day; Prophet Muhammad's Birthday"
    ]


def test_estimates_are_facts_and_not_part_of_the_name():
    found = public_holidays(Region("MY", "KUL"), date(2029, 1, 1), date(2029, 12, 31))
    assert not any("estimated" in holiday.name for holiday in found)
    estimated = {holiday.name for holiday in found if holiday.estimated}
    assert {"Eid al-Fitr", "Diwali", "Thaipusam", "Chinese New Year", "Vesak Day"} <= estimated
    assert "Vesak Day (observed)" in estimated  # the 27th is a Sunday
    sure = {holiday.name for holiday in found if not holiday.estimated}
    assert {"National Day", "Malaysia Day", "Christmas Day", "Labor Day"} <= sure


def test_nothing_is_estimated_while_gazetted():
    for state in ("KUL", "SWK", "KDH"):
        found = public_holidays(Region("MY", state), date(2019, 1, 1), date(2027, 12, 31))
        assert [holiday for holiday in found if holiday.estimated] == []


# The team's own changes ------------------------------------------------------------------------

KUL, PNG, ENG = Region("MY", "KUL"), Region("MY", "PNG"), Region("GB", "ENG")
SEPTEMBER = (date(2024, 9, 1), date(2024, 9, 30))


def change(day, region, what, name=""):
    return HolidayChange(date(2024, 9, day), region, what, name)


def september(region, *changes):
    found = public_holidays(region, *SEPTEMBER, changes)
    return [(holiday.day.day, holiday.name) for holiday in found]


BOTH = (16, "Malaysia Day; Prophet Muhammad's Birthday")


def test_a_change_of_a_region_concerns_that_region_only():
    extra = change(17, KUL, "add", "Special holiday")
    assert september(KUL, extra) == [BOTH, (17, "Special holiday")]
    assert september(PNG, extra) == [BOTH]


def test_a_change_without_subdivision_concerns_the_whole_country():
    extra = change(17, Region("MY", ""), "add", "Special holiday")
    assert september(KUL, extra) == september(PNG, extra) == [BOTH, (17, "Special holiday")]
    assert september(ENG, extra) == []


def test_removing_a_date_and_removing_no_holiday():
    assert september(KUL, change(16, KUL, "remove")) == []
    assert september(KUL, change(18, KUL, "remove")) == [BOTH]


def test_changes_are_applied_in_their_order():
    gone, back = change(16, KUL, "remove"), change(16, KUL, "add", "Malaysia Day")
    assert september(KUL, gone, back) == [(16, "Malaysia Day")]
    assert september(KUL, back, gone) == []


def test_adding_to_a_holiday_joins_the_names_once():
    assert september(KUL, change(16, KUL, "add", "Malaysia Day")) == [BOTH]
    assert september(KUL, change(16, KUL, "add", "Election")) == [(16, f"{BOTH[1]}; Election")]
    assert september(KUL, change(17, KUL, "add")) == [BOTH, (17, "Public holiday")]


def test_a_change_outside_the_dates_changes_nothing():
    outside = HolidayChange(date(2030, 9, 17), KUL, "add", "Special holiday")
    assert september(KUL, outside) == [BOTH]


def test_adding_an_estimated_date_settles_it():
    eid = date(2028, 2, 27)
    (sunday,) = public_holidays(KUL, eid, eid)
    assert (sunday.name, sunday.estimated) == ("Eid al-Fitr", True)
    settled = HolidayChange(eid, Region("MY", ""), "add", "Eid al-Fitr")
    assert public_holidays(KUL, eid, eid, [settled]) == (PublicHoliday(eid, "Eid al-Fitr"),)


# A team ----------------------------------------------------------------------------------------


def test_everybody_has_the_holidays_of_their_region_and_their_own_festivals():
    aidil = Engineer("Aidil", Region("MY", "SGR"), festivals=("hari-raya-puasa",))
    maxime = Engineer("Maxime", Region("GB", "NIR"), festivals=("new-year", "deepavali"))
    found = days_off(team(aidil, maxime), date(2024, 10, 1), date(2024, 12, 31))
    assert [str(h.day) for h in found.holidays["Aidil"]] == [
        "2024-10-31",
        "2024-12-11",
        "2024-12-25",
    ]
    assert [str(h.day) for h in found.holidays["Maxime"]] == ["2024-12-25", "2024-12-26"]
    assert found.festivals["Aidil"] == ()
    assert [time.festival for time in found.festivals["Maxime"]] == ["deepavali", "new-year"]


def test_sunday_is_a_working_day_in_johor_until_the_end_of_2024():
    johor = Region("MY", "JHR")
    assert [is_weekend(johor, date(2024, 12, 27) + timedelta(days=n)) for n in range(3)] == [
        True,
        True,
        False,
    ]
    assert [is_weekend(johor, date(2025, 1, 3) + timedelta(days=n)) for n in range(3)] == [
        False,
        True,
        True,
    ]


def test_non_business_days_are_weekends_and_holidays_of_the_teams_region():
    here = team(business_days=Region("MY", "JHR"))
    closed = days_off(here, date(2024, 12, 20), date(2025, 1, 6)).non_business
    assert sorted(f"{day:%m-%d}" for day in closed) == sorted(
        ["12-20", "12-21", "12-25", "12-27", "12-28", "01-04", "01-05"]
    )
    friday_saturday = team(business_days=Region("MY", "KTN"))
    closed = days_off(friday_saturday, date(2025, 1, 1), date(2025, 1, 6)).non_business
    assert sorted(f"{day:%m-%d}" for day in closed) == ["01-03", "01-04"]


def test_a_team_without_a_region_has_plain_weekends():
    closed = days_off(team(), date(2024, 12, 23), date(2024, 12, 31)).non_business
    assert sorted(f"{day:%m-%d}" for day in closed) == ["12-28", "12-29"]


def test_the_teams_changes_count_for_business_days():
    extra = HolidayChange(date(2024, 9, 17), Region("MY", ""), "add", "Special holiday")
    here = team(business_days=KUL, holiday_changes=(extra,))
    assert date(2024, 9, 17) in days_off(here, *SEPTEMBER).non_business


@pytest.mark.parametrize(
    ("region", "first", "last", "message"),
    [
        (KUL, "1924-01-01", "1924-12-31", "Malaysia covers 2001–2077; 1924 lies outside"),
        (KUL, "2000-12-31", "2001-01-07", "Malaysia covers 2001–2077; 2000 lies outside"),
        (KUL, "2077-12-27", "2078-01-02", "Malaysia covers 2001–2077; 2078 lies outside"),
        (ENG, "2101-01-01", "2101-03-31", "the United Kingdom covers 1872–2100; 2101 lies"),
        (Region("SG", ""), "2099-01-01", "2099-03-31", "Singapore covers .*–2077; 2099 lies"),
        (Region("MY", "XXX"), "2024-01-01", "2024-01-31", "knows no region MY/XXX"),
        (Region("XX", ""), "2024-01-01", "2024-01-31", "knows no country “XX”"),
        (KUL, "2024-02-01", "2024-01-31", "the end lies before the start"),
    ],
)
def test_dates_that_no_calendar_covers_are_refused(region, first, last, message):
    here = team(Engineer("A", region))
    with pytest.raises(UsageError, match=message):
        days_off(here, date.fromisoformat(first), date.fromisoformat(last))


def test_a_festival_of_another_calendar_needs_its_years_too():
    here = team(Engineer("A", ENG, festivals=("deepavali",)))
    with pytest.raises(UsageError, match="Malaysia covers 2001–2077; 1999 lies outside"):
        days_off(here, date(1999, 1, 1), date(1999, 3, 31))


def test_the_first_and_the_last_year_covered_are_full():
    for year in (2001, 2077):
        names = {h.name for h in public_holidays(KUL, date(year, 1, 1), date(year, 12, 31))}
        assert {"Eid al-Fitr", "Eid al-Adha", "Chinese New Year", "Diwali"} <= names


PROGRAM = """
from datetime import date
from planner.domain import Region
from planner.publicholidays import public_holidays
for region in (Region("MY", "SWK"), Region("GB", "SCT"), Region("DE", ""), Region("SA", "")):
    for holiday in public_holidays(region, date(2028, 1, 1), date(2028, 12, 31)):
        print(holiday)
"""


def test_names_are_the_same_whatever_the_machine_speaks():
    outputs = set()
    for language, seed in (("C", "1"), ("ms_MY.UTF-8", "2"), ("de_DE.UTF-8", "3")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        for variable in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"):
            environment[variable] = language
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert b"Dayak Festival Day" in outputs.pop()


def test_one_country_loaded_alone_says_what_the_whole_library_says():
    import holidays

    for region in (KUL, Region("MY", "PHG"), ENG, Region("GB", "SCT")):
        usual = holidays.country_holidays(
            region.country,
            subdiv=region.subdivision,
            years=2025,
            expand=False,
            language="en_GB" if region.country == "GB" else "en_US",
        )
        found = {h.day for h in public_holidays(region, date(2025, 1, 1), date(2025, 12, 31))}
        ours = {c.day for c in corrections() if c.region == region and c.change == "add"}
        assert found - ours == set(usual)


def test_who_moves_has_those_of_the_new_place_from_the_first_whole_week() -> None:
    london, kuala_lumpur = Region("GB", "ENG"), Region("MY", "KUL")
    moves = Engineer("Ana", london, stages=(Stage(date(2024, 8, 28), kuala_lumpur),))
    moved = Engineer("Ben", london, stages=(Stage(date(2023, 8, 28), kuala_lumpur),))
    found = days_off(team(moves, moved), date(2024, 8, 1), date(2024, 9, 30)).holidays
    assert [holiday.day for holiday in found["Ana"]] == [date(2024, 8, 26), date(2024, 9, 16)]
    assert [holiday.day for holiday in found["Ben"]] == [date(2024, 8, 31), date(2024, 9, 16)]
