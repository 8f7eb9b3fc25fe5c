"""``rota why``: why somebody holds a duty, or why somebody else does not.

The verdicts are ``impossible`` (a rule is in the way), ``worse`` (an aim would get worse),
``equal`` and ``better`` (nothing but the published rota is in the way), ``holds`` (the engineer is
there already) and ``unknown`` (time ran out).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.commands.common import Unreadable, folder_options, json_option, load_teams
from planner.commands.completing import engineers, roles, rotations, weeks
from planner.commands.published_rota import Opened, open_rota, rota_of_week, say_guesses, team_of
from planner.commands.saying import Progress
from planner.commands.why_moved import Moved, moved, moved_json, moved_text
from planner.domain import Duty, DutyWeek, Rota, Team
from planner.domain.quarters import parse_week
from planner.domain.spelling import fold
from planner.errors import UsageError, did_you_mean
from planner.reporting.documents import Document, json_text
from planner.reporting.kinds import AMOUNT, FLAG, TEXT, TEXTS, Kind, maybe, one_of
from planner.reporting.shapes import HELD, MOVE, held, made
from planner.reporting.table import Column, Shape, many, one
from planner.reporting.terminal import table, wrapped
from planner.wording import aim_name, amount

if TYPE_CHECKING:
    from planner.planning.why import Answer, Difference


@click.command()
@folder_options
@click.option(
    "--week",
    "week_name",
    required=True,
    metavar="W",
    shell_complete=weeks,
    help="The duty week: 2024-W32.",
)
@click.option("--engineer", metavar="NAME", shell_complete=engineers, help="Why not this engineer?")
@click.option(
    "--rotation", metavar="NAME", shell_complete=rotations, help="Only duties of this rotation."
)
@click.option("--role", metavar="NAME", shell_complete=roles, help="Only duties of this role.")
@click.option("--show", is_flag=True, help="Show the rota that would result.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="For each answer.",
)
@json_option
def why(
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
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
    known, name = _team(load_teams(inputs, team, date_format), engineer)
    week = _week(known, week_name)
    opened = open_rota(known, rota_of_week(known, outputs, week), outputs)
    say_guesses(opened)
    duties = _duties(opened, week, rotation, role)
    with Progress(known.key) as progress:
        progress(f"{week}: asking the rules and aims …")
        answers = [_ask(opened, duty, name, time_limit, show) for duty in duties]
        histories = [moved(opened, duty, time_limit) for duty in duties]
    both = list(zip(answers, histories, strict=True))
    if as_json:
        entry = DOCUMENT.entry(opened.team.key, _json(opened, week, both, show))
        click.echo(DOCUMENT.text([json_text(entry)]))
    else:
        click.echo("\n\n".join(_text(opened, *each, show) for each in both))
    return 0


def _team(teams: tuple[Any, ...], engineer: str | None) -> tuple[Team, str | None]:
    """The team that is asked about, and the engineer's name as it writes it."""
    if engineer is not None:
        return team_of(teams, engineer)
    if len(teams) > 1:
        keys = ", ".join(one.key for one in teams)
        raise UsageError(f"there are several teams: say --team, one of {keys}.")
    if isinstance(teams[0], Unreadable):
        raise teams[0].error
    found = teams[0].team
    assert isinstance(found, Team)
    return found, None


def _week(team: Team, name: str) -> DutyWeek:
    try:
        return parse_week(name, team.handover_weekday)
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _duties(opened: Opened, week: DutyWeek, rotation: str | None, role: str | None) -> list[Duty]:
    found = [opened.problem.duties[d] for d in opened.problem.duties_in(week)]
    if not found:
        raise UsageError(f"{week} has no duty: its rotations pause (team.toml).")
    found = _chosen(found, "rotation", rotation, [duty.rotation for duty in found])
    return _chosen(found, "role", role, [duty.role for duty in found])


def _chosen(duties: list[Duty], what: str, asked: str | None, names: list[str]) -> list[Duty]:
    if asked is None:
        return duties
    chosen = [d for d, name in zip(duties, names, strict=True) if fold(name) == fold(asked)]
    if not chosen:
        raise UsageError(f"that week has no {what} “{asked}”. {did_you_mean(asked, names)}")
    return chosen


def _ask(opened: Opened, duty: Duty, engineer: str | None, time_limit: float, show: bool) -> Answer:
    from planner.planning.why import why, why_not

    rota = opened.published.rota
    if engineer is None or rota.holder(duty) == engineer:
        return why(opened.problem, rota, duty, time_limit, show)
    return why_not(opened.problem, rota, duty, engineer, time_limit, show)


def _text(opened: Opened, answer: Answer, history: Moved | None, show: bool) -> str:
    lines = [click.style(_title(opened, answer), bold=True)]
    said = _facts(opened, answer)
    said += moved_text(opened, history, answer.engineer) if history else []
    if history is None or answer.verdict not in ("better", "equal"):
        # Of a duty that moved, what undoing it would take says that much and more.
        said += _reasons(opened, answer)
    lines += map(wrapped, said)
    if show and answer.rota is not None:
        lines += ["", _rota_table(opened, answer.rota)]
    return "\n".join(lines)


