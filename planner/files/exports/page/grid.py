"""Engineers by weeks, as the workbook's Overview has them: a table for each fiscal quarter.

Each week's details open when its heading is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from planner.domain import Duty, DutyWeek, Engineer, Seat
from planner.domain.quarters import MONTHS, quarter_label
from planner.files.exports.page.markup import Html, joined, tag, time, utc
from planner.files.exports.timetable import Timetable
from planner.files.workbook import seats
from planner.files.workbook.workings.weeks_off import AWAY, FESTIVAL, HOLIDAY
from planner.problem import Problem
from planner.problem.oncall import Shift
from planner.runbook.handover_note import holiday_marks, is_month_end, sections
from planner.wording import day, days

_SIGNS = ((AWAY, "away"), (FESTIVAL, "own festival"), (HOLIDAY, "public holiday"))


def grids(timetable: Timetable, problem: Problem, marks: Mapping[str, str]) -> Html:
    """The tables, each of which can be folded, and what their letters and signs mean."""
    team = timetable.team
    by_quarter = groupby(timetable.weeks, key=lambda week: quarter_label(week, team))
    grid = _Grid(timetable, problem, marks)
    tables = [grid.table(label, list(weeks)) for label, weeks in by_quarter]
    said = f"Choose a week for its details. {grid.legend}"
    return joined(*tables, tag("p", said, class_="quiet"))


class _Grid:
    def __init__(self, timetable: Timetable, problem: Problem, marks: Mapping[str, str]) -> None:
        self.timetable, self.problem, self.marks = timetable, problem, marks
        self.codes = seats.codes(timetable.team)
        self.shifts: dict[tuple[str, DutyWeek], list[Shift]] = {}
        for shift in timetable.shifts:
            for who in {shift.engineer: None, shift.holder: None}:
                if who is not None:
                    self.shifts.setdefault((who, shift.duty.week), []).append(shift)

    @property
    def legend(self) -> str:
        team = self.timetable.team
        said = seats.legend(team)
        said += ["(in brackets) = stands in, or is stood in for, for part of the week"]
        return " · ".join(said + [f"{sign} = {means}" for sign, means in _SIGNS])

    def table(self, label: str, weeks: Sequence[DutyWeek]) -> Html:
        rows = [
            self._row(engineer, weeks)
            for engineer in self.problem.engineers
            if any(map(engineer.employed, weeks))
            or any((engineer.name, week) in self.shifts for week in weeks)
        ]
        table = tag(
            "table",
            tag("caption", f"Who is on call in {label}", class_="read"),
            tag("thead", *self._headings(weeks)),
            tag("tbody", *rows),
            class_="grid",
        )
        name = f"All weeks of {label}"
        region = tag("div", table, class_="wide", tabindex=0, role="region", aria_label=name)
        ends = utc(self.timetable.on_call.begins(weeks[-1].later(1)))
        return tag("details", tag("summary", label), region, open=True, data_end=ends)

    def _headings(self, weeks: Sequence[DutyWeek]) -> Iterator[Html]:
        months = groupby(weeks, key=lambda week: (week.days[3].year, week.days[3].month))
        spans = [
            tag("th", f"{MONTHS[month - 1]} {year}", colspan=len(list(of)), scope="colgroup")
            for (year, month), of in months
        ]
        yield tag("tr", tag("td", ""), *spans, class_="months")
        yield tag("tr", tag("th", "Engineer", scope="col"), *map(self._heading, weeks))

    def _heading(self, week: DutyWeek) -> Html:
        on_call = self.timetable.on_call
        begins, ends = on_call.begins(week), on_call.begins(week.later(1))
        number, first = f"W{week.name[-2:]}", day(week.first)[4:]
        button = tag(
            "button",
            tag("b", number),
            Html(" "),
            tag("span", first),
            type="button",
            data_week=_dialog_id(week),
        )
        return tag("th", button, scope="col", data_start=utc(begins), data_end=utc(ends))

    def _row(self, engineer: Engineer, weeks: Sequence[DutyWeek]) -> Html:
        name = tag("th", engineer.name, scope="row", class_=self.marks[engineer.name])
        cells = [self._cell(engineer, week) for week in weeks]
        return tag("tr", name, *cells, data_who=engineer.name)

    def _cell(self, engineer: Engineer, week: DutyWeek) -> Html:
        signs = list(self._signs(engineer, week))
        duties = self._duties(engineer.name, week)
        if not duties and not engineer.employed(week):
            return tag("td", tag("span", "not on the team", class_="read"), class_="absent")
        looks = "held" if any(whole for _, whole in duties) else "part" if duties else ""
        away = AWAY in dict(signs)
        if looks == "held" and away:
            looks = "clash"
        elif not looks and away:
            looks = "away"
        shown = "+".join(self._code(duty.seat) for duty, whole in duties if whole)
        shown += "".join(f"({self._code(duty.seat)})" for duty, whole in duties if not whole)
        shown += "".join(sign for sign, _ in signs)
        team = self.timetable.team
        read = [team.title(d.seat) if w else f"part of {team.title(d.seat)}" for d, w in duties]
        read += [means for _, means in signs]
        if not shown:
            return tag("td", "")
        return tag(
            "td",
            tag("span", shown, aria_hidden="true"),
            tag("span", ", ".join(read), class_="read"),
            class_=f"{looks} {self.marks[engineer.name]}" if looks else None,
        )

    def _duties(self, name: str, week: DutyWeek) -> list[tuple[Duty, bool]]:
        """Each duty that concerns the engineer, and whether they do all of it."""
        found = {shift.duty: True for shift in self.shifts.get((name, week), ())}
        for shift in self.shifts.get((name, week), ()):
            found[shift.duty] &= shift.engineer == shift.holder == name
        return list(found.items())

    def _code(self, seat: Seat) -> str:
        return self.codes.get(seat) or seat.role[:1].upper()

    def _signs(self, engineer: Engineer, week: DutyWeek) -> Iterator[tuple[str, str]]:
        off = self.problem.days_off
        there = engineer.employed(week)
        team, duties = self.problem.team, self._duties(engineer.name, week)
        held = [duty for duty, _ in duties if team.hours_of(duty.rotation)]
        away = (
            any(team.away_on(engineer.name, duty) for duty in held)
            if held
            else team.away(engineer.name, week)
        )
        dates = [day for duty in held for day in team.dates(duty)] or week.days
        days = {holiday.day for holiday in off.holidays.get(engineer.name, ())}
        has = (
            bool(away),
            there and bool(off.festivals_on(engineer.name, sorted(set(dates)))),
            there and not days.isdisjoint(dates),
        )
        yield from (sign for sign, shown in zip(_SIGNS, has, strict=True) if shown)


def details(timetable: Timetable) -> Html:
    """A dialog a week, closed at first."""
    return joined(*(_dialog(timetable, week) for week in timetable.weeks))


def _dialog_id(week: DutyWeek) -> str:
    """By which the week's heading finds it."""
    return f"week-{week.name}"


def _dialog(timetable: Timetable, week: DutyWeek) -> Html:
    on_call, name = timetable.on_call, _dialog_id(week)
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
