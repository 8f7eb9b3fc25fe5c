"""What to tell each other at a handover: a short message, and its parts for calendar entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from planner.domain import DutyWeek, Pipeline
from planner.domain.quarters import month_end_weeks
from planner.problem.oncall import Change, Handover, OnCall
from planner.runbook.deadlines import deadlines_in, standing_deadlines
from planner.wording import day, days, moment, passing

WORTH_WATCHING = 2
"""Common issues named for each pipeline; the runbook has them all."""

_MONTH_END = ("month-end", "month end", "end of the month", "end of each month", "end of month")
_FINAL_WEEK = ("final week", "last week")


def note(on_call: OnCall, week: DutyWeek, remark: str = "") -> str:
    """The message for the handover with which a week begins, ready to paste into a channel.

    ``on_call`` should know the week before too, or nobody is outgoing. ``remark`` is what the
    workbook notes for the week.
    """
    team = on_call.team
    lines: list[str] = []
    for handover in on_call.handovers_in(week):
        zone = team.zone_of(handover.changes[0].rotation) if handover.changes else team.timezone
        begin = "Then" if lines else f"Handover {team.name}, {week}:"
        lines += [f"{begin} {moment(handover.at, zone)}", *_people(on_call, handover)]
        if handover.moved_from is not None:
            lines.append(f"Moved from {moment(handover.moved_from, zone)}, a public holiday.")
        lines += holiday_marks(handover)
    for title, items in sections(on_call, week, remark):
        lines += [f"{title}:", *(f"• {item}" for item in items)]
    return "\n".join(lines)


def sections(on_call: OnCall, week: DutyWeek, remark: str = "") -> Iterator[tuple[str, list[str]]]:
    """Title and items of all that is to know about a week besides its people; never empty."""
    for title, found in (
        ("Away", _away(on_call, week)),
        ("Stand-ins", _covers(on_call, week)),
        ("Days off", _days_off(on_call, week)),
        *sections_to_hand_over(on_call, week, on_call.team.pipelines),
        ("Note", iter([remark] if remark else [])),
    ):
        if items := list(found):
            yield title, items


def holiday_marks(handover: Handover, among: Collection[str] | None = None) -> list[str]:
    """A sentence for each public holiday on the date of the handover, of these people or all."""
    having: dict[str, list[str]] = {}
    for who, holiday in handover.holidays:
        if among is None or who in among:
            having.setdefault(holiday.name, []).append(who)
    return [f"Public holiday of {', '.join(who)}: {name}." for name, who in having.items()]


def sections_to_hand_over(
    on_call: OnCall, week: DutyWeek, pipelines: tuple[Pipeline, ...]
) -> tuple[tuple[str, Iterator[str]], ...]:
    """Title and items of what the incoming engineers need to know about these pipelines."""
    return (
        ("Deadlines", _deadlines(on_call, week, pipelines)),
        ("Reinforced monitoring, month-end week", _reinforced(on_call, week, pipelines)),
        ("No on-call", _without_on_call(pipelines)),
        ("Watch for", _issues(pipelines)),
    )


def is_month_end(on_call: OnCall, week: DutyWeek) -> bool:
    """Whether it is the month-end week of some month."""
    return week in month_end_weeks((week,), lambda when: _business_day(on_call, when))


def reinforced(pipeline: Pipeline) -> bool:
    """Whether more eyes are on the pipeline in month-end weeks, as ``watched_by`` says."""
    said = pipeline.watched_by.casefold()
    return any(words in said for words in _MONTH_END) or (
        "month" in said and any(words in said for words in _FINAL_WEEK)
    )


def _business_day(on_call: OnCall, when: date) -> bool:
    return when not in on_call.days_off.non_business


def _people(on_call: OnCall, handover: Handover) -> Iterator[str]:
    changed = {change.seat: change for change in handover.changes}
    whole = on_call.begins(handover.week) == handover.at
    for shift in on_call.at(handover.at):
        if not whole and shift.duty.seat not in changed:
            continue  # of hours of their own, only who takes over
        seat = shift.duty.seat
        stays = Change(*seat, shift.engineer, shift.engineer)
        yield f"• {on_call.team.title(seat, ',')}: {_passing(changed.get(seat, stays))}"
    for change in handover.changes:
        if change.incoming is None and change.outgoing is not None:
            yield f"• {on_call.team.title(change.seat, ',')}: {_passing(change)}"


def _passing(change: Change) -> str:
    if change.outgoing == change.incoming:
        return f"{change.incoming or 'open'} (stays)" if change.incoming else "open"
    if change.incoming is None:
        return f"{change.outgoing} hands over, nobody takes over"
    if change.outgoing is None:
        return f"{change.incoming} begins"
    return passing(change.outgoing, change.incoming)


def _away(on_call: OnCall, week: DutyWeek) -> Iterator[str]:
    team = on_call.team
    for engineer in team.engineers:
        for absence in team.away(engineer.name, week):
            when = days(max(absence.start, week.first), min(absence.end, week.last))
            why = f" ({absence.kind})" if team.settings.show_reasons else ""
            yield f"{engineer.name}, {when}{why}"
        for off in (d for d in week.days if d.isoweekday() in engineer.off_days):
            yield f"{engineer.name}, {day(off)} (never works then)"


def _covers(on_call: OnCall, week: DutyWeek) -> Iterator[str]:
    for shift in on_call.shifts:
        if shift.duty.week == week and shift.covering:
            begins, ends = (moment(t, on_call.team.timezone) for t in (shift.start, shift.end))
            seat = on_call.team.title(shift.duty.seat, ",")
            yield f"{shift.engineer} for {shift.holder}, {seat}: {begins} – {ends}"


def _days_off(on_call: OnCall, week: DutyWeek) -> Iterator[str]:
    """Public holidays with whom they concern, and own festivals, by name only if the team says."""
    team, days_off = on_call.team, on_call.days_off
    there = [e for e in team.engineers if any(map(e.employed_on, week.days))]
    having: dict[tuple[date, str], list[str]] = {}
    for engineer in team.engineers:
        for holiday in days_off.holidays_in(engineer.name, week):
            having.setdefault((holiday.day, holiday.name), []).append(engineer.name)
    for when, name in sorted(having):
        names = having[when, name]
        who = "all" if len(names) == len(there) > 1 else ", ".join(names)
        yield f"{day(when)} {name} ({who})"
    for engineer in team.engineers:
        for time in days_off.festivals_in(engineer.name, week):
            within = [when for when in time.days if when in week]
            name = time.festival if team.settings.show_reasons else "own festival"
            yield f"{days(within[0], within[-1])} {name} ({engineer.name})"


def _deadlines(on_call: OnCall, week: DutyWeek, pipelines: tuple[Pipeline, ...]) -> Iterator[str]:
    """Dated ones first, then those that hold every day, pipelines with the same one together."""
    dated: dict[tuple[date, str], list[str]] = {}
    standing: dict[str, list[str]] = {}
    for pipeline in pipelines:
        for found in deadlines_in(pipeline, week, lambda when: _business_day(on_call, when)):
            dated.setdefault(found, []).append(pipeline.name)
        for text in standing_deadlines(pipeline):
            standing.setdefault(text, []).append(pipeline.name)
    for when, text in sorted(dated):
        yield f"{day(when)}: {', '.join(dated[when, text])} ({text})"
    for text in sorted(standing):
        yield f"always: {', '.join(standing[text])} ({text})"


def _reinforced(on_call: OnCall, week: DutyWeek, pipelines: tuple[Pipeline, ...]) -> Iterator[str]:
    if is_month_end(on_call, week):
        for pipeline in filter(reinforced, pipelines):
            yield f"{pipeline.name}: {pipeline.watched_by}"


def _without_on_call(pipelines: tuple[Pipeline, ...]) -> Iterator[str]:
    for pipeline in pipelines:
        if not pipeline.rotation:
            yield f"{pipeline.name}{f' ({pipeline.hours})' if pipeline.hours else ''}"


def _issues(pipelines: tuple[Pipeline, ...]) -> Iterator[str]:
    for pipeline in pipelines:
        issues = [issue.strip() for issue in pipeline.common_issues.split(";") if issue.strip()]
        if not pipeline.rotation or not issues or issues[0].casefold().startswith("no regular"):
            continue
        more = len(issues) - WORTH_WATCHING
        yield f"{pipeline.name}: {'; '.join(issues[:WORTH_WATCHING])}" + (
            f"; and {more} more" if more > 0 else ""
        )
