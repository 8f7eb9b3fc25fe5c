"""Fair share: everybody does what they owe, carried over from one quarter to the next.

Sources: R. Fagin & J. H. Williams, "A fair carpool scheduling algorithm", IBM J. Res. Dev.
27(2), 1983; R. Tijdeman, "The chairman assignment problem", Discrete Mathematics 32, 1980.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from planner.cells import Block, Formula, Workings
from planner.domain import Rota, Seat
from planner.problem import Fixed, Problem, ledger
from planner.rules.base import Convex

NAME = "fair-share"
STATEMENT = (
    "The least sum over engineers of balance², where balance = carried in (at most catch_up a role "
    "and quarter) + duties done − duties owed; role by role as listed, then all roles together."
)
MEANS = (
    "Everybody's distance from a fair share in duties, squared and added up: 0 is perfectly "
    "even, and each one who is a whole duty away adds 1."
)

TOGETHER = Seat("", "")
"""What the ledger calls all roles together."""


def parts(problem: Problem) -> Sequence[str]:
    """One part a role of a rotation, and one for all roles together."""
    names = [problem.team.title(strand) for strand in problem.team.strands]
    return (*names, "all roles together")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex]:
    """For each engineer, the square of a balance that grows with each seat taken."""
    strands = tuple(problem.team.strands)
    strands = strands[part : part + 1] or strands
    strand = problem.team.strand
    duties = [d for d, duty in enumerate(problem.duties) if strand(duty.seat) in strands]
    owing = ledger.owed(problem, (problem.duties[d] for d in duties))
    counted = [ledger.counted(problem, each) for each in strands]
    for e, engineer in enumerate(problem.engineers):
        start = sum((amounts[engineer.name] for amounts in counted), -owing[engineer.name])
        if problem.covered:
            start += _stood_in(problem, engineer.name, duties)
        yield Convex(tuple([(1, (d, e)) for d in duties]), 0, _square_from(start))


def _stood_in(problem: Problem, name: str, duties: Sequence[int]) -> Fraction:
    """What stand-ins add to, or take from, the whole duties that the engineer holds."""
    amount = Fraction(0)
    for d in duties:
        parts = problem.covered.get(problem.duties[d])
        if parts is not None:
            days = list(parts.values())
            amount += Fraction(days.count(name), len(days))
            amount -= any(
                f.duty == problem.duties[d] and f.engineer == name for f in _held(problem)
            )
    return amount


def _held(problem: Problem) -> list[Fixed]:
    return [fixed for fixed in problem.fixed if fixed.because == "cover"]


@lru_cache(maxsize=1024)
def _square_from(start: Fraction) -> Callable[[int], Fraction]:
    above, below = start.as_integer_ratio()
    return lambda done: Fraction((above + below * done) ** 2, below**2)


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The sums of squares of the balances, with what counts of those carried in."""
    squares = {strand: Fraction(0) for strand in (*problem.team.strands, TOGETHER)}
    for account in ledger.accounts(problem, rota):
        balance = account.weighed
        if balance:
            squares[account.strand] += balance**2
    return tuple(squares.values())


def live(work: Workings, part: int) -> str:
    """The squares of the balances by role, or of all roles together."""
    blocks = [work.by_person(name, work.roles) for name in ("counted", "done", "owed")]
    if part < work.roles:
        balance = "({}+{}-{})".format(*(block.down(part) for block in blocks))
    else:
        balance = work.by_person("balance", fill=_fill_balance).down()
    return f"ROUND(SUMPRODUCT({balance}*{balance}),9)"


def _fill_balance(work: Workings, balance: Block) -> None:
    """Of each engineer, over all roles."""
    roles = range(work.roles)
    blocks = [work.by_person(name, work.roles) for name in ("counted", "done", "owed")]
    for e in range(work.people):
        sums = [
            Formula(f"SUM({block.across(e)})", sum(work.value(block, e, n) for n in roles))
            for block in blocks
        ]
        work.put(balance, e, 0, sums[0] + sums[1] - sums[2])
