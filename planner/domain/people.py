"""Engineers, and where they live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import get_args

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


@dataclass(frozen=True, slots=True)
class Engineer:
    """A person who can be on call. ``share`` 1 is a full share of duties, ½ is half.

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
        named = not self.roles or role.name in self.roles
        return named and (not role.levels or self.level in role.levels)
