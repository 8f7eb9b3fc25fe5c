"""Wishes: everybody's wishes weigh the same, however many they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from planner.cells import Block, Formula, Workings, as_number, count, when
from planner.cells.text import squeezed
from planner.domain import Rota, Wish
from planner.problem import Problem
from planner.rules.at_once import one_of
from planner.rules.base import Assignment, Convex, Either, Parts

NAME = "wishes"
STATEMENT = (
    "Each engineer's wishes, swaps not yet agreed among them, weigh 1 in total; the least sum over "
    "engineers of (refused weight)²."
)
MEANS = (
    "Everybody's wishes weigh 1 together: 1 is everything refused to one person, 0.25 half of it."
)
parts = Parts("refused wishes")


def costs(problem: Problem, part: int, found: Sequence[Fraction]) -> Iterator[Convex]:
    """For each engineer, the square of the share of wishes that their seats refuse."""
    sets = one_of(problem, problem.weeks)
    crowded = {week for week, of in zip(problem.weeks, sets, strict=True) if len(of) > 1}
    for e, engineer in enumerate(problem.engineers):
        wishes = _wishes(problem, engineer.name)
        terms: list[tuple[int, Assignment]] = []
        either: list[Either] = []
        refused = 0
        for wish in wishes:
            if wish.week in problem.settled_weeks:
                refused += is_refused(wish, problem.settled)
            else:
                sign = 1 if wish.wish == "off" else -1
                refused += wish.wish == "on"
                seats = tuple([(d, e) for d in problem.duties_in(wish.week)])
                if wish.week in crowded:
                    either.append((sign, seats))
                else:
                    terms += [(sign, seat) for seat in seats]
        if wishes:
            cost = _square_of_share(len(wishes))
            yield Convex(tuple(terms), refused, cost, tuple(either))


def _square_of_share(wishes: int) -> Callable[[int], Fraction]:
    return lambda refused: Fraction(refused, wishes) ** 2


def _wishes(problem: Problem, engineer: str) -> list[Wish]:
    return [w for w in problem.wishes if w.engineer == engineer and w.week in problem.weeks]


def values(problem: Problem, rota: Rota) -> Sequence[Fraction]:
    """The sum of squared refused weights."""
    total = Fraction(0)
    for engineer in problem.engineers:
        wishes = _wishes(problem, engineer.name)
        if wishes:
            refused = sum(is_refused(wish, rota) for wish in wishes)
            total += Fraction(refused, len(wishes)) ** 2
    return (total,)


def is_refused(wish: Wish, rota: Rota) -> bool:
    """Whether the rota goes against the wish."""
    on_duty = any(duty.week == wish.week for duty in rota.duties_of(wish.engineer))
    return on_duty == (wish.wish == "off")


def live(work: Workings, part: int) -> str:
    """The squares of each engineer's refused share."""
    refused = work.by_person("refused", fill=_fill_refused).down()
    return f"ROUND(SUMPRODUCT({refused}*{refused}),9)"


def _fill_refused(work: Workings, share: Block) -> None:
    """By engineer the share of wishes refused; below, a row a wish: whose, and whether it is."""
    facts = work.facts
    weeks = {week: w for w, week in enumerate(facts.problem.weeks)}
    known = [wish for wish in facts.problem.wishes if wish.week in weeks]
    rows = work.list_below("wishes", len(known), 2)
    against = [0] * work.people
    wishes = [0] * work.people
    for row, wish in enumerate(known):
        e = facts.number(squeezed(wish.engineer))
        on_duty = count(work.numbers(weeks[wish.week]), Formula(str(e), e)).over(0)
        refused = on_duty.number if wish.wish == "off" else when(on_duty, 0, 1)
        work.put(rows, row, 0, e)
        work.put(rows, row, 1, refused)
        against[e - 1] += refused.value
        wishes[e - 1] += 1
    for e in range(work.people):
        if wishes[e]:
            text = f"SUMIF({rows.down(0)},{e + 1},{rows.down(1)})/{wishes[e]}"
            work.put(share, e, 0, Formula(text, as_number(Fraction(against[e], wishes[e]))))
        else:
            work.put(share, e, 0, 0)
