"""The words of the planner as values: frozen, validated where they are read, sorted.

Nothing here knows files, calendars of countries or solvers. A change is a new value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Literal

BackToBack = Literal["same role", "any role"]
CoverPolicy = Literal["anyone", "next", "previous"]
Level = Literal["junior", "senior"]
RoleWeeks = Literal["every", "month-end"]
HandoverOnHolidays = Literal["mark", "move"]

DEFAULT_KIND = "on-call"
PRIMARY, SECONDARY = "primary", "secondary"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: a file of the team folder and, in tables, its row."""

    file: str
    row: int | None = None

    def __str__(self) -> str:
        return self.file if self.row is None else f"{self.file} row {self.row}"


@dataclass(frozen=True, slots=True, order=True)
class DutyWeek:
    """The seven dates from one handover to the next, known by the first of them."""

    first: date

    @property
    def name(self) -> str:
        """The ISO week of the first day, as ``2024-W27``."""
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range(7))

    def later(self, weeks: int) -> DutyWeek:
        """The duty week so many weeks later (earlier, if negative)."""
        return DutyWeek(self.first + timedelta(weeks=weeks))

    def until(self, other: DutyWeek) -> int:
        """How many weeks lie from this one to ``other`` (negative if it is earlier)."""
        return (other.first - self.first).days // 7

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A country and its state or nation, as codes: ``MY/KUL``, ``GB/ENG``."""

    country: str
    subdivision: str

    def __str__(self) -> str:
        return f"{self.country}/{self.subdivision}" if self.subdivision else self.country


@dataclass(frozen=True, slots=True)
class Engineer:
    """A person who can be on call. ``share`` 1 is a full share of duties, ½ is half."""

    name: str
    region: Region
    email: str = ""
    festivals: tuple[str, ...] = ()
    level: Level | None = None
    share: Fraction = Fraction(1)
    joined: date | None = None
    left: date | None = None
    group: str = ""
    roles: tuple[str, ...] = ()
    accounts: tuple[tuple[str, str], ...] = ()

    def employed(self, week: DutyWeek) -> bool:
        """Whether every day of the week lies between joining and leaving."""
        return (self.joined is None or self.joined <= week.first) and (
            self.left is None or week.last <= self.left
        )

    def may_hold(self, role: Role) -> bool:
        """Whether this person may ever sit in that seat (dates aside)."""
        named = not self.roles or role.name in self.roles
        return named and (not role.levels or self.level in role.levels)


@dataclass(frozen=True, slots=True)
class Vacation:
    """Days on which an engineer cannot be on call; both ends are included."""

    engineer: str
    start: date
    end: date
    kind: str = "annual"
    logged: date | None = None
    note: str = ""
    source: Source | None = field(default=None, compare=False)

    def blocks(self, week: DutyWeek) -> bool:
        return self.start <= week.last and week.first <= self.end


@dataclass(frozen=True, slots=True)
class Wish:
    """ "Please not me that week" (``off``) or "I would like that week" (``on``)."""

    engineer: str
    week: DutyWeek
    wish: Literal["off", "on"]
    note: str = ""
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Swap:
    """``partner`` takes the engineer's duty, who takes ``for_week`` in return, if given."""

    engineer: str
    week: DutyWeek
    partner: str
    for_week: DutyWeek | None
    rotation: str
    role: str
    agreed: bool
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cover:
    """``stand_in`` does part of a duty that ``engineer`` holds; both dates are included.

    ``planner.oncall`` says which instants those dates mean. An empty ``rotation`` or ``role``
    stands for whichever the engineer holds then.
    """

    engineer: str
    start: date
    end: date
    stand_in: str
    rotation: str = ""
    role: str = ""
    note: str = ""
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HolidayChange:
    """A correction of the public holidays: one date added to or removed from a region."""

    day: date
    region: Region
    change: Literal["add", "remove"]
    name: str = ""
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A seat in a rotation."""

    name: str
    kind: str = DEFAULT_KIND
    weeks: RoleWeeks = "every"
    optional: bool = False
    levels: tuple[Level, ...] = ()
    offset: int | None = None
    restful: bool = False


@dataclass(frozen=True, slots=True)
class Rotation:
    """One stream of on-call duty: its members in the order of their turns, and its roles."""

    name: str
    cycle: tuple[str, ...]
    roles: tuple[Role, ...]

    def role(self, name: str) -> Role:
        return next(role for role in self.roles if role.name == name)

    def offset(self, role: Role) -> int:
        """How many weeks after the first role's turn this role's turn comes.

        Roles lie at even distances in the cycle unless the team says otherwise: with two
        roles, the secondary's turn is half a cycle after the primary's.
        """
        if role.offset is not None:
            return role.offset
        return self.roles.index(role) * len(self.cycle) // len(self.roles)


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``[rules]`` of a team. ``notice`` is in days."""

    back_to_back: BackToBack = "same role"
    cover: CoverPolicy = "anyone"
    notice: int | None = None
    mentoring: bool = False
    one_per_group: tuple[str, ...] = ()
    limits: tuple[tuple[str, int], ...] = ()
    owed_during: tuple[str, ...] = ("annual",)
    show_reasons: bool = False


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What the team is on call for, as its documents describe it.

    ``rotation`` is empty where nobody is on call for it. ``deadline`` is kept as written;
    ``planner.deadlines`` understands it.
    """

    name: str
    purpose: str = ""
    primary_owner: str = ""
    secondary_owner: str = ""
    rotation: str = ""
    hours: str = ""
    respond_within: str = ""
    deadline: str = ""
    sla: str = ""
    upstream: str = ""
    downstream: str = ""
    watched_by: str = ""
    escalation: str = ""
    common_issues: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One role of one rotation in one duty week."""

    week: DutyWeek
    rotation: str
    role: str

    def __str__(self) -> str:
        return f"{self.week} {self.rotation} {self.role}"


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A duty and who holds it; ``None`` where it is open."""

    duty: Duty
    engineer: str | None


@dataclass(frozen=True)
class Rota:
    """Who holds each duty, in the order of the duties."""

    held: tuple[Held, ...] = ()

    @classmethod
    def of(cls, holders: Mapping[Duty, str | None] | Iterable[tuple[Duty, str | None]]) -> Rota:
        pairs = holders.items() if isinstance(holders, Mapping) else holders
        return cls(tuple(sorted((Held(duty, who) for duty, who in pairs), key=_by_duty)))

    @cached_property
    def _holders(self) -> dict[Duty, str | None]:
        return {held.duty: held.engineer for held in self.held}

    @cached_property
    def _by_engineer(self) -> dict[str, tuple[Duty, ...]]:
        found: dict[str, list[Duty]] = {}
        for held in self.held:
            if held.engineer is not None:
                found.setdefault(held.engineer, []).append(held.duty)
        return {name: tuple(duties) for name, duties in found.items()}

    def holder(self, duty: Duty) -> str | None:
        """Who holds the duty; ``None`` if nobody does or the rota does not speak of it."""
        return self._holders.get(duty)

    def duties_of(self, engineer: str) -> tuple[Duty, ...]:
        """All duties that the engineer holds, earliest first."""
        return self._by_engineer.get(engineer, ())

    @property
    def weeks(self) -> tuple[DutyWeek, ...]:
        return tuple(sorted({held.duty.week for held in self.held}))

    def __iter__(self) -> Iterator[Held]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)

    def __contains__(self, duty: object) -> bool:
        return duty in self._holders

    def joined_with(self, later: Rota) -> Rota:
        """Both rotas as one; where both speak of a duty, ``later`` counts."""
        return Rota.of({**self._holders, **later._holders})


def _by_duty(held: Held) -> Duty:
    return held.duty


@dataclass(frozen=True, slots=True, order=True)
class PublicHoliday:
    """A public holiday of a region. ``estimated``: the date hangs on a moon not yet seen."""

    day: date
    name: str
    estimated: bool = False


@dataclass(frozen=True, slots=True, order=True)
class FestivalTime:
    """One occurrence of a festival: ``days`` are all dates that its observers keep free."""

    days: tuple[date, ...]
    festival: str
    estimated: bool = False


@dataclass(frozen=True)
class DaysOff:
    """Public holidays and own festivals of every engineer between two dates, by name.

    ``non_business`` holds the dates in the range that are no working day where the team
    counts its month ends. All sequences are sorted by date.
    """

    first: date
    last: date
    holidays: Mapping[str, tuple[PublicHoliday, ...]] = field(default_factory=dict)
    festivals: Mapping[str, tuple[FestivalTime, ...]] = field(default_factory=dict)
    non_business: frozenset[date] = frozenset()

    def holidays_in(self, engineer: str, week: DutyWeek) -> tuple[PublicHoliday, ...]:
        return tuple(h for h in self.holidays.get(engineer, ()) if h.day in week)

    def festivals_in(self, engineer: str, week: DutyWeek) -> tuple[FestivalTime, ...]:
        times = self.festivals.get(engineer, ())
        return tuple(f for f in times if any(day in week for day in f.days))


@dataclass(frozen=True)
class Team:
    """A team folder, read and validated. Engineers are sorted by name."""

    key: str
    name: str
    timezone: str
    engineers: tuple[Engineer, ...]
    rotations: tuple[Rotation, ...]
    settings: Settings = Settings()
    aims: tuple[str, ...] = ()
    handover_weekday: int = 1
    handover_time: time = time(10, 0)
    handover_on_holidays: HandoverOnHolidays = "mark"
    business_days: Region | None = None
    week_one: date | None = None
    year_starts: tuple[int, int] = (1, 1)
    vacations: tuple[Vacation, ...] = ()
    wishes: tuple[Wish, ...] = ()
    swaps: tuple[Swap, ...] = ()
    holiday_changes: tuple[HolidayChange, ...] = ()
    pipelines: tuple[Pipeline, ...] = ()
    history: Rota = Rota()

    @cached_property
    def _engineers(self) -> dict[str, Engineer]:
        return {engineer.name: engineer for engineer in self.engineers}

    def engineer(self, name: str) -> Engineer:
        return self._engineers[name]

    def rotation(self, name: str) -> Rotation:
        return next(rotation for rotation in self.rotations if rotation.name == name)

    def role_of(self, duty: Duty) -> Role:
        return self.rotation(duty.rotation).role(duty.role)

    @cached_property
    def _absences(self) -> dict[str, tuple[Vacation, ...]]:
        found: dict[str, list[Vacation]] = {}
        for vacation in self.vacations:
            found.setdefault(vacation.engineer, []).append(vacation)
        return {name: tuple(absences) for name, absences in found.items()}

    def vacations_of(self, engineer: str) -> tuple[Vacation, ...]:
        return self._absences.get(engineer, ())

    def away(self, engineer: str, week: DutyWeek) -> tuple[Vacation, ...]:
        """The vacations that keep the engineer from any duty in that week."""
        return tuple(v for v in self.vacations_of(engineer) if v.blocks(week))
