"""A team folder read whole: what it gives, which folders are teams, and what tells them apart."""

import time as clock
from datetime import date, time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain import (
    Duty,
    DutyWeek,
    Engineer,
    Held,
    HolidayChange,
    Pipeline,
    Region,
    Role,
    Rota,
    Rotation,
    Settings,
    Source,
    Swap,
    Team,
    Vacation,
    Wish,
)
from planner.errors import UsageError
from planner.files.team.folder import fingerprint, load_team, load_team_with_notes, team_folders
from tests.files.team_folder import write

W28 = DutyWeek(date(2024, 7, 8))
W30 = DutyWeek(date(2024, 7, 22))

FULL: dict[str, str] = {
    "team.toml": """\
name = "Alpha team"
timezone = "Asia/Kuala_Lumpur"
handover = "Monday 09:30"
handover_on_holidays = "move"
business_days = "MY/KUL"
week_one = 2024-01-01
year_starts = "April"

[[rotation]]
name = "Main"
cycle = ["aidil", "CHOO", "Thiru"]

[[rotation.role]]
name = "primary"
[[rotation.role]]
name = "secondary"
offset = 1
[[rotation.role]]
name = "extra"
kind = "in-hours"
weeks = "month-end"
optional = true
levels = ["senior"]
restful = true

[rules]
back_to_back = "any role"
cover = "next"
notice = "2 weeks"
mentoring = true
one_per_group = ["on-call"]
group_gap = ["in-hours", "On-call"]
limits = { primary = 5, in-hours = 2 }
owed_during = ["Annual", "training"]
show_reasons = true

[aims]
order = ["wishes", "fair-share"]
""",
    "engineers.csv": """\
name,email,country,subdivision,festivals,level,share,joined,left,group,roles,accounts
Thiru,thiru@example.com,MY,Penang,Diwali;Thaipusam,senior,50%,2024-01-01,2025-06-30,Home,,
Aidil,aidil@example.com,Malaysia,Kuala Lumpur,hari-raya-puasa,junior,,,,Away,primary;Secondary,\
pagerduty:PX1;slack:U2
Choo,,GB,SCT,,,1/3,,,,,
""",
    "vacations.csv": """\
engineer,start,end,kind,logged,note
Thiru,2024-08-05,2024-08-09,,2024-07-01,beach
  thiru ,2024-8-5,2024/08/09,Annual,,
choo,2024-07-01,2024-07-01,sick,,
""",
    "wishes.csv": "engineer,week,wish,note\nChoo,2024-W30,ON,\nAidil,2024-W28,off,exam\n",
    "swaps.csv": (
        "engineer,week,with,for_week,rotation,role,agreed\n"
        "Aidil,2024-W28,Choo,2024-W30,main,Secondary,yes\n"
        "Choo,2024-W28,Thiru,,,,\n"
    ),
    "holidays.csv": (
        "date,country,subdivision,change,name,source\n"
        "2024-09-17,MY,KUL,add,Extra day,https://example.com\n"
        "2024-09-16,Malaysia,,remove,,\n"
    ),
    "pipelines.csv": (
        "pipeline,purpose,primary_owner,rotation,hours,deadline,common_issues\n"
        "Profit,money,Data team,MAIN,24X7,daily 09:00 UTC; monthly by 28,\n"
        "Growth,,,,Office Hours,,first  second\n"
    ),
    "history.csv": (
        "week,rotation,role,engineer\n2024-W26,Main,primary,Choo\n2024-W25,main,PRIMARY,aidil\n"
    ),
}


