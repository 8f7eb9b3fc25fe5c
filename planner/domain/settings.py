"""The rules that a team sets for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from planner.domain.absence_kinds import known_kind
from planner.domain.rotations import Role
from planner.domain.validating import ensure, ensure_known, ensure_whole, freeze, refuse
from planner.records import dataclass

OneDuty = Literal["a week", "no overlap"]
"""What nobody holds two of: duties of one week, or only those whose times overlap."""
BackToBack = Literal["same role", "any role", "off"]
CoverPolicy = Literal["anyone", "next", "previous"]
OtherTeams = Literal["warn", "never"]
"""What comes of weeks in which somebody is on duty for another team too."""

MOST_REST = 7 * 24 * 60
"""Minutes that a team may ask for between two duties."""

ANY_ROLE = "any role"
"""What a limit counts that counts every duty."""


class Limit(NamedTuple):
    """The most duties of a role, of a kind of role or of any role that one engineer may hold.

    It is in all planned weeks, or in every window of ``within`` weeks.
    """

    name: str
    most: int
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The ``[rules]`` of a team. ``notice`` is in days, ``most_load`` (duty weeks, of so many).

    ``most_running`` is how many weeks running one may be on duty at most, in any role.
    ``least_rest`` is how many minutes lie at least between two of one's duties.
    """

    one_duty: OneDuty = "a week"
    least_rest: int | None = None
    back_to_back: BackToBack = "same role"
    most_running: int | None = None
    cover: CoverPolicy = "anyone"
    notice: int | None = None
    mentoring: bool = False
    one_per_group: tuple[str, ...] = ()
    group_gap: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    most_load: tuple[int, int] | None = None
    owed_during: tuple[str, ...] = ("annual",)
    show_reasons: bool = False
    catch_up: Fraction = Fraction(1)
    other_teams: OtherTeams = "warn"
    count_weekend_originals: bool = True

    def __post_init__(self) -> None:
        ensure_known(self.one_duty, get_args(OneDuty), "one_duty", "one of its choices")
        if self.least_rest is not None:
            ensure_whole(self.least_rest, "the minutes of the least rest", 1, MOST_REST)
        ensure_known(self.back_to_back, get_args(BackToBack), "back_to_back", "one of its choices")
        if self.most_running is not None:
            ensure_whole(self.most_running, "the most weeks running", 1)
        ensure_known(self.cover, get_args(CoverPolicy), "cover", "one of its choices")
        ensure_known(self.other_teams, get_args(OtherTeams), "other_teams", "one of its choices")
        if self.notice is not None:
            ensure_whole(self.notice, "the days of notice", 0)
        for name in ("one_per_group", "group_gap", "owed_during"):
            freeze(self, name, str, name)
        freeze(self, "limits", tuple, "the limit")
        for limit in self.limits:
            if tuple(map(type, limit[:2])) != (str, int) or len(limit) > len(Limit._fields):
                refuse("the limit", limit, "is not a role or kind and a number")
        object.__setattr__(self, "limits", tuple(Limit(*limit) for limit in self.limits))
        for name, most, within in self.limits:
            ensure_whole(most, f"the most duties of {name}", 0)
            if within is not None:
                ensure_whole(within, f"the weeks of the limit of {name}", 1)
        if self.most_load is not None:
            self._check_load()
        for flag in (self.mentoring, self.show_reasons):
            ensure(flag, bool, "a flag of the rules")
        ensure(self.catch_up, (int, Fraction), "catch_up")
        if isinstance(self.catch_up, bool) or self.catch_up < 0:
            refuse("catch_up", str(self.catch_up), "is no number of duties")
        object.__setattr__(self, "catch_up", Fraction(self.catch_up))
        object.__setattr__(self, "owed_during", tuple(map(known_kind, self.owed_during)))

    def most_of_time(self, turn: int) -> Fraction:
        """Of the weeks that a role runs, as many as the rules about weeks running let one hold.

        ``turn`` is how many weeks each turn lasts.
        """
        if self.back_to_back != "off":
            return Fraction(1, 2)
        most = None if self.most_running is None else self.most_running // turn
        return Fraction(1) if most is None else Fraction(most, most + 1)

    def too_few_for(self, turn: int, roles: Iterable[Role]) -> Iterator[tuple[str, int]]:
        """(its name, its value) of what lets nobody hold a whole turn of so many weeks."""
        if turn > 1 and self.most_running is not None and self.most_running < turn:
            yield "most_running", self.most_running
        named = {ANY_ROLE}.union(*((role.shared, role.kind) for role in roles))
        for limit in self.limits:
            if turn > 1 and limit.name in named and limit.most < min(turn, limit.within or turn):
                yield limit.name, limit.most

    def _check_load(self) -> None:
        load = self.most_load
        if not isinstance(load, tuple) or tuple(map(type, load)) != (int, int):
            refuse("the most load", load, "is not duty weeks and of how many")
        assert load is not None
        weeks, of = load
        ensure_whole(weeks, "the duty weeks of the most load", 1)
        ensure_whole(of, "the weeks of the most load", weeks)
