"""The five team folders say what their teams' documents say: expectations written by hand."""

import csv
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from planner.domain import DutyWeek, Rota
from planner.domain.quarters import quarter
from planner.files.team.folder import load_team
from planner.planning.assemble import assemble

INPUTS = Path(__file__).parents[2] / "inputs"
TEAMS = ["data-engineering", "engineers-abcd", "investor-reporting", "saas-analytics", "xyz-tech"]
QUARTERS = ["2024Q3", "2024Q4"]

OWNERS = {
    "data-engineering": {
        "Unit Profit": ("William", "Dong"),
        "Agg Profit": ("Maxime", "Siddhant"),
        "Daily Growth": ("Siddhant", "Dong"),
        "Agg Growth": ("William", "Maxime"),
        "Agg Engagement": ("Dong", "William"),
    },
    "saas-analytics": {
        "Unit-level Profit": ("Data Engineering Team", "Data Science Team"),
        "Aggregate Profit": ("Finance Team", "Data Engineering Team"),
        "Aggregate Growth": ("Accounts Team", "Data Engineering Team"),
        "Daily Growth": ("Data Engineering Team", "Product Analytics Team"),
        "Aggregate Engagement": ("Software Engineering Team", "Data Engineering Team"),
    },
    "engineers-abcd": {
        "Unit-level profit": ("Engineer A", "Engineer B"),
        "Aggregate profit": ("Engineer B", "Engineer C"),
        "Aggregate growth": ("Engineer C", "Engineer D"),
        "Daily growth": ("Engineer D", "Engineer A"),
        "Aggregate Engagement": ("Engineer A", "Engineer C"),
    },
    "investor-reporting": {
        "Profit": ("Finance Team/Risk Team", "Data Engineering Team"),
        "Growth": ("Accounts Team", "Data Engineering Team"),
        "Engagement": ("Software Frontend Team", "Data Engineering Team"),
        "Aggregated data for executives and investors": (
            "Business Analytics Team",
            "Data Engineering Team",
        ),
    },
    "xyz-tech": {
        "Unit-level profit for experiments": ("Aidil", "Spencer"),
        "Daily growth for experiments": ("Thiru", "Choo"),
        "Aggregate profit for investors": (
            "Business Analytics (BA) team",
            "Data Engineering (DE) team",
        ),
        "Aggregate engagement for investors": (
            "Business Analytics (BA) team",
            "Data Engineering (DE) team",
        ),
        "Aggregate growth for investors": ("Accounts team", "Data Engineering (DE) team"),
    },
}
DEADLINES = {
    "data-engineering": {
        "Unit Profit": "+24h after 00:00 Europe/London",
        "Agg Profit": "+8h after 00:00 Europe/London",
        "Daily Growth": "+24h after 00:00 Europe/London",
        "Agg Growth": "+8h after 00:00 Europe/London",
        "Agg Engagement": "+8h after 00:00 Europe/London",
    },
    "saas-analytics": {
        "Unit-level Profit": "daily 09:00 UTC",
        "Aggregate Profit": "monthly by 28",
        "Aggregate Growth": "weekly Friday; last business day",
        "Daily Growth": "daily 09:00 UTC",
        "Aggregate Engagement": "within 48h; last business day",
    },
    "engineers-abcd": {
        "Unit-level profit": "",
        "Aggregate profit": "+6h after 00:00 UTC",
        "Aggregate growth": "+7h after 00:00 UTC",
        "Daily growth": "",
        "Aggregate Engagement": "+8h after 00:00 UTC",
    },
    "investor-reporting": {
        "Profit": "",
        "Growth": "weekly Friday",
        "Engagement": "within 48h",
        "Aggregated data for executives and investors": "last business day",
    },
    "xyz-tech": {
        "Unit-level profit for experiments": "",
        "Daily growth for experiments": "",
        "Aggregate profit for investors": "daily 09:00 Asia/Kuala_Lumpur",
        "Aggregate engagement for investors": "within 16h",
        "Aggregate growth for investors": "",
    },
}
# Which weeks of 2024 each vacation touches.
AWAY = {
    "data-engineering": {
        "William": [34, 35, 47],
        "Dong": [28, 50],
        "Siddhant": [31, 32, 44],
        "Maxime": [37, 42, 43, 52],
    },
    "saas-analytics": {
        "Engineer A": [30, 31, 43],
        "Engineer B": [38, 46, 51, 52],
        "Engineer C": [33, 49],
        "Engineer D": [36, 41],
    },
    "engineers-abcd": {
        "Engineer A": [34, 42],
        "Engineer B": [30, 52],
        "Engineer C": [37, 47, 48],
        "Engineer D": [32, 44],
    },
    "investor-reporting": {
        "Engineer A": [32, 45, 50],
        "Engineer B": [37, 42],
        "Engineer C": [29, 46, 47],
        "Engineer D": [34, 41, 51],
    },
    "xyz-tech": {
        "Aidil": [29, 48],
        "Spencer": [36, 51, 52],
        "Thiru": [30, 44],
        "Choo": [33, 41, 46],
    },
}


