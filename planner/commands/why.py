"""``rota why``: why somebody holds a duty, or why somebody else does not.

The verdicts are ``impossible`` (a rule is in the way), ``worse`` (an aim would get worse),
``equal`` and ``better`` (nothing but the published rota is in the way), ``holds`` (the engineer is
there already) and ``unknown`` (time ran out).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from planner.checking.clash import said
from planner.checking.report import check
from planner.commands.common import Folders, Loaded, Unreadable, folder_options, json_option
from planner.commands.completing import engineers, roles, rotations, weeks
from planner.commands.options import named, seconds
from planner.commands.published_rota import Opened, open_rota_of_week, team_of
from planner.commands.saying import Progress
from planner.commands.why_moved import STEP, UNDOING, Moved, moved, moved_text
from planner.domain import Duty, DutyWeek, Rota, Team
from planner.domain.quarters import named_week
from planner.domain.spelling import fold
from planner.errors import UsageError, did_you_mean
from planner.records import dataclass
from planner.reporting.documents import Document
from planner.reporting.kinds import AMOUNT, FLAG, TEXT, TEXTS, maybe, one_of
from planner.reporting.shapes import DUTY, HELD, made
from planner.reporting.table import Column, Shape, many, one, own
from planner.reporting.terminal import table, wrapped

if TYPE_CHECKING:
    from planner.planning.why import Answer, Difference


@click.command()
@folder_options
@named("--week", weeks, "The duty week: 2024-W32.", "week_name", required=True)
@named("--engineer", engineers, "Why not this engineer?")
@named("--rotation", rotations, "Only duties of this rotation.")
@named("--role", roles, "Only duties of this role.")
@click.option("--show", is_flag=True, help="Show the rota that would result.")
@seconds("--time-limit", "For each answer.", 30.0)
@json_option
def why(
    folders: Folders,
    week_name: str,
    engineer: str | None,
    rotation: str | None,
    role: str | None,
    show: bool,
    time_limit: float,
    as_json: bool,
) -> int:
    """Say why each engineer holds a duty, or why another one does not.

    The answer is the rule in the way, or the first aim that would get worse and by how much. On
    a rota that was edited or re-planned it may be nothing but the published rota.
    """
    known, name = _team(folders.load(), engineer)
    week = named_week(week_name, known)
    opened = open_rota_of_week(known, folders.outputs, week)
    duties = _duties(opened, week, rotation, role)
    with Progress(known.key) as progress:
        progress(f"{week}: asking the rules and aims …")
        answers = [_ask(opened, duty, name, time_limit, show) for duty in duties]
    if as_json:
        told = {
            "week": week.name,
            "edited": opened.published.edited,
            "breaks_rules": not check(opened.problem, opened.published.rota).holds,
            "answers": answers,
        }
        click.echo(DOCUMENT.about(known.key, told))
    else:
        click.echo("\n\n".join(map(_text, answers)))
    return 0


@dataclass(frozen=True)
class Reason:
    """An answer about a published rota; ``moved`` is how the duty came to its holder."""

    opened: Opened
    answer: Answer
    moved: Moved | None


def _team(teams: tuple[Loaded | Unreadable, ...], engineer: str | None) -> tuple[Team, str | None]:
    """The team that is asked about, and the engineer's name as it writes it."""
    if engineer is not None:
        return team_of(teams, engineer)
    if len(teams) > 1:
        keys = ", ".join(one.key for one in teams)
        raise UsageError(f"there are several teams: say --team, one of {keys}.")
    return teams[0].team, None


def _duties(opened: Opened, week: DutyWeek, rotation: str | None, role: str | None) -> list[Duty]:
    found = [opened.problem.duties[d] for d in opened.problem.duties_in(week)]
    if not found:
        raise UsageError(f"{week} has no duty: its rotations pause (team.toml).")
    return _chosen(_chosen(found, "rotation", rotation), "role", role)


