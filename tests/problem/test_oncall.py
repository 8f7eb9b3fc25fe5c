"""Who is on call at an instant: hand-worked cases, and seamlessness whatever the team."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import (
    Cover,
    DaysOff,
    Duty,
    DutyWeek,
    Engineer,
    PublicHoliday,
    Region,
    Role,
    Rota,
    Rotation,
    Team,
)
from planner.domain.rotations import Pause
from planner.problem.doing import doing, idle_covers, named
from planner.problem.oncall import Change, OnCall
from tests.build import day, rotation, week
from tests.duty import at, cover, names, on_call

TWO = rotation("ABCD", "primary", "secondary")
HOUR = timedelta(hours=1)


def stretches(of: OnCall, role: str = "primary") -> str:
    """The shifts of one role as ``A Mon 10:00–Wed 10:00`` on the team's clock."""
    zone = ZoneInfo(of.team.timezone)
    said = []
    for shift in of.shifts:
        if shift.duty.role == role:
            begins, ends = (w.astimezone(zone) for w in (shift.start, shift.end))
            said.append(f"{shift.engineer or '.'} {begins:%a %H:%M}–{ends:%a %H:%M}")
    return ", ".join(said)


# Instants


def test_a_duty_begins_and_ends_at_the_handover() -> None:
    found = on_call("AB CD", TWO)
    assert names(found, "2024-07-01T08:59:59") == ""
    assert names(found, "2024-07-01T09:00:00") == "AB", "10:00 in London is 09:00 UTC"
    assert names(found, "2024-07-08T08:59:59.999999") == "AB"
    assert names(found, "2024-07-08T09:00:00") == "CD"
    assert names(found, "2024-07-15T09:00:00") == ""


def test_an_instant_may_be_given_in_any_time_zone() -> None:
    found = on_call("A B")
    assert names(found, "2024-07-08T16:59:00+08:00") == "A"
    assert names(found, "2024-07-08T17:00:00+08:00") == "B"


def test_a_week_in_which_clocks_go_back_has_169_hours_and_forward_167() -> None:
    found = on_call(" ".join("ABCD" * 10))
    hours = {s.duty.week: (s.end - s.start) / HOUR for s in found.shifts}
    assert hours[week(16)] == 169
    assert hours[week(38)] == 167
    assert {n for w, n in hours.items() if w not in (week(16), week(38))} == {168}


def test_seats_come_in_the_teams_order_whatever_their_names() -> None:
    streams = (rotation("AB", name="z"), rotation("CD", "primary", "month-end", name="a"))
    found = on_call("ACD BDC", *streams)
    assert [s.duty.rotation + s.duty.role for s in found.at(at("2024-07-02"))] == [
        "zprimary",
        "aprimary",
        "amonth-end",
    ]


def test_a_rotation_rests_from_handover_to_handover() -> None:
    found = on_call("AB CD", TWO)
    paused = replace(TWO, pauses=(Pause(week(2).first, week(2).last),))
    found = replace(found, team=replace(found.team, rotations=(paused,)))
    assert found.resting(at("2024-07-15T08:59:59")) == ()
    assert found.resting(at("2024-07-15T09:00")) == ("r",)
    assert found.resting(at("2024-07-22T08:59:59")) == ("r",)
    assert found.resting(at("2024-07-22T09:00")) == ()


def test_an_open_duty_is_a_shift_without_engineer() -> None:
    found = on_call("A .")
    assert [shift.engineer for shift in found.at(at("2024-07-09"))] == [None]


# Covers


def test_a_cover_cuts_the_duty_at_the_handovers_time_of_day() -> None:
    found = on_call("A B", covers=[cover("A", 2, 3, "C")])
    assert stretches(found) == "A Mon 10:00–Wed 10:00, C Wed 10:00–Fri 10:00, " + (
        "A Fri 10:00–Mon 10:00, B Mon 10:00–Mon 10:00"
    )
    stand_in = found.at(at("2024-07-03T09:00:00"))[0]
    assert (stand_in.engineer, stand_in.holder, stand_in.covering) == ("C", "A", True)


def test_a_cover_of_the_last_day_lasts_to_the_handover_and_of_the_first_from_it() -> None:
    found = on_call("A B", covers=[cover("A", 6, 6, "C"), cover("B", 7, 7, "D")])
    assert stretches(found) == "A Mon 10:00–Sun 10:00, C Sun 10:00–Mon 10:00, " + (
        "D Mon 10:00–Tue 10:00, B Tue 10:00–Mon 10:00"
    )


