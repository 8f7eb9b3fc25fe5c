"""Rules and aims, one module each, in the order in which they count.

The solver, the independent check, explanations and repairs, the workbook's cells, the Checks sheet
and the README's table all read these lists. Adding a rule or an aim means adding its module, its
hand-written cases and one line here; no list elsewhere is keyed by its name, but that the order in
which aims usually count is in :mod:`planner.domain.aims`, so that a team is read without them. What
a module has to say is in :mod:`planner.rules.base`; one that leaves out a part is refused here.
"""

from __future__ import annotations

from planner.domain import Team, aims
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

_AIMS: tuple[Aim, ...] = (
    cycle,
    everyone,
    fair_share,
    festivals,
    holidays,
    rest,
    rhythm,
    spacing,
    wishes,
)

for _rule in RULES:
    complete(_rule, Rule)
for _aim in (*_AIMS, open_duties):
    complete(_aim, Aim)
_BY_NAME = {rule.NAME: rule for rule in RULES}
_AIM_OF = {aim.NAME: aim for aim in _AIMS}
for _name in sorted(_AIM_OF.keys() ^ {*aims.USUAL_ORDER, *aims.ON_REQUEST}):
    raise ImportError(f"the aim “{_name}” has no place in planner.domain.aims, or no module here")

AIMS = tuple(_AIM_OF[name] for name in aims.USUAL_ORDER)
ON_REQUEST = tuple(_AIM_OF[name] for name in aims.ON_REQUEST)
"""Aims that a team pursues only where its order names them."""


def rule_of(named: Fact | Breach) -> Rule:
    """The rule behind a fact or a breach."""
    return _BY_NAME[named.rule]


def aims_of(team: Team) -> tuple[Aim, ...]:
    """The aims that the team pursues, in its own order; optional roles are filled first.

    Raises ``FactError`` for a name that is none of an aim.
    """
    for name in team.aims:
        ensure_known(name, _AIM_OF, "in the order of aims,", "an aim")
    chosen = tuple(_AIM_OF[name] for name in team.aims)
    optional = any(role.optional for rotation in team.rotations for role in rotation.roles)
    return (open_duties, *chosen) if optional else chosen
