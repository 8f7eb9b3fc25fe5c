"""What the five teams' documents promise, line by line, through the command line.

Each test works on a copy of the real ``inputs/``. "With nothing else" means a copy without
vacations, wishes, swaps, festivals and differing public holidays.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import openpyxl
import pytest

from planner.domain import Rota as Held
from planner.domain.quarters import quarter
from planner.files.team.folder import load_team
from planner.planning.assemble import assemble
from tests.conftest import Said
from tests.plain_model import PlainModel

Program = Callable[..., Said]
QUARTER = ("--quarter", "2024Q3")
AHEAD = ("--as-of", "2024-06-24")
pytestmark = pytest.mark.usefixtures("workplace")


def table(team: str, name: str) -> Path:
    return Path("inputs") / team / f"{name}.csv"


def rows(team: str, name: str) -> list[dict[str, str]]:
    with table(team, name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(team: str, name: str, lines: Iterable[Mapping[str, str]]) -> None:
    lines = list(lines)
    with table(team, name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


def add(team: str, name: str, header: str, *lines: str) -> None:
    """Append lines to one of the team's files; the header is written if it is new."""
    path = table(team, name)
    old = path.read_text(encoding="utf-8") if path.exists() else f"{header}\n"
    path.write_text(old + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def away(team: str, *lines: str) -> None:
    add(team, "vacations", "engineer,start,end,kind,logged,note", *lines)


def agree(team: str, *lines: str) -> None:
    add(team, "swaps", "engineer,week,with,for_week,rotation,role,agreed", *lines)


def with_nothing_else(team: str) -> None:
    """Nobody is away, wishes for anything or keeps a festival, and all have the same holidays."""
    for name in ("vacations", "wishes", "swaps", "holidays", "history"):
        table(team, name).unlink(missing_ok=True)
    people = rows(team, "engineers")
    home = {key: people[0][key] for key in ("country", "subdivision")}
    write(team, "engineers", ({**one, **home, "festivals": ""} for one in people))


def done(rota: Program, *arguments: object) -> dict[str, Any]:
    """Run a command with --json, which must succeed, and return its document."""
    said = rota(*arguments, "--json")
    assert said.status == 0, said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def planned(rota: Program, team: str, label: str = "2024Q3") -> dict[str, Any]:
    found: dict[str, Any] = done(rota, "plan", "--quarter", label, "--team", team)["teams"][0]
    return found


def holders(document: Mapping[str, Any], role: str = "primary", rotation: str = "") -> list[str]:
    return [
        line["engineer"]
        for line in document["rota"]
        if line["role"] == role and rotation in ("", line["rotation"])
    ]


def aim(document: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(a for a in document["aims"] if a["part"] == part)
    return found


def check_holds(rota: Program, team: str) -> str:
    said = rota("check", *QUARTER, "--team", team)
    assert said.status == 0, said.out + said.err
    return said.out


def sheet(team: str, title: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(f"outputs/{team}/rota-2024Q3.xlsx", data_only=True)
    return list(book[title].iter_rows(values_only=True))


class TestDataEngineering:
    TEAM = "data-engineering"
    CYCLE = ("William", "Dong", "Siddhant", "Maxime")

    def test_with_nothing_else_the_primaries_run_in_the_cycle(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        found = holders(planned(rota, self.TEAM))
        assert found == [self.CYCLE[n % 4] for n in range(13)]

    def test_an_agreed_swap_runs_as_the_document_shows(self, rota: Program) -> None:
        """A → D → C → B → A → B, and on in the cycle."""
        with_nothing_else(self.TEAM)
        away(self.TEAM, "Dong,2024-07-08,2024-07-12,annual,2024-05-20,")
        agree(self.TEAM, "Dong,2024-W28,Maxime,2024-W30,Data pipelines,primary,yes")
        found = holders(planned(rota, self.TEAM))
        assert found[:6] == ["William", "Maxime", "Siddhant", "Dong", "William", "Dong"]
        assert found[4:] == [self.CYCLE[n % 4] for n in range(4, 13)]
        check_holds(rota, self.TEAM)

    def test_without_a_swap_the_plan_stays_fair(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        away(self.TEAM, "Dong,2024-07-08,2024-07-12,annual,2024-05-20,")
        found = planned(rota, self.TEAM)
        assert all(abs(one["balance"]["number"]) < 1 for one in found["engineers"])
        assert holders(found)[1] != "Dong"

    def test_rota_swap_lists_every_possible_partner_with_what_it_costs(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        planned(rota, self.TEAM)
        away(self.TEAM, "Dong,2024-07-08,2024-07-12,annual,2024-05-20,")
        asked = ("swap", "--engineer", "Dong", "--week", "2024-W28", "--team", self.TEAM, *AHEAD)
        found = done(rota, *asked)["exchanges"]
        partners = {one["moves"][0]["new"] for one in found}
        assert partners == {"William", "Siddhant", "Maxime"}
        assert all(any(aim["value"]["number"] for aim in one["differences"]) for one in found)
        with_maxime = rota(*asked, "--with", "Maxime", "--for-week", "2024-W30", "--apply")
        assert with_maxime.status == 0, with_maxime.err
        assert rows(self.TEAM, "swaps")[-1]["with"] == "Maxime"
        primaries = [row[3] for row in sheet(self.TEAM, "Rota")[1:7]]
        assert primaries == ["William", "Maxime", "Siddhant", "Dong", "William", "Dong"]
        check_holds(rota, self.TEAM)


class TestSaasAnalytics:
    TEAM = "saas-analytics"

    def test_a_vacation_logged_nine_days_ahead_plans_with_a_warning(self, rota: Program) -> None:
        said = rota("plan", *QUARTER, "--team", self.TEAM)
        assert said.status == 0
        assert "Engineer C's absence from 2024-08-14 was logged 9 days ahead" in said.err
        assert "14 days of notice (vacations.csv row 3)" in said.err
        logged = dict(zip(*(sheet(self.TEAM, "Rota")[n] for n in (0, 7)), strict=True))
        assert logged["Week"] == "2024-W33"
        assert logged["primary"] != "Engineer C"

    def test_illness_on_a_wednesday_goes_to_the_previous_weeks_on_call(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        found = holders(planned(rota, self.TEAM))
        ill, before = found[4], found[3]
        asked = ("cover", "--engineer", ill, "--from", "2024-07-31", "--team", self.TEAM)
        (need,) = done(rota, *asked)["needs"]
        assert (need["from"], need["until"]) == ("2024-07-31", "2024-08-04")
        assert need["stand_in"] == before
        assert need["candidates"][0]["why"] == "holds the previous week"
        assert len(need["candidates"]) == 3
        cover = sheet(self.TEAM, "Cover")[1]
        assert cover[0] == ill
        assert cover[3] == before
        assert [row[3] for row in sheet(self.TEAM, "Rota")[1:]] == found, "no other week moves"
        # Back-to-back is none of a stand-in's concern, but rest shows it.
        check_holds(rota, self.TEAM)
        (checked,) = done(rota, "check", *QUARTER, "--team", self.TEAM)["teams"]
        assert aim(checked, "duties in two consecutive weeks")["value"]["number"] == 1
        ledger = done(rota, "fairness", "--team", self.TEAM)["teams"][0]["engineers"]
        duties = {one["name"]: one["done"]["number"] for one in ledger}
        assert duties[before] == pytest.approx(found.count(before) + 5 / 7)
        assert duties[ill] == pytest.approx(found.count(ill) - 5 / 7)

    def test_if_that_one_is_away_whoever_else_could_is_ranked(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        found = holders(planned(rota, self.TEAM))
        ill, before, after = found[4], found[3], found[5]
        away(self.TEAM, f"{before},2024-08-01,2024-08-02,annual,2024-05-01,")
        asked = ("cover", "--engineer", ill, "--from", "2024-07-31", "--team", self.TEAM)
        (need,) = done(rota, *asked, "--dry-run")["needs"]
        free = [one["engineer"] for one in need["candidates"]]
        assert set(free) == set(found) - {ill, before}
        assert free[-1] == after, "who has the next week gets the least rest"
        assert not any(sheet(self.TEAM, "Cover")[1]), "a dry run writes nothing"


class TestEngineersABCD:
    TEAM = "engineers-abcd"
    # Week 27 of the company's calendar is the third of a round of four.
    CYCLE = ("Engineer C", "Engineer D", "Engineer A", "Engineer B")

    def test_the_companys_week_numbers_decide_who_starts(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        for label, first in (("2024Q3", 27), ("2024Q4", 40)):
            found = holders(planned(rota, self.TEAM, label))
            letters = [name[-1] for name in found]
            assert letters == ["ABCD"[(first + n - 1) % 4] for n in range(13)]

    def test_a_vacation_is_exchanged_with_the_next_and_nothing_more(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        away(self.TEAM, "Engineer B,2024-07-22,2024-07-26,annual,2024-06-03,")
        expected = [self.CYCLE[n % 4] for n in range(13)]
        assert expected[3] == "Engineer B"
        assert expected[4] == "Engineer C"
        expected[3:5] = ["Engineer C", "Engineer B"]
        found = holders(planned(rota, self.TEAM))
        assert found == expected
        assert all(one != other for one, other in pairwise(found))

    def test_so_it_is_when_the_vacation_comes_after_the_plan(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        planned(rota, self.TEAM)
        away(self.TEAM, "Engineer B,2024-07-22,2024-07-26,annual,2024-06-03,")
        asked = ("replan", *QUARTER, "--team", self.TEAM, *AHEAD)
        (answer,) = done(rota, *asked)["teams"][0]["answers"]
        assert [(c["week"], c["old"], c["new"]) for c in answer["changes"]] == [
            ("2024-W30", "Engineer B", "Engineer C"),
            ("2024-W31", "Engineer C", "Engineer B"),
        ]
        assert all(one["proven"] for one in answer["disturbance"])
        check_holds(rota, self.TEAM)

    def test_an_agreed_swap_may_put_somebody_on_two_weeks_running(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        planned(rota, self.TEAM)
        asked = ("--engineer", "Engineer C", "--week", "2024-W31", "--team", self.TEAM, *AHEAD)
        with_b = ("--with", "Engineer B", "--for-week", "2024-W34")
        (offered,) = done(rota, "swap", *asked, *with_b, "--apply")["exchanges"]
        assert offered["running"] == ["Engineer B", "Engineer C"]
        assert [row[3] for row in sheet(self.TEAM, "Rota")[4:6]] == ["Engineer B", "Engineer B"]
        assert "agreed swap, two weeks running" in sheet(self.TEAM, "Rota")[5][6]
        said = check_holds(rota, self.TEAM)
        assert "2024-W31: Engineer B two weeks running, by agreed swap" in said

    @pytest.mark.parametrize("label", ["2024Q3", "2024Q4"])
    def test_holiday_weeks_go_to_the_others(self, rota: Program, label: str) -> None:
        """As few days on duty on one's own public holiday as any fair rota allows."""
        found = planned(rota, self.TEAM, label)
        worked = aim(found, "public-holiday days worked")
        assert worked["proven"]
        team = load_team(Path("inputs") / self.TEAM)
        model = PlainModel(assemble(team, quarter(label, team), Held()))
        model.fair_share()
        days_off = model.facts.problem.days_off
        least = model.least(
            sum(
                held * len(days_off.holidays_in(name, duty.week))
                for (duty, name), held in model.on.items()
            )
        )
        assert worked["value"]["number"] == least


class TestInvestorReporting:
    TEAM = "investor-reporting"

    @pytest.mark.parametrize(
        ("label", "month_ends"),
        [
            ("2024Q3", ["2024-W31", "2024-W35", "2024-W39"]),
            ("2024Q4", ["2024-W44", "2024-W48", "2024-W52"]),
        ],
    )
    def test_the_last_week_of_every_month_has_one_more_engineer(
        self, rota: Program, label: str, month_ends: list[str]
    ) -> None:
        found = planned(rota, self.TEAM, label)["rota"]
        third = {line["week"]: line["engineer"] for line in found if line["role"] == "month-end"}
        assert list(third) == month_ends
        for week, name in third.items():
            others = [line["engineer"] for line in found if line["week"] == week]
            assert len(set(others)) == 3
            assert name in others

    @pytest.mark.parametrize("label", ["2024Q3", "2024Q4"])
    def test_no_junior_is_primary_without_a_senior_secondary(
        self, rota: Program, label: str
    ) -> None:
        levels = {one["name"]: one["level"] for one in rows(self.TEAM, "engineers")}
        found = planned(rota, self.TEAM, label)
        pairs = list(zip(holders(found), holders(found, "secondary"), strict=True))
        juniors = [pair for pair in pairs if levels[pair[0]] == "junior"]
        assert juniors
        assert all(levels[secondary] == "senior" for _, secondary in juniors)

    def test_the_office_hours_pipeline_has_no_on_call(self, rota: Program) -> None:
        planned(rota, self.TEAM)
        header, *lines = sheet(self.TEAM, "Pipelines")
        rotation = header.index("On call")
        unwatched = [line[0] for line in lines if "no on-call" in str(line[rotation])]
        office = [p["pipeline"] for p in rows(self.TEAM, "pipelines") if not p["rotation"]]
        assert len(office) == 1
        assert unwatched == office


class TestXYZTech:
    TEAM = "xyz-tech"
    CYCLES: ClassVar = {
        "Profit and engagement": ["Aidil", "Thiru", "Choo", "Spencer"],
        "Growth": ["Spencer", "Choo", "Aidil", "Thiru"],
    }

    def test_with_nothing_else_both_cycles_are_the_documents(self, rota: Program) -> None:
        with_nothing_else(self.TEAM)
        found = planned(rota, self.TEAM)
        for rotation, cycle in self.CYCLES.items():
            turns = [cycle[n % 4] for n in range(13)]
            assert holders(found, rotation=rotation) == turns

    @pytest.mark.parametrize("label", ["2024Q3", "2024Q4"])
    def test_two_different_engineers_hold_the_rotations(self, rota: Program, label: str) -> None:
        found = planned(rota, self.TEAM, label)
        one, two = (holders(found, rotation=rotation) for rotation in self.CYCLES)
        assert all(here != there for here, there in zip(one, two, strict=True))

    @pytest.mark.parametrize("label", ["2024Q1", "2024Q3", "2024Q4"])
    def test_nobody_is_on_call_on_their_own_festival_if_a_fair_rota_avoids_it(
        self, rota: Program, label: str
    ) -> None:
        found = planned(rota, self.TEAM, label)
        held = aim(found, "days on own festivals")
        team = load_team(Path("inputs") / self.TEAM)
        model = PlainModel(assemble(team, quarter(label, team), Held()))
        model.fair_share()
        days_off = model.facts.problem.days_off
        least = model.least(
            sum(
                seat * 2 * sum(day in duty.week for time in times for day in time.days)
                for (duty, name), seat in model.on.items()
                for times in [days_off.festivals.get(name, ())]
            )
        )
        assert held["proven"]
        assert held["value"]["number"] == least

    def duties(self) -> dict[str, tuple[str, ...]]:
        """Who is on call on the Rota sheet, by week."""
        return {row[0]: row[3:5] for row in sheet(self.TEAM, "Rota")[1:]}

    def declare(self, concerned: str) -> None:
        """Make 17 September a day off in the state of one engineer."""
        people = {one["name"]: one["subdivision"] for one in rows(self.TEAM, "engineers")}
        header = "date,country,subdivision,change,name,source"
        row = f"2024-09-17,MY,{people[concerned]},add,Declared day off,gazette"
        table(self.TEAM, "holidays").write_text(f"{header}\n{row}\n", encoding="utf-8")

    def moved(self, answer: Mapping[str, Any]) -> list[tuple[str, ...]]:
        return [(c["week"], c["rotation"], c["old"], c["new"]) for c in answer["changes"]]

    REPLAN = ("replan", *QUARTER, "--team", TEAM, "--as-of", "2024-09-10")

    @pytest.mark.parametrize("number", [0, 1])
    def test_a_holiday_at_short_notice_changes_nothing_by_itself(
        self, rota: Program, number: int
    ) -> None:
        planned(rota, self.TEAM)
        before = self.duties()
        concerned = before["2024-W38"][number]
        self.declare(concerned)
        said = rota(*self.REPLAN)
        assert said.status == 0, said.err
        text = " ".join(said.out.split())
        rotation = list(self.CYCLES)[number]
        assert "Nothing has to change." in text
        assert "Tue 17 Sep is now Declared day off in MY/" in text
        assert f": {concerned} is primary of {rotation} in 2024-W38." in text
        assert "The best exchange is 2024-W38 to " in text
        assert self.duties() == before
        check_holds(rota, self.TEAM)

    def relieved(self, rota: Program) -> tuple[str, dict[str, Any]]:
        """The first on duty that week whom two changes would help, and what is told of it."""
        planned(rota, self.TEAM)
        for concerned in self.duties()["2024-W38"]:
            self.declare(concerned)
            (told,) = done(rota, *self.REPLAN, "--dry-run")["teams"]
            assert not told["answers"][0]["changes"]
            if told["relief"]:
                return concerned, told
        raise AssertionError("two changes help neither of them")

    def test_spend_carries_the_exchange_out(self, rota: Program) -> None:
        concerned, told = self.relieved(rota)
        (spent,) = done(rota, *self.REPLAN, "--spend", "2")["teams"]
        assert self.moved(spent["answers"][0]) == self.moved(told["relief"])
        worked = [
            aim(answer, "public-holiday days worked")["value"]["number"]
            for answer in (told["answers"][0], spent["answers"][0])
        ]
        assert worked[1] == worked[0] - 1
        assert concerned not in self.duties()["2024-W38"]
        check_holds(rota, self.TEAM)

    def test_an_agreed_swap_carries_it_out(self, rota: Program) -> None:
        concerned, told = self.relieved(rota)
        moves = self.moved(told["relief"])
        given = next(move for move in moves if move[2] == concerned)
        taken = next(move for move in moves if move[3] == concerned)
        partner = given[3]
        agree(self.TEAM, f"{concerned},{given[0]},{partner},{taken[0]},{given[1]},,yes")
        (told,) = done(rota, *self.REPLAN)["teams"]
        row = len(rows(self.TEAM, "swaps")) + 1
        changes = told["answers"][0]["changes"]
        assert [c["why"] for c in changes] == [f"agreed swap (swaps.csv row {row})"] * 2
        assert self.moved(told["answers"][0]) == moves
        check_holds(rota, self.TEAM)
