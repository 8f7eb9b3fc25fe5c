"""rota: a constraint-solver planner for on-call rotas, as a program and as a library.

    import planner

    team = planner.load_team("inputs/data-engineering")
    rota = planner.plan(team, quarter="2024Q3")
    rota.to_frame()

What is public is listed in ``__all__`` and loaded when it is first asked for, so that
``import planner`` itself costs nothing: the solver and pandas take most of a second.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.api import check, days_off, load_team, plan, replan, why
    from planner.domain import (
        Duty,
        DutyWeek,
        Engineer,
        Region,
        Role,
        Rota,
        Rotation,
        Settings,
        Swap,
        Team,
        Vacation,
        Wish,
    )
    from planner.errors import InfeasibleError, InputError, RotaError, TimeRanOutError, UsageError
    from planner.reporting.answers import DaysOffTable, Reasons
    from planner.reporting.results import CheckedRota, PlannedRota, ReplannedRota

__version__ = "0.1.0"

__all__ = [  # noqa: RUF022 (functions first)
    "load_team",
    "plan",
    "replan",
    "check",
    "why",
    "days_off",
    "CheckedRota",
    "DaysOffTable",
    "Duty",
    "DutyWeek",
    "Engineer",
    "InfeasibleError",
    "InputError",
    "PlannedRota",
    "Reasons",
    "Region",
    "ReplannedRota",
    "Role",
    "Rota",
    "RotaError",
    "Rotation",
    "Settings",
    "Swap",
    "Team",
    "TimeRanOutError",
    "UsageError",
    "Vacation",
    "Wish",
    "__version__",
]
_ROOMS = {
    "api": ("check", "days_off", "load_team", "plan", "replan", "why"),
    "errors": ("InfeasibleError", "InputError", "RotaError", "TimeRanOutError", "UsageError"),
    "reporting.answers": ("DaysOffTable", "Reasons"),
    "reporting.results": ("CheckedRota", "PlannedRota", "ReplannedRota"),
}
_ROOM_OF = dict.fromkeys(__all__, "domain")
_ROOM_OF |= {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