def _title(opened: Opened, answer: Answer) -> str:
    duty = answer.duty
    seat = opened.team.title(duty.seat)
    holder = answer.holder or "open"
    if answer.engineer in ("", answer.holder):
        return f"{duty.week} {seat}: {holder}"
    return f"{duty.week} {seat}: {holder}, and not {answer.engineer}"


def _facts(opened: Opened, answer: Answer) -> list[str]:
    from planner.planning.why import speaks_for

    if answer.engineer != answer.holder:
        return []
    return list(speaks_for(opened.problem, answer.duty, answer.holder or ""))


def _reasons(opened: Opened, answer: Answer) -> list[str]:
    """The verdict in words."""
    from planner.checking.clash import said

    other = answer.engineer != answer.holder
    named = f"with {answer.engineer or 'somebody of the team'} there"
    there = named if other else f"without {answer.holder} there"
    difference = answer.difference
    if answer.verdict == "impossible" and answer.clash is not None:
        who = f"{answer.engineer} cannot" if answer.engineer else "Nobody can"
        lead = f"{who}:" if other else f"Nobody but {answer.holder} can:"
        facts = said(opened.problem, answer.clash.members)
        return [lead, *(f"  - {fact}" for fact in facts)]
    if answer.verdict == "impossible":
        return [f"No rota keeps the rules {there}; time ran out before it was clear which."]
    if answer.verdict == "worse" and difference is not None:
        most = "" if difference.proven else "at most "
        return [
            f"{there[0].upper()}{there[1:]}, {aim_name(difference.aim, difference.part)} would get "
            f"worse by {most}{amount(difference.amount)} ({amount(difference.instead)} instead of "
            f"{amount(difference.published)}), and no aim before it better."
        ]
    if answer.verdict == "better" and difference is not None:
        aim, less = aim_name(difference.aim, difference.part), amount(difference.amount)
        if opened.published.changes:
            return [
                f"It has stayed as published, which spares people a change: {there}, {aim} could "
                f"be better by {less}, and more duties would move. `rota replan --trade-off` "
                "lists what further changes would buy."
            ]
        return [f"Nothing but the published rota: {there}, {aim} could even be better by {less}."]
    if answer.verdict == "equal":
        return [f"Nothing but the published rota: {there}, another is as good in every aim."]
    return ["Time ran out before this was known; raise --time-limit."]


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


def _json(
    opened: Opened, week: DutyWeek, answers: list[tuple[Answer, Moved | None]], show: bool
) -> dict[str, Any]:
    from planner.checking import check

    report = check(opened.problem, opened.published.rota)
    return {
        "week": week.name,
        "edited": opened.published.edited,
        "breaks_rules": not report.holds,
        "answers": [
            {**_answer_json(opened, answer, show), **moved_json(opened, history)}
            for answer, history in answers
        ],
    }


def _answer_json(opened: Opened, answer: Answer, show: bool) -> dict[str, Any]:
    from planner.checking.clash import said

    difference = answer.difference
    return {
        "week": answer.duty.week.name,
        "rotation": answer.duty.rotation,
        "role": answer.duty.role,
        "holder": answer.holder,
        "engineer": answer.engineer or None,
        "verdict": answer.verdict,
        "facts": _facts(opened, answer),
        "clash": list(said(opened.problem, answer.clash.members)) if answer.clash else [],
        "difference": difference and DIFFERENCE.json(difference),
        "rota": held(answer.rota).json() if show and answer.rota is not None else [],
    }


DIFFERENCE: Shape[Difference] = Shape(
    Column("aim", lambda difference: difference.aim),
    Column("part", lambda difference: difference.part),
    Column("published", lambda difference: difference.published, AMOUNT),
    Column("instead", lambda difference: difference.instead, AMOUNT),
    Column("amount", lambda difference: difference.amount, AMOUNT),
    Column("proven", lambda difference: difference.proven, FLAG),
)
_VERDICTS = ("holds", "impossible", "worse", "equal", "better", "unknown")
_ANSWER = made(
    week=TEXT,
    rotation=TEXT,
    role=TEXT,
    holder=maybe(TEXT),
    engineer=maybe(TEXT),
    verdict=one_of(*_VERDICTS),
    facts=TEXTS,
    clash=TEXTS,
    difference=maybe(Kind(DIFFERENCE.schema())),
    rota=Kind({"type": "array", "items": HELD.schema()}),
    moved=many(made(old=maybe(TEXT), new=maybe(TEXT), why=TEXT, when=TEXT)),
    undoing=maybe(
        one(
            made(
                engineer=maybe(TEXT),
                possible=maybe(FLAG),
                changes=Kind({"type": "array", "items": MOVE.schema()}),
                clash=TEXTS,
            )
        )
    ),
)
DOCUMENT = Document(
    "why", made(week=TEXT, edited=FLAG, breaks_rules=FLAG, answers=many(_ANSWER)), each=False
)
