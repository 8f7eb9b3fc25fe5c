"""The facts of its weeks in a workbook's record: members with share, level and roles, and turns.

Weeks that follow each other with the same members share a row; the cells stay short.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from planner.domain import DutyWeek, Level
from planner.domain.quarters import parse_week
from planner.domain.week_facts import Member, WeekFacts

_MEMBERS, _TURNS, _BEGUN = "members ", "turns ", "begun "


def rows(facts: Mapping[DutyWeek, WeekFacts]) -> list[tuple[str, Any]]:
    """Keys and values for the record."""
    found: list[tuple[str, Any]] = []
    for rotation in sorted({name for each in facts.values() for name in each.members}):
        stretches: list[list[Any]] = []
        for week in sorted(facts):
            members = [_said(member) for member in facts[week].members.get(rotation, ())]
            last = stretches[-1] if stretches else None
            same = last and last[2:] == [facts[week].reckoned, members]
            if last and same and DutyWeek.until(last[0], week) == last[1]:
                last[1] += 1
            else:
                stretches.append([week, 1, facts[week].reckoned, members])
        for week, count, reckoned, members in stretches:
            number = len(found) + 1
            value = [rotation, week.name, count, int(reckoned), members]
            found.append((f"{_MEMBERS}{number}", value))
    for week in sorted(facts):
        if facts[week].turns:
            found.append((_TURNS + week.name, dict(facts[week].turns)))
        if facts[week].begun:
            begun = facts[week].begun.items()
            said = {rotation: [first.name, length] for rotation, (first, length) in begun}
            found.append((_BEGUN + week.name, said))
    return found


def _said(member: Member) -> list[str]:
    said = [member.name, str(member.share), member.level or "", ";".join(member.roles)]
    while len(said) > 2 and not said[-1]:
        said.pop()
    return said


def read(
    found: Mapping[str, Any], weekday: int, names: Mapping[str, str]
) -> dict[DutyWeek, WeekFacts]:
    """The same from the rows of a record; ``names`` are today's of who was renamed.

    Raises as indexing does if the rows are damaged.
    """
    members: dict[DutyWeek, dict[str, tuple[Member, ...]]] = {}
    reckoned: dict[DutyWeek, bool] = {}
    for key, value in found.items():
        if key.startswith(_MEMBERS):
            rotation, first, count, guessed, people = value
            begin = parse_week(first, weekday)
            there = tuple(_member(said, names) for said in people)
            for n in range(count):
                members.setdefault(begin.later(n), {})[rotation] = there
                reckoned[begin.later(n)] = bool(guessed)
    turns = {
        parse_week(key.removeprefix(_TURNS), weekday): value
        for key, value in found.items()
        if key.startswith(_TURNS)
    }
    return {
        week: WeekFacts(
            each,
            {r: names.get(name, name) for r, name in turns.get(week, {}).items()},
            reckoned[week],
            {
                rotation: (parse_week(first, weekday), length)
                for rotation, (first, length) in found.get(_BEGUN + week.name, {}).items()
            },
        )
        for week, each in sorted(members.items())
    }


def _member(said: list[str], names: Mapping[str, str]) -> Member:
    name, share, level, roles = [*said, "", ""][:4]
    held = tuple(filter(None, roles.split(";")))
    return Member(names.get(name, name), Fraction(share), cast(Level | None, level or None), held)
