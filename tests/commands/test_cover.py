"""``rota cover``: a stand-in found, recorded on the Cover sheet and in the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from tests.commands.books import cells, change, column, edit, kept, place, rows
from tests.commands.test_plan import BOOK, DATA, QUARTER, vacation
from tests.conftest import Said

Rota = Callable[..., Said]
pytestmark = pytest.mark.usefixtures("planned")


def on_duty(week: str, title: str = "primary") -> str:
    return str(dict(zip(column(BOOK, "Week"), column(BOOK, title), strict=True))[week])


def cover(rota: Rota, *arguments: object) -> dict[str, Any]:
    said = rota("cover", *DATA, *arguments, "--json")
    assert said.status == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def days_done(rota: Rota) -> dict[str, float]:
    teams = json.loads(rota("fairness", *DATA, "--json").out)["teams"]
    return {each["name"]: round(each["done"]["number"] * 7, 6) for each in teams[0]["engineers"]}


def test_the_secondary_takes_the_days_and_nothing_else_moves(rota: Rota) -> None:
    ill, secondary = on_duty("2024-W32"), on_duty("2024-W32", "secondary")
    before, done = cells(BOOK), days_done(rota)
    (need,) = cover(
        rota, "--engineer", ill, "--from", "2024-08-07", "--until", "2024-08-11", "--note", "flu"
    )["needs"]
    assert need["stand_in"] == secondary
    assert need["candidates"][0]["why"] == "is secondary in 2024-W32"
    (row,) = rows(BOOK, "Cover")[1:]
    assert row[:7] == (
        ill,
        datetime(2024, 8, 7),
        datetime(2024, 8, 11),
        secondary,
        "Data pipelines",
        "primary",
        "flu",
    )
    for title in ("primary", "secondary"):
        assert column(BOOK, title) == column(kept(BOOK)[0], title)
    assert cells(kept(BOOK)[0]) == before
    after = days_done(rota)
    assert {
        name: round(after[name] - done[name]) for name in done if after[name] != done[name]
    } == {
        ill: -5,
        secondary: 5,
    }
    assert rota("check", *QUARTER, *DATA).status == 0


def test_the_rest_of_the_week_without_an_end(rota: Rota) -> None:
    ill = on_duty("2024-W32")
    said = rota("cover", *DATA, "--engineer", ill.lower(), "--from", "2024-08-08")
    assert said.status == 0, said.err
    assert f"stands in for {ill}, primary, Thu 8 Aug – Sun 11 Aug" in said.out
    assert f"The old one is kept as {kept(BOOK)[0]}" in said.out


def test_the_dry_run_writes_nothing(rota: Rota) -> None:
    before = BOOK.read_bytes()
    asked = ("--engineer", on_duty("2024-W32"), "--from", "2024-08-08", "--dry-run")
    assert cover(rota, *asked)["path"] is None
    assert rota("cover", *DATA, *asked).out.rstrip().endswith("Nothing was written.")
    assert BOOK.read_bytes() == before


def test_somebody_else_may_be_named(rota: Rota) -> None:
    ill = on_duty("2024-W36")
    (need,) = cover(rota, "--engineer", ill, "--from", "2024-09-04", "--dry-run")["needs"]
    last = need["candidates"][-1]["engineer"]
    asked = ("--engineer", ill, "--from", "2024-09-04", "--with")
    assert cover(rota, *asked, last.upper())["needs"][0]["stand_in"] == last
    said = rota("cover", *DATA, *asked, ill)
    assert said.status == 2


def test_days_of_two_weeks(rota: Rota) -> None:
    """Whoever is on duty again later in those dates needs a stand-in there too."""
    names = {
        week: {on_duty(str(week)), on_duty(str(week), "secondary")} for week in column(BOOK, "Week")
    }
    weeks = [str(week) for week in names]
    ill, first, second = next(
        (name, one, other)
        for one, other in pairwise(weeks)
        for name in sorted(names[one] & names[other])
    )
    start = datetime.fromisocalendar(2024, int(first[-2:]), 5).date()
    end = datetime.fromisocalendar(2024, int(second[-2:]), 2).date()
    needs = cover(rota, "--engineer", ill, "--from", start, "--until", end)["needs"]
    assert [need["week"] for need in needs] == [first, second]
    assert (needs[0]["from"], needs[1]["until"]) == (str(start), str(end))
    assert len(rows(BOOK, "Cover")) == 3


def test_two_covers_in_a_week_and_a_cover_of_a_cover(rota: Rota) -> None:
    ill = on_duty("2024-W32")
    done = days_done(rota)
    (one,) = cover(rota, "--engineer", ill, "--from", "2024-08-05", "--until", "2024-08-06")[
        "needs"
    ]
    (two,) = cover(rota, "--engineer", ill, "--from", "2024-08-09", "--until", "2024-08-11")[
        "needs"
    ]
    third = two["stand_in"]
    again = cover(rota, "--engineer", third, "--from", "2024-08-11", "--until", "2024-08-11")
    primary = next(need for need in again["needs"] if need["role"] == "primary")
    assert primary["stand_in"] not in (ill, third)
    after = days_done(rota)
    assert after[ill] == done[ill] - 5
    assert sum(after.values()) == sum(done.values())
    assert len(rows(BOOK, "Cover")) == 3 + len(again["needs"])
    assert one["stand_in"]
    assert rota("check", *QUARTER, *DATA).status == 0
    said = rota("who", *DATA, "--at", "2024-08-11 12:00")
    assert said.status == 0, said.err
    assert primary["stand_in"] in said.out


def test_an_illness_that_is_covered_breaks_no_rule_and_needs_no_re_plan(rota: Rota) -> None:
    ill = on_duty("2024-W32")
    vacation("data-engineering", f"{ill},2024-08-07,2024-08-09,sick")
    assert rota("check", *QUARTER, *DATA).status == 1
    cover(rota, "--engineer", ill, "--from", "2024-08-07", "--until", "2024-08-09")
    assert rota("check", *QUARTER, *DATA).status == 0
    said = rota("replan", *QUARTER, *DATA, "--as-of", "2024-06-24")
    assert "Nothing has to change." in said.out
    assert len(rows(BOOK, "Cover")) == 2, "the stand-in stays when the workbook is written anew"


def test_the_next_quarter_counts_the_days(rota: Rota) -> None:
    ill = on_duty("2024-W38")
    (need,) = cover(rota, "--engineer", ill, "--from", "2024-09-17", "--until", "2024-09-19")[
        "needs"
    ]
    before = json.loads(rota("fairness", *DATA, "--json").out)["teams"][0]["engineers"]
    said = rota("plan", "--quarter", "2024Q4", *DATA, "--json")
    assert said.status == 0, said.err
    (team,) = json.loads(said.out)["teams"]
    carried = {each["name"]: each["carried_in"]["exact"] for each in team["engineers"]}
    assert carried == {each["name"]: each["balance"]["exact"] for each in before}
    assert "/7" in carried[need["stand_in"]] or "/21" in carried[need["stand_in"]]
    # A later correction of the old quarter is told when the new one is looked at again.
    cover(rota, "--engineer", on_duty("2024-W37"), "--from", "2024-09-12")
    assert "its inputs have changed" in rota("plan", "--quarter", "2024Q4", *DATA).err


def test_what_people_wrote_stays(rota: Rota) -> None:
    edit(
        BOOK,
        **{
            place(BOOK, "2024-W38", "Lock"): "primary",
            place(BOOK, "2024-W38", "Note"): "quiet week",
        },
    )
    cover(rota, "--engineer", on_duty("2024-W32"), "--from", "2024-08-07")
    assert column(BOOK, "Lock")[11] == "primary"
    assert column(BOOK, "Note")[11] == "quiet week"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--engineer", "Wiliam", "--from", "2024-08-07"), "Did you mean “William”?"),
        (("--engineer", "William", "--from", "2024-13-07"), "is not a date such as 2024-07-01"),
        (("--engineer", "William", "--from", "2030-08-07"), "speaks of 2030-W32"),
        (
            ("--engineer", "William", "--from", "2024-08-07", "--until", "2024-08-01"),
            "--until 2024-08-01 lies before --from 2024-08-07",
        ),
    ],
)
def test_slips_of_the_command_line(rota: Rota, arguments: tuple[str, ...], message: str) -> None:
    said = rota("cover", *DATA, *arguments)
    assert said.status == 2
    assert message in said.err


def test_nobody_on_duty_needs_no_cover(rota: Rota) -> None:
    idle = next(
        name
        for name in ("William", "Dong", "Siddhant", "Maxime")
        if name not in (on_duty("2024-W32"), on_duty("2024-W32", "secondary"))
    )
    said = rota("cover", *DATA, "--engineer", idle, "--from", "2024-08-07")
    assert said.status == 2
    assert f"{idle} has no duty between 2024-08-07 and 2024-08-11: nothing to cover." in said.err


def test_a_cover_typed_for_somebody_not_on_duty_is_refused_with_its_row(rota: Rota) -> None:
    idle = next(
        name
        for name in ("William", "Dong", "Siddhant", "Maxime")
        if name not in (on_duty("2024-W32"), on_duty("2024-W32", "secondary"))
    )
    typed = [idle, datetime(2024, 8, 7), datetime(2024, 8, 8), on_duty("2024-W32")]
    change(
        BOOK,
        lambda book: [book["Cover"].cell(2, n, value) for n, value in enumerate(typed, start=1)],
    )
    said = rota("cover", *DATA, "--engineer", on_duty("2024-W34"), "--from", "2024-08-21")
    assert said.status == 2
    assert "sheet Cover row 2" in said.err
    assert f"{idle} has no duty between" in said.err
