"""``rota who``: who is on call at an instant, until when, and who comes after them.

``--json`` prints ``{"version": 1, "teams": [...]}``; each team has ``team``, ``exit_status``,
``error``, ``at``, ``week``, ``on_call`` (``rotation``, ``role``, ``engineer``, ``covers_for``,
``since``, ``until``), ``next_handover`` (``week``, ``at``, ``moved_from``, ``changes``:
``rotation``, ``role``, ``outgoing``, ``incoming``; or null) and ``pipelines`` (their facts as in
``pipelines.csv``, and ``chain``: ``who``, ``capacity``, ``within``).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from planner.commands.common import Loaded, Unreadable, folder_options, json_option, load_teams
from planner.commands.instants import parse_instant
from planner.commands.saying import complaint, print_json, say
from planner.commands.tables import WIDTH, printable, table
from planner.domain import DaysOff, Pipeline, Team
from planner.domain.quarters import week_of
from planner.errors import RotaError, UsageError, did_you_mean
from planner.problem.oncall import Handover, OnCall, Shift, local
from planner.runbook.escalation import chain, on_call_for
from planner.wording import moment, passing


@dataclass(frozen=True)
class Answer:
    """Who is on call for one team. ``week`` is the duty week of the instant."""

    team: Team
    at: datetime
    shifts: tuple[Shift, ...]
    next_handover: Handover | None
    pipelines: tuple[Pipeline, ...]

    @property
    def week(self) -> str:
        return self.shifts[0].duty.week.name


@click.command()
@click.option(
    "--at",
    "when",
    metavar="WHEN",
    default="now",
    show_default=True,
    help="On the team's clock: “2024-08-06 03:00”; or with an offset: 2024-08-06T03:00+01:00.",
)
@click.option("--pipeline", metavar="NAME", help="Who answers for one pipeline, and how soon.")
@folder_options
@json_option
def who(
    when: str,
    pipeline: str | None,
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    as_json: bool,
) -> int:
    """Say who is on call, until when, the chain of escalation and the next handover."""
    loaded = load_teams(inputs, team, date_format)
    chosen = _with_pipeline(loaded, pipeline)
    documents, status = [], 0
    for each in loaded:
        if pipeline is not None and isinstance(each, Loaded) and each.key not in chosen:
            continue
        try:
            answer = _answer(each, outputs, when, chosen.get(each.key))
        except RotaError as error:
            say(f"{each.key}: {complaint(error)}")
            documents.append(_json(each.key, None, error))
            status = max(status, error.exit_status)
            continue
        documents.append(_json(each.key, answer))
        if not as_json:
            click.echo(_text(answer, single=pipeline is not None) + "\n")
    if as_json:
        print_json({"teams": documents})
    return status


def _with_pipeline(
    loaded: tuple[Loaded | Unreadable, ...], name: str | None
) -> dict[str, tuple[Pipeline, ...]]:
    """The pipelines of that name, by team. Raises ``UsageError`` if there is none."""
    from planner.domain.spelling import fold

    if name is None:
        return {}
    teams = [each.team for each in loaded if isinstance(each, Loaded)]
    found = {
        team.key: tuple(p for p in team.pipelines if fold(p.name) == fold(name)) for team in teams
    }
    if not any(found.values()):
        known = [pipeline.name for team in teams for pipeline in team.pipelines]
        raise UsageError(f"There is no pipeline “{name}”. {did_you_mean(name, known)}".rstrip())
    return {key: pipelines for key, pipelines in found.items() if pipelines}


def _answer(
    loaded: Loaded | Unreadable,
    outputs: Path,
    when: str,
    pipelines: tuple[Pipeline, ...] | None,
) -> Answer:
    if isinstance(loaded, Unreadable):
        raise loaded.error
    team = loaded.team
    at = parse_instant(when, team)
    on_call = _on_call(team, at, outputs)
    shifts = on_call.at(at)
    if not shifts:
        raise UsageError(
            f"no rota in {outputs / team.key} speaks of {moment(at, team.timezone)}. "
            "`rota plan` makes one."
        )
    return Answer(
        team,
        at,
        shifts,
        on_call.next_handover(at),
        team.pipelines if pipelines is None else pipelines,
    )


def _on_call(team: Team, at: datetime, outputs: Path) -> OnCall:
    """The rota around the instant: the week before and the two after tell of both handovers."""
    from planner.files.published.in_force import standing

    week = week_of(local(at, team).date(), team.handover_weekday)
    weeks = [week.later(n) for n in (-2, -1, 0, 1, 2)]
    found = standing(outputs, team, weeks)
    for guess in found.guesses:
        say(f"{team.key}: {guess}")
    return OnCall(team, found.rota, found.covers, _days_off(team, weeks[0].first, weeks[-1].last))


def _days_off(team: Team, first: date, last: date) -> DaysOff:
    """Days off matter here only where they move handovers; else they are not looked up."""
    if team.handover_on_holidays != "move":
        return DaysOff(first, last)
    from planner.publicholidays import days_off

    return days_off(team, first, last)


def _text(answer: Answer, *, single: bool) -> str:
    team = answer.team
    lines = [
        f"{click.style(team.name, bold=True)} · {moment(answer.at, team.timezone)} · {answer.week}",
        "",
    ]
    lines += [*_on_call_now(answer), ""]
    lines += _next_handover(answer)
    if single:
        for pipeline in answer.pipelines:
            lines += ["", *_one_pipeline(answer, pipeline)]
    elif answer.pipelines:
        lines += ["", _chains(answer)]
    return "\n".join(lines)


def _on_call_now(answer: Answer) -> list[str]:
    team = answer.team
    rows = [
        [
            shift.duty.rotation,
            shift.duty.role,
            _engineer(shift),
            moment(shift.end, team.timezone),
        ]
        for shift in answer.shifts
    ]
    return table(["Rotation", "Role", "On call", "Until"], rows, "llll").split("\n")


def _engineer(shift: Shift) -> str:
    if shift.engineer is None:
        return "nobody (open)"
    return f"{shift.engineer} (for {shift.holder})" if shift.covering else shift.engineer


def _next_handover(answer: Answer) -> list[str]:
    team, handover = answer.team, answer.next_handover
    if handover is None:
        return ["Next handover: not planned yet."]
    moved = ""
    if handover.moved_from is not None:
        moved = f", moved from {moment(handover.moved_from, team.timezone)}: public holiday"
    lines = [f"Next handover: {moment(handover.at, team.timezone)}{moved}"]
    for change in handover.changes:
        lines.append(
            f"  {team.title(change.seat, ',')}: {passing(change.outgoing, change.incoming)}"
        )
    return [printable(line) for line in lines]


def _chains(answer: Answer) -> str:
    rows = [
        [
            pipeline.name,
            on_call_for(pipeline),
            " → ".join(step.who for step in chain(pipeline, answer.shifts)) or "–",
            pipeline.respond_within or "–",
        ]
        for pipeline in answer.pipelines
    ]
    headings = ["Pipeline", "Rotation", "Turn to", "Respond within"]
    return table(headings, rows, "llll") + "\n\n--pipeline NAME tells all of one."


def _one_pipeline(answer: Answer, pipeline: Pipeline) -> Iterator[str]:
    yield click.style(printable(pipeline.name), bold=True) + f" · {on_call_for(pipeline)}"
    steps = chain(pipeline, answer.shifts)
    for number, step in enumerate(steps, start=1):
        within = f": responds within {step.within}" if step.within else ""
        yield from _wrapped(f"{number}. {step.who}, {step.capacity}{within}", "   ")
    facts = (
        ("Escalation", pipeline.escalation),
        ("Deadline", pipeline.deadline),
        ("SLA", pipeline.sla),
        ("Upstream", pipeline.upstream),
        ("Downstream", pipeline.downstream),
        ("Watched by", pipeline.watched_by),
        ("Common issues", pipeline.common_issues),
    )
    for title, text in facts:
        if text:
            yield from _wrapped(f"{title}: {text}", "  ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(printable(text), WIDTH, subsequent_indent=indent)


def _json(key: str, answer: Answer | None, error: RotaError | None = None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "team": key,
        "exit_status": error.exit_status if error else 0,
        "error": complaint(error) if error else None,
        "at": None,
        "week": None,
        "on_call": [],
        "next_handover": None,
        "pipelines": [],
    }
    if answer is None:
        return document
    team = answer.team
    return {
        **document,
        "at": local(answer.at, team).isoformat(),
        "week": answer.week,
        "on_call": [
            {
                "rotation": shift.duty.rotation,
                "role": shift.duty.role,
                "engineer": shift.engineer,
                "covers_for": shift.holder if shift.covering else None,
                "since": local(shift.start, team).isoformat(),
                "until": local(shift.end, team).isoformat(),
            }
            for shift in answer.shifts
        ],
        "next_handover": _handover_json(answer),
        "pipelines": [
            {
                **asdict(pipeline),
                "chain": [asdict(step) for step in chain(pipeline, answer.shifts)],
            }
            for pipeline in answer.pipelines
        ],
    }


def _handover_json(answer: Answer) -> dict[str, Any] | None:
    team, handover = answer.team, answer.next_handover
    if handover is None:
        return None
    moved = handover.moved_from
    return {
        "week": handover.week.name,
        "at": local(handover.at, team).isoformat(),
        "moved_from": None if moved is None else local(moved, team).isoformat(),
        "changes": [asdict(change) for change in handover.changes],
    }
