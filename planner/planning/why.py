"""Why this engineer holds a duty, why not that one, and what giving it back would take.

Asked of the rules and aims themselves, by planning anew with the asked engineer on the duty, or
with its holder kept off it. Either the rules forbid it, or the aims are followed in their order up
to the first that ends differently from the published rota.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Literal

from planner.checking.clash import Clash
from planner.checking.finished_plan import Proof
from planner.checking.report import check
from planner.domain import Duty, Held, Rota
from planner.errors import InfeasibleError, TimeRanOutError
from planner.planning.replan import Replan, replan
from planner.problem import Problem
from planner.records import dataclass
from planner.rules import aims_of, gaps
from planner.rules.base import Fact, Row, Value
from planner.rules.changes import FewestChanges
from planner.wording import from_file

Verdict = Literal["holds", "impossible", "worse", "equal", "better", "unknown"]
ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Difference:
    """The first part of an aim that ends differently; ``proven`` if the amount is exact.

    ``at_best`` is the least it could be, as far as is known.
    """

    aim: str
    part: str
    published: Fraction
    instead: Fraction
    at_best: Fraction | None

    @property
    def amount(self) -> Fraction:
        return abs(self.instead - self.published)

    @property
    def proven(self) -> bool:
        return self.at_best == self.instead


@dataclass(frozen=True)
class Answer:
    """What would be, were ``engineer`` on the duty (or, for its holder, kept off it).

    ``impossible``: the rules forbid it, and ``clash`` says which (``None`` if time ran out).
    ``worse`` and ``better``: in the aim of ``difference``. ``equal``: no aim minds, so nothing
    but the published rota speaks for its holder. ``holds``: somebody who holds the duty was
    asked for. ``rota`` is one that follows from it, best in the aims that were followed.
    """

    duty: Duty
    holder: str | None
    engineer: str
    verdict: Verdict
    clash: Clash | None = None
    difference: Difference | None = None
    rota: Rota | None = None


@dataclass(frozen=True)
class Undoing:
    """``answer`` is the rota with the fewest changes that gives the duty back to ``engineer``.

    Without one, ``clash`` are the facts in the way; without either, time ran out.
    """

    engineer: str
    answer: Replan | None = None
    clash: Clash | None = None


def why(
    problem: Problem,
    published: Rota,
    duty: Duty,
    time_limit: float | None = None,
    whole: bool = False,
) -> Answer:
    """Why the holder of a duty holds it: what would be, were they kept off it.

    Of a duty that nobody of the team holds it is asked what would be, did anybody.
    """
    d, holder = problem.duty_index[duty], published.holder(duty)
    if holder is None or holder not in problem.engineer_index:
        anybody = tuple((1, (d, e)) for e in range(len(problem.engineers)))
        row, name = Row(Fact(ASKED, duty.week, duty=duty), anybody, least=1), ""
    else:
        seat = (d, problem.engineer_index[holder])
        row, name = Row(Fact(ASKED, duty.week, holder, duty), ((1, seat),), most=0), holder
    return _ask(problem, published, row, Answer(duty, holder, name, "unknown"), time_limit, whole)


def speaks_for(problem: Problem, duty: Duty, engineer: str) -> Iterator[str]:
    """What the inputs themselves say for an engineer on a duty."""
    for fixed in problem.fixed:
        if fixed.engineer == engineer and duty in problem.places(fixed):
            what = {"swap": "An agreed swap", "lock": "A lock", "cover": "A stand-in"}
            yield f"{what[fixed.because]} puts {engineer} there{from_file(fixed.source)}."
    rotation = problem.team.rotation(duty.rotation)
    roles = rotation.alike(rotation.role(duty.role))
    if engineer in [problem.turn(rotation, role, duty.week) for role in roles]:
        yield f"It is {engineer}'s turn in the team's cycle."
    for wish in problem.wishes:
        if (wish.engineer, wish.week, wish.wish) == (engineer, duty.week, "on"):
            yield f"{engineer} wishes for that week{from_file(wish.source)}."


def why_not(
    problem: Problem,
    published: Rota,
    duty: Duty,
    engineer: str,
    time_limit: float | None = None,
    whole: bool = False,
) -> Answer:
    """Why an engineer does not hold a duty: what would be, did they hold it.

    With ``whole``, the aims are followed to the end, so that ``rota`` is the best one in all.
    """
    holder = published.holder(duty)
    if holder == engineer:
        return Answer(duty, engineer, engineer, "holds")
    seat = (problem.duty_index[duty], problem.engineer_index[engineer])
    row = Row(Fact(ASKED, duty.week, engineer, duty), ((1, seat),), least=1)
    answer = Answer(duty, holder, engineer, "unknown")
    return _ask(problem, published, row, answer, time_limit, whole)


def undoing(
    problem: Problem,
    published: Rota,
    duty: Duty,
    engineer: str,
    as_of: date | None,
    time_limit: float | None = None,
) -> Undoing | None:
    """What giving the duty back would cost; ``None`` if its week has begun or they are gone."""
    begun = as_of is not None and duty.week.first <= as_of <= problem.horizon.last
    if begun or engineer not in problem.engineer_index:
        return None
    back = replace(problem, locked=(*problem.locked, Held(duty, engineer)))
    try:
        answer = replan(back, published, as_of, time_limit=time_limit, explain=False)
    except InfeasibleError:
        found = why_not(problem, published, duty, engineer, time_limit)
        return Undoing(engineer, clash=found.clash)
    except TimeRanOutError:
        return Undoing(engineer)
    return Undoing(engineer, answer)


def _ask(
    problem: Problem,
    published: Rota,
    row: Row,
    answer: Answer,
    time_limit: float | None,
    whole: bool,
) -> Answer:
    """The answer, completed by planning anew with the row."""
    from planner.model import Clock, Stage, Start, solve
    from planner.model.clashes import clash_with

    missing = frozenset(gaps.open_in(problem, published))
    problem = replace(problem, may_stay_open=missing)
    stages = [Stage(aim) for aim in ([gaps] if missing else []) + list(aims_of(problem.team))]
    if whole:
        # Of equally good answers, the one nearest to what people have in their hands.
        stages.append(Stage(FewestChanges(published)))
    reference = _values(problem, published, bool(missing))

    def enough(proofs: Sequence[Proof]) -> bool:
        return not whole and _difference(proofs, reference) is not None

    try:
        solution = solve(
            problem, Clock(time_limit), lambda _: None, stages, Start(rows=(row,)), enough
        )
    except InfeasibleError:
        clash = clash_with(problem, [row], Clock(time_limit))
        return replace(answer, verdict="impossible", clash=clash)
    except TimeRanOutError:
        return answer
    difference = _difference(solution.proofs, reference)
    return replace(answer, verdict=_verdict(difference), difference=difference, rota=solution.rota)


def _values(problem: Problem, rota: Rota, with_gaps: bool) -> tuple[Value, ...]:
    """What each part of each aim comes to in the published rota, in the order of the stages."""
    values = check(problem, rota).values
    if not with_gaps:
        return values
    parts = zip(gaps.parts(problem), gaps.values(problem, rota), strict=True)
    return (*(Value(gaps.NAME, part, value) for part, value in parts), *values)


def _difference(proofs: Sequence[Proof], reference: Sequence[Value]) -> Difference | None:
    """The first part that ends differently, as far as the aims were followed."""
    for proof, known in zip(proofs, reference, strict=False):
        if proof.value != known.value:
            return Difference(proof.aim, proof.part, known.value, proof.value, proof.bound)
    return None


def _verdict(difference: Difference | None) -> Verdict:
    if difference is None:
        return "equal"
    if difference.instead < difference.published:
        return "better"
    # Found worse, but perhaps only because time ran out before an equally good one was.
    known = difference.at_best is not None and difference.at_best > difference.published
    return "worse" if known else "unknown"
