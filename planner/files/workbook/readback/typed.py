"""The Cover, Vacations and Changes sheets read back: rows, known by the titles of their columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from planner.domain import Cover, Source, Team, Vacation
from planner.domain.spelling import whom
from planner.errors import OLDER_NAME_HINT, InputProblem, did_you_mean
from planner.files.workbook import titles
from planner.files.workbook.readback.book import Book, Found, cell_name
from planner.files.workbook.snapshot import Absence, absence
from planner.files.workbook.text import fold, plain

Row = tuple[str, ...]
"""What the columns of the Changes sheet hold."""


def read_covers(book: Book, team: Team, problems: list[InputProblem]) -> tuple[Cover, ...]:
    """Who stands in for whom, on which dates, in the order of the rows.

    Rotation and role may be left out: then the cover is for whatever the engineer does. What is
    wrong with rows is added to ``problems``; then the others are not read either.
    """
    who, first, last, by, of_rotation, of_role, note = titles.COVER_HEADER
    typed = _TypedSheet(book, team, titles.COVER, titles.COVER_HEADER, problems)
    rotations = [rotation.name for rotation in team.rotations]
    known = [role for rotation in team.rotations for role in rotation.roles]
    roles = sorted({name for role in known for name in (role.name, role.shared)})
    covers = []
    for _ in typed.rows(needed=titles.COVER_HEADER[:4]):
        engineer, stand_in = typed.engineer(who), typed.engineer(by)
        start, end = typed.date(first), typed.date(last)
        rotation = typed.known(of_rotation, rotations, "a rotation of this team", needed=False)
        role = typed.known(of_role, roles, "a role of this team", needed=False)
        if start and end and end < start:
            typed.problem(last, typed.value(last), "lies before the first day")
        if engineer and engineer == stand_in:
            typed.problem(by, stand_in, "cannot stand in for themselves")
        if start and end and not problems:
            why = plain(typed.value(note))
            found = Cover(engineer, start, end, stand_in, rotation, role, why, typed.source)
            covers.append(found)
    return tuple(covers)


def read_vacations(
    book: Book, team: Team, written: Collection[Absence], problems: list[InputProblem]
) -> tuple[Vacation, ...]:
    """The rows that people typed below what the planner had written, in their order.

    ``written`` are the absences that the planner put there. A row that was written, or that the
    inputs hold by now, is none of people's. ``problems`` as in :func:`read_covers`.
    """
    who, first, last, kind, on, note = titles.VACATIONS_HEADER
    known = {absence(vacation) for vacation in team.vacations} | set(written)
    typed = _TypedSheet(book, team, titles.VACATIONS, titles.VACATIONS_HEADER, problems)
    found = []
    for _ in typed.rows(needed=titles.VACATIONS_HEADER[:3]):
        engineer = typed.engineer(who)
        start, end = typed.date(first), typed.date(last)
        logged = typed.date(on, needed=False)
        if start and end and end < start:
            typed.problem(last, typed.value(last), f"lies before the start {start}")
        said = fold(typed.value(kind))
        if start and end and not problems:
            named = titles.USUAL_KIND if said in ("", titles.UNSAID) else said
            why = plain(typed.value(note))
            found.append(Vacation(engineer, start, end, named, logged, why, typed.source))
    return tuple(vacation for vacation in found if absence(vacation) not in known)


def read_changes(book: Book, team: Team) -> tuple[Row, ...]:
    """What was changed before: every filled row as it stands, whoever wrote it."""
    header = titles.CHANGES_HEADER
    typed = _TypedSheet(book, team, titles.CHANGES, header, [])
    rows = [tuple(plain(typed.value(title)) for title in header) for _ in typed.rows(needed=())]
    return tuple(row for row in rows if any(row) and row[0] != titles.NO_CHANGES)


class _TypedSheet:
    """One pass over a sheet's filled rows; ``problems`` collects what cannot be understood."""

    def __init__(
        self,
        book: Book,
        team: Team,
        title: str,
        header: Sequence[str],
        problems: list[InputProblem],
    ) -> None:
        self.path, self.team, self.problems = book.path, team, problems
        self.sheet = book.find(title, header) or Found(title, (), 0)
        titled = self.sheet.grid[self.sheet.header] if self.sheet.grid else ()
        self.columns = {fold(title): column for column, title in enumerate(titled)}
        self._number, self._row = self.sheet.header, ()  # type: tuple[int, Sequence[object]]

    def rows(self, needed: Sequence[str]) -> Iterator[None]:
        """Go to each filled row below the header in turn; none if a needed column is missing."""
        below = list(enumerate(self.sheet.grid))[self.sheet.header + 1 :]
        filled = [(number, row) for number, row in below if any(plain(value) for value in row)]
        missing = [title for title in needed if fold(title) not in self.columns]
        if missing and filled:
            for title in missing:
                self.problem(title, "", "is a missing column")
            return
        for self._number, self._row in filled:
            yield

    @property
    def source(self) -> Source:
        """Where the present row stands."""
        return Source(f"{self.path.name}, sheet {self.sheet.title}", self._number + 1)

    def value(self, title: str) -> object:
        """What the present row holds in a column; ``None`` if there is no such column."""
        column = self.columns.get(fold(title))
        return self._row[column] if column is not None and column < len(self._row) else None

    def engineer(self, title: str) -> str:
        """The engineer named in a column; empty, and a problem, if it names none."""
        people = [engineer.name for engineer in self.team.engineers]
        found = self.known(title, [*people, *self.team.renamed], "an engineer of this team")
        return self.team.renamed.get(found, found)

    def known(self, title: str, names: Sequence[str], what: str, *, needed: bool = True) -> str:
        """One of the names, compared without regard to case and width."""
        value = self.value(title)
        if not plain(value):
            if needed:
                self.problem(title, "", "is missing")
            return ""
        found = next((n for n in names if fold(n) == fold(value)), None) or whom(
            plain(value), names
        )
        if found is None:
            hint = did_you_mean(plain(value), names)
            if not hint.startswith("Did you mean") and "engineer" in what:
                hint = OLDER_NAME_HINT
            self.problem(title, value, f"is not {what}", hint)
        return found or ""

    def date(self, title: str, *, needed: bool = True) -> date | None:
        """The date in a column, as a date cell or in ISO form."""
        value = self.value(title)
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        if not plain(value) and not needed:
            return None
        try:
            return date.fromisoformat(plain(value))
        except ValueError:
            message = "is not a date" if plain(value) else "is missing"
            self.problem(title, value, message, "Write it as 2024-08-05.")
            return None

    def problem(self, title: str, value: object, message: str, hint: str = "") -> None:
        """Note what is wrong with a cell of the present row."""
        column = self.columns.get(fold(title))
        place = f"cell {cell_name(self._number, column)}" if column is not None else title
        file = f"{self.path}, sheet {self.sheet.title},"
        row = self._number + 1
        self.problems.append(InputProblem(file, row, place, plain(value), message, hint))