@cache
def team(folder):
    return load_team(INPUTS / folder)


def pipelines(folder):
    return {pipeline.name: pipeline for pipeline in team(folder).pipelines}


def problem(folder, label):
    return assemble(team(folder), quarter(label, team(folder)), Rota())


def turns(folder, label):
    """Week number → (whose turn each seat is), by the cycle alone: with nobody away and nothing
    else, turns begin with the first listed."""
    plain = team(folder)
    people = tuple(replace(engineer, festivals=()) for engineer in plain.engineers)
    plain = replace(plain, engineers=people, vacations=(), wishes=(), swaps=())
    asked = assemble(plain, quarter(label, plain), Rota())
    return {
        week.first.isocalendar().week: tuple(
            asked.turn(rotation, role, week) for rotation, role in asked.seats
        )
        for week in asked.weeks
    }


def test_the_five_teams_are_all_there_is():
    assert sorted(path.name for path in INPUTS.iterdir() if path.is_dir()) == TEAMS


@pytest.mark.parametrize("folder", TEAMS)
def test_owners_are_those_of_the_document(folder):
    found = pipelines(folder)
    assert {n: (p.primary_owner, p.secondary_owner) for n, p in found.items()} == OWNERS[folder]


@pytest.mark.parametrize("folder", TEAMS)
def test_deadlines_are_those_of_the_document(folder):
    assert {n: p.deadline for n, p in pipelines(folder).items()} == DEADLINES[folder]


@pytest.mark.parametrize("folder", TEAMS)
def test_people_are_away_in_the_weeks_that_were_meant(folder):
    weeks = [DutyWeek(date.fromisocalendar(2024, number, 1)) for number in range(27, 53)]
    found = {
        engineer.name: [
            week.first.isocalendar().week
            for week in weeks
            if team(folder).away(engineer.name, week)
        ]
        for engineer in team(folder).engineers
    }
    assert found == AWAY[folder]


@pytest.mark.parametrize("folder", TEAMS)
@pytest.mark.parametrize("label", QUARTERS)
def test_every_week_has_more_people_than_seats(folder, label):
    asked = problem(folder, label)
    for week in asked.weeks:
        seats = [duty for duty in asked.duties if duty.week == week]
        here = [e for e in asked.engineers if not asked.team.away(e.name, week)]
        assert len(here) > len(seats), week


@pytest.mark.parametrize("folder", TEAMS)
@pytest.mark.parametrize("label", QUARTERS)
def test_every_quarter_has_something_of_interest(folder, label):
    asked = problem(folder, label)
    engineers = [e.name for e in asked.engineers]
    assert any(asked.team.away(name, week) for name in engineers for week in asked.weeks)
    assert {wish.wish for wish in asked.team.wishes if wish.week in asked.weeks} == {"off", "on"}
    assert any(asked.days_off.holidays_in(n, w) for n in engineers for w in asked.weeks)


@pytest.mark.parametrize("folder", TEAMS)
def test_some_absence_came_without_warning(folder):
    sudden = {"sick", "emergency"}
    assert [v for v in team(folder).vacations if v.kind in sudden and v.logged == v.start]


@pytest.mark.parametrize("folder", TEAMS)
def test_every_vacation_was_logged_by_its_first_day(folder):
    assert all(v.logged is not None and v.logged <= v.start for v in team(folder).vacations)


@pytest.mark.parametrize("folder", TEAMS)
def test_every_file_reads_well(folder):
    for path in (INPUTS / folder).iterdir():
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf"), path
        assert b"\r" not in data, path
        assert data.endswith(b"\n"), path
        if path.suffix == ".csv":
            rows = list(csv.reader(data.decode("utf-8").splitlines()))
            assert {len(row) for row in rows} == {len(rows[0])}, path
        if path.name == "vacations.csv":
            starts = [row[1] for row in rows[1:]]
            assert starts == sorted(starts), path
        if path.name == "wishes.csv":
            weeks = [row[1] for row in rows[1:]]
            assert weeks == sorted(weeks), path


