"""Domain values refuse, with an error of ours that names the value, what they cannot be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from fractions import Fraction
from inspect import signature
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain import (
    Duty,
    DutyWeek,
    Engineer,
    Held,
    HolidayChange,
    Region,
    Role,
    Rota,
    Rotation,
    Settings,
    Swap,
    Team,
    Vacation,
    Wish,
)
from planner.errors import FactError, RotaError
from planner.rules import aims_of

DAY = date(2024, 7, 1)
WEEK = DutyWeek(DAY)
HOME = Region("GB", "ENG")
ANA, BEN = Engineer("Ana", HOME), Engineer("Ben", HOME)
WATCH = Rotation("Watch", ("Ana", "Ben"), (Role("primary"),))
TEAM = Team("t", "T", "UTC", (BEN, ANA), (WATCH,))


def test_engineers_are_sorted_and_lists_are_frozen() -> None:
    assert TEAM.engineers == (ANA, BEN)
    assert Rotation("Watch", ["Ana", "Ben"], [Role("primary")]) == WATCH  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "exact"), [(0.1, Fraction(1, 10)), (1, Fraction(1)), (0.333, Fraction(333, 1000))]
)
def test_a_share_is_kept_exactly_as_it_is_written(share: Any, exact: Fraction) -> None:
    assert replace(ANA, share=share).share == exact


def swap(**facts: Any) -> Swap:
    usual = {"partner": "Ben", "for_week": None, "rotation": "Watch", "role": "primary"}
    return Swap("Ana", WEEK, agreed=True, **{**usual, **facts})


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: replace(ANA, share=0), "share of Ana “0” is not above 0"),
    (lambda: replace(ANA, share=Fraction(-1, 2)), "“-1/2” is not above 0"),
    (lambda: replace(ANA, share=2), "“2” is not above 0 and at most 1"),
    (lambda: replace(ANA, share=Fraction(1, 10**12)), "too fine a share"),
    (lambda: replace(ANA, share=float("nan")), "“nan” is not above 0"),
    (lambda: replace(ANA, share="half"), "“half” is not a number"),
    (lambda: replace(ANA, share=True), "“True” is not a number"),
    (lambda: replace(ANA, name=" "), "name of an engineer “ ” is empty"),
    (lambda: replace(ANA, level="junor"), "Did you mean “junior”"),
    (lambda: replace(ANA, joined=DAY, left=date(2024, 6, 1)), "“2024-06-01” is before 2024-07-01"),
    (lambda: replace(ANA, joined=datetime(2024, 7, 1)), "is not a date"),
    (lambda: replace(ANA, roles="primary"), "is not a list or a tuple"),
    (lambda: Region("", "ENG"), "country of a region"),
    (lambda: Role(""), "name of a role"),
    (lambda: Role("primary", weeks="monthly"), "weeks of primary “monthly”"),
    (lambda: replace(WATCH, cycle=()), "has no members"),
    (lambda: replace(WATCH, cycle=("Ana", "Ana")), "“Ana” stands twice"),
    (lambda: replace(WATCH, roles=()), "has no role"),
    (lambda: replace(WATCH, roles=(Role("a"), Role("a"))), "“a” stands twice"),
    (lambda: Settings(cover="nxt"), "Did you mean “next”"),
    (lambda: Settings(limits=(("primary", -1),)), "most duties of primary “-1”"),
    (lambda: Settings(limits=(("primary",),)), "limit “('primary',)”"),
    (lambda: Settings(notice=-1), "“-1” is out of range"),
    (lambda: Vacation("Ana", DAY, date(2024, 6, 30)), "“2024-06-30” is before the start"),
    (lambda: Wish("Ana", WEEK, "of"), "Ana's wish “of”"),
    (lambda: Wish("Ana", "2024-W27", "off"), "week of Ana's wish “2024-W27”"),
    (lambda: swap(partner="Ana"), "“Ana” is the engineer"),
    (lambda: swap(for_week=WEEK), "is the week given away"),
    (lambda: HolidayChange(DAY, HOME, "ad"), "2024-07-01: “ad”"),
    (lambda: DutyWeek(datetime(2024, 7, 1)), "is not a date"),
    (lambda: Duty(WEEK, "Watch", None), "role of a duty"),
    (lambda: Rota.of([(Duty(WEEK, "Watch", "primary"), 5)]), "holder of a duty “5”"),
    (lambda: Rota.of([1, 2]), "not made of duties and their holders"),
    (lambda: Rota((Held(Duty(WEEK, "w", "p"), "A"), Held(Duty(WEEK, "w", "p"), "B"))), "twice"),
    (lambda: replace(TEAM, engineers=(ANA, ANA, BEN)), "engineer “Ana” stands twice"),
    (lambda: replace(TEAM, engineers=(ANA,)), "cycle of Watch, “Ben” is not an engineer"),
    (lambda: replace(TEAM, engineers=(ANA, replace(BEN, roles=("primry",)))), "“primry” is not"),
    (lambda: replace(TEAM, rotations=()), "has no rotation"),
    (lambda: replace(TEAM, timezone="Mars/Base"), "“Mars/Base” is not known"),
    (lambda: replace(TEAM, handover_weekday=8), "“8” is out of range"),
    (lambda: replace(TEAM, handover_time=time(10, tzinfo=None) and "10:00"), "“10:00” is not of"),
    (lambda: replace(TEAM, year_starts=(13, 1)), "“13” is out of range"),
    (lambda: replace(TEAM, aims=("rest", "rest")), "aim “rest” stands twice"),
    (lambda: aims_of(replace(TEAM, aims=("rst",))), "Did you mean “rest”"),
    (lambda: replace(TEAM, settings=Settings(limits=(("primry", 2),))), "limit “primry”"),
    (lambda: replace(TEAM, settings=Settings(one_per_group=("oncall",))), "kind “oncall”"),
    (lambda: replace(TEAM, vacations=(Vacation("Cy", DAY, DAY),)), "vacation, “Cy” is not"),
    (lambda: replace(TEAM, wishes=(Wish("Cy", WEEK, "on"),)), "wish, “Cy” is not"),
    (lambda: replace(TEAM, swaps=(swap(partner="Cy"),)), "swap, “Cy” is not"),
    (lambda: replace(TEAM, swaps=(swap(rotation="Wach"),)), "Did you mean “Watch”"),
    (lambda: replace(TEAM, swaps=(swap(role="second"),)), "“second” is not a role of Watch"),
    (
        lambda: replace(TEAM, wishes=(Wish("Ana", DutyWeek(date(2024, 7, 2)), "on"),)),
        "“2024-07-02” does not begin on the day of the handover",
    ),
]


@pytest.mark.parametrize(("build", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_a_bad_value_is_refused_and_named(build: Callable[[], object], said: str) -> None:
    with pytest.raises(FactError) as refused:
        build()
    assert said in str(refused.value)


NEAR = st.sampled_from(
    [ANA, BEN, WATCH, WEEK, DAY, HOME, Role("primary"), Settings(), "Ana", "Ben", "Watch", "off"]
)
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.fractions(),
    st.text(max_size=5),
    st.dates(),
    st.datetimes(),
    st.times(),
    NEAR,
)
ANYTHING = st.one_of(JUNK, st.lists(JUNK, max_size=3), st.lists(JUNK, max_size=3).map(tuple))
BUILT = (Region, Role, Rotation, Engineer, Settings, Vacation, Wish, Swap, DutyWeek, Duty, Held)


@pytest.mark.parametrize("kind", [*BUILT, HolidayChange, Rota, Team], ids=lambda k: k.__name__)
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_other_exception_ever_escapes(kind: Any, data: st.DataObject) -> None:
    sound: dict[type, dict[str, Any]] = {
        Engineer: {"name": "Ana", "region": HOME},
        Rotation: {"name": "Watch", "cycle": ("Ana", "Ben"), "roles": (Role("primary"),)},
        Team: {"key": "t", "name": "T", "timezone": "UTC", "engineers": (ANA, BEN)}
        | {"rotations": (WATCH,)},
        Vacation: {"engineer": "Ana", "start": DAY, "end": DAY},
    }
    names = list(signature(kind).parameters)
    needed = [name for name in names if name in sound.get(kind, names)]
    facts = sound.get(kind) or {name: data.draw(ANYTHING) for name in needed}
    spoiled = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
    facts = {**facts, **{name: data.draw(ANYTHING) for name in spoiled}}
    with suppress(RotaError):
        repr(kind(**facts))
