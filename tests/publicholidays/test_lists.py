"""Malaysia's calendar against published lists, state by state: every difference is explained.

``planner/publicholidays/checked.csv`` says which lists were compared; the comparisons are here.
"""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from planner.domain import Region
from planner.publicholidays import public_holidays
from planner.publicholidays.corrections import comparisons, corrections, is_checked
from planner.publicholidays.in_lieu import with_days_in_lieu
from planner.publicholidays.regions import SUBDIVISIONS

LISTS = Path(__file__).parents[1] / "data" / "public_holidays"
STATES = frozenset(SUBDIVISIONS["MY"])
COMPARED = range(2023, 2028)
WITH_DAYS_IN_LIEU = range(2023, 2026)

# What the government's list has otherwise, because it is printed the year before.
PRINTED_BEFORE = {
    ("list only", "2025-10-04", "SBH"): "moved to 30 March by the gazette of 6 March 2025",
    ("ours only", "2025-03-30", "SBH"): "moved from 4 October by the gazette of 6 March 2025",
    ("list only", "2026-06-21", "KDH"): "moved to 5 July by the state's notice of 7 May 2026",
    ("ours only", "2026-07-05", "KDH"): "moved from 21 June by the state's notice of 7 May 2026",
}

# What the other lists have otherwise; (list or ours, date) → states and why.
ELSEWHERE = {
    ("list only", "2023-01-02"): ("PLS", "Perlis has no New Year's Day of which it is in lieu"),
    ("list only", "2023-12-31"): (" ".join(STATES), "New Year's Eve is no public holiday"),
    ("list only", "2024-09-17"): (
        " ".join(STATES),
        "two holidays on one working day; none was given (Prime Minister's Department)",
    ),
    ("ours only", "2023-07-02"): (
        "KDH",
        "30 June is a Friday, the second day of Hari Raya Haji; the state's yearly lists give the "
        "next working day for a holiday on a Friday",
    ),
    ("ours only", "2025-04-02"): ("SBH", "announced by the state: Malay Mail, 27 March 2025"),
    ("ours only", "2024-08-26"): ("MLK", "the government's list has it"),
    ("ours only", "2026-01-17"): ("NSN", "the government's list has it"),
    ("ours only", "2026-03-22"): (" ".join(STATES), "the festival was seen a day later"),
    ("ours only", "2026-03-23"): ("MLK", "the third day of the festival"),
    ("ours only", "2026-05-28"): ("KDH KTN PLS TRG", "the government's list has it"),
    ("ours only", "2026-12-24"): ("SBH", "the government's list has it"),
    ("ours only", "2027-01-06"): ("NSN", "the government's list has it"),
    ("ours only", "2027-03-12"): ("MLK", "the third day of the festival"),
    ("ours only", "2027-05-18"): ("KDH KTN PLS TRG", "the government's list has it"),
    ("ours only", "2027-06-20"): ("KDH", "the government's list has it, not 5 July"),
    ("list only", "2027-07-05"): ("KDH", "the government's list has 20 June"),
    ("ours only", "2027-07-11"): ("JHR", "the government's list has it, not 21 July"),
    ("list only", "2027-07-21"): ("JHR", "the government's list has 11 July"),
    ("ours only", "2027-12-24"): ("SBH", "the government's list has it"),
    ("ours only", "2027-12-26"): ("KDH NSN PLS TRG", "the government's list has it"),
}


def read(name):
    """(state, year) → the dates that a list gives it."""
    found = defaultdict(set)
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        day, _, where = line.partition(" ")
        states = set(where.removeprefix("all but ").split())
        if where.startswith("all"):
            states = STATES - (states if "but" in where else set())
        assert states <= STATES, line
        for state in states:
            found[state, int(day[:4])].add(day)
    return found


def differences(ours, theirs):
    found = set()
    for year in COMPARED:
        for state in sorted(STATES):
            found |= {("ours only", day, state) for day in ours(state, year) - theirs[state, year]}
            found |= {("list only", day, state) for day in theirs[state, year] - ours(state, year)}
    return found


def yearly(state, year):
    """The dates of the yearly list: no days in lieu, nothing that was declared for once."""
    days = with_days_in_lieu(Region("MY", state), year)
    return {
        day.isoformat()
        for day, labels in days.items()
        if any(not label.once and label.in_lieu_of is None for label in labels)
    }


def all_of(state, year):
    in_lieu = year in WITH_DAYS_IN_LIEU
    days = with_days_in_lieu(Region("MY", state), year)
    return {
        day.isoformat()
        for day, labels in days.items()
        if in_lieu or any(label.in_lieu_of is None for label in labels)
    }


def test_every_state_has_the_dates_of_the_governments_list():
    assert differences(yearly, read("government.txt")) == set(PRINTED_BEFORE)


def test_other_lists_differ_only_where_it_is_known_why():
    explained = {
        (side, day, state)
        for (side, day), (states, _) in ELSEWHERE.items()
        for state in states.split()
    }
    once = {("ours only", c.day.isoformat(), c.region.subdivision) for c in corrections() if c.once}
    found = differences(all_of, read("published.txt"))
    assert found - once == explained


def test_lists_with_days_in_lieu_have_the_ones_of_the_rule():
    listed = read("published.txt")
    for year in WITH_DAYS_IN_LIEU:
        for state in sorted(STATES):
            days = with_days_in_lieu(Region("MY", state), year)
            given = {d.isoformat() for d, ls in days.items() if any(x.in_lieu_of for x in ls)}
            missing = given - listed[state, year]
            assert {("ours only", day) for day in missing} <= set(ELSEWHERE), (state, year)


@pytest.mark.parametrize("year", range(2022, 2028))
def test_what_was_compared_is_said_for_every_state_and_year(year):
    for state in sorted(STATES):
        known = comparisons()[Region("MY", state), year]
        assert all(known.lists)
        assert is_checked(Region("MY", state), year) == (year in COMPARED)
        if year in COMPARED:
            assert len(known.lists) >= 2
            date.fromisoformat(known.on)


def test_a_year_that_was_not_compared_is_not_called_confirmed():
    for state, year, expected in (
        ("KUL", 2021, {"unchecked"}),
        ("JHR", 2022, {"unchecked"}),
        ("JHR", 2023, {"confirmed"}),
        ("SWK", 2027, {"confirmed"}),
        ("KUL", 2029, {"unchecked", "estimated"}),
    ):
        found = public_holidays(Region("MY", state), date(year, 1, 1), date(year, 12, 31))
        assert {holiday.certainty for holiday in found} == expected, (state, year)


def test_other_countries_are_confirmed_only_where_somebody_looked():
    for region, year, expected in (
        (Region("GB", "SCT"), 2024, {"confirmed"}),
        (Region("GB", "SCT"), 2030, {"unchecked"}),
        (Region("DE", "BE"), 2024, {"unchecked"}),
    ):
        found = public_holidays(region, date(year, 1, 1), date(year, 12, 31))
        assert {holiday.certainty for holiday in found} == expected, (region, year)
