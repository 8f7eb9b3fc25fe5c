"""``rota check``: every rule and aim over a rota as it stands, edited by hand or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from planner.checking.finished_plan import Proof
from planner.checking.gaps_between import gaps_between
from planner.checking.report import Report
from planner.checking.report import check as check_rota
from planner.checking.uncovered import uncovered
from planner.checking.warnings import told_of_other_teams
from planner.commands.common import Folders, folder_options, json_option, tell_teams
from planner.commands.completing import quarters
from planner.commands.options import named
from planner.commands.published_rota import Opened, open_rota, rota_in_force
from planner.commands.replan_text import typed_text
from planner.commands.saying import span
from planner.domain import Rota, Team
from planner.domain.quarters import quarter
from planner.files.published.rotas import published_path
from planner.files.workbook import team_of
from planner.problem import Problem
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.judgements import RULE, kept, rules_table
from planner.reporting.kinds import AMOUNT, FLAG, PATH, TEXT, TEXTS, maybe
from planner.reporting.shapes import HELD, HORIZON
from planner.reporting.table import Column, Shape, Table, many
from planner.reporting.terminal import wrapped
from planner.rules import back_to_back
from planner.rules.back_to_back import agreed_exceptions
from planner.rules.base import Value
from planner.wording import aim_name, amount

if TYPE_CHECKING:
    from planner.files.workbook import Published

BROKEN = 1

Judged: TypeAlias = tuple[Value, Proof | None]
"""What a part of an aim comes to, and what was proven of it when the rota was planned."""


@dataclass(frozen=True)
class Checked:
    """A published rota and what the check makes of it."""

    opened: Opened
    report: Report

    @property
    def published(self) -> Published:
        return self.opened.published


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@named("--quarter", quarters, "The rotas of a fiscal quarter: 2024Q3.", "label")
@folder_options
@json_option
def check(
    file: Path | None,
    label: str | None,
    folders: Folders,
    as_json: bool,
) -> int:
    """Check a rota, edited by hand or not, against every rule and aim.

    FILE is a workbook, wherever it was copied to: it says whose it is; or give --quarter, with
    --team or for every team. Without either it is the rota in force today, else the latest. The
    exit status is 1 if a rule is broken.
    """
    if file is not None and label is not None:
        raise click.UsageError("Give a workbook or --quarter, not both.")
    only = folders.team or (_whose(file) if file else None)
    return tell_teams(
        DOCUMENT,
        folders.load(only),
        lambda known: _check(known, file, label, folders.outputs),
        _text,
        as_json,
        lambda checked: 0 if checked.report.holds else BROKEN,
    )


def _whose(file: Path) -> str:
    """The team that a workbook records; where it names none, the one in whose folder it is."""
    recorded = team_of(file) if file.is_file() else None
    return recorded or file.resolve().parent.name


def _check(team: Team, file: Path | None, label: str | None, outputs: Path) -> Checked:
    if label is not None:
        path = published_path(outputs, team.key, quarter(label, team))
    else:
        path = file or rota_in_force(team, outputs)
    opened = open_rota(team, path, outputs)
    begun = [week for week in opened.problem.weeks if week.first <= date.today()]
    opened = replace(opened, problem=opened.problem.with_facts_of(begun))
    return Checked(opened, check_rota(opened.problem, opened.published.rota))


def _text(checked: Checked) -> str:
    title = click.style(
        f"{checked.opened.team.name} · {checked.published.horizon.label}", bold=True
    )
    lines = [f"{title} · {span(checked.published.horizon)}", str(checked.opened.path)]
    if checked.published.edited:
        lines.append("The workbook has been edited since it was planned.")
    if checked.opened.inputs_changed:
        lines.append("The inputs have changed since it was planned.")
    lines += typed_text(checked.opened.typed, appended=False)
    lines += [f"Read with a guess: {guess}" for guess in checked.published.guesses]
    lines += ["", _rules_table(checked), "", _aims_table(checked)]
    lines += [wrapped(f"Warning: {sentence}.") for sentence in _warnings(checked)]
    gaps = gaps_between(checked.opened.problem, checked.published.rota)
    lines += ["", wrapped(gaps.said())]
    if checked.published.given and any(proof.proven for proof in checked.published.proofs):
        lines += ["", wrapped(f"Proofs hold among {checked.published.given}.")]
    return "\n".join(lines)


def _warnings(checked: Checked) -> tuple[str, ...]:
    problem, rota = checked.opened.problem, checked.published.rota
    return (
        *_taken_by_pauses(problem, rota),
        *told_of_other_teams(problem, rota),
        *uncovered(problem),
    )


def _taken_by_pauses(problem: Problem, rota: Rota) -> Iterator[str]:
    """Duties still to come that stand only until the rota is re-planned."""
    for duty in problem.duties:
        if duty in problem.kept_in_pauses and duty.week.first > date.today() and rota.holder(duty):
            yield (
                f"{rota.holder(duty)} is {duty.role} in {duty.week}, in which {duty.rotation} "
                "pauses: `rota replan` takes the duty out"
            )


def _rules_table(checked: Checked) -> str:
    agreed = [
        f"{duty.week}: {name} two weeks running, by agreed swap"
        for name, duty in agreed_exceptions(checked.opened.problem, checked.published.rota)
    ]
    return rules_table(checked.report, {back_to_back.NAME: agreed}).text()


def _aims_table(checked: Checked) -> str:
    def standing(judged: Judged) -> str:
        return _against(judged, proof_holds=not checked.opened.inputs_changed)

    shape = AIM + Shape(Column("standing", standing, TEXT, "", json=False))
    return Table(shape, _aims(checked)).text()


def _aims(checked: Checked) -> list[Judged]:
    planned = {(proof.aim, proof.part): proof for proof in checked.published.proofs}
    return [(value, planned.get((value.aim, value.part))) for value in checked.report.values]


def _against(judged: Judged, proof_holds: bool) -> str:
    """The value against the planned one. A proof speaks of the inputs that it was made for."""
    value, proof = judged
    if proof is None:
        return "not aimed at when planned"
    difference = value.value - proof.value
    if difference == 0:
        return "as planned, proven" if proof.proven and proof_holds else "as planned"
    way = "worse" if difference > 0 else "better"
    return f"{way} than planned by {amount(abs(difference))}"


AIM = Shape[Judged](
    Column(
        "name",
        lambda judged: aim_name(judged[0].aim, judged[0].part),
        TEXT,
        "Aim (less is better)",
        json=False,
    ),
    Column("aim", lambda judged: judged[0].aim),
    Column("part", lambda judged: judged[0].part),
    Column("value", lambda judged: judged[0].value, AMOUNT, "value"),
    Column("planned", lambda judged: judged[1] and judged[1].value, maybe(AMOUNT)),
    Column("bound", lambda judged: judged[1] and judged[1].bound, maybe(AMOUNT)),
)
DOCUMENT = Document(
    "check",
    Shape[Checked](
        Column("path", lambda checked: checked.opened.path, PATH),
        Column("horizon", lambda checked: checked.published.horizon, HORIZON),
        Column("edited", lambda checked: checked.published.edited, FLAG),
        Column("inputs_changed", lambda checked: checked.opened.inputs_changed, FLAG),
        Column("guesses", lambda checked: checked.published.guesses, TEXTS),
        Column("given", lambda checked: checked.published.given),
        Column("warnings", _warnings, TEXTS),
        Column("rota", lambda checked: checked.published.rota, many(HELD)),
        Column("rules", lambda checked: kept(checked.report), many(RULE)),
        Column("aims", _aims, many(AIM)),
    ),
)
"""``planned`` and ``bound`` of an aim are as they were when the rota was planned."""
