"""A team folder read whole: what it gives, and every kind of thing that can be wrong with it."""

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
from planner.errors import InputError, UsageError
from planner.files.team.folder import fingerprint, load_team, load_team_with_notes, team_folders
from tests.files.team_folder import SOUND, TWO_ROTATIONS, problems, the_problem, write

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


ENGINEERS = "name,country,subdivision,share,joined,left,level,roles,accounts,email\n"
VACATIONS = "engineer,start,end,kind,logged,note\n"
WISHES = "engineer,week,wish\n"
SWAPS = "engineer,week,with,for_week,rotation,role,agreed\n"
HOLIDAYS = "date,country,subdivision,change\n"
PIPELINES = "pipeline,rotation,hours,deadline\n"
HISTORY = "week,rotation,role,engineer\n"


def engineers(last: str) -> str:
    return ENGINEERS + "Aidil,MY,KUL\nChoo,MY,KUL\n" + last + "\n"


WRONG = {
    "engineers.csv": [
        ("thiru,MY,KUL\nThiru,MY,KUL", "name", "Thiru", "row 4"),
        ("Thiru,MY,KUL\n,MY,KUL", "name", "", "missing"),
        ("Thiru,MY,Pennang", "subdivision", "Pennang", "Penang"),
        ("Thiru,MY,", "subdivision", "", "Malaysia needs a state"),
        ("Thiru,,KUL", "country", "", "missing"),
        ("Thiru,Malaysa,KUL", "country", "Malaysa", "Malaysia"),
        ("Thiru,MY,KUL,0", "share", "0", "above 0"),
        ("Thiru,MY,KUL,150%", "share", "150%", "at most 1"),
        ("Thiru,MY,KUL,half", "share", "half", "0.5, 50% or 1/2"),
        ("Thiru,MY,KUL,,May", "joined", "May", "2024-08-05"),
        (
            "Thiru,MY,KUL,,2024-05-01,2024-04-30",
            "left",
            "2024-04-30",
            "before the joining date 2024-05-01",
        ),
        ("Thiru,MY,KUL,,,,Senor", "level", "Senor", "“senior”?"),
        ("Thiru,MY,KUL,,,,,primry", "roles", "primry", "“primary”?"),
        ("Thiru,MY,KUL,,,,,,PX", "accounts", "PX", "pagerduty:"),
        ("Thiru,MY,KUL,,,,,,,none", "email", "none", "address"),
    ],
    "vacations.csv": [
        ("Thriu,2024-08-05,2024-08-05", "engineer", "Thriu", "“Thiru”?"),
        (",2024-08-05,2024-08-05", "engineer", "", "missing"),
        ("Thiru,2024-08-05,2024-08-04", "end", "2024-08-04", "before the start 2024-08-05"),
        ("Thiru,,2024-08-05", "start", "", "missing"),
        ("Thiru,05/08/2024,2024-08-09", "start", "05/08/2024", "--date-format"),
        ("Thiru,1924-08-05,2024-08-09", "start", "1924-08-05", "slip of typing"),
        ("Thiru,2024-08-05,2024-08-09,,soon", "logged", "soon", "2024-08-05"),
    ],
    "wishes.csv": [
        ("Thiru,2024-W53,off", "week", "2024-W53", "does not exist"),
        ("Thiru,2024-08-07,off", "week", "2024-08-07", "2024-W32"),
        ("Thiru,week 3,off", "week", "week 3", "Write it as 2024-W32"),
        ("Thiru,1924-W03,off", "week", "1924-W03", "slip of typing"),
        ("Thiru,2024-W32,of", "wish", "of", "“off”?"),
        ("Thiru,2024-W32,off\nThiru,2024-W32,on", "wish", "on", "contradicts wishes.csv row 2"),
    ],
    "swaps.csv": [
        ("Thiru,2024-W32,Thiru", "with", "Thiru", "same row"),
        ("Thiru,2024-W32,Chooo", "with", "Chooo", "“Choo”?"),
        ("Thiru,2024-W32,Choo,2024-W32", "for_week", "2024-W32", "another week"),
        ("Thiru,2024-W32,Choo,,Man", "rotation", "Man", "“Main”?"),
        ("Thiru,2024-W32,Choo,,,third", "role", "third", "primary"),
        ("Thiru,2024-W32,Choo,,,,maybe", "agreed", "maybe", "yes"),
        (
            "Thiru,2024-W32,Choo,,,,yes\nThiru,2024-W32,Aidil,,,,yes",
            "week",
            "2024-W32",
            "swaps.csv row 2 gives to Choo",
        ),
    ],
    "holidays.csv": [
        ("2024-02-30,MY,,add", "date", "2024-02-30", "not exist"),
        ("2024-02-01,MX1,,add", "country", "MX1", "country"),
        ("2024-02-01,MY,KLU,add", "subdivision", "KLU", "state"),
        ("2024-02-01,MY,KUL,ad", "change", "ad", "“add”?"),
        ("2024-02-01,MY,KUL,add\n2024-02-01,MY,KL,remove", "change", "remove", "contradicts row 2"),
    ],
    "pipelines.csv": [
        (",Main", "pipeline", "", "missing"),
        ("P\np", "pipeline", "p", "row 2"),
        ("P,Mian", "rotation", "Mian", "“Main”?"),
        ("P,,24x6", "hours", "24x6", "“24x7”?"),
        ("P,,,dayly 9:00", "deadline", "dayly 9:00", "daily 09:00"),
    ],
    "history.csv": [
        (
            "2024-W01,Main,primary,Zoë",
            "engineer",
            "Zoë",
            "stays in engineers.csv, with their last day under “left”",
        ),
        ("2024-W01,Mein,primary,Choo", "rotation", "Mein", "“Main”?"),
        ("2024-W01,Main,prim,Choo", "role", "prim", "“primary”?"),
        ("2024-W01,Main,primary,", "engineer", "", "missing"),
        (
            "2024-W01,Main,primary,Choo\n2024-W01,main,Primary,Thiru",
            "engineer",
            "Thiru",
            "Choo in row 2",
        ),
    ],
}
"""By file: rows of which the last has one thing wrong, its column, its value, and what is said."""

