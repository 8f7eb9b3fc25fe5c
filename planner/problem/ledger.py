"""For each engineer, duty owed and duty done; the difference is the balance.

Every duty, past or planned, is owed by the active members in proportion to their shares: the
fair share of Fagin & Williams, "A fair carpool scheduling algorithm" (IBM J. Res. Dev. 27(2),
1983). Balances accumulate from joining and are never forgotten: a sliding window would forget
the credit and remember the repayment. All amounts are exact fractions of a duty.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction

from planner.domain import Duty, Rota, Seat
from planner.problem import Problem, doing
from planner.records import dataclass

_QUARTER = 13
"""Weeks of a quarter."""


@dataclass(frozen=True, slots=True)
class Account:
    """One engineer's line in the ledger for one role, or (``role`` empty) for all together.

    Seats that are alike are one role, called by the name that they share. ``counted`` is as
    much of ``carried_in`` as counts in this plan.
    """

    engineer: str
    rotation: str
    role: str
    carried_in: Fraction
    owed: Fraction
    done: Fraction
    counted: Fraction = Fraction(0)

    @property
    def weighed(self) -> Fraction:
        """The balance as this plan weighs it: with what counts of the balance carried in."""
        return self.counted + self.done - self.owed

    @property
    def strand(self) -> Seat:
        return Seat(self.rotation, self.role)

    @property
    def duties(self) -> int | float:
        """What was done as a plain number: whole unless somebody stood in for some days."""
        return int(self.done) if self.done.denominator == 1 else float(self.done)

    @property
    def balance(self) -> Fraction:
        """Carried in + done − owed: above zero, the engineer has done more than a fair share."""
        return self.carried_in + self.done - self.owed


def owed(problem: Problem, duties: Iterable[Duty]) -> dict[str, Fraction]:
    """What each engineer owes of these duties; all amounts together equal their number.

    A duty that nobody active may hold is owed by nobody. Of an optional role nobody owes more than
    back-to-back lets one hold, which is half of the weeks: a lone shadow is no debtor.
    """
    return problem.owing.of(duties)


def carried_in(problem: Problem, strand: Seat) -> Mapping[str, Fraction]:
    """Each engineer's balance in one role before the first planned week."""
    known, team = problem.owing.before, problem.team
    if strand not in known:
        past = [held.duty for held in problem.history if team.strand(held.duty.seat) == strand]
        owing = owed(problem, past)
        did = done(problem, problem.history, past)
        known[strand] = {name: did[name] - owing[name] for name in owing}
    return known[strand]


def counting(problem: Problem, strand: Seat, carried: Fraction) -> Fraction:
    """As much of a balance carried in to one role as counts in this plan; the rest is kept.

    A debt that no quarter can hold is worked off over several: ``catch_up`` duties a quarter, or
    turns where these last several weeks.
    """
    quarters = max(1, round(Fraction(len(problem.weeks), _QUARTER)))
    most = problem.team.settings.catch_up * quarters * problem.stints.length(strand.rotation)
    return max(-most, min(most, carried))


def counted(problem: Problem, strand: Seat) -> Mapping[str, Fraction]:
    """As much of each engineer's balance carried in to one role as counts in this plan."""
    known = problem.owing.counted
    if strand not in known:
        known[strand] = {
            name: counting(problem, strand, carried) if carried else carried
            for name, carried in carried_in(problem, strand).items()
        }
    return known[strand]


def done(problem: Problem, rota: Rota, duties: Iterable[Duty]) -> dict[str, Fraction]:
    """What each engineer does of these duties; stand-ins count by days."""
    whole, parts = Counter[str | None](), defaultdict[str | None, Fraction](Fraction)
    for duty in duties:
        days = problem.covered.get(duty)
        if days is None:
            whole[rota.holder(duty)] += 1
        else:
            for name in days.values():
                parts[name] += Fraction(1, len(days))
    return {e.name: parts.get(e.name, 0) + Fraction(whole[e.name]) for e in problem.engineers}


def dates_done(problem: Problem, rota: Rota, engineer: str) -> list[tuple[Duty, date]]:
    """Every date of duty that the engineer does, as holder or as stand-in, duty by duty."""
    found: list[tuple[Duty, date]] = []
    own = rota.duties_of(engineer)
    if problem.covered:
        mine = set(own)
        own = tuple([h.duty for h in rota if h.duty in mine or h.duty in problem.covered])
    for duty in own:
        parts = problem.covered.get(duty)
        if parts is not None:
            dates = doing.dates_done(problem.team, duty, parts, engineer)
        else:
            dates = problem.team.dates(duty)
        found += [(duty, day) for day in dates]
    return found


def accounts(
    problem: Problem, rota: Rota, duties: Collection[Duty] | None = None
) -> tuple[Account, ...]:
    """The ledger of the planned duties, or of others: by role as listed, then all together."""
    by_strand: dict[Seat, list[Duty]] = {strand: [] for strand in problem.team.strands}
    for duty in problem.duties if duties is None else duties:
        by_strand.setdefault(problem.team.strand(duty.seat), []).append(duty)
    lines: list[Account] = []
    for strand in problem.team.strands:
        carried, counts = carried_in(problem, strand), counted(problem, strand)
        owing = owed(problem, by_strand[strand])
        did = done(problem, rota, by_strand[strand])
        for name in owing:
            amounts = carried[name], owing[name], did[name], counts[name]
            lines.append(Account(name, *strand, *amounts))
    return (*lines, *_together(problem, lines))


def _together(problem: Problem, lines: list[Account]) -> Iterable[Account]:
    of: dict[str, list[Account]] = {engineer.name: [] for engineer in problem.engineers}
    for line in lines:
        of[line.engineer].append(line)
    for name, own in of.items():
        yield Account(
            name,
            "",
            "",
            sum((line.carried_in for line in own), Fraction(0)),
            sum((line.owed for line in own), Fraction(0)),
            sum((line.done for line in own), Fraction(0)),
            sum((line.counted for line in own), Fraction(0)),
        )
