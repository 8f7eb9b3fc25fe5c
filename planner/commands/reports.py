"""What ``rota plan`` says about each team, as text for people and as JSON for programs."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from planner.checking.finished import Plan, Proof
from planner.commands.saying import (
    account_json,
    aim_name,
    amount,
    complaint,
    held_json,
    proof_json,
    signed,
    span,
)
from planner.commands.tables import WIDTH, table
from planner.domain import Rota, Team
from planner.errors import InfeasibleError, InputError, RotaError
from planner.problem.ledger import Account, accounts

NOTHING: Mapping[str, Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True)
class Seconds:
    """Where the time of a team went, by the clock."""

    reading: float = 0.0
    solving: float = 0.0
    writing: float = 0.0

    @property
    def total(self) -> float:
        return self.reading + self.solving + self.writing


NO_SECONDS = Seconds()


@dataclass(frozen=True)
class Outcome:
    """What became of one team. ``rota`` is set where one stands, planned now or before."""

    key: str
    status: str
    error: RotaError | None = None
    path: Path | None = None
    kept: Path | None = None
    rota: Rota | None = None
    plan: Plan | None = None
    notes: tuple[str, ...] = ()
    seconds: Seconds = NO_SECONDS

    @property
    def exit_status(self) -> int:
        return self.error.exit_status if self.error else 0


def plan_text(plan: Plan) -> str:
    """Who does how much, how far apart that is, and what is proven of each aim."""
    team, horizon = plan.problem.team, plan.problem.horizon
    title = click.style(f"{team.name} · {horizon.label}", bold=True)
    lines = accounts(plan.problem, plan.rota)
    return "\n".join(
        [
            f"{title} · {span(horizon)}",
            "",
            ledger_table(team, lines),
            "",
            _spread(plan, lines),
            "",
            *_aim_lines(plan.proofs),
        ]
    )


def ledger_table(
    team: Team,
    lines: tuple[Account, ...],
    extra: Mapping[str, Mapping[str, int]] = NOTHING,
) -> str:
    """A row an engineer: duties done role by role and together, owed, and the balance.

    ``extra`` are more columns of counts, by heading and engineer.
    """
    seats = list(dict.fromkeys(line.seat for line in lines if line.role))
    totals = {line.engineer: line for line in lines if not line.role}
    done = {(line.engineer, line.seat): line.done for line in lines}
    carried = any(line.carried_in for line in totals.values())
    headings = ["Engineer"]
    headings += map(team.title, seats)
    headings += ["total", "owed", *(["carried in"] if carried else []), "balance"]
    headings += extra
    rows = []
    for name, total in totals.items():
        row = [name, *(amount(done[name, seat]) for seat in seats)]
        row += [amount(total.done), f"{float(total.owed):.2f}"]
        row += [signed(total.carried_in)] if carried else []
        row.append(signed(total.balance))
        rows.append([*row, *(str(counts[name]) for counts in extra.values())])
    return table(headings, rows, "l" + "r" * (len(headings) - 1))


def _spread(plan: Plan, lines: tuple[Account, ...]) -> str:
    seats: dict[str, list[Account]] = {}
    for line in lines:
        label = plan.problem.team.title(line.seat) if line.role else "all roles"
        seats.setdefault(label, []).append(line)
    parts = [f"{label} {_range(found)}" for label, found in seats.items()]
    balances = sorted(line.balance for line in seats["all roles"])
    text = f"Each: {', '.join(parts)}; balances {signed(balances[0])} to {signed(balances[-1])}."
    return "\n".join(textwrap.wrap(text, WIDTH))


def _range(lines: list[Account]) -> str:
    """Fewest–most among those who owe any of these duties, or hold one."""
    counts = sorted(line.done for line in lines if line.owed or line.done)
    if not counts:
        return "0"
    least, most = amount(counts[0]), amount(counts[-1])
    return least if least == most else f"{least}–{most}"


def _aim_lines(proofs: tuple[Proof, ...]) -> list[str]:
    names = [aim_name(proof.aim, proof.part) for proof in proofs]
    return table(
        ["Aim (less is better)", "value", ""],
        [
            [name, amount(proof.value), proof_text(proof)]
            for name, proof in zip(names, proofs, strict=True)
        ],
        "lrl",
    ).split("\n")


def proof_text(proof: Proof) -> str:
    """``proven``, or how much better a rota might still be."""
    if proof.proven:
        return "proven"
    if proof.bound is None:
        return "not proven"
    return f"at best {amount(proof.bound)} (not proven)"


def summary_row(outcome: Outcome) -> tuple[str, ...]:
    """Of the summary: what became of the team, who does how many duties, and what is proven."""
    each = aims = duties = ""
    if outcome.plan is not None:
        together = [a for a in accounts(outcome.plan.problem, outcome.plan.rota) if not a.role]
        duties, each = amount(sum((a.done for a in together), Fraction(0))), _range(together)
        proven = sum(proof.proven for proof in outcome.plan.proofs)
        whole = len(outcome.plan.proofs)
        aims = "all proven" if proven == whole else f"{proven} of {whole} proven"
    return (outcome.key, outcome.status.replace("-", " "), duties, each, aims)


def reason(error: RotaError) -> str:
    """An error in one line, for a list of many; its complaint says everything."""
    if isinstance(error, InputError):
        first, *others = error.problems
        return f"{first}" + (f" And {len(others)} more." if others else "")
    if isinstance(error, InfeasibleError):
        clashes = error.reasons[:1]
        return " ".join(["no rota can satisfy the rules.", *clashes]).removesuffix(":")
    return str(error).splitlines()[0]


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """One team of the JSON document that ``rota plan --json`` prints."""
    document: dict[str, Any] = {
        "team": outcome.key,
        "status": outcome.status,
        "exit_status": outcome.exit_status,
        "path": str(outcome.path) if outcome.path else None,
        "kept": str(outcome.kept) if outcome.kept else None,
        "error": complaint(outcome.error) if outcome.error else None,
        "problems": [],
        "impasse": None,
        "horizon": None,
        "rota": held_json(outcome.rota) if outcome.rota else [],
        "aims": [],
        "engineers": [],
        "warnings": list(outcome.notes),
        "seconds": asdict(outcome.seconds),
    }
    if isinstance(outcome.error, InfeasibleError):
        document["impasse"] = outcome.error.details
    if isinstance(outcome.error, InputError):
        document["problems"] = [
            {
                "file": problem.file,
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in outcome.error.problems
        ]
    if outcome.plan is not None:
        problem = outcome.plan.problem
        document["horizon"] = {
            "label": problem.horizon.label,
            "first": problem.horizon.first.isoformat(),
            "last": problem.horizon.last.isoformat(),
            "weeks": len(problem.weeks),
        }
        document["aims"] = [proof_json(proof) for proof in outcome.plan.proofs]
        document["engineers"] = engineers_json(accounts(problem, outcome.plan.rota))
        document["warnings"] += outcome.plan.warnings
    return document


def engineers_json(lines: tuple[Account, ...]) -> list[dict[str, Any]]:
    """The ledger for JSON: an entry an engineer, all roles together and role by role."""
    return [
        {
            "name": total.engineer,
            **account_json(total),
            "roles": [
                {"rotation": line.rotation, "role": line.role, **account_json(line)}
                for line in lines
                if line.role and line.engineer == total.engineer
            ],
        }
        for total in lines
        if not total.role
    ]
