"""What ``rota plan`` says about each team, as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from planner.checking.finished_plan import Plan
from planner.checking.gaps_between import gaps_between
from planner.commands.rota_text import rota_table
from planner.commands.saying import span
from planner.domain import Rota
from planner.errors import (
    InfeasibleError,
    InputError,
    OutputError,
    RotaError,
    StoppedError,
    TimeRanOutError,
    UsageError,
)
from planner.grouping import grouped
from planner.problem.ledger import Account
from planner.records import dataclass
from planner.reporting.documents import json_text, team_entry
from planner.reporting.kinds import NUMBER, PATH, TEXTS, maybe, one_of
from planner.reporting.shapes import (
    ENGINEER,
    HELD,
    HORIZON,
    IMPASSE,
    PROOF,
    by_engineer,
    ledger_table,
)
from planner.reporting.table import Column, Shape, Table, many, one, own
from planner.reporting.terminal import wrapped
from planner.wording import amount, signed

if TYPE_CHECKING:
    from planner.commands.one_team import Looked, PlanAsked

STATUSES = (
    "planned",
    "up-to-date",
    "refused",
    "bad-input",
    "infeasible",
    "out-of-time",
    "failed",
    "not-planned",
)

INTERRUPTED = (
    "Interrupted: the best rota found so far was written, with what is proven of each aim."
)
_STATUS: dict[type[RotaError], str] = {
    InputError: "bad-input",
    UsageError: "bad-input",
    OutputError: "refused",
    InfeasibleError: "infeasible",
    TimeRanOutError: "out-of-time",
    StoppedError: "not-planned",
}


class Seconds(NamedTuple):
    """Where the time of a team went, by the clock."""

    reading: float = 0.0
    solving: float = 0.0
    writing: float = 0.0


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
    seconds: Seconds = Seconds()

    @property
    def exit_status(self) -> int:
        return self.error.exit_status if self.error else 0


def plan_text(plan: Plan, whole: bool) -> str:
    """Who does how much, how far apart that is, and what is proven of each aim.

    ``whole``: with the rota itself, before all that.
    """
    team, horizon = plan.problem.team, plan.problem.horizon
    title = click.style(f"{team.name} · {horizon.label}", bold=True)
    lines = plan.accounts
    return "\n".join(
        [
            f"{title} · {span(horizon)}",
            "",
            *([rota_table(plan.problem, plan.rota), ""] if whole else []),
            ledger_table(team, lines).text(),
            "",
            _spread(plan, lines),
            wrapped(gaps_between(plan.problem, plan.rota).said()),
            "",
            Table(PROOF, plan.proofs).text(),
        ]
    )


def _spread(plan: Plan, lines: tuple[Account, ...]) -> str:
    title = plan.problem.team.title
    seats = grouped((title(line.strand) if line.role else "all roles", line) for line in lines)
    parts = [f"{label} {_range(found)}" for label, found in seats.items()]
    balances = sorted(line.balance for line in _concerned(seats["all roles"]))
    text = f"Each: {', '.join(parts)}; balances {signed(balances[0])} to {signed(balances[-1])}."
    return wrapped(text)


def _concerned(lines: list[Account]) -> list[Account]:
    """Those who owe any of these duties, or hold one; all, where nobody does."""
    return [line for line in lines if line.owed or line.done] or lines


def _range(lines: list[Account]) -> str:
    """Fewest–most of these duties."""
    counts = sorted(line.done for line in _concerned(lines))
    if not counts:
        return "0"
    least, most = amount(counts[0]), amount(counts[-1])
    return least if least == most else f"{least}–{most}"


def summary_row(outcome: Outcome) -> tuple[str, ...]:
    """Of the summary: what became of the team, who does how many duties, and what is proven."""
    each = aims = duties = ""
    if outcome.plan is not None:
        together = [a for a in outcome.plan.accounts if not a.role]
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


def _accounts(outcome: Outcome) -> tuple[Account, ...]:
    return outcome.plan.accounts if outcome.plan else ()


def _warnings(outcome: Outcome) -> tuple[str, ...]:
    return (*outcome.notes, *(outcome.plan.warnings if outcome.plan else ()))


SECONDS = Shape[Seconds](*own(reading=NUMBER, solving=NUMBER, writing=NUMBER))
OUTCOME = Shape[Outcome](
    Column("status", lambda outcome: outcome.status, one_of(*STATUSES)),
    Column("path", lambda outcome: outcome.path, maybe(PATH)),
    Column("kept", lambda outcome: outcome.kept, maybe(PATH)),
    Column("impasse", lambda outcome: getattr(outcome.error, "details", None), maybe(one(IMPASSE))),
    Column("horizon", lambda o: o.plan.problem.horizon if o.plan else None, maybe(HORIZON)),
    Column("rota", lambda outcome: outcome.rota or (), many(HELD)),
    Column("aims", lambda o: o.plan.proofs if o.plan else (), many(PROOF)),
    Column("engineers", lambda outcome: by_engineer(_accounts(outcome)), many(ENGINEER)),
    Column("warnings", _warnings, TEXTS),
    Column("remarks", lambda outcome: outcome.plan.remarks if outcome.plan else (), TEXTS),
    Column("seconds", lambda outcome: outcome.seconds, one(SECONDS)),
)
"""One team of the document that ``rota plan --json`` prints."""


@dataclass(frozen=True)
class TeamOutcome:
    """What became of a team: ``lines`` to print, each for stderr or not, and the rest in brief.

    ``complaint`` is the error in full, ``reason`` in one line; ``row`` stands in the summary and
    ``document`` is the team's part of the JSON document; ``left_out`` if it was never begun;
    ``looked`` if its files were only looked at.
    """

    key: str
    status: str
    exit_status: int = 0
    complaint: str = ""
    reason: str = ""
    lines: tuple[tuple[str, bool], ...] = ()
    row: tuple[str, ...] = ()
    document: str = ""
    seconds: Seconds = Seconds()
    left_out: bool = False
    looked: Looked | None = None


def failed(key: str, error: RotaError) -> Outcome:
    """A team of which nothing came."""
    return Outcome(key, _STATUS.get(type(error), "failed"), error)


def tell(outcome: Outcome, asked: PlanAsked) -> TeamOutcome:
    """What is to be said of a team, so that its plan can be forgotten."""
    document = ""
    if asked.as_json:
        document = json_text(team_entry(OUTCOME, outcome.key, outcome, outcome.error))
    return TeamOutcome(
        outcome.key,
        outcome.status,
        outcome.exit_status,
        outcome.error.complaint if outcome.error else "",
        reason(outcome.error) if outcome.error else "",
        () if asked.as_json else tuple(_lines(outcome, asked)),
        summary_row(outcome),
        document,
        outcome.seconds,
    )


def _lines(outcome: Outcome, asked: PlanAsked) -> Iterator[tuple[str, bool]]:
    """What is printed of a team, in order, and whether on stderr; of one of many, whose it is."""
    whose = "" if asked.alone else f"{outcome.key}: "
    if outcome.status == "up-to-date":
        yield f"{outcome.key}: {outcome.path} is up to date.", False
    if outcome.plan is None:
        return
    yield plan_text(outcome.plan, whole=asked.alone and not asked.quiet) + "\n", False
    before = (text if text == INTERRUPTED else f"Warning: {text}" for text in outcome.notes)
    for told in (*before, *outcome.plan.told):
        yield whose + told, True
    if outcome.kept:
        yield f"Kept the old workbook as {outcome.kept}", False
    yield f"Wrote {outcome.path}\n", False
    gaps = len(outcome.plan.report.breaches)
    if gaps:
        stay = "duties stay" if gaps > 1 else "duty stays"
        yield f"{outcome.key}: {gaps} {stay} open.\n", True
