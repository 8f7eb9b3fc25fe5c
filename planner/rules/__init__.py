"""Rules and aims, one module each, in the order in which they count.

The solver, the independent check, explanations, the workbook's Checks sheet and the README's
table all read these lists; adding a rule or an aim means a module and one line here.
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
    rest,
    rhythm,
    vacation,
    wishes,
)
from planner.rules import public_holidays as holidays
from planner.rules.base import Aim, Rule

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
)

AIMS: tuple[Aim, ...] = (
    fair_share,
    festivals,
    wishes,
    rest,
    holidays,
    cycle,
    rhythm,
)

ON_REQUEST: tuple[Aim, ...] = (everyone,)
"""Aims that a team pursues only where its order names them."""


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