def test_a_cover_may_reach_over_a_handover_and_changes_only_its_engineers_duties() -> None:
    found = on_call("A B A", covers=[cover("A", 5, 15, "C")])
    assert stretches(found) == "A Mon 10:00–Sat 10:00, C Sat 10:00–Mon 10:00, " + (
        "B Mon 10:00–Mon 10:00, C Mon 10:00–Wed 10:00, A Wed 10:00–Mon 10:00"
    )


def test_a_cover_of_a_whole_week_leaves_one_stretch() -> None:
    found = on_call("A B", covers=[cover("A", -3, 6, "C")])
    assert stretches(found) == "C Mon 10:00–Mon 10:00, B Mon 10:00–Mon 10:00"


def test_covers_apply_in_their_order_so_that_a_stand_in_may_have_a_stand_in() -> None:
    chain = [cover("A", 2, 6, "C"), cover("C", 4, 4, "D")]
    found = on_call("A", covers=chain)
    assert stretches(found) == (
        "A Mon 10:00–Wed 10:00, C Wed 10:00–Fri 10:00, D Fri 10:00–Sat 10:00, C Sat 10:00–Mon 10:00"
    )


def test_of_two_covers_for_the_same_days_the_first_counts() -> None:
    both = [cover("A", 2, 4, "C"), cover("A", 2, 6, "D")]
    found = on_call("A", covers=both)
    assert stretches(found) == (
        "A Mon 10:00–Wed 10:00, C Wed 10:00–Sat 10:00, D Sat 10:00–Mon 10:00"
    )


def test_a_cover_may_name_its_role() -> None:
    found = on_call("AB", TWO, covers=[cover("A", 0, 6, "C", role="secondary")])
    assert names(found, "2024-07-03") == "AB"
    assert idle_covers(found.team, found.rota, found.covers) == found.covers
    found = on_call("AB", TWO, covers=[cover("B", 0, 6, "C", role="secondary", rotation="r")])
    assert names(found, "2024-07-03") == "AC"
    assert idle_covers(found.team, found.rota, found.covers) == ()


def test_a_cover_in_a_week_in_which_clocks_change_keeps_the_time_of_day() -> None:
    """Clocks go back on Sunday: Saturday 10:00 BST is 09:00 UTC, Sunday 10:00 GMT is 10:00."""
    found = on_call(" ".join("ABCD" * 5), covers=[cover("A", 16 * 7 + 5, 16 * 7 + 5, "D")])
    stand_in = next(shift for shift in found.shifts if shift.covering)
    assert stand_in.start == at("2024-10-26T09:00:00")
    assert stand_in.end == at("2024-10-27T10:00:00")


def test_covers_are_named_as_one_for_each_duty_that_they_change() -> None:
    given_ = [cover("A", 5, 15, "C", note="ill"), cover("D", 0, 6, "C"), cover("C", 6, 6, "B")]
    found = on_call("A B A", covers=given_)
    assert named(found.team, found.rota, given_) == (
        cover("A", 5, 6, "C", rotation="r", role="primary", note="ill"),
        cover("A", 14, 15, "C", rotation="r", role="primary", note="ill"),
        cover("C", 6, 6, "B", rotation="r", role="primary"),
    )
    again = named(found.team, found.rota, given_)
    assert doing(found.team, found.rota, again) == doing(found.team, found.rota, given_)


# Handovers


def test_a_handover_tells_who_passes_what_to_whom() -> None:
    found = on_call("AB CB", TWO)
    first, second = found.handovers
    assert first.at == at("2024-07-01T09:00:00")
    assert first.changes == (
        Change("r", "primary", None, "A"),
        Change("r", "secondary", None, "B"),
    )
    assert second.changes == (Change("r", "primary", "A", "C"),), "B stays"
    assert found.next_handover(at("2024-07-01T09:00:00")) == second
    assert found.next_handover(at("2024-07-08T09:00:00")) is None


def test_a_stand_in_at_the_end_of_a_week_hands_over() -> None:
    found = on_call("A B", covers=[cover("A", 5, 6, "C"), cover("B", 7, 8, "D")])
    assert found.handovers[1].changes == (Change("r", "primary", "C", "D"),)


def test_a_role_that_pauses_hands_over_to_nobody() -> None:
    duties = {
        Duty(week(0), "r", "primary"): "A",
        Duty(week(0), "r", "month-end"): "B",
        Duty(week(1), "r", "primary"): "A",
    }
    found = on_call("AB AB", rotation("ABCD", "primary", "month-end"))
    found = OnCall(found.team, Rota.of(duties))
    assert found.handovers[1].changes == (Change("r", "month-end", "B", None),)


