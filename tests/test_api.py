"""The public functions: what a script or notebook may rely on."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

import planner
from tests.conftest import CHECKOUT

INPUTS = CHECKOUT / "inputs"


@pytest.fixture(scope="module")
def team() -> planner.Team:
    """The data engineers without festivals, wishes and swaps: quick to plan."""
    read = planner.load_team(INPUTS / "data-engineering")
    return replace(read, wishes=(), swaps=(), aims=("fair-share", "rest", "cycle"))


@pytest.fixture(scope="module")
def rota(team: planner.Team) -> planner.PlannedRota:
    return planner.plan(team, "2024Q3")


def test_the_version_is_the_one_of_the_project() -> None:
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r'^version = "(.*)"$', project, flags=re.MULTILINE)[1] == planner.__version__


def test_everything_public_exists_and_is_listed() -> None:
    assert dir(planner) == sorted(planner.__all__)
    for name in planner.__all__:
        assert getattr(planner, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        getattr(planner, "nonsense")  # noqa: B009


def test_functions_are_functions_whatever_modules_were_loaded_before() -> None:
    from planner import check, plan, replan, why
    from planner.checking import finished_plan
    from planner.planning import plan as planning

    assert all(callable(found) for found in (check, plan, replan, why))
    assert finished_plan.Plan is not plan
    assert planning.plan is not plan


def test_a_plan_keeps_the_rules_and_is_proven(rota: planner.PlannedRota) -> None:
    assert rota.holds
    assert rota.proven
    assert rota.values["fair-share: primary"] == Fraction(2, 3)
    assert rota.seconds > 0
    assert rota.warnings == ()
    (where_turns_begin,) = rota.remarks
    assert where_turns_begin.startswith("The turns of Data pipelines begin with Dong: ")


def test_frames_say_what_the_rota_says(rota: planner.PlannedRota) -> None:
    weeks = rota.to_frame()
    assert list(weeks.columns) == ["starts", "ends", "primary", "secondary"]
    assert list(weeks.index) == [week.name for week in rota.weeks]
    for duty in rota.duties:
        assert weeks.loc[duty.week.name, duty.role] == rota.rota.holder(duty)
    ledger = rota.fairness_frame()
    together = ledger[ledger["seat"] == "all"]
    assert together["done"].sum() == 26
    assert together["owed"].sum() == pytest.approx(26)
    last = rota.balances_frame().iloc[-1]
    assert last.to_dict() == pytest.approx(together.set_index("engineer")["balance"].to_dict())
    aims = rota.aims_frame()
    assert list(aims["value"]) == [float(value) for value in rota.values.values()]
    assert aims["proven"].all()
    assert rota.breaches_frame().empty


def test_a_rota_reads_well(rota: planner.PlannedRota) -> None:
    lines = repr(rota).splitlines()
    assert lines[0] == "Data engineering · 2024Q3 · Mon 1 Jul – Sun 29 Sep 2024"
    assert lines[2].split() == ["week", "starts", "primary", "secondary"]
    assert lines[4].startswith("2024-W27  Mon 1 Jul")
    assert "proven" in lines[-2]
    assert lines[-1].startswith("The turns of Data pipelines begin with Dong: ")


def test_a_notebook_shows_names_as_text_and_never_as_markup(team: planner.Team) -> None:
    sly = "<b>Dong"
    people = tuple(replace(one, name=sly) if one.name == "Dong" else one for one in team.engineers)
    cycle = tuple(sly if name == "Dong" else name for name in team.rotations[0].cycle)
    rotation = replace(team.rotations[0], cycle=cycle)
    renamed = replace(team, engineers=people, rotations=(rotation,), vacations=())
    shown = planner.plan(renamed, from_="2024-07-01", weeks=4)._repr_html_()
    assert sly not in shown
    assert "&lt;b&gt;Dong" in shown
    assert shown.count("<table>") == 1
    assert "background:" in shown


def test_a_team_is_said_in_one_line(team: planner.Team) -> None:
    assert repr(team) == (
        "<Team data-engineering: Dong, Maxime, Siddhant, William; "
        "Data pipelines (primary, secondary)>"
    )


def test_history_carries_balances_on(team: planner.Team, rota: planner.PlannedRota) -> None:
    following = planner.plan(team, "2024Q4", history=rota)
    carried = following.fairness_frame().query("seat == 'all'").set_index("engineer")["carried_in"]
    assert carried.to_dict() == pytest.approx(rota.balances_frame().iloc[-1].to_dict())
    third = planner.plan(team, from_="2024-12-30", weeks=2, history=[rota, following])
    assert len(third.problem.history) == len(rota.duties) + len(following.duties)


def test_weeks_must_be_said_one_way(team: planner.Team) -> None:
    for asked in ({}, {"quarter": "2024Q3", "weeks": 3}, {"from_": "2024-07-01"}):
        with pytest.raises(planner.UsageError, match="2024Q3"):
            planner.plan(team, **asked)
    with pytest.raises(planner.UsageError, match="1 July"):
        planner.plan(team, from_="1 July", weeks=2)


def test_check_counts_a_rota_made_by_hand(team: planner.Team, rota: planner.PlannedRota) -> None:
    assert planner.check(rota).values == rota.values
    all_dong = planner.Rota.of(dict.fromkeys(rota.duties, "Dong"))
    checked = planner.check(all_dong, team)
    assert not checked.holds
    broken = checked.to_frame()["broken"]
    assert broken["one duty"] == 13
    assert broken["back-to-back"] == 24
    assert broken["vacation"] == 2
    assert "BROKEN" in repr(checked)
    assert checked.breaches_frame()["engineer"].unique().tolist() == ["Dong"]
    with pytest.raises(planner.UsageError, match="team"):
        planner.check(all_dong)
    with pytest.raises(planner.UsageError, match="empty"):
        planner.check(planner.Rota(), team)


def test_replan_changes_what_a_new_vacation_asks_for(
    team: planner.Team, rota: planner.PlannedRota
) -> None:
    assert planner.replan(rota).changes == ()
    last = rota.weeks[-1]
    holder = rota.to_frame().loc[last.name, "primary"]
    away = planner.Vacation(holder, last.first, last.first)
    today = replace(team, vacations=(*team.vacations, away))
    answer = planner.replan(rota, today, as_of=date(2024, 8, 12))
    assert answer.holds
    assert 1 <= len(answer.changes) <= 2
    frame = answer.changes_frame()
    assert list(frame.columns) == ["week", "seat", "old", "new", "why"]
    assert (frame["week"] >= "2024-W34").all()
    assert f"{len(frame)} of 26 duties change; fewer is proven impossible." in repr(answer)
    assert list(planner.check(rota, today).to_frame().query("broken > 0").index) == ["vacation"]


def test_a_rota_keeps_the_turns_it_was_planned_with(team: planner.Team) -> None:
    plain = replace(team, vacations=())
    rota = planner.plan(plain, "2024Q3")
    first = rota.problem.turns["Data pipelines"].by_week()
    # Planned today, turns would begin with somebody else.
    away = planner.Vacation(first[rota.weeks[0]], date(2024, 7, 1), date(2024, 7, 5))
    today = replace(plain, vacations=(away,))
    assert planner.plan(today, "2024Q3").problem.turns["Data pipelines"].by_week() != first
    for later in (planner.check(rota, today), planner.replan(rota, today)):
        assert later.problem.turns["Data pipelines"].by_week() == first
    # And they walk on from there, not from what duties happen to fit.
    after = planner.plan(plain, "2024Q4", history=rota).problem.turns["Data pipelines"]
    cycle = team.rotations[0].cycle
    assert cycle.index(after.start) == (cycle.index(first[rota.weeks[-1]]) + 1) % len(cycle)


def test_why_names_the_rule_or_the_aim(rota: planner.PlannedRota) -> None:
    reasons = planner.why(rota, "2024-W28", "dong".title(), role="primary")
    assert "Dong is away" in repr(reasons)
    assert reasons.to_frame()["verdict"].tolist() == ["impossible"]
    assert "<table>" in reasons._repr_html_()
    own = planner.why(rota, "2024-W36").to_frame()
    assert own["seat"].tolist() == ["primary", "secondary"]
    assert set(own["verdict"]) <= {"worse", "equal", "impossible"}
    with pytest.raises(planner.UsageError, match="Did you mean “Dong”"):
        planner.why(rota, "2024-W28", "Donk")
    with pytest.raises(planner.UsageError, match="no such duty"):
        planner.why(rota, "2025-W28")
    with pytest.raises(planner.UsageError, match="is not a week"):
        planner.why(rota, "week 28")


def test_days_off_are_those_of_each_engineer() -> None:
    off = planner.days_off(INPUTS / "xyz-tech", from_="2024-09-16", weeks=1)
    frame = off.to_frame()
    assert sorted(frame["engineer"]) == ["Aidil", "Choo", "Spencer", "Thiru"]
    assert frame["week"].unique().tolist() == ["2024-W38"]
    assert "Malaysia Day" in repr(off)
    assert "Malaysia Day" in off._repr_html_()


def test_errors_say_what_is_wrong(team: planner.Team) -> None:
    with pytest.raises(planner.UsageError, match="no team folder"):
        planner.load_team(INPUTS / "nobody")
    away = tuple(
        planner.Vacation(one.name, date(2024, 7, 8), date(2024, 7, 9)) for one in team.engineers
    )
    with pytest.raises(planner.InfeasibleError):
        planner.plan(replace(team, vacations=away), "2024Q3")


@pytest.mark.parametrize(
    "asked",
    [
        {"quarter": 5},
        {"quarter": "2024Q3", "time_limit": -1},
        {"quarter": "2024Q3", "time_limit": "fast"},
        {"quarter": "2024Q3", "history": 5},
        {"quarter": "2024Q3", "history": [5]},
        {"from_": 20240701, "weeks": 2},
        {"from_": "2024-07-01", "weeks": "two"},
        {"from_": "2024-07-01", "weeks": True},
        {},
    ],
)
def test_bad_arguments_are_refused(team: planner.Team, asked: dict[str, object]) -> None:
    with pytest.raises(planner.UsageError):
        planner.plan(team, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked",
    [
        {"rota": "2024Q3"},
        {"week": 32},
        {"engineer": 1.5},
        {"rotation": ("Growth",)},
        {"role": 1},
        {"time_limit": "fast"},
    ],
)
def test_bad_questions_are_refused(rota: planner.PlannedRota, asked: dict[str, object]) -> None:
    with pytest.raises(planner.UsageError, match=str(next(iter(asked)))):
        planner.why(**{"rota": rota, "week": "2024-W30", **asked})  # type: ignore[arg-type]


def test_what_is_no_folder_is_refused() -> None:
    with pytest.raises(planner.UsageError, match="the folder"):
        planner.load_team(5)  # type: ignore[arg-type]
    with pytest.raises(planner.UsageError, match="date_format"):
        planner.load_team(INPUTS / "xyz-tech", date_format=0)  # type: ignore[arg-type]


def test_what_only_a_calendar_knows_is_refused_when_it_is_asked(team: planner.Team) -> None:
    first = team.engineers[0]
    odd = (
        replace(first, region=planner.Region("XX", "YY")),
        replace(first, region=planner.Region("GB", "Atlantis")),
        replace(first, festivals=("chrismas",)),
    )
    for engineer in odd:
        spoiled = replace(team, engineers=(engineer, *team.engineers[1:]))
        with pytest.raises(planner.RotaError):
            planner.days_off(spoiled, "2024Q3").to_frame()
    with pytest.raises(planner.UsageError, match="chrismas"):
        planner.days_off(spoiled, "2024Q3")
    with pytest.raises(planner.UsageError, match="Did you mean “rest”"):
        planner.plan(replace(team, aims=("fair-share", "rst")), "2024Q3")
