"""Gaps: where not every duty can be held, the fewest stay open, and they are spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from planner.domain import Duty, Rota, Seat
from planner.grouping import grouped
from planner.problem import Problem
from planner.rules.base import Convex, Linear, Terms

NAME = "gaps"
STATEMENT = (
    "Where gaps are allowed: the fewest duties stay open, of them the fewest of the first role "
    "(then of the second …), and no role of a rotation month after month (the least sum of "
    "squares over two months)."
)


def parts(problem: Problem) -> Sequence[str]:
    """Open duties; those of the first role, of the second …; how they crowd."""
    roles = _by_rank(problem)
    listed = [" or ".join(names) for names in roles[:-1]]
    return ("duties open", *(f"{names} open" for names in listed), "open month after month")


def costs(
    problem: Problem, part: int, found: Sequence[Fraction]
) -> Iterator[Linear] | Iterator[Convex]:
    """One a duty that no seat fills; then the square of how many do in two months."""
    ranks = _by_rank(problem)
    if part == len(ranks):
        return _crowding_costs(problem)
    names = {name for roles in (ranks if part == 0 else [ranks[part - 1]]) for name in roles}
    counted = (d for d in _open_to_gaps(problem) if _role(problem, problem.duties[d]) in names)
    return (Linear(_seats(problem, [d]), base=1) for d in counted)


def _crowding_costs(problem: Problem) -> Iterator[Convex]:
    before = _open_before(problem)
    duties = ((d, problem.duties[d]) for d in _open_to_gaps(problem))
    by_month = grouped(((problem.team.strand(each.seat), _month(each)), d) for d, each in duties)
    for strand, month in _pairs(problem):
        may = by_month.get((strand, month), []) + by_month.get((strand, month + 1), [])
        past = before.get((strand, month), 0) + before.get((strand, month + 1), 0)
        yield Convex(_seats(problem, may), len(may) + past, _square)


def _square(count: int) -> Fraction:
    return Fraction(max(0, count) ** 2)


def _seats(problem: Problem, duties: Iterable[int]) -> Terms:
    return tuple((-1, (d, e)) for d in duties for e in range(len(problem.engineers)))


def _open_to_gaps(problem: Problem) -> list[int]:
    return [d for d, duty in enumerate(problem.duties) if duty in problem.may_stay_open]


def _by_rank(problem: Problem) -> list[list[str]]:
    """The names of the first roles of all rotations, of the second ones, and so on."""
    ranks: list[list[str]] = []
    seen: set[str] = set()
    roles = [
        list(dict.fromkeys(role.shared for role in rotation.roles))
        for rotation in problem.team.rotations
    ]
    for n in range(max(map(len, roles))):
        names = [own[n] for own in roles if n < len(own)]
        ranks.append([name for name in dict.fromkeys(names) if name not in seen])
        seen.update(names)
    return [names for names in ranks if names]


def _role(problem: Problem, duty: Duty) -> str:
    return problem.team.role_of(duty).shared


def _pairs(problem: Problem) -> Iterator[tuple[Seat, int]]:
    """(rotation and role, first of two consecutive months), from the month before the first."""
    months = sorted({_month(duty) for duty in problem.duties})
    for strand in problem.team.strands:
        for month in range(months[0] - 1, months[-1] + 1):
            yield strand, month


def _open_before(problem: Problem) -> dict[tuple[Seat, int], int]:
    found: dict[tuple[Seat, int], int] = {}
    for held in problem.history:
        if held.engineer is None:
            key = (problem.team.strand(held.duty.seat), _month(held.duty))
            found[key] = found.get(key, 0) + 1
    return found


def _month(duty: Duty) -> int:
    """Months since year 0 of the week's fourth day."""
    middle = duty.week.days[3]
    return middle.year * 12 + middle.month


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """Count the open duties, in all and by role; square what is open in two months."""
    gaps = [duty for duty in open_in(problem, rota) if duty in problem.may_stay_open]
    ranks = _by_rank(problem)
    by_role = [sum(_role(problem, duty) in names for duty in gaps) for names in ranks[:-1]]
    missing = [*gaps, *(held.duty for held in problem.history if held.engineer is None)]
    crowding = 0
    for strand, month in _pairs(problem):
        own = (d for d in missing if problem.team.strand(d.seat) == strand)
        near = [d for d in own if _month(d) in (month, month + 1)]
        crowding += len(near) ** 2
    return (Fraction(len(gaps)), *map(Fraction, by_role), Fraction(crowding))


def open_in(problem: Problem, rota: Rota) -> tuple[Duty, ...]:
    """The required duties that nobody holds."""
    return tuple(
        duty
        for duty in problem.duties
        if rota.holder(duty) is None and not problem.team.role_of(duty).optional
    )
