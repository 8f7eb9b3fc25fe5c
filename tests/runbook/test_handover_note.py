"""The message for the channel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.domain import Pipeline, Settings
from planner.problem.oncall import OnCall
from planner.runbook.handover_note import is_month_end, note, reinforced
from tests.build import away, problem, rotation, week
from tests.duty import cover, on_call

TWO = rotation("ABCD", "primary", "secondary")
PIPELINES = (
    Pipeline(
        "Profit",
        rotation="r",
        deadline="monthly by 28; daily 09:00 UTC",
        watched_by="BI team in the final week of each month",
        common_issues="late salaries; files that differ; counted twice",
    ),
    Pipeline(
        "Engagement",
        rotation="r",
        deadline="last business day; daily 09:00 UTC",
        common_issues="No regularly occurring issues",
    ),
    Pipeline(
        "Growth", hours="office hours", deadline="weekly Friday", common_issues="rows missing"
    ),
)


def lines(found: OnCall, n: int, remark: str = "") -> list[str]:
    return note(found, week(n), remark).split("\n")


def test_the_whole_message_of_a_month_end_week() -> None:
    """Week 8 begins on Monday 26 August 2024; Friday 30 is the last business day."""
    found = on_call(
        "AB " * 8 + "CB",
        TWO,
        pipelines=PIPELINES,
        vacations=(away("D", 50, 59), away("A", 60)),
        covers=[cover("C", 59, 60, "A")],
        holidays={"A": [56], "B": [56], "C": [56], "D": [56, 57]},
    )
    assert lines(found, 8, "the new schema goes live") == [
        "Handover Team, 2024-W35: Mon 26 Aug 2024 10:00 BST",
        "• primary: A → C",
        "• secondary: B (stays)",
        "Public holiday of A, C: holiday.",
        "Away:",
        "• A, Fri 30 Aug",
        "• D, Mon 26 Aug – Thu 29 Aug",
        "Stand-ins:",
        "• A for C, primary: Thu 29 Aug 2024 10:00 BST – Sat 31 Aug 2024 10:00 BST",
        "Days off:",
        "• Mon 26 Aug holiday (all)",
        "• Tue 27 Aug holiday (D)",
        "Deadlines:",
        "• Wed 28 Aug: Profit (monthly by 28)",
        "• Fri 30 Aug: Engagement (last business day)",
        "• Fri 30 Aug: Growth (weekly Friday)",
        "• always: Profit, Engagement (daily 09:00 UTC)",
        "Reinforced monitoring, month-end week:",
        "• Profit: BI team in the final week of each month",
        "No on-call:",
        "• Growth (office hours)",
        "Watch for:",
        "• Profit: late salaries; files that differ; and 1 more",
        "Note:",
        "• the new schema goes live",
    ]


def test_an_ordinary_week_says_only_what_there_is() -> None:
    assert lines(on_call("A B"), 1) == [
        "Handover Team, 2024-W28: Mon 8 Jul 2024 10:00 BST",
        "• primary: A → B",
    ]


def test_beginnings_ends_and_open_duties() -> None:
    assert lines(on_call("A"), 0)[1] == "• primary: A begins"
    assert lines(on_call("A ."), 1)[1] == "• primary: A hands over, nobody takes over"
    assert lines(on_call(". ."), 1)[1] == "• primary: open"


def test_rotations_are_named_where_there_are_several() -> None:
    streams = (rotation("AB", name="Growth"), rotation("CD", name="Profit"))
    assert lines(on_call("AC BD", *streams), 1)[1:3] == [
        "• Growth, primary: A → B",
        "• Profit, primary: C → D",
    ]


def test_a_moved_handover_says_where_it_was() -> None:
    found = on_call("A B", holidays={"A": [7]}, handover_on_holidays="move")
    assert lines(found, 1)[:3] == [
        "Handover Team, 2024-W28: Tue 9 Jul 2024 10:00 BST",
        "• primary: A → B",
        "Moved from Mon 8 Jul 2024 10:00 BST, a public holiday.",
    ]


@pytest.mark.parametrize(("show", "said"), [(True, "B, Tue 9 Jul (sick)"), (False, "B, Tue 9 Jul")])
def test_reasons_are_told_only_if_the_team_shows_them(show: bool, said: str) -> None:
    found = on_call(
        "A A", vacations=(away("B", 8, kind="sick"),), settings=Settings(show_reasons=show)
    )
    assert f"• {said}" in lines(found, 1)


@pytest.mark.parametrize(("show", "said"), [(True, "deepavali"), (False, "own festival")])
def test_festivals_are_named_only_if_the_team_shows_reasons(show: bool, said: str) -> None:
    days_off = problem(festivals={"B": [("deepavali", 6, 8)]}).days_off
    found = on_call("A A", settings=Settings(show_reasons=show))
    found = replace(found, days_off=days_off)
    assert f"• Mon 8 Jul – Tue 9 Jul {said} (B)" in lines(found, 1)


def test_month_ends_are_those_of_the_teams_working_days() -> None:
    found = on_call("A " * 13)
    assert [n for n in range(13) if is_month_end(found, week(n))] == [4, 8, 12]
    shifted = replace(found, days_off=replace(found.days_off, non_business=frozenset()))
    assert [n for n in range(13) if is_month_end(shifted, week(n))] == [4, 8, 12]


@pytest.mark.parametrize(
    ("watched_by", "expected"),
    [
        ("BI team in the final week of each month", True),
        ("one more engineer in the last week of the month", True),
        ("Data Science at month-end", True),
        ("Slack alert monitored daily", False),
        ("BI in the profit team", False),
        ("", False),
    ],
)
def test_reinforced_monitoring_is_what_watched_by_says(watched_by: str, expected: bool) -> None:
    assert reinforced(Pipeline("P", watched_by=watched_by)) is expected
