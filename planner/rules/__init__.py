"""Rules and aims, one module each, in the order in which they count.

The solver, the independent check, explanations, the workbook's Checks sheet and the README's
table all read these two lists; adding a rule or an aim means a module and one line here.
"""

from __future__ import annotations

from planner.domain import Team
from planner.rules.base import Aim, Rule

RULES: tuple[Rule, ...] = ()
AIMS: tuple[Aim, ...] = ()


def aims_of(team: Team) -> tuple[Aim, ...]:
    """The aims that the team pursues, in its own order."""
    by_name = {aim.NAME: aim for aim in AIMS}
    return tuple(by_name[name] for name in team.aims)
