"""Every rule as flags, a column a seat, and every aim as one formula a part."""

from __future__ import annotations

from planner.cells import Formula, Workings, as_number, lift
from planner.checking.finished_plan import Plan
from planner.rules import RULES, aims_of
from planner.rules.base import Rule


def flags_of(rule: Rule) -> str:
    """The block of workings that holds a rule's flags."""
    return f"flag {rule.NAME}"


def fill(work: Workings) -> None:
    """The flags of all rules that the team can break."""
    for rule in RULES:
        if rule.can_be_broken(work.facts.problem):
            block = work.by_week(flags_of(rule), work.seats)
            for w in range(work.weeks):
                for s in range(work.seats):
                    flag = rule.flag(work, w, s)
                    work.put(block, w, s, None if flag is None else lift(flag))


def fill_aims(work: Workings, plan: Plan) -> None:
    """A single cell for each part of each aim."""
    values = iter(plan.report.values)
    for aim in aims_of(plan.problem.team):
        for part, name in enumerate(aim.parts(plan.problem)):
            text = aim.live(work, part)
            work.single(f"{aim.NAME}: {name}", Formula(text, as_number(next(values).value)))
