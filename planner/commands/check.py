"""``rota check``: every rule and aim over a rota as it stands, edited by hand or not.

``--json`` prints ``{"version": 1, "rotas": [...]}``; each has ``team``, ``exit_status``,
``error`` and, without one, ``path``, ``edited``, ``inputs_changed``, ``guesses`` (made in reading
it), ``given`` (among which rotas its proofs hold; empty: among all), ``rota`` (as ``rota plan``
prints it), ``rules`` (``rule``, ``holds``, ``breaches``: ``week``, ``engineer``, ``message``) and
``aims`` (``aim``, ``part``, ``value``, and ``planned`` and ``bound`` as they were when it was
planned).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.checking import Report
from planner.checking import check as check_rota
from planner.checking.finished import Proof
from planner.commands.common import each_team, folder_options, json_option, load_teams
from planner.commands.published_rota import Opened, open_rota
from planner.commands.saying import aim_name, amount, complaint, exact, held_json, print_json, span
from planner.commands.tables import table, wrapped
from planner.domain import Team
from planner.domain.quarters import quarter
from planner.errors import RotaError
from planner.rules import RULES, back_to_back
from planner.rules.back_to_back import agreed_exceptions
from planner.rules.base import Value
from planner.wording import days

if TYPE_CHECKING:
    from planner.files.workbook import Published

BROKEN = 1


@dataclass(frozen=True)
class Checked:
    """A published rota and what the check makes of it."""

    opened: Opened
    report: Report

    @property
    def published(self) -> Published:
        return self.opened.published

    @property
    def exit_status(self) -> int:
        return 0 if self.report.holds else BROKEN


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--quarter", "label", metavar="Q", help="The rotas of a fiscal quarter: 2024Q3.")
@folder_options
@json_option
def check(
    file: Path | None,
    label: str | None,
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    as_json: bool,
) -> int:
    """Check a rota, edited by hand or not, against every rule and aim.

    FILE is a workbook in a team's folder of outputs; or give --quarter, with --team or for every
    team. The exit status is 1 if a rule is broken.
    """
    if (file is None) == (label is None):
        raise click.UsageError("Give a workbook or --quarter, such as 2024Q3.")
    only = team or (file.resolve().parent.name if file else None)
    teams = load_teams(inputs, only, date_format)
    documents, status = [], 0
    for key, checked in each_team(teams, lambda known: _check(known, file, label, outputs)):
        documents.append(_json(key, checked))
        status = max(status, checked.exit_status)
        if isinstance(checked, Checked) and not as_json:
            click.echo(_text(checked) + "\n")
    if as_json:
        print_json({"rotas": documents})
    return status


def _check(team: Team, file: Path | None, label: str | None, outputs: Path) -> Checked:
    from planner.files.published.rotas import published_path

    path = file or published_path(outputs, team.key, quarter(label or "", team))
    opened = open_rota(team, path, outputs)
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
    lines += [
        f"{vacation.engineer} is away {days(vacation.start, vacation.end)} ({vacation.source}), "
        f"which vacations.csv does not say; `rota replan --append` writes it there."
        for vacation in checked.opened.typed
    ]
    lines += [f"Read with a guess: {guess}" for guess in checked.published.guesses]
    lines += ["", _rules_table(checked), "", _aims_table(checked)]
    if checked.published.given and any(proof.proven for proof in checked.published.proofs):
        lines += ["", wrapped(f"Proofs hold among {checked.published.given}.")]
    return "\n".join(lines)


def _rules_table(checked: Checked) -> str:
    report, rows = checked.report, []
    agreed = agreed_exceptions(checked.opened.problem, checked.published.rota)
    for rule in RULES:
        breaches = report.breaches_of(rule.NAME)
        rows.append([rule.NAME, "BROKEN" if breaches else "OK", ""])
        if breaches:
            rows[-1][2] = breaches[0].message
            rows += [["", "", breach.message] for breach in breaches[1:]]
        if rule is back_to_back:
            rows += [
                ["", "", f"{duty.week}: {name} two weeks running, by agreed swap"]
                for name, duty in agreed
            ]
    return table(["Rule", "", "where"], rows, "lll")


def _aims_table(checked: Checked) -> str:
    planned = {(proof.aim, proof.part): proof for proof in checked.published.proofs}
    rows = []
    for value in checked.report.values:
        proof = planned.get((value.aim, value.part))
        standing = _against(value, proof, proof_holds=not checked.opened.inputs_changed)
        rows.append([aim_name(value.aim, value.part), amount(value.value), standing])
    return table(["Aim (less is better)", "value", ""], rows, "lrl")


def _against(value: Value, proof: Proof | None, proof_holds: bool) -> str:
    """The value against the planned one. A proof speaks of the inputs that it was made for."""
    if proof is None:
        return "not aimed at when planned"
    difference = value.value - proof.value
    if difference == 0:
        return "as planned, proven" if proof.proven and proof_holds else "as planned"
    way = "worse" if difference > 0 else "better"
    return f"{way} than planned by {amount(abs(difference))}"


def _json(key: str, checked: Checked | RotaError) -> dict[str, Any]:
    if isinstance(checked, RotaError):
        return {"team": key, "exit_status": checked.exit_status, "error": complaint(checked)}
    planned = {(proof.aim, proof.part): proof for proof in checked.published.proofs}

    def against(value: Value) -> dict[str, Fraction | None]:
        proof = planned.get((value.aim, value.part))
        return {
            "value": value.value,
            "planned": proof.value if proof else None,
            "bound": proof.bound if proof else None,
        }

    return {
        "team": key,
        "path": str(checked.opened.path),
        "exit_status": checked.exit_status,
        "error": None,
        "edited": checked.published.edited,
        "inputs_changed": checked.opened.inputs_changed,
        "guesses": list(checked.published.guesses),
        "given": checked.published.given,
        "rota": held_json(checked.published.rota),
        "rules": [
            {
                "rule": rule.NAME,
                "holds": not checked.report.breaches_of(rule.NAME),
                "breaches": [
                    {
                        "week": breach.week.name if breach.week else None,
                        "engineer": breach.engineer,
                        "message": breach.message,
                    }
                    for breach in checked.report.breaches_of(rule.NAME)
                ],
            }
            for rule in RULES
        ],
        "aims": [
            {
                "aim": value.aim,
                "part": value.part,
                **{key: exact(number) for key, number in against(value).items()},
            }
            for value in checked.report.values
        ],
    }