def test_regions_span_malaysia_and_the_united_kingdom_with_one_mixed_team():
    regions = {f: {str(e.region) for e in team(f).engineers} for f in TEAMS}
    countries = {f: sorted({region[:2] for region in found}) for f, found in regions.items()}
    assert [f for f in TEAMS if len(countries[f]) > 1] == ["engineers-abcd"]
    everywhere = set().union(*regions.values())
    assert {"GB/ENG", "GB/SCT", "GB/WLS", "GB/NIR"} <= everywhere
    assert len([region for region in everywhere if region.startswith("MY/")]) >= 4
    assert len(regions["xyz-tech"]) == 4


# data-engineering


def test_data_engineering_answers_within_4_or_12_hours():
    found = {n: p.respond_within for n, p in pipelines("data-engineering").items()}
    assert found == {
        "Unit Profit": "12 hours",
        "Agg Profit": "4 hours",
        "Daily Growth": "12 hours",
        "Agg Growth": "4 hours",
        "Agg Engagement": "4 hours",
    }


def test_data_engineering_knows_who_delivers_and_who_uses():
    found = {n: (p.upstream, p.downstream) for n, p in pipelines("data-engineering").items()}
    assert found == {
        "Unit Profit": ("Finance Team", "Business Analytics Team"),
        "Agg Profit": ("Finance Team", "Reporting"),
        "Daily Growth": ("User Accounts Team", "Business Analytics Team"),
        "Agg Growth": ("User Accounts Team", "Reporting"),
        "Agg Engagement": ("Software Engineering Team", "Business Analytics Team"),
    }


def test_data_engineering_takes_turns_one_week_in_four():
    found = turns("data-engineering", "2024Q3")
    assert [found[week][0] for week in range(27, 33)] == [
        *("William", "Dong", "Siddhant", "Maxime", "William", "Dong"),
    ]
    assert [found[week][1] for week in range(27, 31)] == ["Siddhant", "Maxime", "William", "Dong"]
    assert team("data-engineering").settings.cover == "anyone"


def test_saas_analytics_hands_over_on_monday_at_ten():
    saas = team("saas-analytics")
    assert (saas.handover_weekday, saas.handover_time.isoformat("minutes")) == (1, "10:00")
    assert [role.name for role in saas.rotations[0].roles] == ["primary"]
    assert (saas.settings.cover, saas.settings.notice) == ("previous", 14)


def test_one_saas_vacation_is_logged_9_days_ahead_in_the_week_of_the_engineers_turn():
    (late,) = [
        v
        for v in team("saas-analytics").vacations
        if v.kind == "annual" and v.logged and (v.start - v.logged).days < 14
    ]
    assert late.logged is not None
    assert (late.engineer, (late.start - late.logged).days) == ("Engineer C", 9)
    assert turns("saas-analytics", "2024Q3")[33] == ("Engineer C",)


def test_saas_analytics_escalates_after_two_hours_to_manager_and_owner():
    for pipeline in team("saas-analytics").pipelines:
        assert "unresolved within 2 hours: alert the manager" in pipeline.escalation
        assert f"the pipeline owner ({pipeline.primary_owner})" in pipeline.escalation
        assert "#on-call-alerts" in pipeline.escalation
        assert "#incident-response" in pipeline.escalation
        assert "24 hours during business hours" in pipeline.respond_within


def test_bi_watches_one_saas_pipeline_in_the_final_week_of_each_month():
    watched = {n: p.watched_by for n, p in pipelines("saas-analytics").items()}
    assert watched["Aggregate Profit"] == "BI team in the final week of each month"
    assert [n for n, who in watched.items() if "BI" in who] == ["Aggregate Profit"]


def test_saas_growth_is_watched_in_office_hours():
    hours = {n: p.hours for n, p in pipelines("saas-analytics").items() if p.hours}
    assert hours == {"Aggregate Growth": "office hours"}


def test_two_saas_engineers_wish_for_the_one_seat_of_christmas_week():
    wishes = [w for w in team("saas-analytics").wishes if w.week.name == "2024-W52"]
    assert [(w.engineer, w.wish) for w in wishes] == [
        ("Engineer A", "off"),
        ("Engineer C", "on"),
        ("Engineer D", "on"),
    ]


# engineers-abcd


def test_the_company_calendar_decides_whose_week_it_is():
    abcd = team("engineers-abcd")
    assert abcd.week_one == date(2024, 1, 1)
    assert abcd.settings.back_to_back == "any role"
    assert abcd.settings.cover == "next"
    for label in QUARTERS:
        for week, (turn,) in turns("engineers-abcd", label).items():
            assert turn == "Engineer " + "ABCD"[(week - 1) % 4], week


