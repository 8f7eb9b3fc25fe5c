"""Whether the parts of a team fit together: everybody named is there, every role is known."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.domain.people import NO_ROLE, Engineer, Region
from planner.domain.requests import HolidayChange, Swap, Vacation, Wish
from planner.domain.rota import Rota
from planner.domain.rotations import HandoverOnHolidays, Rotation
from planner.domain.settings import ANY_ROLE, Settings
from planner.domain.validating import (
    ensure,
    ensure_day,
    ensure_known,
    ensure_once,
    ensure_text,
    ensure_whole,
    freeze,
    refuse,
)

if TYPE_CHECKING:
    from planner.domain.team import Pipeline, Team

_LATEST_DAY = 28
_MONTHS = 12


def fit_together(team: Team, pipeline: type[Pipeline]) -> None:
    """Sort the engineers; raise ``FactError`` for the first part that does not fit the others."""
    ensure_text(team.key, "the key of a team")
    ensure_text(team.name, "the name of a team")
    _clock(team)
    for field, kind in (
        ("engineers", Engineer),
        ("rotations", Rotation),
        ("vacations", Vacation),
        ("wishes", Wish),
        ("swaps", Swap),
        ("holiday_changes", HolidayChange),
        ("pipelines", pipeline),
        ("aims", str),
    ):
        freeze(team, field, kind, f"in the {field.replace('_', ' ')} of {team.name},")
    ensure(team.settings, Settings, f"the rules of {team.name},")
    ensure(team.history, Rota, f"the history of {team.name},")
    object.__setattr__(team, "engineers", tuple(sorted(team.engineers, key=lambda e: e.name)))
    names = [name for one in team.engineers for name in (one.name, *one.formerly)]
    ensure_once(names, "the engineer")
    ensure_once((rotation.name for rotation in team.rotations), "the rotation")
    ensure_once(team.aims, "the aim")
    _rotations(team)
    _rules(team)
    _requests(team)


def _clock(team: Team) -> None:
    ensure_text(team.timezone, "the time zone")
    try:
        ZoneInfo(team.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        refuse("the time zone", team.timezone, "is not known", "Write it as Europe/London, say.")
    ensure_whole(team.handover_weekday, "the weekday of the handover", 1, 7)
    ensure(team.handover_time, time, "the time of the handover")
    if team.handover_time.tzinfo is not None:
        refuse("the time of the handover", str(team.handover_time), "has a time zone of its own")
    holidays = get_args(HandoverOnHolidays)
    ensure_known(team.handover_on_holidays, holidays, "handover_on_holidays", "a choice")
    ensure(team.business_days, (Region, type(None)), "the region of the business days")
    if team.week_one is not None:
        ensure_day(team.week_one, "the first day of week one")
    if not isinstance(team.year_starts, tuple) or len(team.year_starts) != len(("month", "day")):
        refuse("the start of the year", team.year_starts, "is not a month and a day")
    month, day = team.year_starts
    ensure_whole(month, "the month in which the year starts", 1, _MONTHS)
    ensure_whole(day, "the day on which the year starts", 1, _LATEST_DAY)


def _rotations(team: Team) -> None:
    if not team.rotations:
        refuse("the team", team.name, "has no rotation")
    names = {engineer.name for engineer in team.engineers}
    roles = {role.shared for rotation in team.rotations for role in rotation.roles}
    if NO_ROLE in roles:
        refuse("the role", NO_ROLE, "says in engineers.csv that somebody holds none")
    for rotation in team.rotations:
        for name in rotation.cycle:
            ensure_known(name, names, f"in the cycle of {rotation.name},", "an engineer")
    for engineer in team.engineers:
        held = {role for stage in engineer.all_stages for role in stage.roles} - {NO_ROLE}
        for role in sorted(held):
            ensure_known(role, roles, f"the role of {engineer.name}", "a role of any rotation")
    streams = {rotation.name for rotation in team.rotations}
    for each in team.pipelines:
        for name in each.rotations:
            ensure_known(name, streams, f"the rotation of {each.name}", "a rotation")


def _rules(team: Team) -> None:
    roles = [role for rotation in team.rotations for role in rotation.roles]
    kinds = {role.kind for role in roles}
    for kind in (*team.settings.one_per_group, *team.settings.group_gap):
        ensure_known(kind, kinds, "the kind", "a kind of role")
    named = kinds | {role.shared for role in roles}
    for limit in team.settings.limits:
        ensure_known(limit.name, named | {ANY_ROLE}, "the limit", "of a role or a kind of role")
    for rotation in team.rotations:
        for what, most in team.settings.too_few_for(rotation.turn, rotation.roles):
            message = f"is less than a turn of {rotation.name}, which lasts {rotation.turn} weeks"
            refuse(what, most, message)


def _requests(team: Team) -> None:
    names = {engineer.name for engineer in team.engineers}
    seats = {(rotation.name, role.name) for rotation in team.rotations for role in rotation.roles}
    for vacation in team.vacations:
        ensure_known(vacation.engineer, names, "on vacation,", "an engineer of the team")
    for wish in team.wishes:
        ensure_known(wish.engineer, names, "in a wish,", "an engineer of the team")
    streams = {rotation.name for rotation in team.rotations}
    for swap in team.swaps:
        for name in (swap.engineer, swap.partner):
            ensure_known(name, names, "in a swap,", "an engineer of the team")
        ensure_known(swap.rotation, streams, f"in {swap.engineer}'s swap,", "a rotation")
        if (swap.rotation, swap.role) not in seats:
            refuse(f"in {swap.engineer}'s swap,", swap.role, f"is not a role of {swap.rotation}")
    for week in (*(wish.week for wish in team.wishes), *(swap.week for swap in team.swaps)):
        if week.first.isoweekday() != team.handover_weekday:
            refuse("the week", f"{week.first}", "does not begin on the day of the handover")