HEADS = {
    "engineers.csv": engineers("")[:-1],
    "vacations.csv": VACATIONS,
    "wishes.csv": WISHES,
    "swaps.csv": SWAPS,
    "holidays.csv": HOLIDAYS,
    "pipelines.csv": PIPELINES,
    "history.csv": HISTORY,
}


@pytest.mark.parametrize(
    ("file", "rows", "column", "value", "said"),
    [(file, *wrong) for file, cases in WRONG.items() for wrong in cases],
)
def test_one_thing_wrong(
    tmp_path: Path, file: str, rows: str, column: str, value: str, said: str
) -> None:
    content = HEADS[file] + rows + "\n"
    problem = the_problem(tmp_path / "alpha", {file: content})
    place = (problem.file, problem.row, problem.column, problem.value)
    assert place == (file, len(content.splitlines()), column, value)
    assert said in f"{problem.message}. {problem.hint}"
    assert problem.hint or problem.column == "subdivision"


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("engineers.csv", ENGINEERS, "names no engineer"),
        ("engineers.csv", "", "name, country, subdivision"),
        ("vacation.csv", "x\n", "“vacations.csv”?"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole(
    tmp_path: Path, file: str, content: str, said: str
) -> None:
    problem = the_problem(tmp_path / "alpha", {file: content})
    assert (problem.file, problem.row, problem.column, problem.value) == (file, None, "", "")
    assert said in f"{problem.message}. {problem.hint}"
    assert problem.hint


def test_a_swap_must_name_one_of_several_rotations_and_its_members(tmp_path: Path) -> None:
    swaps = SWAPS + "Thiru,2024-W32,Choo\nThiru,2024-W32,Choo,,Main\nThiru,2024-W33,Choo,,growth\n"
    found = problems(tmp_path / "a", {"team.toml": TWO_ROTATIONS, "swaps.csv": swaps})
    assert [(p.row, p.column, p.value) for p in found] == [
        (2, "rotation", ""),
        (3, "engineer", "Thiru"),
    ]
    assert "Growth, Main" in found[0].hint
    assert "Aidil, Choo" in found[1].hint


def test_problems_of_all_files_come_out_together(tmp_path: Path) -> None:
    found = problems(
        tmp_path / "alpha",
        {
            "team.toml": SOUND["team.toml"].replace("Thiru", "Tiru"),
            "engineers.csv": engineers("Thiru,MY,Pennang"),
            "vacations.csv": VACATIONS + "Thriu,2024-08-05,2024-08-01\n",
            "wishes.csv": "engineer,weak,wish\n",
            "history.csv": b"\xff\xfe\xfd",
            "holiday.csv": "",
        },
    )
    assert [(p.file, p.row, p.column) for p in found] == [
        ("engineers.csv", 4, "subdivision"),
        ("history.csv", None, ""),
        ("holiday.csv", None, ""),
        ("team.toml", 6, "rotation.cycle"),
        ("vacations.csv", 2, "end"),
        ("vacations.csv", 2, "engineer"),
        ("wishes.csv", 1, "weak"),
    ]


def test_an_unreadable_file_is_one_problem_not_a_hundred(tmp_path: Path) -> None:
    files = {"team.toml": "[[rotation", "history.csv": FULL["history.csv"]}
    files |= {"swaps.csv": FULL["swaps.csv"], "pipelines.csv": FULL["pipelines.csv"]}
    assert the_problem(tmp_path / "alpha", files).file == "team.toml"
    spoilt = {**FULL, "engineers.csv": FULL["engineers.csv"].replace("country", "land")}
    assert [p.column for p in problems(tmp_path / "beta", spoilt)] == ["country", "land"]


@pytest.mark.parametrize("missing", ["team.toml", "engineers.csv"])
def test_a_missing_file(tmp_path: Path, missing: str) -> None:
    folder = write(tmp_path / "alpha")
    (folder / missing).unlink()
    with pytest.raises(InputError) as caught:
        load_team(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row) == (missing, None)
    assert "missing" in problem.message
    assert "rota init" in problem.hint


def test_locks_of_open_documents_and_hidden_files_do_not_count(tmp_path: Path) -> None:
    rubbish = {"~$plan.xlsx": b"x", ".~lock.vacations.csv#": b"x", ".old.csv": b"x"}
    team, notes = load_team_with_notes(write(tmp_path / "a", rubbish))
    (tmp_path / "b").mkdir()
    assert team == load_team(write(tmp_path / "b" / "a"))
    assert notes == ()


def test_spreadsheets_that_are_not_read_are_told(tmp_path: Path) -> None:
    _, notes = load_team_with_notes(write(tmp_path / "alpha", {"leave.ods": b"x"}))
    assert len(notes) == 1
    assert "leave.ods is not read" in notes[0]


def test_people_without_a_seat_are_told(tmp_path: Path) -> None:
    files = {"team.toml": TWO_ROTATIONS, "engineers.csv": engineers("Thiru,MY,KUL,,,,,secondary")}
    files["team.toml"] = files["team.toml"].replace('"Choo", "Thiru"', '"Thiru", "Choo"')
    files["engineers.csv"] += "Zoë,GB,England\n"
    _, notes = load_team_with_notes(write(tmp_path / "alpha", files))
    assert notes == (
        "Thiru is a member of Growth but may hold none of its roles.",
        "Zoë is a member of no rotation.",
    )


def test_a_role_that_no_member_may_hold(tmp_path: Path) -> None:
    people = "name,country,subdivision,roles\n"
    people += "".join(f"{name},MY,KUL,primary\n" for name in ("Aidil", "Choo", "Thiru"))
    problem = the_problem(tmp_path / "alpha", {"engineers.csv": people})
    assert (problem.file, problem.row, problem.value) == ("team.toml", 4, "secondary")
    assert "no member of Main may hold" in problem.message


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
