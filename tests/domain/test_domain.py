"""The words of the domain as values."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain import Duty, DutyWeek, Held, Role, Rota, Source
from tests.build import away, day, engineer, problem, rotation, week

PRIMARY = Role("primary")


def duty(n: int, role: str = "primary", stream: str = "r") -> Duty:
    return Duty(week(n), stream, role)


# Weeks


@pytest.mark.parametrize(
    ("first", "name"),
    [
        (date(2024, 7, 1), "2024-W27"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 1), "2020-W53"),
        (date(2024, 1, 4), "2024-W01"),
    ],
)
def test_a_week_is_named_by_the_iso_week_of_its_first_day(first: date, name: str) -> None:
    assert DutyWeek(first).name == str(DutyWeek(first)) == name


def test_a_week_has_seven_dates() -> None:
    assert week(0).days == tuple(day(n) for n in range(7))
    assert week(0).last == day(6)
    assert day(6) in week(0)
    assert day(7) not in week(0)
    assert "2024-07-01" not in week(0)


@given(st.integers(-200, 200), st.integers(-200, 200))
def test_later_and_until_are_each_others_inverse(here: int, there: int) -> None:
    assert week(here).until(week(there)) == there - here
    assert week(here).later(there - here) == week(there)


# Engineers, vacations, roles


def test_employed_is_every_day_of_the_week() -> None:
    assert engineer("A").employed(week(0))
    assert engineer("A", joined=day(7)).employed(week(1))
    assert not engineer("A", joined=day(8)).employed(week(1))
    assert engineer("A", left=day(13)).employed(week(1))
    assert not engineer("A", left=day(12)).employed(week(1))


def test_who_may_hold_a_role() -> None:
    senior = Role("primary", levels=("senior",))
    assert engineer("A").may_hold(PRIMARY)
    assert not engineer("A", roles=("secondary",)).may_hold(PRIMARY)
    assert not engineer("A").may_hold(senior)
    assert not engineer("A", level="junior").may_hold(senior)
    assert engineer("A", level="senior").may_hold(senior)
    assert not engineer("A", level="senior", roles=("secondary",)).may_hold(senior)


def test_a_vacation_blocks_every_week_that_it_touches() -> None:
    assert [n for n in range(4) if away("A", 6, 14).blocks(week(n))] == [0, 1, 2]


def test_a_team_knows_who_is_away() -> None:
    team = problem(vacations=(away("A", 0), away("B", 1), away("A", 5, 8))).team
    assert team.away("A", week(0)) == (away("A", 0), away("A", 5, 8))
    assert team.away("A", week(1)) == (away("A", 5, 8),)
    assert team.away("C", week(0)) == ()


def test_roles_lie_at_even_distances_unless_they_say_otherwise() -> None:
    stream = rotation("ABCDE", "primary", "secondary", Role("third", offset=4))
    assert [stream.offset(role, 5) for role in stream.roles] == [0, 1, 4]
    pair = rotation("ABCD", "primary", "secondary")
    assert [pair.offset(role, 4) for role in pair.roles] == [0, 2]


def test_sources_are_said_as_a_reader_finds_them() -> None:
    assert str(Source("vacations.csv", 7)) == "vacations.csv row 7"
    assert str(Source("team.toml")) == "team.toml"


# Rotas


def test_a_rota_is_sorted_and_equal_whatever_the_order() -> None:
    pairs = [(duty(1), "B"), (duty(0), "A"), (duty(0, "secondary"), None)]
    one, other = Rota.of(pairs), Rota.of(reversed(pairs))
    assert one == other == Rota.of(dict(pairs))
    assert hash(one) == hash(other)
    assert [held.duty for held in one] == [duty(0), duty(0, "secondary"), duty(1)]


def test_who_holds_what() -> None:
    rota = Rota.of([(duty(0), "A"), (duty(1), None), (duty(2), "A")])
    assert rota.holder(duty(0)) == "A"
    assert rota.holder(duty(1)) is None
    assert rota.holder(duty(9)) is None
    assert duty(1) in rota
    assert duty(9) not in rota
    assert rota.duties_of("A") == (duty(0), duty(2))
    assert rota.duties_of("B") == ()
    assert rota.weeks == (week(0), week(1), week(2))
    assert len(rota) == 3


def test_where_two_rotas_meet_the_later_counts() -> None:
    one = Rota.of([(duty(0), "A"), (duty(1), "B")])
    other = Rota.of([(duty(1), None), (duty(2), "C")])
    joined = one.joined_with(other)
    assert joined == Rota.of([(duty(0), "A"), (duty(1), None), (duty(2), "C")])
    assert one == Rota.of([(duty(0), "A"), (duty(1), "B")])


def test_nothing_is_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        Held(duty(0), "A").engineer = "B"  # type: ignore[misc]


# Days off


def test_days_off_by_engineer_and_week() -> None:
    days_off = problem(
        holidays={"A": [3, 7, 8]}, festivals={"A": [("f", 6, 7), ("g", 20, 21)]}
    ).days_off
    assert [h.day for h in days_off.holidays_in("A", week(1))] == [day(7), day(8)]
    assert [f.festival for f in days_off.festivals_in("A", week(0))] == ["f"]
    assert [f.festival for f in days_off.festivals_in("A", week(1))] == ["f"]
    assert [f.festival for f in days_off.festivals_in("A", week(2))] == ["g"]
    assert days_off.holidays_in("B", week(1)) == ()
    assert days_off.festivals_in("B", week(1)) == ()