def test_every_file_and_field(tmp_path: Path) -> None:
    team = load_team(write(tmp_path / "alpha", FULL))
    monday = DutyWeek(date(2024, 6, 24))
    assert team == Team(
        key="alpha",
        name="Alpha team",
        timezone="Asia/Kuala_Lumpur",
        engineers=(
            Engineer(
                "Aidil",
                Region("MY", "KUL"),
                "aidil@example.com",
                ("hari-raya-puasa",),
                "junior",
                group="Away",
                roles=("primary", "secondary"),
                accounts=(("pagerduty", "PX1"), ("slack", "U2")),
            ),
            Engineer("Choo", Region("GB", "SCT"), share=Fraction(1, 3)),
            Engineer(
                "Thiru",
                Region("MY", "PNG"),
                "thiru@example.com",
                ("deepavali", "thaipusam"),
                "senior",
                Fraction(1, 2),
                date(2024, 1, 1),
                date(2025, 6, 30),
                "Home",
            ),
        ),
        rotations=(
            Rotation(
                "Main",
                ("Aidil", "Choo", "Thiru"),
                (
                    Role("primary"),
                    Role("secondary", offset=1),
                    Role("extra", "in-hours", "month-end", True, ("senior",), None, True),
                ),
            ),
        ),
        settings=Settings(
            back_to_back="any role",
            cover="next",
            notice=14,
            mentoring=True,
            one_per_group=("on-call",),
            group_gap=("in-hours", "on-call"),
            limits=(("in-hours", 2), ("primary", 5)),
            owed_during=("annual", "training"),
            show_reasons=True,
        ),
        aims=("wishes", "fair-share"),
        handover_weekday=1,
        handover_time=time(9, 30),
        handover_on_holidays="move",
        business_days=Region("MY", "KUL"),
        week_one=date(2024, 1, 1),
        year_starts=(4, 1),
        vacations=(
            Vacation("Choo", date(2024, 7, 1), date(2024, 7, 1), "sick"),
            Vacation(
                "Thiru",
                date(2024, 8, 5),
                date(2024, 8, 9),
                "annual",
                date(2024, 7, 1),
                "beach",
            ),
        ),
        wishes=(Wish("Aidil", W28, "off", "exam"), Wish("Choo", W30, "on")),
        swaps=(
            Swap("Aidil", W28, "Choo", W30, "Main", "secondary", True),
            Swap("Choo", W28, "Thiru", None, "Main", "primary", False),
        ),
        holiday_changes=(
            HolidayChange(date(2024, 9, 16), Region("MY", ""), "remove"),
            HolidayChange(
                date(2024, 9, 17), Region("MY", "KUL"), "add", "Extra day", "https://example.com"
            ),
        ),
        pipelines=(
            Pipeline("Growth", hours="office hours", common_issues="first second"),
            Pipeline(
                "Profit",
                "money",
                "Data team",
                rotation="Main",
                hours="24x7",
                deadline="daily 09:00 UTC; monthly by 28",
            ),
        ),
        history=Rota(
            (
                Held(Duty(monday.later(-1), "Main", "primary"), "Aidil"),
                Held(Duty(monday, "Main", "primary"), "Choo"),
            )
        ),
    )
    assert [v.source for v in team.vacations] == [
        Source("vacations.csv", 4),
        Source("vacations.csv", 3),
    ]
    assert [w.source for w in team.wishes] == [Source("wishes.csv", 3), Source("wishes.csv", 2)]
    assert [s.source for s in team.swaps] == [Source("swaps.csv", 2), Source("swaps.csv", 3)]


def test_two_files_are_enough(tmp_path: Path) -> None:
    files = {"team.toml": 'timezone = "UTC"\n'}
    team, notes = load_team_with_notes(write(tmp_path / "alpha", files))
    assert team.name == team.key == "alpha"
    assert team.rotations == (Rotation("alpha", ("Aidil", "Choo", "Thiru"), (Role("primary"),)),)
    assert team.aims == (
        "fair-share",
        "festivals",
        "wishes",
        "rest",
        "spacing",
        "holidays",
        "cycle",
        "rhythm",
    )
    assert team.settings == Settings()
    assert notes == ()


# Which folders are teams.


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    write(tmp_path / "beta")
    write(tmp_path / "alpha")
    (tmp_path / "notes").mkdir()
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "team.toml").write_text("")
    (tmp_path / "README.md").write_text("")
    return tmp_path


def test_team_folders_are_sorted_and_others_do_not_count(inputs: Path) -> None:
    assert [folder.name for folder in team_folders(inputs)] == ["alpha", "beta", "half"]
    assert team_folders(inputs, "beta") == (inputs / "beta",)
    assert team_folders(inputs, "Beta") == (inputs / "beta",)


@pytest.mark.parametrize(
    ("only", "said"),
    [("bta", "Did you mean “beta”?"), ("notes", "needs team.toml and engineers.csv"), ("", "")],
)
def test_an_unknown_team(inputs: Path, only: str, said: str) -> None:
    with pytest.raises(UsageError, match="no team") as caught:
        team_folders(inputs, only)
    assert said in str(caught.value)


