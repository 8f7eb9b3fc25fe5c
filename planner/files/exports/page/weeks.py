"""A week's details, which open when its heading in the grid is chosen."""

from __future__ import annotations

from planner.domain import DutyWeek
from planner.files.exports.page.live import time
from planner.files.exports.page.markup import Html, joined, tag
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
    lines = []
    for shift in timetable.shifts:
        if shift.duty.week == week:
            instead = f" for {shift.holder}" if shift.covering and shift.holder else ""
            begins, ends = (time(when, team.timezone) for when in (shift.start, shift.end))
            lines += [
                tag("dt", team.title(shift.duty.seat)),
                tag("dd", tag("b", shift.engineer or "nobody"), instead),
                tag("dd", begins, " – ", ends, class_="quiet"),
            ]
    return tag("dl", *lines)
