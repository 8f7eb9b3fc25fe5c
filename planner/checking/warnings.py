"""Warnings that help before trouble: what a team lead should look at though a rota stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import floor

from planner.checking.off_days import cover_wanted
from planner.checking.questions import questions_about
from planner.checking.uncovered import uncovered
from planner.checking.workload import load_warnings
from planner.domain import Duty, DutyWeek, Engineer, Rota
from planner.grouping import grouped
from planner.problem import Problem, ledger
from planner.rules.at_once import one_of
from planner.wording import amount, from_file, listed, span, weeks_listed


def warnings_of(problem: Problem, rota: Rota) -> tuple[str, ...]:
    """Everything that a lead should look at, of the problem and of a rota for it."""
    return (
        *warnings_about(problem),
        *load_warnings(problem, rota),
        *cover_wanted(problem, rota),
        *told_of_other_teams(problem, rota),
    )


def warnings_about(problem: Problem) -> Iterator[str]:
    """One sentence each, none of which keeps a rota from being planned."""
    yield from questions_about(problem)
    yield from _short_notice(problem)
    yield from _open_swaps(problem)
    yield from _swaps_in_pauses(problem)
    yield from _tight_weeks(problem)
    yield from _shares_out_of_reach(problem)
    yield from _estimated_days(problem)
    yield from uncovered(problem)


def told_of_other_teams(problem: Problem, rota: Rota) -> Iterator[str]:
    """Of people who are in other teams too: weeks of two duties, weeks kept free, and teams of
    which nothing is known."""
    never = problem.team.settings.other_teams == "never"
    there = grouped(((each.engineer, each.team), each) for each in problem.elsewhere)
    for (name, team), known in there.items():
        days = {day for each in known for day in each.days}
        on_duty = {d.week for d in rota.duties_of(name) if problem.team.touches(d, days)}
        both = [week.name for week in problem.weeks if week in on_duty]
        weeks = [week.name for week in problem.weeks if any(e.in_week(week) for e in known)]
        if both:
            yield f"{name} is on duty for {team} as well in {listed(both)}"
        elif never and weeks:
            yield f"{name} is on duty for {team} in {listed(weeks)}: kept free here"
    for other in problem.elsewhere:
        if other.unknown:
            yield f"{other.engineer} is in {other.team} too, {other.unknown}"


def _short_notice(problem: Problem) -> Iterator[str]:
    """Leave entered later than the team asks for; illness never comes with notice."""
    notice = problem.team.settings.notice
    for vacation in problem.team.vacations:
        foreseen = vacation.kind in problem.team.settings.owed_during
        planned = foreseen and any(map(vacation.blocks, problem.weeks))
        if notice is not None and vacation.logged is not None and planned:
            ahead = (vacation.start - vacation.logged).days
            if ahead < notice:
                yield (
                    f"{vacation.engineer}'s absence from {vacation.start} was logged {ahead} days "
                    f"ahead, less than the {notice} days of notice{from_file(vacation.source)}"
                )


def _open_swaps(problem: Problem) -> Iterator[str]:
    """Swaps that only one of the two has asked for."""
    for swap in problem.team.swaps:
        if not swap.agreed and swap.week in problem.weeks:
            yield (
                f"{swap.engineer}'s swap with {swap.partner} in {swap.week} is not agreed yet, so "
                f"it counts as a wish{from_file(swap.source)}"
            )


def _swaps_in_pauses(problem: Problem) -> Iterator[str]:
    """Agreed swaps of weeks in which their rotation rests."""
    for swap in problem.team.swaps:
        rotation = problem.team.rotation(swap.rotation)
        for week in filter(None, (swap.week, swap.for_week)):
            rests = rotation.rests(week) and not any(
                (duty.week, duty.rotation) == (week, rotation.name)
                for duty in problem.kept_in_pauses
            )
            if swap.agreed and week in problem.weeks and rests:
                yield (
                    f"{swap.engineer}'s swap with {swap.partner} changes nothing in {week}, in "
                    f"which {rotation.name} pauses{from_file(swap.source)}"
                )


def _tight_weeks(problem: Problem) -> Iterator[str]:
    """Weeks that could not be planned were one more of those who are there away."""
    by_team: dict[tuple[str, ...], list[DutyWeek]] = {}
    for week in problem.weeks:
        duties = _required(problem, week)
        able = {duty: [one.name for one in problem.availability.who(duty)] for duty in duties}
        needed: set[str] = set()
        for at_once in one_of(problem, [week])[0]:
            of_these = {problem.duties[d] for d in at_once}
            needed |= _needed({duty: able[duty] for duty in duties if duty in of_these})
        if needed:
            by_team.setdefault(tuple(sorted(needed)), []).append(week)
    for names, weeks in by_team.items():
        were = "everybody who is there is needed" if len(names) > 1 else "one person is needed"
        yield (
            f"{weeks_listed(weeks)}: {were} ({listed(names)}); if one more is away, "
            "the duties cannot all be held"
        )


def _needed(able: dict[Duty, list[str]]) -> set[str]:
    """Without whom duties could not be held of which everybody holds one at most; nobody if they
    cannot be anyway."""
    found = _filled(able) or {}
    # Who is not on call in one rota of the week is not needed.
    return {name for name in found if _filled(able, name) is None}


def _required(problem: Problem, week: DutyWeek) -> list[Duty]:
    duties = [problem.duties[d] for d in problem.duties_in(week)]
    return [d for d in duties if not problem.team.role_of(d).optional and d not in problem.settled]


def _filled(able: dict[Duty, list[str]], without: str = "") -> dict[str, Duty] | None:
    """Who could hold which duty so that each has a person of its own (by augmenting paths)."""
    holds: dict[str, Duty] = {}

    def place(duty: Duty, tried: set[str]) -> bool:
        for name in able[duty]:
            if name != without and name not in tried:
                tried.add(name)
                if name not in holds or place(holds[name], tried):
                    holds[name] = duty
                    return True
        return False

    return holds if all(place(duty, set()) for duty in able) else None


def _shares_out_of_reach(problem: Problem) -> Iterator[str]:
    """Engineers who are there too little to do what they owe, and by how much."""
    owing = ledger.owed(problem, problem.duties)
    counted = [ledger.counted(problem, strand) for strand in problem.team.strands]
    for engineer in problem.engineers:
        absences = [
            v for v in problem.team.vacations_of(engineer.name) if any(map(v.blocks, problem.weeks))
        ]
        due = owing[engineer.name] - sum((each[engineer.name] for each in counted), Fraction(0))
        most = _most_duties(problem, engineer, floor(due)) if absences else floor(due)
        if most < floor(due):
            yield (
                f"{engineer.name} owes {amount(due)} duties but can hold at most {most}, being "
                f"away {listed([span(absence.start, absence.end) for absence in absences])}: "
                f"{amount(due - most)} short of a fair share"
            )


def _most_duties(problem: Problem, engineer: Engineer, enough: int) -> int:
    """How many duties the engineer could hold, were all others content with anything; no more
    than ``enough`` are counted.

    Two weeks running with one role count only where roles can alternate.
    """
    settings, seats = problem.team.settings, problem.availability.seats_of(engineer)
    strands = {problem.team.strand(seat) for seat in seats}
    alternating = settings.back_to_back == "same role" and len(strands) > 1
    most = settings.most_running or len(problem.weeks)
    if settings.back_to_back != "off" and not alternating:
        most = max((problem.stints.length(strand.rotation) for strand in strands), default=1)
    held = running = 0
    for week, sets in zip(problem.weeks, one_of(problem, problem.weeks), strict=True):
        free = {
            d
            for d in problem.duties_in(week)
            if problem.duties[d].seat in seats
            and problem.availability.there_for(engineer, problem.duties[d])
        }
        running = running + 1 if free and running < most else 0
        held += sum(not free.isdisjoint(each) for each in sets) if running else 0
        if held >= enough:
            break
    return held


def _estimated_days(problem: Problem) -> Iterator[str]:
    """Holidays and festivals whose dates hang on a moon not yet seen, in one sentence."""
    days: dict[str, list[date]] = {}
    first, last = problem.horizon.first, problem.horizon.last
    for engineer in problem.engineers:
        for holiday in problem.days_off.holidays.get(engineer.name, ()):
            if holiday.estimated and first <= holiday.day <= last:
                days.setdefault(holiday.name.split(" (")[0], []).append(holiday.day)
        for time in problem.days_off.festivals.get(engineer.name, ()):
            if time.estimated and time.days[0] <= last and time.days[-1] >= first:
                known = problem.team.settings.show_reasons
                name = time.festival if known else f"{engineer.name}'s own festival"
                days.setdefault(name, []).extend(time.days)
    if days:
        told = sorted((min(dates), name, max(dates)) for name, dates in days.items())
        yield (
            "these dates are only estimates and may move: "
            + "; ".join(f"{name} ({span(begin, end)})" for begin, name, end in told)
        )
