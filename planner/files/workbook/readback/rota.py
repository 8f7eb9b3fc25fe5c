"""The Rota sheet read back: who holds what, what is locked, and the notes.

Rows are known by their week and columns by their title, never by position; names are compared
without regard to case, width and spaces. Whatever had to be guessed is said in ``guesses``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from pathlib import Path

from planner.domain import Duty, DutyWeek, Seat, Team
from planner.domain.quarters import parse_week, week_of
from planner.errors import OLDER_NAME_HINT, InputProblem, did_you_mean
from planner.files.workbook import seats, titles
from planner.files.workbook.readback.book import Book, Found, cell_name
from planner.files.workbook.record import Record
from planner.files.workbook.text import clean, fold, plain
from planner.grouping import grouped
from planner.records import dataclass
from planner.wording import OPEN_WORDS

UNLOCK_WORDS = frozenset({"", "no", "n", "false", "0", "-", "–", "none", "unlocked"})


@dataclass
class RotaReading:
    """One pass over the Rota sheet, collecting what it says and what is wrong."""

    path: Path
    team: Team
    sheet: Found
    record: Record | None
    book: Book
    holders: dict[Duty, str | None] = field(default_factory=dict)
    locked: list[Duty] = field(default_factory=list)
    notes: dict[DutyWeek, str] = field(default_factory=dict)
    seen: dict[DutyWeek, int] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)

    def rows(self) -> None:
        """Read every row; afterwards ``problems`` holds all that cannot be understood."""
        if self.sheet.guess:
            self.guesses.append(self.sheet.guess)
        if self.record is None:
            self.guesses.append(
                "The planner's own record is missing from the About sheet: what was planned, and "
                "whether anything was edited since, is not known."
            )
        elif self.record.team != self.team.key:
            self._problem(0, 0, self.record.team, f"is not this team, {self.team.key}")
        self.columns = self._columns()
        if self.problems:
            return
        self.seats = {
            seat: self.columns[fold(title)]
            for seat, title in seats.titles(self.team).items()
            if fold(title) in self.columns
        }
        self.seats |= self._former_seats()
        self.names = _by_fold(self.team)
        self.planned = self._planned()
        self.holders.update(dict.fromkeys(self.planned or {}))
        for number, row in enumerate(self.sheet.grid):
            if number > self.sheet.header and any(plain(value) for value in row):
                self._row(number, row)
        self._missing_weeks()

    def _columns(self) -> dict[str, int]:
        """The place of each title, by header text, else by the defined name it was given."""
        header = self.sheet.grid[self.sheet.header] if self.sheet.grid else ()
        found: dict[str, int] = {}
        for column, value in enumerate(header):
            if fold(value) in found and plain(value):
                self._problem(self.sheet.header, column, value, "heads two columns")
            found.setdefault(fold(value), column)
        written = self.record.titles if self.record else ()
        for title in (titles.WEEK, *seats.titles(self.team).values(), titles.LOCK, titles.NOTE):
            if fold(title) in found:
                continue
            place = (
                self.book.place(titles.column_name(written.index(title) + 1))
                if (title in written)
                else None
            )
            if place is not None and place[0] == self.sheet.title and place[2] < len(header):
                found[fold(title)] = place[2]
                cell = cell_name(self.sheet.header, place[2])
                self.guesses.append(f"{cell}: “{plain(header[place[2]])}” is read as “{title}”.")
            elif self.record and title not in written:
                self.guesses.append(f"“{title}” is new in the team: the workbook has no column.")
            else:
                hint = did_you_mean(title, [plain(value) for value in header if plain(value)])
                self._problem(self.sheet.header, None, title, "is a missing column", hint)
        return found

    def _row(self, number: int, row: Sequence[object]) -> None:
        week = self._week(number, row)
        if week is None:
            return
        if week in self.seen:
            other = self.seen[week] + 1
            self._problem(
                number, self.columns[fold(titles.WEEK)], week.name, f"is in row {other} too"
            )
            return
        self.seen[week] = number
        if not self._agrees(number, row, week):
            return
        for seat, column in self.seats.items():
            self._duty(number, column, seat.in_week(week), _cell(row, column))
        lock = self.columns[fold(titles.LOCK)]
        self.locked += self._locks(number, lock, week, _cell(row, lock))
        note = _cell(row, self.columns[fold(titles.NOTE)])
        if plain(note):
            self.notes[week] = plain(note) if not isinstance(note, str) else note.strip()

    def _week(self, number: int, row: Sequence[object]) -> DutyWeek | None:
        column = self.columns[fold(titles.WEEK)]
        value = _cell(row, column)
        place = cell_name(number, column)
        if not plain(value) and fold(titles.STARTS) in self.columns:
            value = _cell(row, self.columns[fold(titles.STARTS)])
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            week = week_of(day, self.team.handover_weekday)
            self.guesses.append(f"{place}: {day} is read as {week}.")
        else:
            try:
                week = parse_week(plain(value), self.team.handover_weekday)
            except ValueError:
                if any(plain(_cell(row, column)) for column in self.seats.values()):
                    self._problem(number, column, value, "is not a week such as 2024-W27")
                else:
                    self.guesses.append(f"Row {number + 1} names no week and is left out.")
                return None
        if self.record and week not in self.record.horizon.weeks:
            weeks = self.record.horizon.weeks
            message = f"is not one of the weeks of this rota, {weeks[0]} to {weeks[-1]}"
            self._problem(number, column, value, message)
            return None
        return week

    def _agrees(self, number: int, row: Sequence[object], week: DutyWeek) -> bool:
        """Whether the row's dates are those of its week: not if only some columns were sorted."""
        for title, day in ((titles.STARTS, week.first), (titles.ENDS, week.last)):
            column = self.columns.get(fold(title))
            value = None if column is None else _cell(row, column)
            said = value.date() if isinstance(value, datetime) else value
            if isinstance(said, date) and said != day:
                hint = f"{week} is {week.first} to {week.last}. Were only some columns sorted?"
                message = f"does not go with the week {week} of its row"
                self._problem(number, column, value, message, hint)
                return False
        return True

    def _duty(self, number: int, column: int, duty: Duty, value: object) -> None:
        folded = fold(value)
        place = cell_name(number, column)
        runs = self.planned is None or duty in self.planned
        if folded in self.names:
            names = self.names[folded]
            exact = [name for name in names if clean(name) == value]
            if len(names) > 1 and not exact:
                self._problem(number, column, value, f"may be {' or '.join(names)}")
                return
            self.holders[duty] = (exact or names)[0]
            if not exact:
                self.guesses.append(f"{place}: “{plain(value)}” is read as “{names[0]}”.")
            if not runs:
                self.guesses.append(f"{place}: {duty.role} was not planned for {duty.week}.")
        elif not folded or folded in OPEN_WORDS:
            if folded:
                self.guesses.append(f"{place}: “{plain(value)}” is read as nobody.")
            if runs and (self.planned is not None or self._every_week(duty)):
                self.holders[duty] = None
        else:
            hint = did_you_mean(plain(value), [engineer.name for engineer in self.team.engineers])
            if folded in {fold(name) for name in (self.planned or {}).values() if name}:
                hint = OLDER_NAME_HINT
            self._problem(number, column, value, "is not an engineer of this team", hint)

    def _locks(self, number: int, column: int, week: DutyWeek, value: object) -> Iterator[Duty]:
        folded = fold(value)
        if folded in UNLOCK_WORDS:
            return
        known = {fold(title): seat for seat, title in seats.titles(self.team).items()}
        chosen: list[Seat] = []
        if folded in titles.LOCK_WORDS and folded not in known:
            chosen = [seat for seat in self.seats if seat in self.team.roles]
        elif folded in known:
            chosen = [known[folded]]
        else:
            for part in re.split(r"[,;\n]", str(value)):
                if fold(part) in known:
                    chosen.append(known[fold(part)])
                elif fold(part):
                    hint = did_you_mean(plain(part), ["all", *seats.titles(self.team).values()])
                    self._problem(number, column, part, "is neither “all” nor a role", hint)
        for seat in chosen:
            duty = seat.in_week(week)
            if self.holders.get(duty):
                yield duty
            elif folded not in titles.LOCK_WORDS:
                place = cell_name(number, column)
                self.guesses.append(f"{place}: nobody holds {seat.role}, so nothing is locked.")

    def _former_seats(self) -> dict[Seat, int]:
        """Seats that the team has no longer, of roles that it still has: one of three, say."""
        planned = self.record.planned if self.record else ()
        gone = sorted({held.duty.seat for held in planned} - set(self.team.seats))
        return {
            seat: self.columns[fold(self.team.title(seat))]
            for seat in gone
            if self.team.strand(seat) in self.team.strands
            and fold(self.team.title(seat)) in self.columns
        }

    def _planned(self) -> Mapping[Duty, str | None] | None:
        """The duties as planned, as far as the team still has those roles."""
        if self.record is None:
            return None
        known = set(self.seats)
        planned = {held.duty: held.engineer for held in self.record.planned}
        gone = sorted({d.seat for d in planned} - set(seats.titles(self.team)) - known)
        self.guesses += [
            f"{rotation}, {role}: no longer a role of the team, left out."
            for rotation, role in gone
        ]
        return {d: who for d, who in planned.items() if d.seat in known}

    def _missing_weeks(self) -> None:
        for week in self.record.horizon.weeks if self.record else ():
            if week not in self.seen:
                self.guesses.append(f"{week} has no row: its duties are read as open.")
        if not self.seen:
            self._problem(
                self.sheet.header, None, "", "there is no row with a week below the header"
            )

    def _every_week(self, duty: Duty) -> bool:
        rests = self.team.rotation(duty.rotation).rests(duty.week)
        return self.team.role_of(duty).weeks == "every" and not rests

    def _problem(
        self, row: int, column: int | None, value: object, message: str, hint: str = ""
    ) -> None:
        cell = "" if column is None else f"cell {cell_name(row, column)}"
        file = f"{self.path}, sheet {self.sheet.title},"
        self.problems.append(InputProblem(file, row + 1, cell, plain(value), message, hint))


def _cell(row: Sequence[object], column: int) -> object:
    return row[column] if column < len(row) else None


def _by_fold(team: Team) -> dict[str, list[str]]:
    people = team.engineers
    found = grouped((fold(said), e.name) for e in people for said in (e.name, *e.formerly))
    firsts = grouped((fold(e.name).split(" ")[0], e.name) for e in people)
    return {name: names for name, names in firsts.items() if len(names) == 1} | found
