"""``rota replan``: the published rota, brought up to date with as few changes as possible.

``--json`` prints ``{"version": 1, "teams": [...]}``; each has ``team``, ``exit_status``,
``error`` and, without one, ``path``, ``written``, ``kept`` (where the old workbook went), ``as_of``
(``null`` where nothing is frozen), ``answers`` (more than one with ``--alternatives`` and
``--trade-off``: ``changes`` with ``week``, ``rotation``, ``role``, ``old``, ``new``, ``why``;
``duties``; ``disturbance`` and ``aims`` with ``value``, ``bound``, ``proven``; ``rota``),
``needs_cover``, ``overtaken`` (agreed swaps of weeks that have begun), ``typed`` (vacations that
only the workbook knows), ``appended`` (whether they are in vacations.csv by now), ``news``,
``relief`` (an answer with two more changes that would be better for those whom the news concern;
or ``null``) and ``guesses`` (made in reading the workbook).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.commands.common import (
    Period,
    each_team,
    folder_options,
    iso_date,
    json_option,
    load_one,
    load_teams,
    period_options,
)
from planner.commands.interrupted import Interrupts, interrupted
from planner.commands.one_writer import sole_writer
from planner.commands.published_rota import Opened, counting_on, open_rota, say_guesses
from planner.commands.replan_text import (
    alternatives_text,
    frontier_text,
    frozen_text,
    news_text,
    replan_text,
    typed_text,
)
from planner.commands.saying import Progress, complaint, held_json, print_json, proof_json, say
from planner.domain import Team
from planner.errors import OutputError, RotaError

if TYPE_CHECKING:
    from planner.files.team.appending import Grown
    from planner.planning.concerns import News
    from planner.planning.exchange import Exchange
    from planner.planning.replan import Replan


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    period: Period
    outputs: Path
    as_of: date
    dry_run: bool
    alternatives: int
    trade_off: bool
    spend: int
    append: bool
    time_limit: float
    date_format: str | None

    @property
    def only_asking(self) -> bool:
        """Whether nothing is to be written."""
        return self.dry_run or self.trade_off or self.alternatives > 1


@dataclass(frozen=True)
class Replanned:
    """What became of one team; ``answers`` begins with the one that is written, if any is."""

    opened: Opened
    answers: tuple[Replan, ...]
    news: tuple[News, ...]
    best: tuple[Exchange | None, ...]
    relief: Replan | None
    frozen_from: date | None
    appended: bool = False
    written: bool = False
    kept: Path | None = None
    left_behind: tuple[str, ...] = ()


@click.command()
@folder_options
@period_options
@click.option(
    "--as-of", type=iso_date, metavar="DATE", help="Freeze weeks begun by then, not by today."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option(
    "--alternatives",
    type=click.IntRange(1, 50),
    default=1,
    metavar="K",
    help="List up to K answers that change equally few duties; writes nothing.",
)
@click.option("--trade-off", is_flag=True, help="Say what further changes would buy; no writing.")
@click.option(
    "--spend",
    type=click.IntRange(0, 100),
    default=0,
    metavar="K",
    help="Let up to K further changes serve the aims.",
)
@click.option(
    "--append", is_flag=True, help="Append vacations typed into the workbook to vacations.csv."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="For all that is searched, per team.",
)
@json_option
def replan(
    team: str | None,
    inputs: Path,
    outputs: Path,
    date_format: str | None,
    quarter_label: str | None,
    start: date | None,
    weeks: int | None,
    as_of: date | None,
    dry_run: bool,
    alternatives: int,
    trade_off: bool,
    spend: int,
    append: bool,
    time_limit: float,
    as_json: bool,
) -> int:
    """Bring published rotas up to date after inputs or the workbook changed.

    Keeps as much as can be kept: no less fair, with the fewest duties changed, proven. Weeks
    that have begun and locked duties stay. The old workbook is kept beside the new one.
    """
    asked = Asked(
        Period(quarter_label, start, weeks),
        outputs,
        as_of or date.today(),
        dry_run,
        alternatives,
        trade_off,
        spend,
        append,
        time_limit,
        date_format,
    )
    teams = load_teams(inputs, team, date_format)
    documents, status = [], 0
    for key, found in each_team(teams, lambda known: _replan(known, inputs, asked)):
        documents.append(_json(key, found))
        if isinstance(found, RotaError):
            status = max(status, found.exit_status)
        elif not as_json:
            click.echo(_text(found, asked) + "\n")
            for warning in found.answers[0].plan.warnings if found.written else ():
                say(f"Warning: {warning}")
    if as_json:
        print_json({"teams": documents})
    return status


def _replan(team: Team, inputs: Path, asked: Asked) -> Replanned:
    if asked.only_asking:
        return _replanned(team, asked)
    folder = inputs / team.key
    with sole_writer(folder, asked.outputs / team.key):
        # Read again, as another command may have changed the files while this one waited.
        return _publish(_replanned(load_one(folder, asked.date_format).team, asked), inputs, asked)


def _replanned(team: Team, asked: Asked) -> Replanned:
    from planner.files.published.rotas import published_path
    from planner.files.safely import ensure_writable

    path = published_path(asked.outputs, team.key, asked.period.horizon(team))
    opened = open_rota(team, path, asked.outputs)
    say_guesses(opened)
    if not asked.only_asking:
        ensure_writable(path)
    answers = _answers(opened, asked)
    from planner.planning.concerns import news

    known = opened.published.known
    found = news(answers[0], known.holidays, known.wishes)
    best, relief = _ways_out(answers[0], found, asked)
    frozen_from = asked.as_of if answers[0].settled else None
    return Replanned(opened, answers, found, best, relief, frozen_from)


def _ways_out(
    answer: Replan, found: tuple[News, ...], asked: Asked
) -> tuple[tuple[Exchange | None, ...], Replan | None]:
    """Of each piece of news the best exchange of its duty; and what two changes could do."""
    from planner.planning.alternatives import relief
    from planner.planning.exchange import exchanges

    frozen_from = asked.as_of if answer.settled else None
    duties = {item.duty for item in found if item.duty is not None}
    best: list[Exchange | None] = []
    for item in found:
        possible = item.duty is not None and item.duty not in answer.settled
        offered: tuple[Exchange, ...] = ()
        if item.duty is not None and possible:
            offered = exchanges(answer.plan.problem, answer.plan.rota, item.duty, frozen_from)
        best.append(offered[0] if offered else None)
    if not duties or asked.trade_off or asked.spend:
        return tuple(best), None
    left = max(0.0, asked.time_limit - answer.plan.seconds)
    return tuple(best), relief(answer, duties, asked.as_of, left)


def _answers(opened: Opened, asked: Asked) -> tuple[Replan, ...]:
    # Imported here: only now is the solver needed, which takes a third of a second to load.
    from planner.planning.alternatives import alternatives, trade_off
    from planner.planning.replan import replan

    problem, published = opened.problem, opened.published.rota
    with Interrupts(), Progress(opened.team.key) as progress:
        if asked.trade_off:
            return trade_off(problem, published, asked.as_of, time_limit=asked.time_limit)
        if asked.alternatives > 1:
            return alternatives(
                problem, published, asked.as_of, asked.alternatives, asked.time_limit
            )
        answer = replan(
            problem,
            published,
            asked.as_of,
            spend=asked.spend,
            time_limit=asked.time_limit,
            progress=progress,
        )
        hasty = interrupted() and not (answer.plan.proven and answer.changes_proof.proven)
    if hasty:
        say("Interrupted: this is the best found so far, with what is proven of it.")
    return (answer,)


def _publish(result: Replanned, inputs: Path, asked: Asked) -> Replanned:
    """Write the workbook unless it would say the same; the old one is kept beside it."""
    from planner.commands.publishing import republish
    from planner.files.workbook.readback.additions import own_parts

    opened, answer = result.opened, result.answers[0]
    also: list[Grown] = []
    if asked.append and opened.typed:
        opened, grown = _append(opened, inputs, asked)
        also.append(grown)
    unchanged = not (answer.changes or opened.published.edited or opened.inputs_changed)
    if unchanged and not also:
        return result
    kept = republish(opened, answer, datetime.now(), also)
    left_behind = own_parts(kept, opened.path)
    appended = bool(also)
    return replace(result, written=True, kept=kept, left_behind=left_behind, appended=appended)


def _append(opened: Opened, inputs: Path, asked: Asked) -> tuple[Opened, Grown]:
    """The inputs with the typed vacations, and the workbook as it stands against those."""
    from planner.files.team.appending import team_with, with_vacations

    grown = with_vacations(inputs / opened.known.key, opened.typed)
    team = team_with(grown, asked.date_format)
    again = open_rota(team, opened.path, asked.outputs)
    for vacation in again.typed:
        raise OutputError(
            f"{grown.path} would not say that {vacation.engineer} is away from {vacation.start} "
            "as the workbook does, so nothing was written. Add it by hand."
        )
    return replace(opened, known=team, fingerprint=again.fingerprint), grown


def _text(found: Replanned, asked: Asked) -> str:
    opened, answer = found.opened, found.answers[0]
    lines = []
    if found.frozen_from is None and asked.as_of > opened.problem.horizon.last:
        lines.append("The last of these weeks is over: planned as if they had not begun.")
    if found.frozen_from is not None:
        lines.append(frozen_text(answer, found.frozen_from))
    if asked.trade_off:
        lines.append(frontier_text(found.answers))
    elif asked.alternatives > 1:
        lines.append(alternatives_text(found.answers))
    else:
        lines.append(replan_text(answer))
    lines += news_text(answer, found.news, found.best, found.relief)
    lines += typed_text(opened.typed, found.appended)
    if found.written:
        lines.append(f"Wrote {opened.path}\nThe old one is kept as {found.kept}")
        lines += [f"Only the old one still has {what}." for what in found.left_behind]
        lines += counting_on(opened, asked.outputs) if answer.changes else []
    elif asked.only_asking:
        lines.append("Nothing was written.")
    else:
        lines.append(f"{opened.path} is up to date.")
    name = click.style(f"{opened.team.name} · {opened.problem.horizon.label}", bold=True)
    return "\n\n".join([name, *lines])


def _json(key: str, found: Replanned | RotaError) -> dict[str, Any]:
    if isinstance(found, RotaError):
        return {"team": key, "exit_status": found.exit_status, "error": complaint(found)}
    return {
        "team": key,
        "exit_status": 0,
        "error": None,
        "path": str(found.opened.path),
        "written": found.written,
        "kept": str(found.kept) if found.kept else None,
        "as_of": found.frozen_from.isoformat() if found.frozen_from else None,
        "answers": [_answer_json(answer) for answer in found.answers],
        "needs_cover": [breach.message for breach in found.answers[0].needs_cover],
        "overtaken": [breach.message for breach in found.answers[0].overtaken],
        "typed": [
            {"engineer": v.engineer, "start": str(v.start), "end": str(v.end), "kind": v.kind}
            for v in found.opened.typed
        ],
        "relief": _answer_json(found.relief) if found.relief else None,
        "appended": found.appended,
        "news": [item.message for item in found.news],
        "guesses": list(found.opened.published.guesses),
    }


def _answer_json(answer: Replan) -> dict[str, Any]:
    return {
        "duties": len(answer.plan.problem.duties),
        "changes": [
            {
                "week": change.duty.week.name,
                "rotation": change.duty.rotation,
                "role": change.duty.role,
                "old": change.old,
                "new": change.new,
                "why": change.why,
            }
            for change in answer.changes
        ],
        "disturbance": [proof_json(proof) for proof in answer.disturbance],
        "aims": [proof_json(proof) for proof in answer.plan.proofs],
        "rota": held_json(answer.plan.rota),
    }
