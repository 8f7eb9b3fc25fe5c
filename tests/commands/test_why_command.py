"""``rota why`` and ``rota plan --allow-gaps``, on the sample teams."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.model import asking
from planner.model.search import Answer, search
from tests.conftest import Said

Rota = Callable[..., Said]
QUARTER = ("--quarter", "2024Q3")
XYZ = ("--team", "xyz-tech")


def add_vacations(team: str, *lines: str) -> None:
    with Path(f"inputs/{team}/vacations.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"{line},,\n" for line in lines)


def short_week() -> None:
    """A week in which only Siddhant is there."""
    add_vacations(
        "data-engineering",
        "William,2024-08-12,2024-08-16,annual",
        "Dong,2024-08-14,2024-08-14,annual",
        "Maxime,2024-08-15,2024-08-23,annual",
    )


@pytest.mark.usefixtures("planned")
def test_why_each_holder_holds_it(rota: Rota) -> None:
    said = rota("why", "--week", "2024-W32", *XYZ)
    assert said.status == 0, said.err
    assert said.out == (
        "2024-W32 Profit and engagement: primary: Choo\n"
        "It is Choo's turn in the team's cycle.\n"
        "Without Choo there, cycle: departures from the cycle would get worse by 2 (5\n"
        "instead of 3), and no aim before it better.\n"
        "\n"
        "2024-W32 Growth: primary: Aidil\n"
        "It is Aidil's turn in the team's cycle.\n"
        "Without Aidil there, cycle: departures from the cycle would get worse by 2 (5\n"
        "instead of 3), and no aim before it better.\n"
    )


@pytest.mark.usefixtures("planned")
def test_why_not_somebody_who_is_away(rota: Rota) -> None:
    said = rota("why", "--week", "2024-W33", "--engineer", "choo", "--rotation", "growth")
    assert said.out == (
        "2024-W33 Growth: primary: Thiru, and not Choo\n"
        "Choo cannot:\n"
        "  - Choo is away 12–16 August 2024 (vacations.csv row 4)\n"
    )


@pytest.mark.usefixtures("planned")
def test_the_rota_that_would_result(rota: Rota) -> None:
    asked = ("why", "--week", "2024-W32", "--engineer", "Thiru", "--rotation", "Growth", "--show")
    said = rota(*asked)
    assert "With Thiru there, cycle: departures from the cycle would get worse by 2" in said.out
    table = said.out.split("would be\n")[1].splitlines()[1:]
    changed = [line.split() for line in table]
    assert ["2024-W32", "Growth:", "primary", "Aidil", "Thiru"] in changed
    document = json.loads(rota(*asked, "--json").out)
    (answer,) = document["answers"]
    assert (answer["holder"], answer["engineer"], answer["verdict"]) == ("Aidil", "Thiru", "worse")
    assert answer["difference"]["amount"] == {"number": 2.0, "exact": "2"}
    assert answer["difference"]["proven"] is True
    held = {(h["week"], h["rotation"]): h["engineer"] for h in answer["rota"]}
    assert held["2024-W32", "Growth"] == "Thiru"
    assert len(held) == 26
    assert document["edited"] is document["breaks_rules"] is False


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--week", "2024-W32"), "several teams: say --team, one of data-engineering, xyz-tech"),
        (("--week", "2024-W32", *XYZ, "--engineer", "Thiruu"), "Did you mean “Thiru”?"),
        (("--week", "2024-W32", *XYZ, "--role", "primry"), "Did you mean “primary”?"),
        (("--week", "2024-W32", *XYZ, "--rotation", "grwth"), "Did you mean “Growth”?"),
        (("--week", "W32", *XYZ), "“W32” is not a week such as 2024-W27"),
        (("--week", "2030-W01", *XYZ), "no rota in outputs/xyz-tech speaks of 2030-W01"),
    ],
)
def test_bad_questions(rota: Rota, arguments: tuple[str, ...], complaint: str) -> None:
    said = rota("why", *arguments)
    assert said.status == 2
    assert said.out == ""
    assert complaint in said.err


@pytest.mark.usefixtures("planned")
def test_an_impasse_is_explained_and_gaps_are_marked(rota: Rota) -> None:
    shutil.rmtree("outputs")
    short_week()
    team = ("--team", "data-engineering")
    said = rota("plan", *QUARTER, *team)
    assert said.status == 3
    assert said.out == ""
    assert not Path("outputs/data-engineering").exists()
    for line in (
        "2024-W33: these cannot all hold",
        "- 2024-W33: Data pipelines needs one primary and one secondary",
        "- Dong is away 14 August 2024 (vacations.csv row 12)",
        "- 2024-W33: Siddhant can hold only one duty",
        "Ways out, cheapest first; each was tried and gives a rota:",
        "1. Dong holds ",
        "stands in on 14 August 2024 (vacations.csv row 12)",
        "leave secondary of Data pipelines open in 2024-W33 (--allow-gaps)",
    ):
        assert line in said.err
    (document,) = json.loads(rota("plan", *QUARTER, *team, "--json").out)["teams"]
    (clash,) = document["impasse"]["clashes"]
    assert clash["weeks"] == ["2024-W33"]
    assert clash["minimal"] is True
    assert "vacations.csv row 12" in [fact["source"] for fact in clash["facts"]]
    costs = [repair["cost"] for repair in document["impasse"]["repairs"]]
    assert costs == sorted(costs)

    said = rota("plan", *QUARTER, *team, "--allow-gaps")
    assert said.status == 0, said.err
    gap = "2024-W33: nobody is secondary of Data pipelines"
    assert f"Warning: {gap}: this duty stays open" in said.err
    assert "data-engineering: 1 duty stays open." in said.err
    checked = rota("check", *QUARTER, *team)
    assert checked.status == 1
    assert gap in checked.out
    asked = rota("why", "--week", "2024-W33", "--role", "secondary", *team)
    assert asked.out.startswith("2024-W33 secondary: open\nNobody can:\n")


@pytest.mark.usefixtures("planned")
def test_the_first_repair_works_when_it_is_carried_out(rota: Rota) -> None:
    shutil.rmtree("outputs")
    short_week()
    vacations = Path("inputs/data-engineering/vacations.csv")
    text = vacations.read_text(encoding="utf-8")
    vacations.write_text(
        text.replace("Dong,2024-08-14,2024-08-14,annual,,\n", ""), encoding="utf-8"
    )
    team = ("--team", "data-engineering")
    assert rota("plan", *QUARTER, *team).status == 0


@pytest.mark.usefixtures("planned")
def test_an_edited_rota_may_have_nothing_else_to_say_for_itself(rota: Rota) -> None:
    from openpyxl import load_workbook

    path = Path("outputs/xyz-tech/rota-2024Q3.xlsx")
    book = load_workbook(path)
    sheet = book["Rota"]
    row = next(r for r in range(2, 20) if sheet.cell(r, 1).value == "2024-W32")
    first, second = sheet.cell(row, 4), sheet.cell(row, 5)
    first.value, second.value = second.value, first.value
    book.save(path)
    asked = ("--engineer", "Thiru", "--rotation", "Profit and engagement", *XYZ)
    said = rota("why", "--week", "2024-W32", *asked)
    assert said.status == 0
    assert "Nothing but the published rota: with Thiru there, fair-share" in said.out
    assert "could even be better by" in said.out.replace("\n", " ")


@pytest.mark.usefixtures("planned")
def test_the_best_rota_found_in_time_is_written_with_its_gap(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The solver is made to stop before anything but the first bounds is proven."""

    def impatient(*arguments: Any, **options: Any) -> Answer:
        answer = search(*arguments, **options)
        if answer.status != "optimal":
            return answer
        return replace(answer, status="found", bound=answer.bound - 1)

    monkeypatch.setattr(asking, "search", impatient)
    shutil.rmtree("outputs")
    said = rota("plan", *QUARTER, *XYZ)
    assert said.status == 0, said.err
    assert "at best" in said.out
    assert "(not proven)" in said.out
    checked = json.loads(rota("check", *QUARTER, *XYZ, "--json").out)["teams"][0]
    gaps = [aim for aim in checked["aims"] if aim["bound"] != aim["planned"]]
    assert gaps
    assert all(aim["bound"]["number"] < aim["planned"]["number"] for aim in gaps)


@pytest.mark.usefixtures("planned")
def test_nothing_found_in_time_is_told_apart_from_nothing_to_find(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "search", lambda *_, **__: Answer("unknown"))
    shutil.rmtree("outputs")
    said = rota("plan", *QUARTER, *XYZ)
    assert said.status == 4
    assert "time ran out before any rota was found; raise --time-limit" in said.err
    assert not Path("outputs/xyz-tech").exists()