def _chosen(duties: list[Duty], what: str, asked: str | None) -> list[Duty]:
    if asked is None:
        return duties
    chosen = [duty for duty in duties if fold(getattr(duty, what)) == fold(asked)]
    if not chosen:
        hint = did_you_mean(asked, [getattr(duty, what) for duty in duties])
        raise UsageError(f"that week has no {what} “{asked}”. {hint}")
    return chosen


def _ask(opened: Opened, duty: Duty, engineer: str | None, time_limit: float, show: bool) -> Reason:
    from planner.planning.why import why, why_not

    rota = opened.published.rota
    if engineer is None or rota.holder(duty) == engineer:
        answer = why(opened.problem, rota, duty, time_limit, show)
    else:
        answer = why_not(opened.problem, rota, duty, engineer, time_limit, show)
    if not show:
        answer = replace(answer, rota=None)
    return Reason(opened, answer, moved(opened, duty, time_limit))


def _text(asked: Reason) -> str:
    from planner.reporting.answers import verdict_said

    answer, history = asked.answer, asked.moved
    said = [click.style(_title(asked), bold=True), *map(wrapped, _facts(asked))]
    if history is not None:
        said += map(wrapped, moved_text(history, answer.engineer))
    if history is None or answer.verdict not in ("better", "equal"):
        # Of a duty that moved, what undoing it would take says that much and more.
        changed = bool(asked.opened.published.changes)
        said += map(wrapped, verdict_said(asked.opened.problem, answer, changed))
    if answer.rota is not None:
        said += ["", _rota_table(asked.opened, answer.rota)]
    return "\n".join(said)


def _title(asked: Reason) -> str:
    answer = asked.answer
    seat = asked.opened.team.title(answer.duty.seat)
    holder = answer.holder or "open"
    other = "" if answer.engineer in ("", answer.holder) else f", and not {answer.engineer}"
    return f"{answer.duty.week} {seat}: {holder}{other}"


def _facts(asked: Reason) -> list[str]:
    """What the inputs say for the holder, where nobody else is asked about."""
    from planner.planning.why import speaks_for

    answer = asked.answer
    if answer.engineer != answer.holder:
        return []
    return list(speaks_for(asked.opened.problem, answer.duty, answer.holder or ""))


def _rota_table(opened: Opened, rota: Rota) -> str:
    """The weeks that would change, and who would hold them instead."""
    published = opened.published.rota
    rows = [
        [
            duty.week.name,
            opened.team.title(duty.seat),
            published.holder(duty) or "–",
            rota.holder(duty) or "–",
        ]
        for duty in opened.problem.duties
        if published.holder(duty) != rota.holder(duty)
    ]
    return table(["Week", "duty", "published", "would be"], rows, "llll")


def _clash(asked: Reason) -> tuple[str, ...]:
    clash = asked.answer.clash
    return tuple(said(asked.opened.problem, clash.members)) if clash else ()


DIFFERENCE: Shape[Difference] = Shape(
    *own("aim", "part", published=AMOUNT, instead=AMOUNT, amount=AMOUNT, proven=FLAG)
)
VERDICTS = one_of("holds", "impossible", "worse", "equal", "better", "unknown")


ANSWER = (
    Shape[Reason]()
    + DUTY.of(lambda asked: asked.answer.duty)
    + Shape(
        Column("holder", lambda asked: asked.answer.holder, maybe(TEXT)),
        Column("engineer", lambda asked: asked.answer.engineer or None, maybe(TEXT)),
        Column("verdict", lambda asked: asked.answer.verdict, VERDICTS),
        Column("facts", _facts, TEXTS),
        Column("clash", _clash, TEXTS),
        Column("difference", lambda asked: asked.answer.difference, maybe(one(DIFFERENCE))),
        Column("rota", lambda asked: asked.answer.rota or (), many(HELD)),
        Column("moved", lambda asked: asked.moved.steps if asked.moved else (), many(STEP)),
        Column("undoing", lambda asked: asked.moved and asked.moved.undoing, maybe(one(UNDOING))),
    )
)
DOCUMENT = Document(
    "why", made(week=TEXT, edited=FLAG, breaks_rules=FLAG, answers=many(ANSWER)), each=False
)
