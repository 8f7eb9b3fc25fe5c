"""Days in lieu: the rule, holiday by holiday, and against what the library lists."""

from datetime import date

import pytest

from planner.domain import Engineer, HolidayChange, Region, Role, Rotation, Settings, Team
from planner.publicholidays import days_off, public_holidays
from planner.publicholidays.calendars import holidays_of
from planner.publicholidays.in_lieu import with_days_in_lieu
from planner.publicholidays.regions import SUBDIVISIONS

STATES = sorted(SUBDIVISIONS["MY"])


def given(state, original):
    """The days given for a date."""
    original = date.fromisoformat(original)
    return [
        (f"{day:%m-%d}", label.name)
        for day, labels in with_days_in_lieu(Region("MY", state), original.year).items()
        for label in labels
        if label.in_lieu_of == original
    ]


@pytest.mark.parametrize(
    ("state", "original", "days"),
    [
        ("KUL", "2025-08-31", ["09-01"]),  # a Sunday: the day after
        ("KDH", "2025-08-31", []),  # Sunday is a working day there
        ("KDH", "2025-06-27", ["06-29"]),  # a Friday: the next day that is no weekend
        ("KDH", "2025-06-07", []),  # a Saturday, which is no day of rest there
        ("TRG", "2025-04-26", ["04-27"]),  # a Saturday, which is one in Terengganu
        ("KTN", "2025-06-27", []),  # a Friday, which is none in Kelantan
        ("JHR", "2025-03-23", ["03-24"]),  # its ruler's birthday too
        ("JHR", "2027-07-11", ["07-12"]),
        ("JHR", "2022-09-16", ["09-18"]),  # a Friday, before its weekend moved
        ("JHR", "2024-02-11", []),  # a Sunday then
        ("JHR", "2026-03-22", ["03-24"]),  # Monday is a holiday already
        ("KTN", "2023-09-30", ["10-01"]),
        ("SBH", "2023-12-24", ["12-26"]),
        ("SBH", "2025-03-30", ["04-02"]),  # two holidays follow
        ("KUL", "2027-06-06", ["06-08"]),
        ("PNG", "2025-07-12", []),  # a Saturday where Sunday is the day of rest
        ("KDH", "2026-03-20", []),  # declared for once, so it carries none
        ("SWK", "2024-09-16", []),  # two holidays on one working day
        ("KUL", "2026-02-01", ["02-02", "02-03"]),  # two holidays on one Sunday
        ("LBN", "2026-02-01", ["02-02"]),
    ],
)
def test_the_rule(state, original, days):
    assert [day for day, _ in given(state, original)] == days


def test_of_two_on_one_sunday_the_nationwide_one_is_given_first():
    assert given("PNG", "2024-07-07") == [
        ("07-08", "Islamic New Year (observed)"),
        ("07-09", "George Town Heritage Day (observed)"),
    ]
    assert [name for _, name in given("SBH", "2026-05-31")] == [
        "Vesak Day (observed)",
        "Pesta Kaamatan (observed)",
    ]


@pytest.mark.parametrize("year", range(2008, 2029))
def test_the_rule_gives_every_day_that_the_library_lists(year):
    for state in STATES:
        region = Region("MY", state)
        assert set(holidays_of(region, year)) <= set(with_days_in_lieu(region, year)) | {
            date(2025, 6, 15),  # the birthday of Kedah's Sultan, which was on the 22nd
            date(2028, 11, 15),  # Deepavali, which is in October
        }


def test_what_the_rule_gives_and_the_library_does_not():
    more = {
        (str(day), label.name.removesuffix(" (observed)"))
        for year in range(2022, 2028)
        for state in STATES
        for day, labels in with_days_in_lieu(Region("MY", state), year).items()
        for label in labels
        if label.in_lieu_of and day not in holidays_of(Region("MY", state), year)
    }
    assert more == {
        ("2022-07-31", "Islamic New Year"),
        ("2022-11-13", "Birthday of the Sultan of Kelantan"),
        ("2023-10-01", "Birthday of the Sultan of Kelantan"),
        ("2023-12-26", "Christmas Eve"),
        ("2024-07-08", "Islamic New Year"),
        ("2024-07-09", "George Town Heritage Day"),
        ("2025-03-24", "Birthday of the Sultan of Johor"),
        ("2025-04-02", "Birthday of the Governor of Sabah"),
        ("2025-06-29", "Islamic New Year"),
        ("2026-02-03", "Thaipusam"),
        ("2026-06-03", "Pesta Kaamatan"),
        ("2027-06-01", "Pesta Kaamatan"),
        ("2027-06-08", "Islamic New Year"),
        ("2027-07-12", "The Sultan of Johor Hol"),
    }


# Weekend dates that are given again ------------------------------------------------------------


def again(region, year):
    holidays = public_holidays(region, date(year, 1, 1), date(year, 12, 31))
    return {
        f"{holiday.day:%m-%d}": [f"{day:%m-%d}" for day in holiday.given_again]
        for holiday in holidays
        if holiday.given_again
    }


def test_weekend_dates_say_on_which_days_they_are_given_again():
    assert again(Region("MY", "KUL"), 2026) == {
        "02-01": ["02-02", "02-03"],
        "03-22": ["03-23"],
        "05-31": ["06-02"],
        "11-08": ["11-09"],
    }
    assert again(Region("GB", "ENG"), 2027) == {"12-25": ["12-27"], "12-26": ["12-28"]}
    assert again(Region("GB", "SCT"), 2022)["01-01"] == ["01-03"]
    assert again(Region("SG", ""), 2022)["05-15"] == ["05-16"]


def test_a_saturday_without_a_day_in_lieu_is_a_holiday_like_any_other():
    assert "08-31" not in again(Region("MY", "KUL"), 2024)


def test_a_date_with_a_name_of_its_own_beside_is_no_mere_original():
    """Of Wesak and a day declared once on one Sunday only the first is given again."""
    declared = HolidayChange(date(2026, 5, 31), Region("MY", ""), "add", "Special holiday")
    (found,) = public_holidays(
        Region("MY", "KUL"), date(2026, 5, 31), date(2026, 5, 31), [declared]
    )
    assert found.given_again == ()


def test_a_team_that_removes_the_day_in_lieu_keeps_the_date_itself():
    gone = HolidayChange(date(2025, 9, 1), Region("MY", ""), "remove", "")
    (found,) = public_holidays(Region("MY", "KUL"), date(2025, 8, 31), date(2025, 9, 1), [gone])
    assert (found.day, found.given_again) == (date(2025, 8, 31), ())


@pytest.mark.parametrize(
    ("counted", "expected"),
    [(True, {date(2025, 8, 31), date(2025, 9, 1)}), (False, {date(2025, 9, 1)})],
)
def test_the_team_says_whether_weekend_dates_count(counted, expected):
    here = Team(
        "t",
        "T",
        "UTC",
        (Engineer("Aina", Region("MY", "KUL")),),
        (Rotation("Support", ("Aina",), (Role("primary"),)),),
        settings=Settings(count_weekend_originals=counted),
    )
    off = days_off(here, date(2025, 8, 25), date(2025, 9, 4))
    assert off.counted("Aina") == expected
    assert len(off.holidays["Aina"]) == 2
