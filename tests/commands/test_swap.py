"""``rota swap``: the exchanges of a duty, what each does, and agreeing on one."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.books import cells, column, edit, kept, place, rows
from tests.commands.test_plan import BOOK, DATA, QUARTER, vacation
from tests.conftest import Said

Rota = Callable[..., Said]
SWAPS = Path("inputs/data-engineering/swaps.csv")
AHEAD = ("--as-of", "2024-06-24")
WEEK = "2024-W30"
pytestmark = pytest.mark.usefixtures("planned")


def holder(title: str = "primary") -> str:
    return str(dict(zip(column(BOOK, "Week"), column(BOOK, title), strict=True))[WEEK])


def ask(*arguments: object) -> tuple[object, ...]:
    return ("swap", *DATA, "--engineer", holder(), "--week", WEEK, *AHEAD, *arguments)


def listed(rota: Rota, *arguments: object) -> dict[str, Any]:
    said = rota(*ask(*arguments, "--json"))
    assert said.status == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def agreements() -> list[dict[str, str]]:
    with SWAPS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def last_row() -> str:
    return f"swaps.csv row {len(agreements()) + 1}"


def test_every_partner_is_listed_or_it_is_said_why_not(rota: Rota) -> None:
    found = listed(rota, "--most", "100")
    partners = {one["moves"][0]["new"] for one in found["exchanges"]}
    everybody = {"William", "Dong", "Siddhant", "Maxime"}
    assert partners | set(found["not_possible"]) | {holder()} == everybody
    assert not partners & set(found["not_possible"])
    for one in found["exchanges"]:
        assert one["moves"][0] == {
            "week": WEEK,
            "rotation": "Data pipelines",
            "role": "primary",
            "old": holder(),
            "new": one["moves"][0]["new"],
        }
    assert all(len(one["moves"]) <= 3 or one["further"] for one in found["exchanges"])


def test_the_list_for_people(rota: Rota) -> None:
    said = rota(*ask())
    assert said.status == 0, said.err
    assert f"{holder()}, primary in {WEEK}" in said.out
    assert "what it does to the aims" in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())
    short = rota(*ask("--most", "1"))
    assert " more; --most shows them." in short.out


def test_who_is_away_is_not_possible(rota: Rota) -> None:
    other = next(n for n in ("Dong", "William", "Maxime") if n != holder())
    vacation("data-engineering", f"{other},2024-07-24,2024-07-24,annual")
    found = listed(rota)
    assert found["not_possible"][other].startswith("is away 24 July 2024 (vacations.csv row ")
    assert f"Not with {other}: is away 24 July 2024" in rota(*ask()).out


def test_apply_records_the_swap_and_moves_nothing_else(rota: Rota) -> None:
    (best, *_) = [one for one in listed(rota)["exchanges"] if len(one["moves"]) == 2]
    given, taken = best["moves"]
    partner = given["new"]
    notes = {place(BOOK, "2024-W33", "Note"): "mind the cat"}
    edit(BOOK, **notes)
    before = cells(BOOK)
    said = rota(*ask("--with", partner.upper(), "--for-week", taken["week"], "--apply"))
    assert said.status == 0, said.err
    *_, row = agreements()
    assert (row["engineer"], row["week"], row["with"], row["for_week"], row["agreed"]) == (
        given["old"],
        WEEK,
        partner,
        taken["week"],
        "yes",
    )
    names = {"primary": column(BOOK, "primary"), "secondary": column(BOOK, "secondary")}
    (old,) = kept(BOOK)
    assert cells(old) == before
    moved = {
        (week, title): (was, now)
        for title, after in names.items()
        for week, was, now in zip(column(old, "Week"), column(old, title), after, strict=True)
        if was != now
    }
    assert moved == {(m["week"], "primary"): (m["old"], m["new"]) for m in best["moves"]}
    assert {line[4] for line in rows(BOOK, "Changes")[1:]} == {f"agreed swap ({last_row()})"}
    assert column(BOOK, "Note")[6] == "mind the cat"
    assert rota("check", *QUARTER, *DATA).status == 0
    again = rota("replan", *QUARTER, *DATA, *AHEAD)
    assert "Nothing has to change." in again.out
    assert f"{BOOK} is up to date." in again.out
    assert f"{BOOK} is up to date." in rota("plan", *QUARTER, *DATA).out


def test_swaps_given_and_taken_are_shown(rota: Rota) -> None:
    one = next(one for one in listed(rota)["exchanges"] if len(one["moves"]) == 2)
    giver, partner = one["moves"][0]["old"], one["moves"][0]["new"]
    back = one["moves"][1]["week"]
    assert rota(*ask("--with", partner, "--for-week", back, "--apply")).status == 0
    ledger = json.loads(rota("fairness", *DATA, "--json").out)["teams"][0]["engineers"]
    swaps = {each["name"]: each["swaps"] for each in ledger}
    assert swaps[giver] == swaps[partner] == {"given": 1, "taken": 1}
    assert sum(each["given"] for each in swaps.values()) == 2
    said = rota("fairness", *DATA).out
    assert "Swaps: duties given away and taken over by agreed swaps (swaps.csv)." in said
    assert all(len(line) <= 80 for line in said.splitlines())
    elsewhere = json.loads(rota("fairness", *DATA, "--weeks", "1", "--json").out)
    assert all(each["swaps"]["given"] == 0 for each in elsewhere["teams"][0]["engineers"])


def test_a_duty_received_in_a_swap_may_be_swapped_on(rota: Rota) -> None:
    one = next(one for one in listed(rota)["exchanges"] if len(one["moves"]) == 2)
    partner, back = one["moves"][0]["new"], one["moves"][1]["week"]
    assert rota(*ask("--with", partner, "--for-week", back, "--apply")).status == 0
    said = rota(*ask())
    assert said.status == 0, said.err
    assert said.out.startswith(f"{partner}, primary in 2024-W30")


def test_other_new_facts_are_left_for_a_re_plan(rota: Rota) -> None:
    """An agreed swap does not make a vacation known that nobody has planned for yet."""
    week = dict(zip(column(BOOK, "Week"), column(BOOK, "secondary"), strict=True))["2024-W39"]
    vacation("data-engineering", f"{week},2024-09-25,2024-09-25,annual")
    assert rota(*ask("--apply")).status == 0
    assert rota("check", *QUARTER, *DATA).status == 1
    assert rota("plan", *QUARTER, *DATA).status == 2
    assert rota("replan", *QUARTER, *DATA, *AHEAD).status == 0
    assert rota("check", *QUARTER, *DATA).status == 0


def test_weeks_that_have_begun_are_for_rota_cover(rota: Rota) -> None:
    said = rota("swap", *DATA, "--engineer", holder(), "--week", WEEK, "--as-of", "2024-07-22")
    assert said.status == 2
    assert "2024-W30 has begun; `rota cover` finds a stand-in." in said.err
    over = rota("swap", *DATA, "--engineer", holder(), "--week", WEEK, "--as-of", "2025-01-01")
    assert over.status == 0, "a quarter that is over counts as not begun"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--engineer", "Wiliam", "--week", WEEK), "Did you mean “William”?"),
        (("--engineer", "William", "--week", "week 30"), "is not a week such as 2024-W27"),
        (("--engineer", "William", "--week", "2030-W30"), "speaks of 2030-W30"),
    ],
)
def test_slips_of_the_command_line(rota: Rota, arguments: tuple[str, ...], message: str) -> None:
    said = rota("swap", *DATA, *arguments)
    assert said.status == 2
    assert message in said.err


def test_more_slips(rota: Rota) -> None:
    idle = next(
        name
        for name in ("William", "Dong", "Siddhant", "Maxime")
        if name not in (holder(), holder("secondary"))
    )
    said = rota("swap", *DATA, "--engineer", idle, "--week", WEEK)
    assert said.status == 2
    assert f"{idle} has no duty in {WEEK}; their weeks are: " in said.err
    said = rota(*ask("--with", holder()))
    assert said.status == 2
    assert "is nobody to exchange" in said.err
    said = rota(*ask("--with", "Dong" if holder() != "Dong" else "William", "--for-week", "W30"))
    assert said.status == 2
    assert "is not a week such as 2024-W27" in said.err
