"""Vacation: nobody holds a duty that touches a day on which they are away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from planner.cells import Facts, Formula, Workings
from planner.cells.workings import AWAY_FROM, AWAY_UNTIL, AWAY_WHO
from planner.domain import UNTIL_FURTHER_NOTICE, Cover, Duty, DutyWeek, Rota, Vacation
from planner.problem import Problem
from planner.problem.stand_ins import needs
from planner.records import dataclass
from planner.rules.base import Breach, Fact, Row, Said, Step, of_holder
from planner.wording import days, from_file, listed, span

NAME = "vacation"
STATEMENT = (
    "Nobody holds a duty in a week in which they are away on any day of it (of part of a week: on "
    "any date that it touches), unless somebody stands in on those days."
)
SET_ASIDE = 80
WHOLE = True
ADDS_UP = False
beside = of_holder(" is away")

MOST_COVERED_DAYS = 2
"""Longer absences within a week are no matter of a stand-in."""

_DAY = timedelta(days=1)


def rows(problem: Problem) -> Iterator[Row]:
    """One row a vacation and week: the engineer has no seat in any duty of that week."""
    for vacation in problem.team.vacations:
        e = problem.engineer_index[vacation.engineer]
        counts = vacation in problem.team.vacations_of(vacation.engineer)
        for week in problem.weeks:
            if counts and vacation.start <= week.last + _DAY and week.first <= vacation.end:
                duties = [
                    d
                    for d in problem.duties_in(week)
                    if vacation.touches(problem.team.dates(problem.duties[d]))
                ]
                terms = tuple(
                    (1, (d, e))
                    for d in duties
                    if not _stood_in(problem, problem.duties[d], vacation)
                )
                if not duties:
                    continue
                fact = Fact(
                    NAME,
                    week,
                    vacation.engineer,
                    source=vacation.source,
                    detail=f"{vacation.start} to {vacation.end}",
                )
                yield Row(fact, terms, most=0)


def breaches(problem: Problem, rota: Rota) -> Iterator[Breach]:
    """Duties on a day of whose week the holder is away."""
    for held in rota:
        for vacation in problem.team.vacations_of(held.engineer or ""):
            if held.duty.week not in problem.weeks:
                continue
            covered = problem.stood_in(held.duty, vacation.engineer)
            undone = tuple(
                day
                for day in problem.team.dates(held.duty)
                if vacation.start <= day <= vacation.end and day not in covered
            )
            if undone:
                message = f"{held.duty.week}: {held.engineer} is away {_when(vacation)}"
                if vacation.source is not None:
                    message += f" ({vacation.source})"
                all_of_week = problem.team.away_on(vacation.engineer, held.duty)
                away = listed([days(each.start, each.end) for each in all_of_week])
                yield Breach(
                    NAME,
                    held.duty.week,
                    vacation.engineer,
                    message,
                    held.duty,
                    undone,
                    to_holder=f"you are away {away}",
                    to_others="whoever had it is away",
                )


def _stood_in(problem: Problem, duty: Duty, vacation: Vacation) -> bool:
    """Whether somebody stands in on every day of the duty on which the engineer is away."""
    if not problem.covered:
        return False
    away = {d for d in problem.team.dates(duty) if vacation.start <= d <= vacation.end}
    return away <= problem.stood_in(duty, vacation.engineer)


def _when(vacation: Vacation) -> str:
    if vacation.start == vacation.end:
        return f"on {vacation.start}"
    if vacation.end == UNTIL_FURTHER_NOTICE:
        return f"from {vacation.start} until further notice"
    return f"{vacation.start} to {vacation.end}"


def say(problem: Problem, fact: Fact) -> str:
    """Who is away when, and where that was read."""
    first, last = map(date.fromisoformat, fact.detail.split(" to "))
    return f"{fact.week}: {fact.engineer} is away {span(first, last)}{from_file(fact.source)}"


@dataclass(frozen=True, slots=True)
class MoveVacation(Step):
    """The days of an absence that lie in one duty week are taken in another."""

    vacation: Vacation
    week: DutyWeek

    kind = "vacation moved"

    def cost(self, problem: Problem) -> int:
        return 2 * len(_working_days(problem, self.vacation, self.week))

    def applied(self, problem: Problem) -> Problem:
        return _without_days(problem, self.vacation, self.week)

    def said(self, problem: Problem, rota: Rota) -> Said:
        first, last = _days_in(problem, self.vacation, self.week)
        name = self.vacation.engineer
        free = [
            week
            for week in problem.weeks
            if week != self.week
            and not problem.team.away(name, week)
            and all(duty.week != week for duty in rota.duties_of(name))
        ]
        nearest = min(free, key=lambda week: (abs(week.until(self.week)), week), default=None)
        where = f", to {nearest} for example" if nearest else ""
        where += from_file(self.vacation.source)
        return "", f"move {name}'s {span(first, last)} out of {self.week}{where}", ""


@dataclass(frozen=True, slots=True)
class CoverDays(Step):
    """The engineer holds a duty in a week of which somebody else takes the days away."""

    vacation: Vacation
    week: DutyWeek

    kind = "days covered"

    def cost(self, problem: Problem) -> int:
        return len(_working_days(problem, self.vacation, self.week))

    def applied(self, problem: Problem) -> Problem:
        return _without_days(problem, self.vacation, self.week)

    def written(self, whole: Problem, bent: Problem, rota: Rota) -> Problem | None:
        cover = self._cover(bent, rota)
        return replace(whole, covers=(*whole.covers, cover)) if cover else None

    def _cover(self, problem: Problem, rota: Rota) -> Cover | None:
        """Who stands in: the first whom ``rota cover`` would name; ``None`` if nobody can."""
        first, last = _days_in(problem, self.vacation, self.week)
        for need in needs(problem, rota, self.vacation.engineer, first, last):
            if need.candidates:
                return need.cover(need.candidates[0].engineer)
        return None

    def said(self, problem: Problem, rota: Rota) -> Said:
        first, last = _days_in(problem, self.vacation, self.week)
        cover = self._cover(problem, rota)
        who = cover.stand_in if cover else "somebody"
        does = f"holds {cover.role} of {cover.rotation}" if cover else "is on duty"
        what = f"{self.vacation.engineer} {does} in {self.week}, {who} stands in on "
        return "", f"{what}{span(first, last)}{from_file(self.vacation.source)}", ""


def bends(problem: Problem, row: Row) -> Iterator[Step]:
    """Days that are few may be covered, leave may be moved, sickness may not."""
    fact = row.fact
    for vacation in problem.team.vacations_of(fact.engineer) if fact.week else ():
        dates = f"{vacation.start} to {vacation.end}"
        if fact.week and (dates, vacation.source) == (fact.detail, fact.source):
            if _coverable(problem, vacation, fact.week):
                yield CoverDays(vacation, fact.week)
            if vacation.kind in problem.team.settings.owed_during:
                yield MoveVacation(vacation, fact.week)
            break


def _dates(problem: Problem, week: DutyWeek) -> tuple[date, ...]:
    """The dates that the duties of a week touch."""
    duties = (problem.duties[d] for d in problem.duties_in(week))
    return tuple(sorted({day for duty in duties for day in problem.team.dates(duty)}))


def _days_in(problem: Problem, vacation: Vacation, week: DutyWeek) -> tuple[date, date]:
    days = _dates(problem, week)
    return max(vacation.start, days[0]), min(vacation.end, days[-1])


def _working_days(problem: Problem, vacation: Vacation, week: DutyWeek) -> list[date]:
    """Days away that week, at least one, without those on which nobody works."""
    away = [day for day in _dates(problem, week) if vacation.start <= day <= vacation.end]
    return [day for day in away if day not in problem.days_off.non_business] or away[:1]


def _coverable(problem: Problem, vacation: Vacation, week: DutyWeek) -> bool:
    """Whether the absence takes so little of the week that somebody could stand in."""
    days = [day for day in _dates(problem, week) if vacation.start <= day <= vacation.end]
    return len(days) <= MOST_COVERED_DAYS and any(
        person.name != vacation.engineer and problem.availability.there_on(person, days)
        for person in problem.engineers
    )


def _without_days(problem: Problem, vacation: Vacation, week: DutyWeek) -> Problem:
    """The problem in which the absence leaves out that week; other rows of the same kept."""
    found, days = [], _dates(problem, week)
    for each in problem.team.vacations:
        same = (each.engineer, each.kind, each.source) == (
            vacation.engineer,
            vacation.kind,
            vacation.source,
        )
        # A step before this one may have cut it in two already.
        if not (same and vacation.start <= each.start and each.end <= vacation.end):
            found.append(each)
            continue
        for start, end in (
            (each.start, min(each.end, days[0] - _DAY)),
            (max(each.start, days[-1] + _DAY), each.end),
        ):
            if start <= end:
                found.append(replace(each, start=start, end=end))
    return replace(problem, team=replace(problem.team, vacations=tuple(found)))


def can_be_broken(problem: Problem) -> bool:
    """By every team: vacations are typed into workbooks too."""
    return True


def flag(work: Workings, w: int, s: int) -> Formula:
    """How many vacations keep the holder away; 1 if only on days on which nobody stands in."""
    facts, number, holder = work.facts, work.number(w, s).text, work.holder(w, s).text
    times = f"INDEX({work.away_of(facts.shape(s)).down(w)},{number})"
    days, done = work.by_day("date"), work.by_day("doing", work.seats)
    doing = done.seen(done.across(s, 7 * w, 7 * w + 6))
    left_over = []
    for first, last, more in _alike(facts.touched(s)):
        dates = days.seen(days.across(0, 7 * w + first, 7 * w + last))
        own = done.seen(done.across(s, 7 * w + first, 7 * w + last))
        until = f"{dates}+{more}" if more else dates
        left_over.append(
            f"SUMPRODUCT(({AWAY_WHO}={holder})*({AWAY_FROM}<={until})*({AWAY_UNTIL}>={dates})"
            f"*({own}={holder}))"
        )
    alone = f"SUMPRODUCT(--({doing}={holder}))={len(facts.part_days(s))}"
    some = f"--({'+'.join(left_over)}>0)"
    text = f"IF({number}=0,0,IF({times}=0,0,IF({alone},{times},{some})))"
    return Formula(text, _times_away(work.facts, w, s))


@lru_cache(maxsize=64)
def _alike(parts: Sequence[tuple[int, ...]]) -> list[tuple[int, int, int]]:
    """First and last of consecutive parts of a duty that touch equally many further dates."""
    found: list[tuple[int, int, int]] = []
    for part in parts:
        more = len(part) - 1
        if found and found[-1][1:] == (part[0] - 1, more):
            found[-1] = (found[-1][0], part[0], more)
        else:
            found.append((part[0], part[0], more))
    return found


def _times_away(facts: Facts, w: int, s: int) -> int:
    number, holder = facts.held_by[w][s], facts.holders[w][s]
    away = facts.away_by_shape[facts.shape(s)][w]
    if not number or not away[number - 1]:
        return 0
    own = [part for part in facts.touched(s) if facts.doing[s][7 * w + part[0]] == holder]
    if len(own) == len(facts.touched(s)):
        return away[number - 1]
    first = facts.problem.weeks[w].first
    days = [first + timedelta(days=n) for part in own for n in part]
    vacations = [v for v in facts.vacations if facts.number(v.engineer) == number]
    return int(any(v.start <= day <= v.end for v in vacations for day in days))