def test_b_is_away_in_bs_own_week():
    assert turns("engineers-abcd", "2024Q3")[30] == ("Engineer B",)
    assert 30 in AWAY["engineers-abcd"]["Engineer B"]


def test_abcd_is_half_in_malaysia_and_half_in_the_united_kingdom():
    countries = {e.name[-1]: e.region.country for e in team("engineers-abcd").engineers}
    assert countries == {"A": "MY", "B": "GB", "C": "MY", "D": "GB"}


def test_abcd_runbooks_of_investor_pipelines():
    found = pipelines("engineers-abcd")
    assert found["Aggregate profit"].sla.endswith("accuracy within 1% of Finance DB")
    assert found["Aggregate growth"].sla.endswith("completeness > 98%")
    assert found["Aggregate Engagement"].sla.endswith("event ingestion > 99%")
    assert found["Aggregate profit"].common_issues == (
        "Delay in Finance DB sync; mismatched transaction IDs across systems"
    )
    assert found["Aggregate growth"].upstream == (
        "Customer Data Platform; Subscription Services Team"
    )


# investor-reporting


def test_two_seniors_and_two_juniors_report_to_investors():
    levels = {e.name[-1]: e.level for e in team("investor-reporting").engineers}
    assert levels == {"A": "senior", "B": "senior", "C": "junior", "D": "junior"}
    assert team("investor-reporting").settings.mentoring


@pytest.mark.parametrize("label", QUARTERS)
def test_the_cycle_itself_mentors_juniors_and_gives_nobody_two_seats(label):
    seniors = {"Engineer A", "Engineer B"}
    for week, (primary, secondary, extra) in turns("investor-reporting", label).items():
        assert primary in seniors or secondary in seniors, week
        assert len({primary, secondary, extra}) == 3, week


def test_month_ends_have_one_more_engineer():
    for label, expected in {"2024Q3": [31, 35, 39], "2024Q4": [44, 48, 52]}.items():
        duties = problem("investor-reporting", label).duties
        weeks = [d.week.first.isocalendar().week for d in duties if d.role == "month-end"]
        assert weeks == expected


def test_growth_for_investors_has_office_hours_and_no_on_call():
    found = pipelines("investor-reporting")
    assert [n for n, p in found.items() if not p.rotation] == ["Growth"]
    assert found["Growth"].hours == "office hours"
    assert "resolved within a week" in found["Engagement"].sla


# xyz-tech


def test_xyz_tech_runs_both_cycles_of_its_document():
    found = turns("xyz-tech", "2024Q3")
    profit = ["Aidil", "Thiru", "Choo", "Spencer"]
    growth = ["Spencer", "Choo", "Aidil", "Thiru"]
    assert [found[week] for week in range(27, 31)] == list(zip(profit, growth, strict=True))
    assert "rest" not in team("xyz-tech").aims
    assert team("xyz-tech").aims[0] == "fair-share"
    assert team("xyz-tech").settings.cover == "next"


def test_xyz_tech_watches_investor_pipelines_and_no_experiments():
    assert {n: p.rotation for n, p in pipelines("xyz-tech").items()} == {
        "Unit-level profit for experiments": "",
        "Daily growth for experiments": "",
        "Aggregate profit for investors": "Profit and engagement",
        "Aggregate engagement for investors": "Profit and engagement",
        "Aggregate growth for investors": "Growth",
    }


def test_xyz_tech_keeps_different_festivals():
    festivals = {e.name: e.festivals for e in team("xyz-tech").engineers}
    assert all(festivals.values())
    every = [festival for kept in festivals.values() for festival in kept]
    assert len(every) == len(set(every))


def test_xyz_tech_does_not_know_the_holiday_of_17_september_yet():
    asked = problem("xyz-tech", "2024Q3")
    days = {h.day for name in asked.days_off.holidays.values() for h in name}
    assert date(2024, 9, 16) in days
    assert date(2024, 9, 17) not in days


def test_xyz_tech_lists_every_kind_of_trouble_for_its_critical_pipelines():
    for name in ("profit", "engagement", "growth"):
        issues = pipelines("xyz-tech")[f"Aggregate {name} for investors"].common_issues
        for kind in (
            "data issues",
            "processing issues",
            "infrastructure issues",
            "human errors",
            "external dependencies",
        ):
            assert kind in issues, (name, kind)
