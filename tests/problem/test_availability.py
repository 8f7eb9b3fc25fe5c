"""Who may hold which duty, and what about the others forbids it."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.domain import Duty, Role, Seat, Source, Vacation
from planner.problem.availability import Availability
from tests.build import away, day, engineer, problem, rotation, week

FIRST, SECOND = Seat("r", "primary"), Seat("r", "senior")


def people(**more: Any) -> Availability:
    """A and B are in the rotation, B is senior; C is not in it."""
    return problem(
        rotation("AB", "primary", Role("senior", levels=("senior",))),
        engineers=[engineer("A"), engineer("B", level="senior"), engineer("C")],
        **more,
    ).availability


def names(availability: Availability, duty: Duty) -> str:
    return "".join(one.name for one in availability.who(duty))


def test_only_members_who_may_hold_the_role_are_asked() -> None:
    known = people()
    assert [one.name for one in known.members(FIRST)] == ["A", "B"]
    assert [one.name for one in known.members(SECOND)] == ["B"]
    a, b, c = known.team.engineers
    assert (known.seats_of(a), known.seats_of(b), known.seats_of(c)) == (
        (FIRST,),
        (FIRST, SECOND),
        (),
    )
    assert known.why_not("C", FIRST.in_week(week(0))) == "may not be primary"
    assert known.why_not("A", SECOND.in_week(week(0))) == "may not be senior"
    assert not known.why_not("B", SECOND.in_week(week(0)))


def test_whoever_is_away_on_one_day_of_the_week_is_not_there() -> None:
    known = people(vacations=[away("A", 6), away("B", 14)])
    found = [names(known, FIRST.in_week(week(n))) for n in range(3)]
    assert found == ["B", "AB", "A"]
    assert known.why_not("A", FIRST.in_week(week(0))) == "is away 7 July 2024"
    told = Vacation("A", day(0), day(1), "annual", source=Source("vacations.csv", 3))
    said = people(vacations=[told]).why_not("A", FIRST.in_week(week(0)))
    assert said == "is away 1–2 July 2024 (vacations.csv row 3)"


def test_employment_counts_to_the_day() -> None:
    known = problem(
        rotation("AB"), engineers=[engineer("A", joined=day(1)), engineer("B", left=day(12))]
    ).availability
    found = [names(known, FIRST.in_week(week(n))) for n in range(3)]
    assert found == ["B", "A", "A"]
    assert known.why_not("A", FIRST.in_week(week(0))) == "is not on the team in 2024-W27"
    a, b = known.team.engineers

    def there(who: Any, *days: int) -> bool:
        return known.there_on(who, [day(n) for n in days])

    assert there(a, 1, 2)
    assert not there(a, 0, 1)
    assert there(b, 11, 12)
    assert not there(b, 12, 13)


def test_some_days_of_a_week_may_be_free_though_not_all() -> None:
    known = people(vacations=[away("A", 2, 3)])
    a = known.team.engineer("A")
    assert known.there_on(a, [day(0), day(1)])
    assert not known.there_on(a, [date(2024, 7, 2), date(2024, 7, 3)])
    assert not known.there(a, week(0))


def test_a_seat_is_called_by_its_role_unless_there_are_several_rotations() -> None:
    one = problem(rotation("AB", "primary")).team
    two = problem(rotation("AB", "primary"), rotation("AB", "primary", name="s")).team
    assert [one.title(seat) for seat in one.seats] == ["primary"]
    assert [two.title(seat) for seat in two.seats] == ["r: primary", "s: primary"]
    assert Duty(week(0), *FIRST).later(2) == FIRST.in_week(week(2))
    assert Duty(week(0), *FIRST).seat == FIRST
