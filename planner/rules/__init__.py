"""Rules and aims, one module each, in the order in which they count.

The solver, the independent check, explanations and repairs, the workbook's cells, the Checks sheet
and the README's table all read these lists. Adding a rule or an aim means adding its module, its
hand-written cases and one line here; no list elsewhere is keyed by its name. What a module has to
say is in :mod:`planner.rules.base`; one that leaves out a part is refused here.
"""

from __future__ import annotations

from planner.domain import Team
from planner.domain.validating import ensure_known
from planner.rules import (
    agreed,
    back_to_back,
    coverage,
    cycle,
    eligibility,
    everyone,
    fair_share,
    festivals,
    group_gap,
    limits,
    mentoring,
    one_duty,
    one_per_group,
    open_duties,
    other_teams,
    rest,
    rhythm,
    spacing,
    vacation,
    wishes,
)
from planner.rules import public_holidays as holidays
from planner.rules.base import Aim, Breach, Fact, Rule, complete

RULES: tuple[Rule, ...] = (
    coverage,
    vacation,
    eligibility,
    one_duty,
    back_to_back,
    agreed,
    mentoring,
    one_per_group,
    group_gap,
    limits,
    other_teams,
)

AIMS: tuple[Aim, ...] = (
    fair_share,
    festivals,
    wishes,
    rest,
    spacing,
    holidays,
    cycle,
    rhythm,
)

ON_REQUEST: tuple[Aim, ...] = (everyone,)
"""Aims that a team pursues only where its order names them."""

for _rule in RULES:
    complete(_rule, Rule)
for _aim in (*AIMS, *ON_REQUEST, open_duties):
    complete(_aim, Aim)
_BY_NAME = {rule.NAME: rule for rule in RULES}


def rule_of(named: Fact | Breach) -> Rule:
    """The rule behind a fact or a breach."""
    return _BY_NAME[named.rule]


def aims_of(team: Team) -> tuple[Aim, ...]:
    """The aims that the team pursues, in its own order; optional roles are filled first.

    Raises ``FactError`` for a name that is none of an aim.
    """
    by_name = {aim.NAME: aim for aim in (*AIMS, *ON_REQUEST)}
    for name in team.aims:
        ensure_known(name, by_name, "in the order of aims,", "an aim")
    chosen = tuple(by_name[name] for name in team.aims)
    optional = any(role.optional for rotation in team.rotations for role in rotation.roles)
    return (open_duties, *chosen) if optional else chosen