def test_a_handover_on_a_public_holiday_of_either_is_marked() -> None:
    found = on_call("A B C", holidays={"A": [7], "B": [14], "D": [7, 14]})
    assert [[who for who, _ in each.holidays] for each in found.handovers] == [[], ["A"], ["B"]]
    assert [each.moved_from for each in found.handovers] == [None, None, None]


def test_a_team_may_move_it_to_the_next_working_day_for_both_sides() -> None:
    """Monday and Wednesday are holidays of B, Tuesday is one of A: Thursday it is."""
    found = on_call("AC BC", TWO, holidays={"B": [7, 9], "A": [8]}, handover_on_holidays="move")
    moved = found.handovers[1]
    assert moved.at == at("2024-07-11T09:00:00")
    assert moved.moved_from == at("2024-07-08T09:00:00")
    assert moved.holidays == ()
    assert names(found, "2024-07-11T08:59:00") == "AC"
    assert names(found, "2024-07-11T09:00:00") == "BC"
    assert stretches(found) == "A Mon 10:00–Thu 10:00, B Thu 10:00–Mon 10:00"
    assert stretches(found, "secondary") == "C Mon 10:00–Thu 10:00, C Thu 10:00–Mon 10:00"


def test_a_day_that_is_no_working_day_is_passed_over() -> None:
    found = on_call("A B", holidays={"B": [7]}, non_business=[8, 9], handover_on_holidays="move")
    assert found.handovers[1].at == at("2024-07-11T09:00:00")


@pytest.mark.parametrize("holidays", [{"C": [7]}, {"A": [8]}, {}])
def test_a_holiday_of_others_or_of_another_day_moves_nothing(
    holidays: dict[str, list[int]],
) -> None:
    found = on_call("A B", holidays=holidays, handover_on_holidays="move")
    assert found.handovers[1].moved_from is None


def test_who_stays_hands_nothing_over_and_so_moves_nothing() -> None:
    found = on_call("A A", holidays={"A": [7]}, handover_on_holidays="move")
    assert found.begins(week(1)) == at("2024-07-08T09:00:00")


def test_without_a_working_day_in_the_week_the_handover_stays_and_is_marked() -> None:
    found = on_call("A B", holidays={"B": range(7, 14)}, handover_on_holidays="move")
    assert found.handovers[1].at == at("2024-07-08T09:00:00")
    assert [who for who, _ in found.handovers[1].holidays] == ["B"]


def test_covers_of_days_before_a_moved_handover_are_the_outgoing_engineers() -> None:
    """B's week begins on Tuesday; B's cover for Monday has nothing left to cover."""
    found = on_call(
        "A B",
        covers=[cover("B", 7, 7, "D"), cover("A", 6, 6, "C")],
        holidays={"D": [7]},
        handover_on_holidays="move",
    )
    assert stretches(found) == (
        "A Mon 10:00–Sun 10:00, C Sun 10:00–Tue 10:00, B Tue 10:00–Mon 10:00"
    )


# Whatever the team

ZONES = (
    "Europe/London",
    "Asia/Kuala_Lumpur",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/St_Johns",
)
DAYTIME = [time(h, m) for h in range(4, 23) for m in (0, 30)]
NIGHT = [time(h, m) for h in range(4) for m in (0, 15, 30)]
SEATS = (("one", "primary"), ("one", "secondary"), ("two", "primary"))


