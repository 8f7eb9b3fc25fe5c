"""Holidays: few public holidays are worked, and not always by the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from planner.cells import Block, Formula, Workings, as_number
from planner.cells.workings import HOLIDAY
from planner.domain import Rota
from planner.problem import Problem, ledger
from planner.rules.base import Convex, Linear, Parts

NAME = "holidays"
STATEMENT = (
    "First the fewest public-holiday days worked in total, then the least sum of (days above "
    "one's fair share of them, carried in included, beyond a slack of two)²."
)
MEANS = (
    "Public-holiday days on which somebody is on duty; then days beyond a fair share of "
    "them and two more, squared and added up."
)
parts = Parts("public-holiday days worked", "days beyond a fair share")
SLACK = 2


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Linear | Convex]:
    """Total: a weight a seat. Shares: convex in each engineer's days, once the total is known."""
    counted = [problem.days_off.counted(engineer.name) for engineer in problem.engineers]
    excess = _carried_above_share(problem) if part == 1 else {}
    shares = _shares(ledger.owed(problem, problem.duties)) if part == 1 else {}
    for e, engineer in enumerate(problem.engineers):
        touching = Counter(d for day in counted[e] for d in problem.duties_on.get(day, ()))
        terms = tuple((days, (d, e)) for d, days in sorted(touching.items()))
        stood_in = sum(
            sign
            for sign, duty, day in problem.exchanged(engineer.name)
            if day in counted[e] and duty in problem.duty_index
        )
        if part == 0:
            yield Linear(terms, stood_in)
        else:
            start = excess[engineer.name] - found[0] * shares[engineer.name]
            yield Convex(terms, stood_in, _square_beyond_slack(start))


@lru_cache(maxsize=1024)
def _square_beyond_slack(start: Fraction) -> Callable[[int], Fraction]:
    return lambda days: max(Fraction(0), start + days - SLACK) ** 2


def _shares(owed: dict[str, Fraction]) -> dict[str, Fraction]:
    total = sum(owed.values(), Fraction(0))
    return {name: amount / total if total else Fraction(0) for name, amount in owed.items()}


def _carried_above_share(problem: Problem) -> dict[str, Fraction]:
    """Holiday days worked before the planned weeks, less a fair share of all of them."""
    strand, known = problem.team.strand, problem.team.strands
    past = [h.duty for h in problem.history if strand(h.duty.seat) in known]
    worked = {e.name: _days(problem, problem.history, e.name) for e in problem.engineers}
    return _above_share(worked, _shares(ledger.owed(problem, past)))


def _above_share(worked: dict[str, int], shares: dict[str, Fraction]) -> dict[str, Fraction]:
    total = sum(worked.values())
    return {name: worked[name] - total * shares[name] for name in worked}


def _days(problem: Problem, rota: Rota, engineer: str) -> int:
    """The engineer's own public holidays on which they do a duty of the rota."""
    own = problem.days_off.counted(engineer)
    return sum(day in own for _, day in ledger.dates_done(problem, rota, engineer))


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The days worked, and the squares of what lies beyond the slack."""
    worked = worked_days(problem, rota)
    carried, above = above_share(problem, rota)
    beyond = [max(Fraction(0), carried[name] + above[name] - SLACK) for name in sorted(worked)]
    return (Fraction(sum(worked.values())), sum((b**2 for b in beyond), Fraction(0)))


def above_share(problem: Problem, rota: Rota) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Days above a fair share of all of them: before the planned weeks, and in them."""
    shares = _shares(ledger.owed(problem, problem.duties))
    return _carried_above_share(problem), _above_share(worked_days(problem, rota), shares)


def worked_days(problem: Problem, rota: Rota) -> dict[str, int]:
    """Public-holiday days that each engineer works in the planned weeks."""
    planned = rota.within(problem.weeks)
    return {e.name: _days(problem, planned, e.name) for e in problem.engineers}


def live(work: Workings, part: int) -> str:
    """Days worked; then the squares of what is above a fair share."""
    if part == 0:
        days = work.own_days
        return f"SUMIF({days.down(1)},{HOLIDAY},{days.down(3)})"
    beyond = work.by_person("holidays beyond", fill=_fill_beyond).down()
    return f"ROUND(SUMPRODUCT({beyond}*{beyond}),9)"


def _fill_beyond(work: Workings, beyond: Block) -> None:
    """Each engineer's holidays worked above a fair share, what history left them included."""
    facts, worked = work.facts, work.by_person("holidays worked")
    brought, owed = work.by_person("holidays before"), work.by_person("owed", work.roles)
    days, number = work.own_days, work.by_person("number")
    counts = worked_days(facts.problem, facts.rota)
    shares = _shares(ledger.owed(facts.problem, facts.problem.duties))
    before, now = _carried_above_share(facts.problem), _above_share(counts, shares)
    for e, engineer in enumerate(facts.engineers):
        own = f"({days.down(0)}={number.at(e)})*({days.down(1)}={HOLIDAY})*{days.down(3)}"
        work.put(worked, e, 0, Formula(f"SUMPRODUCT({own})", counts[engineer.name]))
        work.put(brought, e, 0, float(before[engineer.name]))
        share = f"SUM({owed.across(e)})/SUM({owed.whole})"
        share = f"IF(SUM({owed.whole})=0,0,{share})"
        text = f"MAX(0,{brought.at(e)}+{worked.at(e)}-SUM({worked.down()})*{share}-{SLACK})"
        value = max(Fraction(0), before[engineer.name] + now[engineer.name] - SLACK)
        work.put(beyond, e, 0, Formula(text, as_number(value)))
