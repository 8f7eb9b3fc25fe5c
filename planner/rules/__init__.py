"""Rules and aims, one module each, in the order in which they count.

The solver, the independent check, explanations and repairs, the workbook's cells, the Checks sheet
and the README's table all read these lists. Adding a rule or an aim means adding its module, its
hand-written cases and one line: a rule's name here, an aim's in :mod:`planner.domain.aims`, so that
a team is read without loading any. A module is called by the name of what it states; what it has to
say is in :mod:`planner.rules.base`, and one that leaves out a part is refused here.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from planner.domain import Team, aims
from planner.domain.validating import ensure_known
from planner.rules.base import Aim, Breach, Fact, Rule, complete

_RULES = (
    "coverage",
    "vacation",
    "eligibility",
    "one duty",
    "least rest",
    "back-to-back",
    "whole turns",
    "agreed",
    "mentoring",
    "one per group",
    "group gap",
    "limits",
    "other teams",
)


def _stated(name: str, kind: type) -> Any:
    """The module that states the rule or aim of that name, whole."""
    module: Any = import_module(f"{__name__}.{name.replace('-', '_').replace(' ', '_')}")
    complete(module, kind)
    if name != module.NAME:
        raise ImportError(f"{module.__name__} states “{module.NAME}”, and not “{name}”")
    return module


RULES: tuple[Rule, ...] = tuple(_stated(name, Rule) for name in _RULES)
AIMS: tuple[Aim, ...] = tuple(_stated(name, Aim) for name in aims.USUAL_ORDER)
ON_REQUEST: tuple[Aim, ...] = tuple(_stated(name, Aim) for name in aims.ON_REQUEST)
"""Aims that a team pursues only where its order names them."""

_OPEN_DUTIES: Aim = _stated("open duties", Aim)
_SPLIT_TURNS: Aim = _stated("split turns", Aim)
_BY_NAME = {rule.NAME: rule for rule in RULES}
_AIM_OF = {aim.NAME: aim for aim in (*AIMS, *ON_REQUEST)}


def rule_of(named: Fact | Breach) -> Rule:
    """The rule behind a fact or a breach."""
    return _BY_NAME[named.rule]


def aims_of(team: Team) -> tuple[Aim, ...]:
    """The aims that the team pursues, in its own order; first of all, optional roles are filled
    and turns of several weeks kept whole.

    Raises ``FactError`` for a name that is none of an aim.
    """
    for name in team.aims:
        ensure_known(name, _AIM_OF, "in the order of aims,", "an aim")
    chosen = tuple(_AIM_OF[name] for name in team.aims)
    if any(rotation.turn > 1 for rotation in team.rotations):
        chosen = (_SPLIT_TURNS, *chosen)
    optional = any(role.optional for rotation in team.rotations for role in rotation.roles)
    return (_OPEN_DUTIES, *chosen) if optional else chosen
