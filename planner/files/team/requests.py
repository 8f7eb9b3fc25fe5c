"""``wishes.csv`` and ``swaps.csv``: what engineers ask for and agree upon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

from planner.domain import Duty, DutyWeek, Role, Rotation, Swap, Wish
from planner.domain.swap_chains import ends, handings
from planner.files.team.choices import Choices
from planner.files.team.reading import Reading
from planner.files.team.rows import Row
from planner.files.team.tables import Columns, read_csv
from planner.files.team.values import BadValueError

WISH_COLUMNS = Columns("wishes.csv", ("engineer", "week", "wish"), ("note",))
SWAP_COLUMNS = Columns(
    "swaps.csv", ("engineer", "week", "with"), ("for_week", "rotation", "role", "agreed")
)


def read_wishes(path: Path, people: Choices, reading: Reading) -> tuple[Wish, ...]:
    """Every wish once, sorted by week and engineer."""
    found: dict[tuple[DutyWeek, str], Wish] = {}
    wishes = [w for row in read_csv(path, WISH_COLUMNS, reading).rows if (w := _wish(row, people))]
    for wish in sorted(wishes, key=lambda wish: wish.note):
        first = found.setdefault((wish.week, wish.engineer), wish)
        if first.wish != wish.wish:
            assert wish.source is not None
            reading.problem(
                wish.source.file,
                f"contradicts {first.source}, which wishes “{first.wish}” for the same week",
                row=wish.source.row,
                column="wish",
                value=wish.wish,
                hint="Delete one of them.",
            )
    return tuple(found[key] for key in sorted(found))


def _wish(row: Row, people: Choices) -> Wish | None:
    engineer = row.read("engineer", people.require, needed=True)
    week = row.week("week", needed=True)
    wish = row.choice("wish", ("off", "on"), needed=True)
    if engineer is None or week is None or wish is None:
        return None
    return Wish(engineer, week, wish, row.text("note"), row.source)


def read_swaps(
    path: Path, people: Choices, rotations: Sequence[Rotation], reading: Reading
) -> tuple[Swap, ...]:
    """Every swap once, sorted by week; agreed ones may not give one duty to two people."""
    rows = read_csv(path, SWAP_COLUMNS, reading).rows
    found = dict.fromkeys(swap for row in rows if (swap := _swap(row, people, rotations)))
    _check_given_once(found, rotations, reading)
    return tuple(sorted(found, key=_order))


def _order(swap: Swap) -> tuple[object, ...]:
    plain = attrgetter("rotation", "role", "agreed")(swap)
    return (swap.week, swap.engineer, swap.partner, str(swap.for_week), *plain)


def _swap(row: Row, people: Choices, rotations: Sequence[Rotation]) -> Swap | None:
    before = len(row.reading.problems)
    engineer = row.read("engineer", people.require, needed=True)
    week = row.week("week", needed=True)
    partner = row.read("with", people.require, needed=True)
    for_week = row.week("for_week")
    agreed = row.read("agreed", _yes_or_no)
    rotation = _rotation(row, rotations)
    role = _role(row, rotation) if rotation else ""
    if engineer and engineer == partner:
        row.problem("with", "is the engineer of the same row", "Name the other person.")
    if week and week == for_week:
        row.problem("for_week", "is the week given away", "Name another week, or none.")
    for column, name in (("engineer", engineer), ("with", partner)):
        if rotation and name and name in people.names and name not in rotation.cycle:
            members = ", ".join(rotation.cycle)
            row.problem(column, f"is not a member of {rotation.name}", f"Members: {members}.")
    if len(row.reading.problems) > before or not (engineer and week and partner and rotation):
        return None
    return Swap(
        engineer, week, partner, for_week, rotation.name, role or "", bool(agreed), row.source
    )


def _rotation(row: Row, rotations: Sequence[Rotation]) -> Rotation | None:
    names = Choices((rotation.name for rotation in rotations), "a rotation of this team")
    if not row.text("rotation") and len(rotations) > 1:
        listed = ", ".join(names.names)
        row.problem("rotation", "the team has several rotations", f"Name one: {listed}.")
    if not row.text("rotation"):
        return rotations[0] if len(rotations) == 1 else None
    if not rotations:
        return None
    name = row.read("rotation", names.require)
    return next((rotation for rotation in rotations if rotation.name == name), None)


def _role(row: Row, rotation: Rotation) -> str | None:
    if not row.text("role"):
        return rotation.roles[0].name if rotation.roles else None
    # Of seats that are alike, any may be named: the swap is about their role.
    first = {role.alike: role.name for role in rotation.roles[::-1] if role.alike}
    names = (role.name for role in rotation.roles)
    return row.read("role", Choices(names, f"a role of {rotation.name}", formerly=first).require)


def _yes_or_no(text: str) -> bool:
    answers = {"yes": True, "true": True, "no": False, "false": False}
    if text.casefold() not in answers:
        raise BadValueError("is not “yes” or “no”", "An agreed swap is binding.")
    return answers[text.casefold()]


def _check_given_once(
    swaps: Iterable[Swap], rotations: Sequence[Rotation], reading: Reading
) -> None:
    """Who received a duty may hand it on; two rows cannot both take it from one engineer, nor more
    rows than a role has seats."""
    known = {rotation.name: rotation for rotation in rotations}

    def alike(duty: Duty) -> tuple[Role, ...]:
        return known[duty.rotation].alike(known[duty.rotation].role(duty.role))

    def first(duty: Duty) -> Duty:
        return Duty(duty.week, duty.rotation, alike(duty)[0].name)

    for duty, handed in handings(swaps, first).items():
        givers = [each.old for each in handed]
        seats = len(alike(duty)) if len(set(givers)) == len(givers) else 1
        if ends(handed, seats) is not None:
            continue
        before, wrong = next((a, b) for a, b in pairwise(handed) if a.new != b.old)
        assert wrong.swap.source is not None
        reading.problem(
            wrong.swap.source.file,
            f"would give {wrong.new} a duty that {before.swap.source} gives to {before.new}",
            row=wrong.swap.source.row,
            column=wrong.column,
            value=duty.week.name,
            hint=f"Delete the agreement that no longer holds, or let {before.new} hand it on.",
        )
