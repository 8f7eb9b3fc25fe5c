"""Seats that are alike, in the workbook: its formulas come to what ``rota check`` says.

IronCalc types TRUE and FALSE as Excel does; LibreOffice is the one that people have.
"""

from __future__ import annotations

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from planner.domain import Role
from planner.files.workbook import read, write
from tests.build import engineer, problem, rotation, swap
from tests.build import rota as written
from tests.files import office
from tests.files.live import FEW, after_edits, agrees, by_hand, plan_of, plans
from tests.files.office import Office
from tests.files.typed import Typed
from tests.strategies import alike, small


@pytest.fixture(scope="module", params=[Typed, Office])
def engine(request, tmp_path_factory) -> Typed | Office:
    return request.param(tmp_path_factory.mktemp("engine"))


@seed(4)
@FEW
@given(st.data())
def test_the_sheet_says_of_seats_alike_what_rota_check_says(engine, tmp_path_factory, data):
    made = [data.draw(plans(alike(small()))) for _ in range(4)]
    folder = tmp_path_factory.mktemp("alike")
    for said, published, report in after_edits(engine, made, folder, data):
        agrees(said, published, report)


def test_a_junior_primary_is_flagged_where_no_secondary_is_a_senior(tmp_path):
    people = [engineer(name, level="junior") for name in "AB"] + [engineer("C", level="senior")]
    roles = (*Role("primary").seats(2), *Role("secondary").seats(2))
    of = problem(rotation("ABCDE", *roles), weeks=2, engineers=people, settings={"mentoring": True})
    assert by_hand(tmp_path, of, "ABDC DEAB") == {}
    assert by_hand(tmp_path, of, "ABDE DCAB")["mentoring"] == 2


def test_swaps_are_flagged_at_whoever_holds_what_they_gave_away(tmp_path):
    team = rotation("ABCDEFGH", *Role("triage").seats(2))
    swaps = (swap("A", 0, "C", role="triage 1"), swap("B", 0, "D", role="triage 1"))
    of = problem(team, weeks=2, swaps=swaps)
    assert by_hand(tmp_path, of, "DC EF") == {}
    assert by_hand(tmp_path, of, "AC EF") == {"agreed": 2}


def test_a_stand_in_may_be_typed_for_the_role(tmp_path):
    of = problem(rotation("ABCDEFGH", *Role("triage").seats(2), "lead"), weeks=2)
    change = [
        office.write_text("Cover", "A2", "B"),
        office.write_date("Cover", "B2", of.weeks[0].first),
        office.write_date("Cover", "C2", of.weeks[0].first),
        office.write_text("Cover", "D2", "G"),
        office.write_text("Cover", "F2", "triage"),
    ]
    assert by_hand(tmp_path, of, "ABC DEF", change) == {}
    covers = read(tmp_path / "edited.xlsx", of.team).covers
    assert [(cover.stand_in, cover.role) for cover in covers] == [("G", "triage")]


def test_seats_that_the_team_gave_up_are_read_as_its_roles_past(tmp_path):
    def team(*roles):
        return problem(rotation("ABCDEFGH", *roles), weeks=2)

    for before, after in ((3, 2), (1, 2), (2, 1)):
        of = team(*Role("triage").seats(before))
        text = " ".join("ABCDEF"[n * before : (n + 1) * before] for n in range(2))
        write(plan_of(of, written(of, text)), tmp_path / "rota.xlsx", "inputs")
        now = team(*Role("triage").seats(after)).team
        found = read(tmp_path / "rota.xlsx", now)
        held = [each.engineer for each in (*found.rota, *found.former) if each.engineer]
        assert sorted(held) == sorted(text.replace(" ", ""))
        assert {now.strand(each.duty.seat) for each in found.former} == {("r", "triage")}
    other = team("lead").team
    assert not read(tmp_path / "rota.xlsx", other).former.held
