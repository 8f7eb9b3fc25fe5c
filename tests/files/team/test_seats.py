"""Roles with several seats in ``team.toml``, and the other files that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain import Role, Team
from planner.errors import InputError
from planner.files.team.folder import load_team

PEOPLE = ["Ana", "Ben", "Chi", "Dan", "Eve"]


def team(tmp_path: Path, roles: str, **files: str) -> Team:
    (tmp_path / "team.toml").write_text(
        f'timezone = "UTC"\n[[rotation]]\nname = "Main"\n{roles}\n', encoding="utf-8"
    )
    rows = "".join(f"{name},GB,ENG\n" for name in PEOPLE)
    (tmp_path / "engineers.csv").write_text(f"name,country,subdivision\n{rows}", encoding="utf-8")
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_team(tmp_path)


def refused(tmp_path: Path, roles: str, **files: str) -> str:
    with pytest.raises(InputError) as caught:
        team(tmp_path, roles, **files)
    return str(caught.value)


TRIAGE = 'roles = [{ name = "triage", seats = 2 }, "lead"]'


@pytest.mark.parametrize(
    "roles",
    [
        TRIAGE,
        '[[rotation.role]]\nname = "triage"\nseats = 2\n[[rotation.role]]\nname = "lead"',
        'roles = [{ name = "triage", seats = 2 }, { name = "lead", seats = 1 }]',
    ],
)
def test_a_role_has_so_many_seats(tmp_path, roles):
    found = team(tmp_path, roles).rotation("Main").roles
    assert found == (*Role("triage").seats(2), Role("lead"))


def test_seats_have_all_that_their_role_says(tmp_path):
    roles = 'roles = [{ name = "desk", seats = 2, kind = "in-hours", restful = true }]'
    found = team(tmp_path, roles).rotation("Main").roles
    assert {(role.kind, role.restful, role.shared) for role in found} == {
        ("in-hours", True, "desk")
    }


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ('roles = [{ name = "triage", seats = 0 }]', "whole number of at least 1"),
        ('roles = [{ name = "triage", seats = "2" }]', "whole number"),
        ('roles = [{ name = "triage", seats = 200 }]', "are more than are planned"),
        ('roles = [{ name = "triage", seat = 2 }]', "Did you mean"),
        ("roles = [{ seats = 2 }]", "has no name"),
        ('roles = [{ name = "triage", seats = 2 }, "triage"]', "is a role twice"),
        ('roles = ["triage 1", { name = "triage", seats = 2 }]', "is a role twice"),
        ('roles = ["triage", "triage"]', "seats = 2"),
        ("roles = [2, { name = 'triage' }]", "is not a role"),
        ('roles = [{ name = "Away", seats = 2 }]', "another column"),
        (TRIAGE + '\n[rules]\nlimits = { "triage 1" = 2 }', "Did you mean"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(tmp_path, roles, said):
    message = refused(tmp_path, roles)
    assert "team.toml" in message
    assert said in message


def test_a_limit_and_a_cell_of_roles_name_the_role(tmp_path):
    found = team(tmp_path, TRIAGE + "\n[rules]\nlimits = { triage = 2 }")
    assert [limit.name for limit in found.settings.limits] == ["triage"]
    rows = "name,country,subdivision,roles\nAna,GB,ENG,lead\n"
    rows += "".join(f"{name},GB,ENG,triage\n" for name in PEOPLE[1:])
    (tmp_path / "engineers.csv").write_text(rows, encoding="utf-8")
    people = load_team(tmp_path)
    ana, ben = people.engineer("Ana"), people.engineer("Ben")
    holds = [[one.may_hold(r) for r in people.rotation("Main").roles] for one in (ana, ben)]
    assert holds == [[False, False, True], [True, True, False]]


HISTORY = "week,rotation,role,engineer\n"


def held(found: Team) -> dict[str, str | None]:
    return {each.duty.role: each.engineer for each in found.history}


def test_history_names_the_role_as_often_as_it_has_seats(tmp_path):
    rows = HISTORY + "2024-W20,Main,triage,Dan\n2024-W20,Main,triage,Ana\n2024-W20,Main,lead,Ben\n"
    found = team(tmp_path, TRIAGE, history=rows)
    assert held(found) == {"triage 1": "Dan", "triage 2": "Ana", "lead": "Ben"}


def test_who_is_given_a_seat_has_it_and_the_other_is_left(tmp_path):
    rows = HISTORY + "2024-W20,Main,triage,Dan\n2024-W20,Main,triage 1,Ana\n"
    rows += "2024-W20,Main,triage,Dan\n"  # the same row twice is one duty
    assert held(team(tmp_path, TRIAGE, history=rows)) == {"triage 1": "Ana", "triage 2": "Dan"}


def test_more_holders_than_seats_are_refused(tmp_path):
    rows = HISTORY + "".join(f"2024-W20,Main,triage,{name}\n" for name in PEOPLE[:3])
    message = refused(tmp_path, TRIAGE, history=rows)
    assert "held the same duty as Ben in row 3" in message
    assert "row 4" in message
    assert "triage has 2 seats" in message


SWAPS = "engineer,week,with,role,agreed\n"


def test_a_swap_names_the_role(tmp_path):
    rows = SWAPS + "Ana,2024-W30,Ben,triage,yes\nChi,2024-W30,Dan,triage 2,yes\n"
    found = team(tmp_path, TRIAGE, swaps=rows)
    assert {swap.role for swap in found.swaps} == {"triage 1", "triage 2"}
    assert found.strand(found.swaps[0].seat) == found.strand(found.swaps[1].seat)
    again = team(tmp_path, TRIAGE, swaps=rows.replace("triage 2", "triage"))
    assert [swap.engineer for swap in again.swaps] == ["Ana", "Chi"]


@pytest.mark.parametrize(
    "rows",
    [
        "Ana,2024-W30,Ben,triage,yes\nAna,2024-W30,Dan,triage,yes\n",
        "Ana,2024-W30,Ben,lead,yes\nChi,2024-W30,Dan,lead,yes\n",
    ],
)
def test_one_duty_is_given_to_one(tmp_path, rows):
    assert "would give Dan a duty that swaps.csv row 2" in refused(
        tmp_path, TRIAGE, swaps=SWAPS + rows
    )
