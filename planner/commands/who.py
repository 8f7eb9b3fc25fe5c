"""``rota who``: who is on call at an instant, until when, and who comes after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import click

from planner.commands.common import (
    Folders,
    Loaded,
    Unreadable,
    folder_options,
    json_option,
    tell_teams,
)
from planner.commands.completing import pipelines
from planner.commands.options import named, parse_instant
from planner.commands.saying import say
from planner.domain import DaysOff, Pipeline, Team
from planner.domain.quarters import week_of
from planner.domain.spelling import fold
from planner.errors import UsageError, did_you_mean
from planner.files.published.rotas import in_force
from planner.problem.oncall import Handover, OnCall, Shift, local
from planner.publicholidays import days_off
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import INSTANT, TEXT, maybe
from planner.reporting.on_call import (
    HANDOVER,
    PIPELINE,
    handover_on_clock,
    on_clocks,
    shape_on_clocks,
    shift_shape,
    shifts_on_clock,
)
from planner.reporting.table import Column, Shape, Table, many, one, own
from planner.reporting.terminal import printable, wrapped_lines
from planner.runbook.escalation import Step, chain, on_call_for
from planner.wording import listed, moment, passing

Chain: TypeAlias = tuple[Pipeline, tuple[Step, ...]]
"""A pipeline, and whom to turn to one after the other."""


@dataclass(frozen=True)
class Answer:
    """Who is on call for one team, in which duty week, and which rotations are ``resting``.

    ``coming`` are the next shifts of rotations that are off duty at this hour.
    """

    team: Team
    at: datetime
    week: str
    resting: tuple[str, ...]
    shifts: tuple[Shift, ...]
    next_handover: Handover | None
    pipelines: tuple[Pipeline, ...]
    off_duty: tuple[str, ...] = ()
    coming: tuple[Shift, ...] = ()


@click.command()
@click.option(
    "--at",
    "when",
    metavar="WHEN",
    default="now",
    show_default=True,
    help="On the team's clock: “2024-08-06 03:00”; or with an offset: 2024-08-06T03:00+01:00.",
)
@named("--pipeline", pipelines, "Who answers for one pipeline, and how soon.")
@folder_options
@json_option
def who(
    when: str,
    pipeline: str | None,
    folders: Folders,
    as_json: bool,
) -> int:
    """Say who is on call, until when, the chain of escalation and the next handover."""
    loaded = folders.load()
    chosen = _with_pipeline(loaded, pipeline)
    asked = [
        each
        for each in loaded
        if pipeline is None or each.key in chosen or isinstance(each, Unreadable)
    ]
    return tell_teams(
        DOCUMENT,
        asked,
        lambda known: _answer(known, folders.outputs, when, chosen.get(known.key)),
        lambda answer: _text(answer, single=pipeline is not None),
        as_json,
    )


def _with_pipeline(
    loaded: tuple[Loaded | Unreadable, ...], name: str | None
) -> dict[str, tuple[Pipeline, ...]]:
    """The pipelines of that name, by team. Raises ``UsageError`` if there is none."""
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


def _answer(team: Team, outputs: Path, when: str, pipelines: tuple[Pipeline, ...] | None) -> Answer:
    at = parse_instant(when, team)
    on_call = _on_call(team, at, outputs)
    shifts, resting, off_duty = on_call.at(at), on_call.resting(at), on_call.off_duty(at)
    if not shifts and not resting and not off_duty:
        raise UsageError(
            f"no rota in {outputs / team.key} speaks of {moment(at, team.timezone)}. "
            "`rota plan` makes one."
        )
    return Answer(
        team,
        at,
        on_call.week(at).name,
        resting,
        shifts,
        on_call.next_handover(at),
        team.pipelines if pipelines is None else pipelines,
        off_duty,
        tuple(_coming(on_call, at, off_duty)),
    )


def _coming(on_call: OnCall, at: datetime, rotations: tuple[str, ...]) -> Iterator[Shift]:
    """The next shift of each seat of these rotations, if the rota reaches so far."""
    for seat in on_call.team.seats:
        later = (s for s in on_call.shifts if s.duty.seat == seat and s.start > at)
        if seat.rotation in rotations and (first := next(later, None)) is not None:
            yield first


def _on_call(team: Team, at: datetime, outputs: Path) -> OnCall:
    """The rota around the instant: the week before and the two after tell of both handovers."""
    week = week_of(local(at, team).date(), team.handover_weekday)
    weeks = [week.later(n) for n in (-2, -1, 0, 1, 2)]
    found = in_force(outputs, team, weeks)
    for guess in found.guesses:
        say(f"{team.key}: {guess}")
    # Days off matter here only where they move handovers; else they are not looked up.
    look_up = partial(days_off, team) if team.handover_on_holidays == "move" else DaysOff
    return OnCall(team, found.rota, found.covers, look_up(weeks[0].first, weeks[-1].last))


def _text(answer: Answer, *, single: bool) -> str:
    team = answer.team
    title = click.style(team.name, bold=True)
    lines = [f"{title} · {on_clocks(answer.at, team)} · {answer.week}", ""]
    lines += (
        [Table(shape_on_clocks(SHIFT, team), _shifts(answer)).text(), ""] if answer.shifts else []
    )
    lines += _off_duty(answer)
    if answer.resting:
        resting = printable(listed(answer.resting))
        lines += [f"Nobody is on call for {resting}: a pause in team.toml.", ""]
    lines += _next_handover(answer)
    if single:
        for pipeline in answer.pipelines:
            lines += ["", *_one_pipeline(answer, pipeline)]
    elif answer.pipelines:
        lines += [
            "",
            Table(CHAIN, _pipelines(answer)).text(),
            "",
            "--pipeline NAME tells all of one.",
        ]
    return "\n".join(lines)


def _shifts(answer: Answer) -> list[Shift]:
    return shifts_on_clock(answer.shifts, answer.team)


def _off_duty(answer: Answer) -> list[str]:
    """Rotations that are not on duty at this hour, and who is next."""
    lines, team = [], answer.team
    for name in answer.off_duty:
        lines.append(f"Nobody is on call for {name} now: {team.hours_said(name)}.")
        for shift in answer.coming:
            if shift.duty.rotation == name:
                title, begins = team.title(shift.duty.seat, ","), on_clocks(shift.start, team)
                lines.append(f"  {title}: {shift.engineer or 'nobody'} begins {begins}")
    return [*map(printable, lines), ""] if lines else []


def _next_handover(answer: Answer) -> list[str]:
    team, handover = answer.team, answer.next_handover
    if handover is None:
        return ["Next handover: not planned yet."]
    moved = ""
    if handover.moved_from is not None:
        moved = f", moved from {moment(handover.moved_from, team.timezone)}: public holiday"
    lines = [f"Next handover: {on_clocks(handover.at, team)}{moved}"]
    for change in handover.changes:
        lines.append(
            f"  {team.title(change.seat, ',')}: {passing(change.outgoing, change.incoming)}"
        )
    return [printable(line) for line in lines]


def _pipelines(answer: Answer) -> list[Chain]:
    return [(pipeline, tuple(chain(pipeline, answer.shifts))) for pipeline in answer.pipelines]


def _one_pipeline(answer: Answer, pipeline: Pipeline) -> Iterator[str]:
    yield click.style(printable(pipeline.name), bold=True) + f" · {on_call_for(pipeline)}"
    steps = chain(pipeline, answer.shifts)
    for number, step in enumerate(steps, start=1):
        within = f": responds within {step.within}" if step.within else ""
        text = f"{number}. {step.who}, {step.capacity}{within}"
        yield from wrapped_lines(printable(text), "   ")
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
            yield from wrapped_lines(printable(f"{title}: {text}"), "  ")


def _turn_to(known: Chain) -> str:
    return " → ".join(step.who for step in known[1]) or "–"


STEP = Shape[Step](*own("who", "capacity", "within"))


CHAIN = (
    Shape[Chain]()
    + PIPELINE.of(lambda known: known[0])
    + Shape(
        Column("name", lambda known: known[0].name, TEXT, "Pipeline"),
        Column("said", lambda known: on_call_for(known[0]), TEXT, "Rotation", json=False),
        Column("turn to", _turn_to, TEXT, "Turn to", json=False),
        Column("within", lambda p: p[0].respond_within or "–", TEXT, "Respond within", json=False),
        Column("chain", lambda known: known[1], many(STEP)),
    )
)
"""``pipelines.csv`` with the chain of escalation."""

SHIFT = shift_shape("since", "until")
DOCUMENT = Document(
    "who",
    Shape[Answer](
        Column("at", lambda answer: local(answer.at, answer.team), INSTANT),
        Column("week", lambda answer: answer.week),
        Column("on_call", _shifts, many(SHIFT)),
        Column("coming", lambda a: shifts_on_clock(a.coming, a.team), many(SHIFT)),
        Column(
            "next_handover",
            lambda a: a.next_handover and handover_on_clock(a.next_handover, a.team),
            maybe(one(HANDOVER)),
        ),
        Column("pipelines", _pipelines, many(CHAIN)),
    ),
)
