"""Every rule as flags: a column a seat, 0 where all is well.

1 or more is a breach, as often as ``planner.checking`` counts it; a negative flag marks a cell that
shares in a breach counted elsewhere. A rule that the team cannot break has no flags.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.files.workbook.formulas import Formula
from planner.files.workbook.workings import rules_one_duty, rules_same_week, rules_several_weeks
from planner.files.workbook.workings.facts import Facts
from planner.files.workbook.workings.sheet import Workings

Flags = Callable[[Workings, int, int], Formula | None]
"""The flag of a week and seat; ``None`` where the rule has nothing to say."""


@dataclass(frozen=True)
class Flagging:
    """``applies`` says whether a team can break the rule at all; ``prepare`` writes what the
    flags look up of each engineer."""

    flags: Flags
    applies: Callable[[Facts], bool] = lambda facts: True
    prepare: Callable[[Workings], None] = lambda work: None


def block_name(rule: str) -> str:
    """The block of workings that holds a rule's flags."""
    return f"flag {rule}"


def fill(work: Workings) -> None:
    """The flags of all rules."""
    for rule, flagging in FLAGGING.items():
        if flagging.applies(work.facts):
            flagging.prepare(work)
            block = work.by_week(block_name(rule), work.seats)
            for w in range(work.weeks):
                for s in range(work.seats):
                    work.put(block, w, s, flagging.flags(work, w, s))


FLAGGING = {
    "coverage": Flagging(rules_one_duty.coverage),
    "vacation": Flagging(rules_one_duty.vacation),
    "eligibility": Flagging(
        rules_one_duty.eligibility,
        rules_one_duty.may_be_ineligible,
        rules_one_duty.prepare_eligibility,
    ),
    "one duty": Flagging(rules_one_duty.one_duty, lambda facts: len(facts.seats) > 1),
    "back-to-back": Flagging(
        rules_several_weeks.back_to_back, prepare=rules_several_weeks.prepare_back_to_back
    ),
    "agreed": Flagging(rules_one_duty.agreed, lambda facts: bool(facts.plan.problem.swapped)),
    "mentoring": Flagging(
        rules_same_week.mentoring,
        lambda facts: facts.settings.mentoring,
        rules_same_week.prepare_mentoring,
    ),
    "one per group": Flagging(
        rules_same_week.one_per_group,
        lambda facts: bool(facts.settings.one_per_group),
        rules_same_week.prepare_groups,
    ),
    "group gap": Flagging(
        rules_several_weeks.group_gap,
        lambda facts: bool(facts.settings.group_gap),
        rules_same_week.prepare_groups,
    ),
    "limits": Flagging(
        rules_several_weeks.limits,
        lambda facts: bool(facts.settings.limits),
        rules_several_weeks.prepare_limits,
    ),
}
"""By the names of the rules in ``planner.rules``."""
