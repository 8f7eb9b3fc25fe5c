"""Which events a rota has, what they say, and how they are known."""

from __future__ import annotations

import re
from datetime import timedelta

from planner.domain import Pipeline
from planner.files.feeds.events import planned_events, uid
from tests.build import rotation, week
from tests.duty import at, cover, on_call, timetable

TWO = rotation("ABCD", "primary", "secondary")


def events(*arguments: object, **facts: object) -> list[str]:
    found = timetable(*arguments, **facts)  # type: ignore[arg-type]
    return [each.event.summary for each in planned_events(found)]


def handoffs(*arguments: object, **facts: object) -> list[str]:
    return [each for each in events(*arguments, **facts) if each.startswith("Handoff")]


def test_one_event_a_duty_and_a_handoff_at_each_handover() -> None:
    assert events("A B") == [
        "On call: A (primary)",
        "Handoff: A → B",
        "On call: B (primary)",
    ]


def test_a_handoff_is_half_an_hour_at_the_handover() -> None:
    handoff = planned_events(timetable("A B"))[1].event
    assert handoff.start == at("2024-07-08T09:00:00"), "Monday 10:00 in London"
    assert handoff.end - handoff.start == timedelta(minutes=30)


def test_a_handoff_keeps_its_time_on_the_wall_when_clocks_change() -> None:
    found = planned_events(timetable(" ".join("ABCD" * 5)))
    hours = {e.event.start.hour for e in found if e.event.start > at("2024-10-27T12:00:00")}
    assert hours == {10}
    assert {e.event.start.hour for e in found if e.event.start < at("2024-10-27T00:00:00")} == {9}


def test_who_stays_hands_nothing_over() -> None:
    assert handoffs("A A B") == ["Handoff: A → B"]
    assert handoffs("AB BA", TWO) == ["Handoff: A → B (primary); B → A (secondary)"]
    assert handoffs("AB CB", TWO) == ["Handoff: A → C"]


def test_an_open_duty_has_no_event_and_no_handoff() -> None:
    assert events("A . B") == ["On call: A (primary)", "On call: B (primary)"]


def test_rotations_meet_by_themselves_and_are_named() -> None:
    streams = (rotation("AB", name="Growth"), rotation("CD", name="Profit"))
    assert sorted(events("AC BD", *streams)) == [
        "Handoff Growth: A → B",
        "Handoff Profit: C → D",
        "On call: A (Growth: primary)",
        "On call: B (Growth: primary)",
        "On call: C (Profit: primary)",
        "On call: D (Profit: primary)",
    ]


def test_a_cover_cuts_the_event() -> None:
    found = planned_events(timetable("A", covers=[cover("A", 2, 3, "C")]))
    assert [each.event.summary for each in found] == [
        "On call: A (primary)",
        "On call: C (primary)",
        "On call: A (primary)",
    ]
    assert found[0].event.end == found[1].event.start == at("2024-07-03T09:00:00")
    assert found[1].event.end == found[2].event.start == at("2024-07-05T09:00:00")
    assert "Stands in for A." in found[1].event.description
    assert len({each.event.uid for each in found}) == 3


def test_uids_come_from_week_rotation_role_and_team_and_never_from_people() -> None:
    before = [each.event.uid for each in planned_events(timetable("A B C"))]
    after = [each.event.uid for each in planned_events(timetable("D A B"))]
    assert before == after
    assert all(re.fullmatch(r"[\x21-\x7e]+@rota", each) for each in before)
    assert before[0].startswith("2024-W27.primary.r.team.")


def test_uids_differ_where_names_differ_however_they_are_spelt() -> None:
    team = on_call("A").team
    spellings = ["primary", "Primary", "pri-mary", "pri mary", "主", "副", ""]
    assert len({uid(team, week(0), "r", each) for each in spellings}) == len(spellings)
    assert uid(team, week(0), "a b", "c") != uid(team, week(0), "a", "b c")


def test_a_handoff_says_what_to_hand_over() -> None:
    pipelines = (
        Pipeline(
            "Profit",
            rotation="r",
            deadline="weekly Friday; daily 09:00 UTC",
            watched_by="BI in the final week of each month",
            common_issues="late salaries; files that differ; double counting",
        ),
        Pipeline("Elsewhere", deadline="weekly Friday"),
    )
    found = planned_events(timetable("A A A A B", pipelines=pipelines, holidays={"B": [28]}))
    handoff = next(each.event for each in found if each.event.category == "Handoff")
    assert handoff.summary == "Handoff: A → B – public holiday of B"
    assert handoff.description.split("\n") == [
        "r, 2024-W31 (Mon 29 Jul – Sun 4 Aug)",
        "primary: A → B",
        "Public holiday of B: holiday.",
        "",
        "Deadlines:",
        "- Fri 2 Aug: Profit (weekly Friday)",
        "- always: Profit (daily 09:00 UTC)",
        "",
        "Reinforced monitoring, month-end week:",
        "- Profit: BI in the final week of each month",
        "",
        "Watch for:",
        "- Profit: late salaries; files that differ; and 1 more",
    ]


def test_a_moved_handoff_says_where_it_was() -> None:
    found = timetable("A B", holidays={"A": [7]}, handover_on_holidays="move")
    handoff = planned_events(found)[1].event
    assert handoff.start == at("2024-07-09T09:00:00")
    assert "Moved from Mon 8 Jul 2024 10:00 BST: public holiday." in handoff.description
    assert "public holiday" not in handoff.summary


def test_people_and_seats_of_an_event() -> None:
    found = planned_events(timetable("AB CB", TWO))
    handoff = next(each for each in found if each.event.category == "Handoff")
    assert handoff.people == ("A", "C")
    assert handoff.seats == (("r", "primary"),)