@st.composite
def _rotas(draw: st.DrawFn) -> OnCall:
    first = draw(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
    count = draw(st.integers(1, 16))
    weeks = [DutyWeek(first + timedelta(weeks=n)) for n in range(count)]
    holders = draw(st.lists(st.permutations("ABCDE"), min_size=count, max_size=count))
    rota = Rota.of(
        (Duty(each, *seat), name)
        for each, people in zip(weeks, holders, strict=True)
        for seat, name in zip(SEATS, people, strict=False)
    )
    letters = st.sampled_from("ABCDE")
    covers = draw(
        st.lists(
            st.builds(
                lambda who, stand_in, n, length, seat: Cover(
                    who,
                    first + timedelta(days=n),
                    first + timedelta(days=n + length),
                    stand_in,
                    *seat,
                ),
                letters,
                letters,
                st.integers(-3, 7 * count),
                st.integers(0, 10),
                st.sampled_from([("", ""), ("one", ""), ("one", "primary"), ("two", "primary")]),
            ),
            max_size=6,
        )
    )
    holidays = {
        name: tuple(
            PublicHoliday(first + timedelta(days=n), "holiday")
            for n in sorted(draw(st.sets(st.integers(0, 7 * count), max_size=6)))
        )
        for name in "ABC"
    }
    free = draw(st.sets(st.integers(0, 7 * count), max_size=10))
    team = Team(
        "t",
        "T",
        draw(st.sampled_from(ZONES)),
        tuple(Engineer(name, Region("GB", "ENG")) for name in "ABCDE"),
        (
            Rotation("one", tuple("ABCDE"), (Role("primary"), Role("secondary"))),
            Rotation("two", tuple("ABCDE"), (Role("primary"),)),
        ),
        handover_weekday=first.isoweekday(),
        handover_time=draw(st.sampled_from(DAYTIME + NIGHT)),
        handover_on_holidays=draw(st.sampled_from(["mark", "move"])),
    )
    days_off = DaysOff(
        date.min,
        date.max,
        holidays,
        non_business=frozenset(first + timedelta(days=n) for n in free),
    )
    return OnCall(team, rota, tuple(covers), days_off)


@given(_rotas())
@settings(deadline=None, max_examples=150)
def test_shifts_of_every_seat_follow_one_another_without_gap_or_overlap(found: OnCall) -> None:
    begins = found.begins(found.rota.weeks[0])
    ends = found.begins(found.rota.weeks[-1].later(1))
    for seat in SEATS:
        own = [s for s in found.shifts if (s.duty.rotation, s.duty.role) == seat]
        assert own[0].start == begins
        assert own[-1].end == ends
        for before, after in pairwise(own):
            assert before.start < before.end == after.start
    for each in found.handovers:
        if each.moved_from is not None:
            assert each.moved_from < each.at < each.moved_from + timedelta(days=7)


@given(_rotas(), st.data())
@settings(deadline=None, max_examples=150)
def test_at_every_instant_exactly_one_engineer_holds_every_seat(
    found: OnCall, data: st.DataObject
) -> None:
    begins = found.begins(found.rota.weeks[0])
    ends = found.begins(found.rota.weeks[-1].later(1))
    edges = sorted({w + step for s in found.shifts for w in (s.start, s.end) for step in STEPS})
    inside = [when for when in edges if begins <= when < ends]
    span = int((ends - begins).total_seconds())
    some = data.draw(st.lists(st.integers(0, span - 1), max_size=20))
    for when in [*inside, *(begins + timedelta(seconds=n) for n in some)]:
        now = found.at(when)
        assert [(s.duty.rotation, s.duty.role) for s in now] == list(SEATS)
        assert all(s.start <= when < s.end for s in now)
    assert found.at(begins - timedelta(microseconds=1)) == ()
    assert found.at(ends) == ()


STEPS = (timedelta(), timedelta(microseconds=-1), timedelta(minutes=30), timedelta(minutes=-30))


@given(_rotas(), st.data())
@settings(deadline=None, max_examples=150)
def test_the_clock_on_the_wall_tells_the_same(found: OnCall, data: st.DataObject) -> None:
    """Walk dates instead of instants. Only for handovers by day: at night clocks change, and the
    wall shows some times twice."""
    team = found.team
    if team.handover_time not in DAYTIME or team.handover_on_holidays == "move":
        return
    names_by_date: dict[tuple[str, str, date], str | None] = {}
    for duty, people in doing(found.team, found.rota, found.covers).items():
        for when, name in people.items():
            names_by_date[duty.rotation, duty.role, when] = name
    first, last = found.rota.weeks[0].first, found.rota.weeks[-1].last
    span = (last - first).days * 24 * 60
    for minutes in data.draw(st.lists(st.integers(0, span), min_size=1, max_size=20)):
        instant = datetime.combine(first, time(0), tzinfo=UTC) + timedelta(minutes=minutes)
        wall = instant.astimezone(ZoneInfo(team.timezone))
        when = wall.date() - timedelta(days=wall.time() < team.handover_time)
        expected = [
            names_by_date[(*seat, when)] for seat in SEATS if (*seat, when) in names_by_date
        ]
        assert [s.engineer for s in found.at(instant)] == expected


def test_days_are_counted_from_the_first_of_the_week() -> None:
    found = on_call("A")
    names = dict(zip(week(0).days, "ABBAAAA", strict=True))
    assert doing(found.team, found.rota, [Cover("A", day(1), day(2), "B")]) == {
        Duty(week(0), "r", "primary"): names
    }
