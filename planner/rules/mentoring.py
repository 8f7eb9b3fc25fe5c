"""Mentoring: a junior primary has a senior secondary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from planner.cells import Condition, Facts, Formula, Workings, when
from planner.domain import PRIMARY, SECONDARY, Duty, DutyWeek, Rota
from planner.problem import Problem
from planner.rules.base import Breach, Fact, Row, never_bent, of_holder

NAME = "mentoring"
STATEMENT = "Where the team mentors, a junior primary has a senior secondary."
SET_ASIDE = 40
WHOLE = False
ADDS_UP = False
bends = never_bent  # juniors are not left alone
beside = of_holder(", junior, without a senior")


def rows(problem: Problem) -> Iterator[Row]:
    """One row a week and junior: the junior's seat ≤ all seats of seniors beside it."""
    if not problem.team.settings.mentoring:
        return
    for primary in _mentored(problem):
        p = problem.duty_index[primary]
        seniors = tuple(
            (-1, (s, e))
            for s in problem.duties_in(primary.week)
            for e, mentor in enumerate(problem.people_in(primary.week))
            if _is_mentor(problem, primary, problem.duties[s]) and mentor.level == "senior"
        )
        for e, engineer in enumerate(problem.people_in(primary.week)):
            if engineer.level == "junior":
                fact = Fact(NAME, primary.week, engineer.name, primary)
                yield Row(fact, ((1, (p, e)), *seniors), most=0)


def _mentored(problem: Problem) -> Iterator[Duty]:
    """Primary duties of rotations that have a secondary, whether or not it runs that week."""
    for duty in problem.duties:
        roles = problem.team.rotation(duty.rotation).roles
        primary = problem.team.role_of(duty).shared == PRIMARY
        if primary and any(role.shared == SECONDARY for role in roles):
            yield duty


def _is_mentor(problem: Problem, primary: Duty, duty: Duty) -> bool:
    """Whether a duty of the same week is the secondary of a primary's rotation, or one of them."""
    same = duty.rotation == primary.rotation
    return same and problem.team.role_of(duty).shared == SECONDARY


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Weeks in which a junior primary stands without a senior."""
    if not problem.team.settings.mentoring:
        return
    people = {engineer.name: engineer for engineer in problem.engineers}

    def level(name: str, week: DutyWeek) -> str | None:
        return people[name].at(week).level if name in people else None

    for rotation in problem.team.rotations:
        primaries = [role.name for role in rotation.roles if role.shared == PRIMARY]
        secondaries = [role.name for role in rotation.roles if role.shared == SECONDARY]
        for week, role in product(problem.weeks, primaries if secondaries else ()):
            primary = Duty(week, rotation.name, role)
            junior = rota.holder(primary) or ""
            mentors = (rota.holder(Duty(week, rotation.name, each)) for each in secondaries)
            senior = any(level(mentor or "", week) == "senior" for mentor in mentors)
            if level(junior, week) == "junior" and not senior:
                message = (
                    f"{week}: {junior}, a junior, is primary of {rotation.name} "
                    f"without a senior secondary"
                )
                yield Breach(NAME, week, junior, message, primary)


def say(problem: Problem, fact: Fact) -> str:
    """Which junior needs whom."""
    return f"{fact.week}: {fact.engineer}, a junior, is primary only with a senior secondary"


def can_be_broken(problem: Problem) -> bool:
    """Where the team mentors."""
    return problem.team.settings.mentoring


_JUNIOR, _SENIOR = 1, 2
_LEVELS = {"junior": _JUNIOR, "senior": _SENIOR, None: 0}


def flag(work: Workings, w: int, s: int) -> Condition | None:
    """1 at a junior primary whose secondary is no senior."""
    rotation, role = work.facts.seats[s]
    seconds = [
        t
        for t, (r, other) in enumerate(work.facts.seats)
        if (r, other.shared) == (rotation, SECONDARY)
    ]
    if role.shared != PRIMARY or not seconds:
        return None

    week = work.facts.problem.weeks[w]
    alike = work.facts.problem.alike(week)

    def levels(facts: Facts) -> Sequence[int]:
        return [_LEVELS[engineer.level] for engineer in facts.problem.people_in(week)]

    def level(number: Formula) -> Formula:
        name = f"level since {alike + 1}" if alike else "level"
        return when(number.is_(0), 0, work.of(number, name, levels))

    alone = level(work.number(w, s)).is_(_JUNIOR)
    for t in seconds:
        alone &= level(work.number(w, t)).is_not(_SENIOR)
    return alone
