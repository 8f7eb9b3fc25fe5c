"""What the seats of a team are called: in column titles, and in one or two letters."""

from __future__ import annotations

from planner.domain import Seat, Team


def titles(team: Team) -> dict[Seat, str]:
    """What heads each seat's column, in the team's order."""
    return {seat: team.title(seat) for seat in team.seats}


def codes(team: Team) -> dict[Seat, str]:
    """Short marks for narrow cells, as ``P`` and ``S``, or ``IP`` with rotations; seats that are
    alike bear the same."""
    rotations = _initials([rotation.name for rotation in team.rotations])
    found: dict[Seat, str] = {}
    for rotation in team.rotations:
        roles = _initials(list(dict.fromkeys(role.shared for role in rotation.roles)))
        for role in rotation.roles:
            of_rotation = rotations[rotation.name] if len(team.rotations) > 1 else ""
            of_role = roles[role.shared] if len(roles) > 1 or not of_rotation else ""
            found[Seat(rotation.name, role.name)] = of_rotation + of_role
    return found


def codes_of_roles(team: Team) -> dict[Seat, str]:
    """The same by role."""
    marks = codes(team)
    return {strand: marks[seats[0]] for strand, seats in team.strands.items()}


def legend(team: Team) -> list[str]:
    """``P = primary``; of part of the week ``W = Weekends: primary (Sat 00:00 – Mon 09:00)``."""
    hours = {rotation.name: team.hours_said(rotation.name) for rotation in team.rotations}
    return [
        f"{code} = {team.title(role)}" + (f" ({said})" if (said := hours[role.rotation]) else "")
        for role, code in codes_of_roles(team).items()
    ]


def _initials(names: list[str]) -> dict[str, str]:
    """The first letter of each name, or a number where first letters clash."""
    letters = [name[:1].upper() for name in names]
    return {
        name: letter if letters.count(letter) == 1 else str(number)
        for number, (name, letter) in enumerate(zip(names, letters, strict=True), start=1)
    }
