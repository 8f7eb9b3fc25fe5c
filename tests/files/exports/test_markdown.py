"""Markdown for a wiki page."""

from __future__ import annotations

from dataclasses import replace

from planner.domain import Pipeline
from planner.files.exports.markdown import to_markdown
from planner.files.published.rotas import InForce
from tests.build import rotation, week
from tests.duty import cover, timetable


def test_a_page() -> None:
    found = timetable(
        "AB C. AB",
        rotation("ABCD", "primary", "secondary"),
        covers=[cover("C", 9, 10, "D")],
        pipelines=(
            Pipeline("Profit", primary_owner="Finance", rotation="r", deadline="weekly Friday"),
            Pipeline("Growth", secondary_owner="Data", hours="office hours", sla="by | Friday"),
        ),
    )
    found = replace(found, in_force=replace(found.in_force, notes=((week(2), "bring *cake*"),)))
    assert isinstance(found.in_force, InForce)
    assert to_markdown(found).splitlines() == [
        "# On call: Team, 2024-W27 to 2024-W29",
        "",
        "Times are in Europe/London.",
        "",
        "| Week | Begins | primary | secondary | Note |",
        "| --- | --- | --- | --- | --- |",
        "| 2024-W27 | Mon 1 Jul 2024 10:00 BST | A | B |  |",
        "| 2024-W28 | Mon 8 Jul 2024 10:00 BST | C, then D, then C | open |  |",
        "| 2024-W29 | Mon 15 Jul 2024 10:00 BST | A | B | bring \\*cake\\* |",
        "",
        "## Stand-ins",
        "",
        "| Stand-in | For | Rotation | Role | From | Until |",
        "| --- | --- | --- | --- | --- | --- |",
        "| D | C | r | primary | Wed 10 Jul 2024 10:00 BST | Fri 12 Jul 2024 10:00 BST |",
        "",
        "## Pipelines",
        "",
        "| Pipeline | On call | Owners | Respond within | Deadline | SLA | Upstream | Downstream "
        "| Watched by | Escalation |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| Profit | r | Finance |  | weekly Friday |  |  |  |  |  |",
        "| Growth | no on-call (office hours) | Data |  |  | by \\| Friday |  |  |  |  |",
    ]


def test_month_end_weeks_are_marked_and_rotations_named() -> None:
    streams = (rotation("AB", name="Growth"), rotation("CD", name="Profit"))
    page = to_markdown(timetable("AC BD AC BD AC", *streams))
    assert "| Week | Begins | Growth: primary | Profit: primary | Note |" in page
    assert page.count("month-end week") == 1
    assert "| 2024-W31 | Mon 29 Jul 2024 10:00 BST | A | C | month-end week |" in page


def test_nothing_in_a_name_becomes_markup() -> None:
    page = to_markdown(timetable("A", rotation("A", "[x](http://e) <b>|`_")))
    assert "| \\[x\\](http://e) \\<b\\>\\|\\`\\_ |" in page
