"""What can be wrong with a team folder: each thing is one problem, with its place and a hint."""

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.files.team.folder import load_team, load_team_with_notes
from tests.files.team.test_folder import FULL
from tests.files.team_folder import SOUND, TWO_ROTATIONS, problems, the_problem, write

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
