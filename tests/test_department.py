"""A department's rota, planned from its folder alone and checked with code of this page's own.

``tests/data/department`` holds 39 people of ten home teams, seven roles in three kinds, and weeks
away. Nothing of the planner is used here but its command line: the files are read again, and
every requirement is counted again.
"""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from tests.conftest import CHECKOUT, run_process

FOLDER = CHECKOUT / "tests" / "data" / "department"
START, WEEKS = date(2025, 1, 6), 12
KINDS = {
    "in-hours primary": "in-hours",
    "in-hours secondary": "in-hours",
    "shadow": "in-hours",
    "on-call primary": "on-call",
    "on-call secondary": "on-call",
    "standby primary": "standby",
    "standby secondary": "standby",
}
MOST = {"in-hours": 1, "standby": 1, "on-call": 3}


@dataclass(frozen=True)
class Person:
    home: str
    roles: frozenset[str]
    there: frozenset[int]
    """The weeks, counted from 0, on every day of which the person is there."""


@dataclass(frozen=True)
class Turn:
    week: int
    role: str
    name: str


def rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def days(first: str, last: str) -> set[date]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return {begin + timedelta(days=n) for n in range((end - begin).days + 1)}


@pytest.fixture(scope="module")
def people() -> dict[str, Person]:
    away: dict[str, set[date]] = defaultdict(set)
    for row in rows("vacations.csv"):
        away[row["engineer"]] |= days(row["start"], row["end"])
    found = {}
    for row in rows("engineers.csv"):
        joined = date.fromisoformat(row["joined"] or "2000-01-01")
        there = frozenset(
            week
            for week in range(WEEKS)
            if START + timedelta(weeks=week) >= joined
            and not away[row["name"]] & {START + timedelta(7 * week + n) for n in range(7)}
        )
        roles = frozenset(row["roles"].split(";"))
        found[row["name"]] = Person(row["group"], roles, there)
    return found


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What ``rota plan --json`` says of the department."""
    folder = tmp_path_factory.mktemp("department")
    shutil.copytree(FOLDER, folder / "inputs" / "department")
    weeks = ("--from", START, "--weeks", WEEKS)
    said = run_process("plan", "--team", "department", *weeks, "--json", cwd=folder)
    assert said.status == 0, said.err
    (team,) = json.loads(said.out)["teams"]
    assert (folder / team["path"]).is_file()
    return dict(team)


@pytest.fixture(scope="module")
def turns(planned: dict[str, Any]) -> list[Turn]:
    """Every duty that somebody holds."""
    found = []
    for duty in planned["rota"]:
        week = (date.fromisoformat(duty["starts"]) - START).days // 7
        if duty["engineer"]:
            found.append(Turn(week, duty["role"], duty["engineer"]))
    return found


# The folder


def test_the_folder_has_a_departments_shape(people: dict[str, Person]) -> None:
    assert {path.suffix for path in FOLDER.iterdir()} == {".toml", ".csv"}
    assert len(people) == 39
    assert len({person.home for person in people.values()}) == 10
    settings = tomllib.loads((FOLDER / "team.toml").read_text(encoding="utf-8"))
    (rotation,) = settings["rotation"]
    assert {role["name"]: role["kind"] for role in rotation["role"]} == KINDS
    assert [role["name"] for role in rotation["role"] if role.get("optional")] == ["shadow"]


def test_people_differ_in_what_they_may_hold(people: dict[str, Person]) -> None:
    holding = Counter(person.roles for person in people.values())
    assert len(holding) >= 8
    assert all(roles < KINDS.keys() for roles in holding)


def test_people_are_away_for_whole_weeks(people: dict[str, Person]) -> None:
    absences = rows("vacations.csv")
    assert len(absences) > len(people)
    for row in absences:
        first, last = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        assert (first - START).days % 7 == 0
        assert (last - first).days % 7 == 6


# The rota


def test_every_duty_is_held_by_one_person_but_for_shadows(turns: list[Turn]) -> None:
    held = Counter((turn.week, turn.role) for turn in turns)
    assert max(held.values()) == 1
    needed = {(week, role) for week in range(WEEKS) for role in KINDS if role != "shadow"}
    assert held.keys() >= needed
    assert held.keys() - needed <= {(week, "shadow") for week in range(WEEKS)}


def test_people_hold_what_they_may_hold_in_weeks_when_they_are_there(
    turns: list[Turn], people: dict[str, Person]
) -> None:
    for turn in turns:
        assert turn.role in people[turn.name].roles, turn
        assert turn.week in people[turn.name].there, turn


def test_nobody_has_more_of_a_kind_than_is_allowed(turns: list[Turn]) -> None:
    done = Counter((turn.name, KINDS[turn.role]) for turn in turns)
    assert not [each for each, times in done.items() if times > MOST[each[1]]]


def test_nobody_has_two_duties_in_a_week_or_in_adjacent_weeks(turns: list[Turn]) -> None:
    for one, other in combinations(turns, 2):
        assert one.name != other.name or abs(one.week - other.week) > 1, (one, other)


def test_home_teams_keep_apart(turns: list[Turn], people: dict[str, Person]) -> None:
    for one, other in combinations(turns, 2):
        kind = KINDS[one.role]
        if kind == KINDS[other.role] and people[one.name].home == people[other.name].home:
            apart = 1 if kind == "in-hours" else 0
            assert abs(one.week - other.week) > apart, (one, other)


def test_everyone_who_may_hold_a_role_holds_one(
    turns: list[Turn], people: dict[str, Person]
) -> None:
    could = {name for name, person in people.items() if person.roles and person.there}
    assert could == {turn.name for turn in turns}
    assert len(could) == 39


# As many shadow weeks as possible


def most_turns(team: list[Person]) -> int:
    """In how many weeks somebody of a home team could be in-hours, were the others not there.

    Nobody twice, and nobody in the week after somebody else of the team.
    """

    @cache
    def most(week: int, had: frozenset[int]) -> int:
        if week >= WEEKS:
            return 0
        takers = [
            n
            for n, person in enumerate(team)
            if n not in had
            and week in person.there
            and any(KINDS[role] == "in-hours" for role in person.roles)
        ]
        taken = (1 + most(week + 2, had | {n}) for n in takers)
        return max([most(week + 1, had), *taken])

    return most(0, frozenset())


def test_there_are_as_many_shadow_weeks_as_possible(
    turns: list[Turn], people: dict[str, Person], planned: dict[str, Any]
) -> None:
    """Whatever turns the home teams could take in-hours, two a week are no shadows."""
    homes = sorted({person.home for person in people.values()})
    teams = [[p for p in people.values() if p.home == home] for home in homes]
    possible = sum(map(most_turns, teams)) - 2 * WEEKS
    shadows = sum(turn.role == "shadow" for turn in turns)
    assert shadows == possible == 9
    # Neither weeks nor people alone would have said so.
    in_hours = {role for role, kind in KINDS.items() if kind == "in-hours"}
    able = sum(bool(person.roles & in_hours) for person in people.values())
    may_shadow = sum("shadow" in person.roles for person in people.values())
    assert min(WEEKS, may_shadow, able - 2 * WEEKS) == 10
    aim = next(aim for aim in planned["aims"] if aim["aim"] == "open duties")
    assert aim["value"]["exact"] == str(WEEKS - shadows)
    assert aim["proven"]


def test_every_aim_is_proven(planned: dict[str, Any]) -> None:
    aims = planned["aims"]
    assert [f"{aim['aim']}: {aim['part']}" for aim in aims if not aim["proven"]] == []
    names = list(dict.fromkeys(aim["aim"] for aim in aims))
    assert names[:3] == ["open duties", "everyone", "fair-share"]
    assert aims[1]["value"]["exact"] == "0"
