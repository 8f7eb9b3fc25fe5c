"""One published rota brought up to date for ``rota replan``: searched, told and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from planner.commands.common import Folders, Period
from planner.commands.interrupted import Interrupts, interrupted
from planner.commands.published_rota import Opened, open_rota
from planner.commands.saying import Progress, say
from planner.errors import OutputError
from planner.files.atomic_write import ensure_writable
from planner.files.published.rotas import Past
from planner.files.team.appending import team_with, with_vacations
from planner.planning.notices import news
from planner.records import dataclass

if TYPE_CHECKING:
    from planner.commands.what_if import Supposed
    from planner.files.team.appending import Grown
    from planner.planning.exchange import Exchange
    from planner.planning.notices import News
    from planner.planning.replan import Replan
    from planner.planning.trade_offs import Mend, Owed
    from planner.reporting.messages import Message

NOT_ALL_KNOWN = (
    "time ran out before all was known that further changes would buy; raise --time-limit."
)


@dataclass(frozen=True)
class ReplanAsked:
    """What the command line asks for; without a ``period``, every rota that is not over."""

    period: Period | None
    folders: Folders
    as_of: date
    supposed: Supposed
    dry_run: bool
    alternatives: int
    trade_off: bool
    spend: int
    append: bool
    time_limit: float

    @property
    def outputs(self) -> Path:
        return self.folders.outputs

    @property
    def only_asking(self) -> bool:
        """Whether nothing is to be written."""
        return self.dry_run or self.trade_off or self.alternatives > 1 or bool(self.supposed)


@dataclass(frozen=True)
class Replanned:
    """What became of one rota; ``answers`` begins with the one that is written, if any is."""

    opened: Opened
    answers: tuple[Replan, ...]
    news: tuple[News, ...]
    best: tuple[Exchange | None, ...]
    relief: Replan | None
    owed: tuple[Owed, ...]
    mend: Mend | None
    frozen_from: date | None
    appended: bool = False
    written: bool = False
    kept: Path | None = None
    left_behind: tuple[str, ...] = ()

    @property
    def became(self) -> Past:
        """Who holds each duty from now on, and the facts of these weeks."""
        plan = self.answers[0].plan
        return Past(plan.rota, (), plan.problem.facts())


def messages_of(done: Sequence[Replanned]) -> tuple[Message, ...]:
    """What those are told whom a team's re-plans touch; nothing where none was decided on."""
    from planner.reporting.messages import messages

    decided = [found.answers[0] for found in done if len(found.answers) == 1]
    return messages(decided) if decided else ()


def bring_up_to_date(opened: Opened, asked: ReplanAsked) -> Replanned:
    """Re-plan an opened rota, and write it unless only the answer was asked for."""
    if not asked.only_asking:
        ensure_writable(opened.path)
    answers = _answers(opened, asked)
    known = opened.published.snapshot
    found = news(answers[0], known.holidays, known.wishes)
    # One limit for all that is said besides the answer, which may cost more than the answer did.
    until = monotonic() + asked.time_limit - answers[0].plan.seconds
    best, relief = _ways_out(answers[0], found, asked, until)
    owed, mend = _further(answers[0], asked, until)
    if not _left(until) and not interrupted():
        say(f"{opened.team.key}: {NOT_ALL_KNOWN}")
    frozen_from = asked.as_of if answers[0].settled else None
    result = Replanned(opened, answers, found, best, relief, owed, mend, frozen_from)
    return result if asked.only_asking else _publish(result, asked)


def _answers(opened: Opened, asked: ReplanAsked) -> tuple[Replan, ...]:
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


def _left(until: float) -> float:
    return max(0.0, until - monotonic())


def _ways_out(
    answer: Replan, found: tuple[News, ...], asked: ReplanAsked, until: float
) -> tuple[tuple[Exchange | None, ...], Replan | None]:
    """Of each piece of news the best exchange of its duty; and what two changes could do."""
    from planner.planning.alternatives import relief
    from planner.planning.exchange import exchanges

    frozen_from = asked.as_of if answer.settled else None
    duties = {item.duty for item in found if item.duty is not None}
    best: list[Exchange | None] = []
    for item in found:
        offered: tuple[Exchange, ...] = ()
        if item.duty is not None and item.duty not in answer.settled:
            offered = exchanges(answer.plan.problem, answer.plan.rota, item.duty, frozen_from)
        best.append(next(iter(offered), None))
    if not duties or asked.trade_off or asked.spend:
        return tuple(best), None
    return tuple(best), relief(answer, duties, asked.as_of, _left(until))


def _further(
    answer: Replan, asked: ReplanAsked, until: float
) -> tuple[tuple[Owed, ...], Mend | None]:
    """Whom one more change would help, and how many would mend rest and spacing."""
    from planner.planning.trade_offs import mend, owed

    if asked.trade_off or asked.alternatives > 1 or interrupted():
        return (), None
    helped = owed(answer, asked.as_of, asked.spend, _left(until))
    return helped, mend(answer, asked.as_of, asked.spend, _left(until))


def _publish(result: Replanned, asked: ReplanAsked) -> Replanned:
    """Write the workbook unless it would say the same; the old one is kept beside it."""
    from planner.commands.publishing import write_over

    opened, answer = result.opened, result.answers[0]
    also: list[Grown] = []
    if asked.append and opened.typed:
        opened, grown = _append(opened, asked)
        also.append(grown)
    unchanged = not (answer.changes or opened.published.edited or opened.inputs_changed)
    if unchanged and not also:
        return result
    reasons = {change.duty: change.why for change in answer.changes}
    kept, lost = write_over(opened, answer.plan, reasons, opened.fingerprint, also)
    return replace(result, written=True, kept=kept, left_behind=lost, appended=bool(also))


def _append(opened: Opened, asked: ReplanAsked) -> tuple[Opened, Grown]:
    """The inputs with the typed vacations, and the workbook as it stands against those."""
    grown = with_vacations(asked.folders.inputs / opened.known.key, opened.typed)
    team = team_with(grown, asked.folders.date_format)
    again = open_rota(team, opened.path, asked.outputs)
    for vacation in again.typed:
        raise OutputError(
            f"{grown.path} would not say that {vacation.engineer} is away from {vacation.start} "
            "as the workbook does, so nothing was written. Add it by hand."
        )
    return replace(opened, known=team, fingerprint=again.fingerprint), grown