def test_no_folder_and_no_team(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no folder"):
        team_folders(tmp_path / "nothing")
    with pytest.raises(UsageError, match="rota init"):
        team_folders(tmp_path)
    with pytest.raises(UsageError, match="a team folder itself"):
        team_folders(write(tmp_path / "alpha"))
    with pytest.raises(UsageError, match="no team folder"):
        load_team(tmp_path / "nothing")


# The order of rows, blank lines and comments mean nothing; everything else does.


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_the_order_of_rows_means_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    plain = load_team(write(tmp_path_factory.mktemp("plain") / "alpha", FULL))
    shuffled = dict(FULL)
    for name in sorted(FULL.keys() - {"team.toml"}):
        header, *rows = FULL[name].splitlines()
        once_more = [] if name in ("engineers.csv", "pipelines.csv") else [rows[0]]
        rows = data.draw(st.permutations([*rows, *once_more, "", '# a comment, "quoted']))
        shuffled[name] = "\n".join([header, *rows])
    team = load_team(write(tmp_path_factory.mktemp("shuffled") / "alpha", shuffled))
    assert team == plain
    assert fingerprint(team) == fingerprint(plain)


CHANGES = [
    ("team.toml", "Alpha team", "Alpha"),
    ("team.toml", "Asia/Kuala_Lumpur", "Asia/Singapore"),
    ("team.toml", "09:30", "10:30"),
    ("team.toml", '"move"', '"mark"'),
    ("team.toml", "MY/KUL", "MY/KDH"),
    ("team.toml", "week_one = 2024-01-01", "week_one = 2024-01-08"),
    ("team.toml", '"April"', '"May"'),
    ("team.toml", '"aidil", "CHOO"', '"choo", "aidil"'),
    ("team.toml", "offset = 1", "offset = 2"),
    ("team.toml", "optional = true", "optional = false"),
    ("team.toml", '"2 weeks"', '"3 weeks"'),
    ("team.toml", "primary = 5", "primary = 6"),
    ("team.toml", '"wishes", "fair-share"', '"fair-share", "wishes"'),
    ("engineers.csv", "1/3", "0.3333"),
    ("engineers.csv", "thiru@", "t@"),
    ("engineers.csv", "Diwali;", ""),
    ("engineers.csv", "PX1", "PX2"),
    ("vacations.csv", "beach", "mountains"),
    ("vacations.csv", "2024-07-01,beach", "2024-07-02,beach"),
    ("wishes.csv", "ON", "off"),
    ("swaps.csv", "yes", "no"),
    ("holidays.csv", "Extra day", "Day"),
    ("holidays.csv", "https://example.com", ""),
    ("pipelines.csv", "by 28", "by 27"),
    ("history.csv", "2024-W26", "2024-W24"),
]


@pytest.mark.parametrize(("file", "old", "new"), CHANGES)
def test_the_fingerprint_shows_any_change(tmp_path: Path, file: str, old: str, new: str) -> None:
    assert old in FULL[file]
    before = fingerprint(load_team(write(tmp_path / "a", FULL)))
    changed = {**FULL, file: FULL[file].replace(old, new, 1)}
    after = fingerprint(load_team(write(tmp_path / "a", changed)))
    assert len(before) == 64
    assert after != before


def test_the_fingerprint_does_not_show_how_the_same_is_written(tmp_path: Path) -> None:
    same = {
        **FULL,
        "engineers.csv": FULL["engineers.csv"]
        .replace("50%", "0.50")
        .replace("Diwali", "Deepavali"),
        "team.toml": "# comment\n" + FULL["team.toml"].replace('"2 weeks"', "14"),
        "wishes.csv": FULL["wishes.csv"].replace(",", ";"),
    }
    plain = fingerprint(load_team(write(tmp_path / "a", FULL)))
    assert fingerprint(load_team(write(tmp_path / "a", same))) == plain


def test_reading_is_quick(tmp_path: Path) -> None:
    folder = write(tmp_path / "alpha", FULL)
    load_team(folder)

    def once() -> float:
        start = clock.process_time()
        load_team(folder)
        return clock.process_time() - start

    assert min(once() for _ in range(5)) < 0.015
