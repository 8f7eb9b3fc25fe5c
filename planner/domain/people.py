"""Engineers, and where they live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import NamedTuple, get_args

from planner.domain.rotations import Level, Role
from planner.domain.validating import (
    ensure,
    ensure_day,
    ensure_known,
    ensure_text,
    freeze,
    refuse,
)
from planner.domain.weeks import DutyWeek
from planner.records import dataclass

LEAST_SHARE = Fraction(1, 100)
FINEST_SHARE = 10_000
"""The greatest denominator of a share: nobody's duties are counted more finely."""
NO_ROLE = "none"
"""Stands among somebody's roles for none at all; no role may be called so."""
SHARE_HINT = "1 is a full share; for somebody who does no duty, write “none” under “roles”."


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A country and its state or nation, as codes: ``MY/KUL``, ``GB/ENG``."""

    country: str
    subdivision: str

    def __post_init__(self) -> None:
        ensure_text(self.country, "the country of a region")
        ensure(self.subdivision, str, "the subdivision of a region")

    def __str__(self) -> str:
        return f"{self.country}/{self.subdivision}" if self.subdivision else self.country


def sound_share(share: object, what: str = "the share") -> Fraction:
    """A share of duties, exactly: above 0 and at most 1, and not absurdly fine.

    Raises ``FactError``. A decimal number counts as it is written: 0.1 is a tenth.
    """
    if isinstance(share, bool) or not isinstance(share, int | float | Fraction):
        refuse(what, share, "is not a number", SHARE_HINT)
    if not 0 < share <= 1:  # false for what is no number at all, too
        refuse(what, str(share), "is not above 0 and at most 1", SHARE_HINT)
    exact = Fraction(str(share)) if isinstance(share, float) else Fraction(share)
    if exact < LEAST_SHARE or exact.denominator > FINEST_SHARE:
        hint = f"It may have {len(str(FINEST_SHARE)) - 1} decimals and be {LEAST_SHARE} or more."
        refuse(what, str(share), "is too fine a share", hint)
    return exact


class Stage(NamedTuple):
    """What holds of an engineer from a date on: from the first whole duty week after it."""

    since: date
    region: Region
    level: Level | None = None
    share: Fraction = Fraction(1)
    group: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Engineer:
    """A person who can be on call. ``share`` 1 is a full share of duties, ½ is half.

    ``stages`` are what holds from later dates on; :meth:`at` is the person in a given week.
    ``formerly`` are names by which older workbooks and history know the person.

    Raises ``FactError`` for what no engineer can be.
    """

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
    off_days: tuple[int, ...] = ()
    """Weekdays that this person never works, Monday 1 to Sunday 7: they keep nobody from duty, but
    on them somebody has to stand in."""
    stages: tuple[Stage, ...] = ()
    formerly: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ensure_text(self.name, "the name of an engineer")
        whose = f"of {self.name}"
        ensure(self.region, Region, f"the region {whose}")
        ensure(self.email, str, f"the e-mail address {whose}")
        ensure(self.group, str, f"the group {whose}")
        freeze(self, "festivals", str, f"the festival {whose}")
        freeze(self, "roles", str, f"the role {whose}")
        freeze(self, "accounts", tuple, f"the account {whose}")
        for account in self.accounts:
            if tuple(map(type, account)) != (str, str):
                refuse(f"the account {whose}", account, "is not a service and an identity")
        freeze(self, "off_days", int, f"the weekday off {whose}")
        for weekday in self.off_days:
            if weekday not in range(1, 8):
                refuse(f"the weekday off {whose}", weekday, "is not a weekday, 1 to 7")
        if self.level is not None:
            ensure_known(self.level, get_args(Level), f"the level {whose}", "a level")
        object.__setattr__(self, "share", sound_share(self.share, f"the share {whose}"))
        for day, field in ((self.joined, "joining"), (self.left, "leaving")):
            if day is not None:
                ensure_day(day, f"the day of {field} {whose}")
        if self.joined and self.left and self.left < self.joined:
            refuse(f"the day of leaving {whose}", str(self.left), f"is before {self.joined}")
        if self.stages or self.formerly:
            self._ensure_stages()

    def _ensure_stages(self) -> None:
        """Each stage is what an engineer can be; the dates rise."""
        freeze(self, "stages", Stage, f"the stage of {self.name}")
        freeze(self, "formerly", str, f"the earlier name of {self.name}")
        for stage in self.stages:
            ensure_day(stage.since, f"the date of a stage of {self.name}")
            share = sound_share(stage.share, f"the share of {self.name} since {stage.since}")
            Engineer(self.name, stage.region, "", (), stage.level, share, roles=stage.roles)
        days = [stage.since for stage in self.stages]
        if days != sorted(set(days)):
            refuse(f"the stages of {self.name}", str(days[0]), "do not come one after the other")

    def at(self, week: DutyWeek) -> Engineer:
        """The engineer as of a duty week, who still knows what held before and will hold later."""
        return _at(self, week.first) if self.stages else self

    @property
    def all_stages(self) -> tuple[Engineer, ...]:
        """The engineer as of every date from which something holds."""
        return tuple(_at(self, stage.since) for stage in _whole(self)) if self.stages else (self,)

    def employed(self, week: DutyWeek) -> bool:
        """Whether every day of the week lies between joining and leaving."""
        return (self.joined is None or self.joined <= week.first) and (
            self.left is None or week.last <= self.left
        )

    def employed_on(self, day: date) -> bool:
        """Whether a date lies between joining and leaving."""
        return (self.joined or day) <= day <= (self.left or day)

    def employed_within(self, first: date, last: date) -> bool:
        """Whether any day of a stretch lies between joining and leaving."""
        return (self.joined or last) <= last and first <= (self.left or first)

    def may_hold(self, role: Role) -> bool:
        """Whether this person may ever sit in that seat (dates aside)."""
        named = not self.roles or role.shared in self.roles
        return named and (not role.levels or self.level in role.levels)


def _whole(engineer: Engineer) -> tuple[Stage, ...]:
    """All stages, the first of which holds from the beginning of time."""
    if engineer.stages[0].since == date.min:
        return engineer.stages
    facts = (engineer.region, engineer.level, engineer.share, engineer.group, engineer.roles)
    return (Stage(date.min, *facts), *engineer.stages)


@cache
def _at(engineer: Engineer, day: date) -> Engineer:
    stages = _whole(engineer)
    now = next(stage for stage in reversed(stages) if stage.since <= day)
    _, region, level, share, group, roles = now
    return replace(
        engineer, region=region, level=level, share=share, group=group, roles=roles, stages=stages
    )
