"""Duties, and who holds them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from planner.domain.validating import ensure, ensure_once, freeze, refuse
from planner.domain.weeks import DutyWeek
from planner.records import dataclass

_PARTS = (DutyWeek, str, str)


class Seat(NamedTuple):
    """One role of one rotation, week after week; :meth:`Team.title` says what it is called."""

    rotation: str
    role: str

    def in_week(self, week: DutyWeek) -> Duty:
        """The seat's duty in that week."""
        return Duty(week, *self)


_seat = lru_cache(maxsize=4096)(Seat)
"""There are few, and duties are asked for theirs all the time."""


class _Duty(NamedTuple):
    week: DutyWeek
    rotation: str
    role: str


class Duty(_Duty):
    """One role of one rotation in one duty week."""

    __slots__ = ()

    def __new__(cls, week: DutyWeek, rotation: str, role: str) -> Duty:
        # Duties are made by the ten thousand: one look where all is well.
        if (week.__class__, rotation.__class__, role.__class__) != _PARTS:
            ensure(week, DutyWeek, "the week of a duty")
            ensure(rotation, str, "the rotation of a duty")
            ensure(role, str, "the role of a duty")
        return tuple.__new__(cls, (week, rotation, role))

    @property
    def seat(self) -> Seat:
        return _seat(self.rotation, self.role)

    def later(self, weeks: int) -> Duty:
        """The same seat so many weeks later; earlier, if negative."""
        return Duty(self.week.later(weeks), self.rotation, self.role)

    def __str__(self) -> str:
        return f"{self.week} {self.rotation} {self.role}"


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """A duty and who holds it; ``None`` where it is open."""

    duty: Duty
    engineer: str | None

    def __post_init__(self) -> None:
        if self.duty.__class__ is not Duty:
            ensure(self.duty, Duty, "what is held,")
        if self.engineer.__class__ is not str:
            ensure(self.engineer, (str, type(None)), "the holder of a duty")


@dataclass(frozen=True)
class Rota:
    """Who holds each duty, in the order of the duties."""

    held: tuple[Held, ...] = ()

    def __post_init__(self) -> None:
        freeze(self, "held", Held, "what a rota holds,")
        if len(self._holders) < len(self.held):
            ensure_once((str(held.duty) for held in self.held), "the duty")

    @classmethod
    def of(cls, holders: Mapping[Duty, str | None] | Iterable[tuple[Duty, str | None]]) -> Rota:
        pairs = holders.items() if isinstance(holders, Mapping) else holders
        try:
            held = [Held(duty, who) for duty, who in pairs]
        except (TypeError, ValueError):
            refuse("a rota", holders, "is not made of duties and their holders")
        return cls(tuple(sorted(held, key=attrgetter("duty"))))

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

    def before(self, week: DutyWeek) -> Rota:
        """Its duties of earlier weeks."""
        return Rota(tuple(held for held in self.held if held.duty.week < week))

    def within(self, weeks: Collection[DutyWeek]) -> Rota:
        """Its duties of these weeks."""
        wanted = frozenset(weeks)
        return Rota(tuple(held for held in self.held if held.duty.week in wanted))

    def joined_with(self, later: Rota) -> Rota:
        """Both rotas as one; where both speak of a duty, ``later`` counts."""
        return Rota.of({**self._holders, **later._holders})
