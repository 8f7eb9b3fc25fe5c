"""A week's details, which open when its heading in the grid is chosen."""

from __future__ import annotations

from itertools import groupby

from planner.domain import DutyWeek
from planner.files.exports.page.markup import Html, joined, tag, time
from planner.files.exports.timetable import Timetable
from planner.runbook.handover_note import holiday_marks, is_month_end, sections
from planner.wording import days


def details(timetable: Timetable) -> Html:
    """A dialog a week, closed at first."""
    return joined(*(_dialog(timetable, week) for week in timetable.weeks))


def dialog_id(week: DutyWeek) -> str:
    """By which the week's heading finds it."""
    return f"week-{week.name}"


def _dialog(timetable: Timetable, week: DutyWeek) -> Html:
    on_call, name = timetable.on_call, dialog_id(week)
    handover = on_call.handover(week)
    marks = [
        *holiday_marks(handover),
        *(["Month-end week."] if is_month_end(on_call, week) else []),
    ]
    found = [
        part
        for title, items in sections(on_call, week, timetable.in_force.note(week))
        for part in (tag("h3", title), tag("ul", *(tag("li", item) for item in items)))
    ]
    heading = f"{week.name}, {days(week.first, week.last)}"
    close = tag("button", "Close", class_="close", value="close")
    return tag(
        "dialog",
        tag("h2", heading, id=f"{name}-title", tabindex=-1, autofocus=True),
        _people(timetable, week),
        *(tag("p", mark) for mark in marks),
        *found,
        tag("form", close, method="dialog"),
        id=name,
        aria_labelledby=f"{name}-title",
    )


def _people(timetable: Timetable, week: DutyWeek) -> Html:
    team = timetable.team
    shifts = sorted(
        (shift for shift in timetable.shifts if shift.duty.week == week),
        key=lambda s: (team.seats.index(s.duty.seat),) if team.hours_of(s.duty.rotation) else (),
    )
    lines = []
    for (duty, engineer), found in groupby(shifts, key=lambda s: (s.duty, s.engineer)):
        first, *_, last = own if len(own := list(found)) > 1 else own * 2
        instead = f" for {first.holder}" if first.covering and first.holder else ""
        zone, hours = team.zone_of(duty.rotation), team.hours_said(duty.rotation)
        begins, ends = time(first.start, zone), time(last.end, zone)
        several = [f", {hours}"] if hours and len(own) > 1 else []
        lines += [
            tag("dt", team.title(duty.seat)),
            tag("dd", tag("b", engineer or "nobody"), instead),
            tag("dd", begins, " – ", ends, *several, class_="quiet"),
        ]
    return tag("dl", *lines)
