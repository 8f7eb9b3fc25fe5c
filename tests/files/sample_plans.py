"""Realistic finished plans, made by hand without a solver, for the tests of files.

Run as a script to write them as workbooks into a folder and look at them:
``python -m tests.files.sample_plans FOLDER``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from planner.checking.finished_plan import Plan, Proof
from planner.checking.report import check
from planner.domain import (
    DaysOff,
    Duty,
    DutyWeek,
    Engineer,
    FestivalTime,
    Held,
    Pipeline,
    PublicHoliday,
    Region,
    Role,
    Rota,
    Rotation,
    Settings,
    Swap,
    Team,
    Vacation,
)
from planner.domain.quarters import Horizon
from planner.problem import Problem
from planner.rules.base import Value

QUIET = Settings()
FIRST = DutyWeek(date(2024, 7, 1))
AIMS = ("fair-share", "festivals", "wishes", "rest", "spacing", "holidays", "cycle", "rhythm")


def sample_plan(
    names: Sequence[str] = ("Aidil", "Choo", "Spencer", "Thiru"),
    *,
    settings: Settings = QUIET,
    label: str = "2024Q3",
    first: DutyWeek = FIRST,
    weeks: int = 13,
) -> Plan:
    """Four engineers in two countries, primary and secondary, a lock, an agreed swap."""
    home = (Region("MY", "KUL"), Region("MY", "PNG"), Region("GB", "ENG"), Region("MY", "KUL"))
    a, b, c, d = sorted(names)
    engineers = tuple(
        Engineer(name, region, share=Fraction(1, 2) if name == d else Fraction(1))
        for name, region in zip((a, b, c, d), home, strict=True)
    )
    roles = (Role("primary"), Role("secondary"))
    team = Team(
        "sample",
        "Investor data engineering",
        "Asia/Kuala_Lumpur",
        engineers,
        (Rotation("Investor pipelines", (a, b, c, d), roles),),
        settings,
        AIMS,
        vacations=(
            Vacation(a, date(2024, 7, 22), date(2024, 7, 26), "annual", date(2024, 6, 1), "Bali"),
            Vacation(b, date(2024, 8, 27), date(2024, 8, 30), "sick", None, "=operation()"),
            Vacation(c, date(2024, 12, 20), date(2024, 12, 31)),
        ),
        swaps=(Swap(a, FIRST.later(10), b, None, "Investor pipelines", "primary", True),),
        pipelines=_pipelines("Investor pipelines", a, b),
    )
    malaysian = {
        date(2024, 7, 8): "Awal Muharram (in lieu)",
        date(2024, 9, 16): "Malaysia Day",
        date(2024, 9, 17): "Prophet Muhammad's Birthday",
    }
    days_off = DaysOff(
        date(2024, 1, 1),
        date(2025, 12, 31),
        {
            a: _holidays(malaysian),
            b: _holidays({**malaysian, date(2024, 7, 13): "Governor of Penang's Birthday"}),
            c: _holidays({date(2024, 8, 26): "Summer bank holiday"}),
            d: _holidays(malaysian, estimated=date(2024, 9, 17)),
        },
        {d: (FestivalTime((date(2024, 8, 31), date(2024, 9, 1)), "Deepavali", True),)},
        _weekends(),
    )
    locked = (Held(Duty(FIRST.later(2), "Investor pipelines", "primary"), c),)
    return _plan(team, label, weeks, days_off, locked=locked, first=first)


def two_rotations_plan() -> Plan:
    """Two rotations side by side, one with a month-end role, reasons shown, an open duty."""
    names = ("Aidil", "Choo", "Priyadarshini Subramaniam-Featherstonehaugh", "Thiru")
    engineers = tuple(Engineer(name, Region("MY", "SGR")) for name in names)
    month_end = Role("month-end", "in-hours", weeks="month-end")
    team = Team(
        "two",
        "XYZ Tech data engineering",
        "Europe/London",
        engineers,
        (
            Rotation("Profit and engagement", names, (Role("primary"), month_end)),
            Rotation("Growth", names[2:] + names[:2], (Role("primary"),)),
        ),
        Settings(show_reasons=True),
        AIMS,
        vacations=(
            Vacation("Aidil", date(2024, 8, 1), date(2024, 8, 20), "parental", note="a girl!"),
            Vacation("Thiru", date(2024, 8, 5), date(2024, 8, 9), "annual", date(2024, 7, 30)),
        ),
        pipelines=_pipelines("Growth", "Aidil", "Thiru"),
    )
    holidays = {name: _holidays({date(2024, 9, 16): "Malaysia Day"}) for name in names}
    festivals = {"Choo": (FestivalTime((date(2024, 9, 17),), "mid-autumn"),)}
    days_off = DaysOff(date(2024, 1, 1), date(2025, 12, 31), holidays, festivals, _weekends())
    open_duty = Duty(FIRST.later(5), "Growth", "primary")
    return _plan(team, "2024Q3", 13, days_off, open_duties=(open_duty,))


def large_plan() -> Plan:
    """Twelve engineers, a year, two roles."""
    names = (
        *("Aidil", "Amara", "Beatriz", "Choo", "Dong", "Ewan"),
        *("Maxime", "Ngozi", "Siddhant", "Spencer", "Thiru", "William"),
    )
    engineers = tuple(
        Engineer(name, Region("GB", ("ENG", "SCT", "WLS", "NIR")[n % 4]))
        for n, name in enumerate(names)
    )
    team = Team(
        "large",
        "Platform",
        "Europe/London",
        engineers,
        (Rotation("platform", names, (Role("primary"), Role("secondary"))),),
        aims=AIMS,
        vacations=tuple(
            Vacation(
                name,
                date(2024, 7, 3) + timedelta(days=17 * n),
                date(2024, 7, 17 - n % 5) + timedelta(days=17 * n),
            )
            for n, name in enumerate(names)
        ),
    )
    xmas = {date(2024, 12, 25): "Christmas Day", date(2024, 12, 26): "Boxing Day"}
    days_off = DaysOff(
        date(2024, 1, 1),
        date(2025, 12, 31),
        {name: _holidays(xmas) for name in names},
        {},
        _weekends(),
    )
    return _plan(team, "2024-W27+52", 52, days_off)


def crowd_plan(people: int, weeks: int) -> Plan:
    """As many engineers and weeks as wanted, two roles, holidays and vacations."""
    names = [f"Engineer {n:02}" for n in range(people)]
    regions = [Region("MY", "KUL"), Region("GB", "ENG")]
    team = Team(
        "crowd",
        "Crowd",
        "UTC",
        tuple(Engineer(name, regions[n % 2]) for n, name in enumerate(names)),
        (Rotation("all", tuple(names), (Role("primary"), Role("secondary"))),),
        aims=AIMS,
        vacations=tuple(
            Vacation(name, first, first + timedelta(days=9))
            for n, name in enumerate(names)
            for year in range(weeks // 52)
            for first in [date(2024, 7, 10) + timedelta(days=365 * year + 13 * n)]
        ),
    )
    every_month = {date(2024 + n // 12, n % 12 + 1, 10): "holiday" for n in range(36)}
    days_off = DaysOff(
        date(2024, 1, 1),
        date(2026, 12, 31),
        {name: _holidays(every_month) for name in names},
        {},
        _weekends(),
    )
    return _plan(team, "crowd", weeks, days_off)


def broken(plan: Plan) -> Plan:
    """The same plan with warnings, and one engineer doing everything in the fifth week."""
    holders = {held.duty: held.engineer for held in plan.rota}
    fifth = plan.problem.weeks[4]
    name = plan.rota.holder(next(d for d in holders if d.week == fifth))
    holders.update({duty: name for duty in holders if duty.week == fifth})
    rota = Rota.of(holders)
    warnings = (
        "vacations.csv row 3: Thiru's vacation from 5 August was logged 6 days ahead.",
        "=cmd|' /C calc'!A0",
    )
    return replace(plan, rota=rota, report=check(plan.problem, rota), warnings=warnings)


def _plan(
    team: Team,
    label: str,
    weeks: int,
    days_off: DaysOff,
    locked: tuple[Held, ...] = (),
    open_duties: tuple[Duty, ...] = (),
    first: DutyWeek = FIRST,
) -> Plan:
    horizon = Horizon(label, tuple(first.later(n) for n in range(weeks)))
    problem = Problem(team, horizon, days_off, locked=locked)
    holders: dict[Duty, str | None] = {}
    for duty in problem.duties:
        rotation = team.rotation(duty.rotation)
        offset = rotation.offset(rotation.role(duty.role), len(rotation.cycle))
        position = problem.weeks[0].until(duty.week) - offset
        holders[duty] = rotation.cycle[position % len(rotation.cycle)]
    holders.update({h.duty: h.engineer for h in locked if h.duty.week in problem.weeks})
    holders.update({fixed.duty: fixed.engineer for fixed in problem.fixed})
    holders.update(dict.fromkeys(open_duties))
    rota = Rota.of(holders)
    report = check(problem, rota)
    proofs = tuple(Proof(v.aim, v.part, v.value, _bound(v)) for v in report.values)
    return Plan(problem, rota, report, proofs, seconds=0.1)


def _bound(value: Value) -> Fraction | None:
    """Some aims are not proven, and of one no bound is known."""
    if value.aim == "rhythm":
        return None
    return max(Fraction(0), value.value - 1) if value.aim == "cycle" else value.value


def _holidays(found: dict[date, str], estimated: date | None = None) -> tuple[PublicHoliday, ...]:
    return tuple(PublicHoliday(day, found[day], day == estimated) for day in sorted(found))


def _weekends() -> frozenset[date]:
    days = (date(2024, 1, 1) + timedelta(days=n) for n in range(731))
    return frozenset(day for day in days if day.isoweekday() > 5)


def _pipelines(rotation: str, owner: str, second: str) -> tuple[Pipeline, ...]:
    return (
        Pipeline(
            "Investor profit",
            "Profit per investor, shown to investors each morning",
            owner,
            second,
            rotation,
            "24x7",
            "4 hours",
            "+8h after 00:00 Europe/London",
            "Data at most 8 hours after midnight, UK time",
            "Ledger export; currency rates",
            "Investor report; board dashboard",
            "BI",
            "After 2 hours: manager, then the owner",
            "=late ledger export\n- schema drift after a release\nOut of memory at month end",
        ),
        Pipeline("Experiments", "Growth experiments", owner, "", "", "office hours"),
    )


def main(folder: Path) -> None:
    """Write every sample."""
    from planner.files.workbook import write

    folder.mkdir(parents=True, exist_ok=True)
    samples = {
        "sample": sample_plan(),
        "two": broken(two_rotations_plan()),
        "large": large_plan(),
    }
    for name, plan in samples.items():
        write(plan, folder / f"{name}.xlsx", "0f" * 32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
