"""What the planner remembers in a workbook: who wrote it, and what it said when written.

The record lies in hidden rows of the About sheet, one ``record <key>`` and its value in JSON a
row, because cells survive what people and other programs do to a file better than its metadata.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from planner.checking.finished_plan import Proof
from planner.domain import Duty, Rota, Team
from planner.domain.quarters import Horizon, parse_week
from planner.domain.week_facts import Recorded
from planner.files.workbook import week_facts
from planner.files.workbook.snapshot import Snapshot, read_snapshot
from planner.files.workbook.text import fold, plain
from planner.grouping import grouped
from planner.records import dataclass

PREFIX = "record "
PLANNED_AT = "Planned at"
PLANNED_AT_FORMAT = "%Y-%m-%d %H:%M"
PLANNED_AT_LENGTH = len("2024-06-24 09:30")
Grid = Sequence[Sequence[object]]
"""The values of a sheet, row by row."""


@dataclass(frozen=True)
class Record:
    """``content`` is the fingerprint of what people may edit, as it was when written;
    ``titles`` are those of the Rota sheet's columns. ``given``: among which rotas proofs hold."""

    team: str
    horizon: Horizon
    inputs: str
    content: str
    titles: tuple[str, ...]
    planned: Rota
    proofs: tuple[Proof, ...]
    snapshot: Snapshot = field(default_factory=Snapshot)
    given: str = ""
    facts: Recorded = field(default_factory=dict)

    def rows(self) -> list[tuple[str, str]]:
        """Keys and values for the cells of the About sheet."""
        by_week = grouped((h.duty.week, [*h.duty.seat, h.engineer]) for h in self.planned)
        rows: list[tuple[str, Any]] = [
            ("format", 1),
            ("team", self.team),
            ("label", self.horizon.label),
            ("weeks", [self.horizon.weeks[0].name, len(self.horizon.weeks)]),
            ("inputs", self.inputs),
            ("content", self.content),
            ("titles", self.titles),
            ("given", self.given),
        ]
        rows += [(f"planned {week.name}", duties) for week, duties in by_week.items()]
        for number, proof in enumerate(self.proofs, start=1):
            bound = None if proof.bound is None else str(proof.bound)
            rows.append((f"proof {number}", [proof.aim, proof.part, str(proof.value), bound]))
        rows += self.snapshot.rows()
        rows += week_facts.rows(self.facts)
        return [(PREFIX + key, json.dumps(value)) for key, value in rows]


def recorded_team(grid: Grid) -> str | None:
    """The key of the team that the record names; ``None`` if it is gone."""
    return next((said.strip('"') for key, said in _said_in(grid) if key == f"{PREFIX}team"), None)


def _said_in(grid: Grid) -> Iterator[tuple[str, str]]:
    """The first two filled cells of each row that has so many."""
    for row in grid:
        cells = [str(value) for value in row if value not in (None, "")]
        if len(cells) > 1:
            yield cells[0], cells[1]


def find_record(grid: Grid, team: Team) -> Record | None:
    """The record in an About sheet, wherever its rows and columns went; ``None`` if it is gone."""
    found: dict[str, Any] = {}
    try:
        for key, said in _said_in(grid):
            if key.startswith(PREFIX):
                found[key.removeprefix(PREFIX)] = json.loads(said)
        return _record(found, team)
    except (KeyError, ValueError, TypeError, IndexError):
        return None


def find_planned_at(grid: Grid, team: Team) -> datetime | None:
    """When the workbook was planned, as the About sheet says on the team's clock."""
    said = next((said for key, said in _said_in(grid) if fold(key) == fold(PLANNED_AT)), "")
    try:
        local = datetime.strptime(said[:PLANNED_AT_LENGTH], PLANNED_AT_FORMAT)
    except ValueError:
        return None
    return local.replace(tzinfo=ZoneInfo(team.timezone)).astimezone(UTC)


def _record(found: Mapping[str, Any], team: Team) -> Record:
    first = parse_week(found["weeks"][0], team.handover_weekday)
    weeks = tuple(first.later(number) for number in range(found["weeks"][1]))
    planned = {
        Duty(week, rotation, role): team.renamed.get(engineer, engineer)
        for week in weeks
        for rotation, role, engineer in found.get(f"planned {week.name}", ())
    }
    proofs: list[Proof] = []
    while (key := f"proof {len(proofs) + 1}") in found:
        aim, part, value, bound = found[key]
        proofs.append(Proof(aim, part, Fraction(value), None if bound is None else Fraction(bound)))
    return Record(
        found["team"],
        Horizon(found["label"], weeks),
        found["inputs"],
        found["content"],
        tuple(found["titles"]),
        Rota.of(planned),
        tuple(proofs),
        read_snapshot(found, team.renamed),
        found.get("given", ""),
        week_facts.read(found, team.handover_weekday, team.renamed),
    )


def fingerprint(sheets: Iterable[tuple[Grid, int, Iterable[str]]]) -> str:
    """One hash over what people may edit: (values, row of the header from 0, titles left out).

    The order of rows and columns, blank rows, spaces and how a program stores a date or a number
    make no difference.
    """
    return hashlib.sha256(json.dumps([_facts(*sheet) for sheet in sheets]).encode()).hexdigest()


def _facts(grid: Grid, header: int, left_out: Iterable[str]) -> list[list[tuple[str, str]]]:
    derived = {fold(title) for title in left_out}
    titles = [fold(title) for title in grid[header]] if header < len(grid) else []
    rows = []
    for number, row in enumerate(grid):
        if number != header:
            titled = zip(titles + [""] * len(row), row, strict=False)
            facts = sorted((t, said) for t, v in titled if t not in derived and (said := plain(v)))
            if facts:
                rows.append(facts)
    return sorted(rows)
