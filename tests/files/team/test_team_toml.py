"""``team.toml``, spoilt one line at a time."""

from datetime import date, time
from pathlib import Path

import pytest

from planner.domain import Role
from planner.files.team.folder import load_team, load_team_with_notes
from tests.files.team_folder import SOUND, problems, the_problem, write

TOML = SOUND["team.toml"]
ROTATION = '[[rotation]]\nname = "Main"\n'


def toml(text: str) -> dict[str, str | bytes]:
    return {"team.toml": 'timezone = "UTC"\n' + text}


BAD = [
    ('timezon = "UTC"', 2, "timezon", "timezon", "Did you mean “timezone”?"),
    ("name = 5", 2, "name", "5", "is not a text"),
    ('name = " "', 2, "name", " ", "is not a text"),
    ('handover = "Monday"', 2, "handover", "Monday", "Monday 10:00"),
    ('handover = "Mondy 10:00"', 2, "handover", "Mondy 10:00", "Did you mean “Monday”?"),
    ('handover = "Monday 25:00"', 2, "handover", "Monday 25:00", "time of day"),
    ('handover_on_holidays = "mov"', 2, "handover_on_holidays", "mov", "“move”?"),
    ('business_days = "MY/KULL"', 2, "business_days", "MY/KULL", "state of Malaysia"),
    ('business_days = "GB"', 2, "business_days", "GB", "needs a nation"),
    ('week_one = "05/08/2024"', 2, "week_one", "05/08/2024", "--date-format"),
    ("week_one = 1024-01-01", 2, "week_one", "1024-01-01", "outside the years"),
    ("week_one = 3", 2, "week_one", "3", "is not a text"),
    ('year_starts = "Aprl"', 2, "year_starts", "Aprl", "Did you mean “April”?"),
    ('year_starts = "01-29"', 2, "year_starts", "01-29", "1 to 28"),
    ("year_starts = 13", 2, "year_starts", "13", "1 to 12"),
    ("rotation = 3", 2, "rotation", "3", "[[rotation]]"),
    ("rules = 3", 2, "rules", "3", "[rules]"),
    ('[rule]\nnotice = "2 weeks"', 2, "rule", "rule", "Did you mean “rules”?"),
    ('[rules]\nnotise = "2 weeks"', 3, "rules.notise", "notise", "Did you mean “notice”?"),
    ('[rules]\nnotice = "2 moons"', 3, "rules.notice", "2 moons", "2 weeks, or 10 days"),
    ("[rules]\nnotice = -1", 3, "rules.notice", "-1", "at least 0"),
    ("[rules]\nnotice = true", 3, "rules.notice", "true", "whole number"),
    ('[rules]\nback_to_back = "same rol"', 3, "rules.back_to_back", "same rol", "“same role”?"),
    ('[rules]\nback_to_back = "of"', 3, "rules.back_to_back", "of", "“off”?"),
    ('[rules]\none_duty = "no overlaps"', 3, "rules.one_duty", "no overlaps", "“no overlap”?"),
    ("[rules]\none_duty = true", 3, "rules.one_duty", "true", "in quotes"),
    ("[rules]\nleast_rst = 11", 3, "rules.least_rst", "least_rst", "“least_rest”?"),
    ('[rules]\nleast_rest = "11 moons"', 3, "rules.least_rest", "11 moons", "11 hours, or 2 days"),
    ("[rules]\nleast_rest = 0", 3, "rules.least_rest", "0", "“1 in 3”"),
    ("[rules]\nleast_rest = -11", 3, "rules.least_rest", "-11", "11 hours"),
    ('[rules]\nleast_rest = "8 days"', 3, "rules.least_rest", "8 days", "seven days"),
    ("[rules]\nleast_rest = 1e300", 3, "rules.least_rest", "1e+300", "11 hours"),
    ("[rules]\nleast_rest = nan", 3, "rules.least_rest", "nan", "hours"),
    ("[rules]\nleast_rest = true", 3, "rules.least_rest", "true", "in quotes"),
    ("[rules]\nmost_runing = 2", 3, "rules.most_runing", "most_runing", "“most_running”?"),
    ("[rules]\nmost_running = 0", 3, "rules.most_running", "0", "at least 1"),
    ('[rules]\nmost_running = "2"', 3, "rules.most_running", "2", "whole number"),
    ('[rules]\ncover = "nxt"', 3, "rules.cover", "nxt", "Did you mean “next”?"),
    ('[rules]\nmentoring = "true"', 3, "rules.mentoring", "true", "without quotes"),
    ("[rules]\nmentoring = true", 3, "rules.mentoring", "true", "primary and secondary"),
    ("[rules]\nshow_reasons = 1", 3, "rules.show_reasons", "1", "true or false"),
    ('[rules]\none_per_group = ["primary"]', 3, "rules.one_per_group", "primary", "on-call"),
    ('[rules]\none_per_group = "on-call"', 3, "rules.one_per_group", "on-call", "not a list"),
    ('[rules]\ngroup_gap = ["primary"]', 3, "rules.group_gap", "primary", "on-call"),
    ("[rules]\ngroup_gaps = []", 3, "rules.group_gaps", "group_gaps", "“group_gap”?"),
    ("[rules]\nlimits = { primry = 3 }", 3, "rules.limits.primry", "primry", "“primary”?"),
    ("[rules]\nlimits = { primary = 0 }", 3, "rules.limits.primary", "0", "at least 1"),
    ("[rules.limits]\nprimary = 1.5", 3, "rules.limits.primary", "1.5", "whole number"),
    ("[rules]\nowed_during = [1]", 3, "rules.owed_during", "1", "in quotes"),
    ('[aims]\norder = ["fairshare"]', 3, "aims.order", "fairshare", "“fair-share”?"),
    ('[aims]\norder = ["rest", "rest"]', 3, "aims.order", "rest", "twice"),
    ('[aims]\norder = ["everybody"]', 3, "aims.order", "everybody", "“everyone”?"),
    ("[aims]\nordre = []", 3, "aims.ordre", "ordre", "“order”?"),
    (ROTATION + 'cycel = ["Choo"]', 4, "rotation.cycel", "cycel", "“cycle”?"),
    (ROTATION + 'cycle = ["Chooo"]', 4, "rotation.cycle", "Chooo", "“Choo”?"),
    (ROTATION + 'cycle = ["Choo", "choo"]', 4, "rotation.cycle", "choo", "twice in the cycle"),
    (ROTATION + "cycle = []", 4, "rotation.cycle", "", "no members"),
    (ROTATION + 'cycle = "Choo"', 4, "rotation.cycle", "Choo", "not a list"),
    (ROTATION + "roles = []", 4, "rotation.roles", "", "at least one role"),
    (ROTATION + 'roles = ["primary", "Primary"]', 4, "rotation.roles", "Primary", "role twice"),
    (ROTATION + 'roles = ["note"]', 4, "rotation.roles", "note", "column of the workbook"),
    (ROTATION + "[[rotation.role]]", 4, "rotation.role.name", "", "has no name"),
    (
        ROTATION + '[[rotation.role]]\nname = "a"\nweeks = "monthend"',
        6,
        "rotation.role.weeks",
        "monthend",
        "Did you mean “month-end”?",
    ),
    (
        ROTATION + '[[rotation.role]]\nname = "a"\nlevels = ["expert"]',
        6,
        "rotation.role.levels",
        "expert",
        "“junior” or “senior”",
    ),
    (
        ROTATION + '[[rotation.role]]\nname = "a"\n[[rotation.role]]\nname = "b"\noffset = "1"',
        8,
        "rotation.role.offset",
        "1",
        "whole number",
    ),
    (
        ROTATION + '[[rotation.role]]\nname = "a"\noptonal = true',
        6,
        "rotation.role.optonal",
        "optonal",
        "Did you mean “optional”?",
    ),
    (
        ROTATION + 'roles = ["a"]\n[[rotation.role]]\nname = "b"',
        4,
        "rotation.roles",
        "",
        "given twice",
    ),
    ('[[rotation]]\nname = "A"\n[[rotation]]', 4, "rotation.name", "", "has no name"),
    (
        '[[rotation]]\nname = "A"\n[[rotation]]\nname = "a"',
        5,
        "rotation.name",
        "a",
        "name of two rotations",
    ),
    ("[rules", 2, "", "", "is not valid TOML"),
    ('name = "unfinished', 2, "", "", "is not valid TOML"),
    ("[rules]\ncover = next", 3, "", "", "is not valid TOML"),
    ('name = "a"\nname = "b"', 3, "", "", "is not valid TOML"),
]


@pytest.mark.parametrize(("text", "row", "column", "value", "said"), BAD)
def test_one_thing_wrong(
    tmp_path: Path, text: str, row: int, column: str, value: str, said: str
) -> None:
    problem = the_problem(tmp_path / "alpha", toml(text))
    assert (problem.file, problem.column, problem.value) == ("team.toml", column, value)
    assert problem.row == row
    assert said in f"{problem.message}. {problem.hint}"


@pytest.mark.parametrize("zone", ["Asia/Kuala_Lumpr", "Asia/Kuala Lumpur", "Europe", "../x", "a b"])
def test_no_time_zone(tmp_path: Path, zone: str) -> None:
    problem = the_problem(tmp_path / "alpha", {"team.toml": f'timezone = "{zone}"'})
    assert (problem.row, problem.column, problem.value) == (1, "timezone", zone)
    assert "is not a time zone" in problem.message
    if zone.startswith("Asia"):
        assert problem.hint == "Did you mean “Asia/Kuala_Lumpur”?"


def test_several_things_wrong(tmp_path: Path) -> None:
    text = '[rules]\ncover = "nobody"\nnotice = "soon"\n[aims]\norder = ["speed"]'
    found = problems(tmp_path / "alpha", toml(text))
    assert [problem.row for problem in found] == [3, 4, 6]


def test_an_empty_file(tmp_path: Path) -> None:
    assert "is empty" in the_problem(tmp_path / "alpha", {"team.toml": "# nothing\n"}).message


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    problem = the_problem(tmp_path / "alpha", {"team.toml": '\nname = "René"'.encode("latin-1")})
    assert (problem.file, problem.row) == ("team.toml", 2)
    assert "UTF-8" in problem.message


def test_without_a_time_zone_the_lead_is_told(tmp_path: Path) -> None:
    team, notes = load_team_with_notes(write(tmp_path / "a", {"team.toml": 'name = "Alpha"'}))
    assert team.timezone == "UTC"
    assert notes == ("team.toml names no timezone, so handovers are in UTC.",)


@pytest.mark.parametrize(
    ("written", "meant"),
    [('"April"', (4, 1)), ('"apr"', (4, 1)), ("4", (4, 1)), ('"04-06"', (4, 6)), ('"4"', (4, 1))],
)
def test_where_the_year_starts(tmp_path: Path, written: str, meant: tuple[int, int]) -> None:
    team = load_team(write(tmp_path / "alpha", toml(f"year_starts = {written}")))
    assert team.year_starts == meant


@pytest.mark.parametrize(
    ("written", "days"),
    [('"2 weeks"', 14), ('"1 week"', 7), ('"10 Days"', 10), ("3", 3), ("0", 0), ('"0 days"', 0)],
)
def test_notice_in_days(tmp_path: Path, written: str, days: int) -> None:
    team = load_team(write(tmp_path / "alpha", toml(f"[rules]\nnotice = {written}")))
    assert team.settings.notice == days


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ('"11 hours"', 660),
        ('"11h"', 660),
        ("11", 660),
        ("10.5", 630),
        ('"10,5 hours"', 630),
        ('" 2  Days "', 2880),
        ('"168 hours"', 10080),
    ],
)
def test_least_rest_in_hours(tmp_path: Path, written: str, minutes: int) -> None:
    team = load_team(write(tmp_path / "alpha", toml(f"[rules]\nleast_rest = {written}")))
    assert team.settings.least_rest == minutes


def test_handover_and_week_one(tmp_path: Path) -> None:
    text = 'handover = "wed  8:15"\nweek_one = "2024-1-3"'
    team = load_team(write(tmp_path / "alpha", toml(text)))
    assert (team.handover_weekday, team.handover_time) == (3, time(8, 15))
    assert team.week_one == date(2024, 1, 3)


def test_weeks_are_counted_from_the_handover_day(tmp_path: Path) -> None:
    files = toml('handover = "Wednesday 10:00"')
    files["wishes.csv"] = "engineer,week,wish\nChoo,2024-W32,off\n"
    (wish,) = load_team(write(tmp_path / "alpha", files)).wishes
    assert wish.week.first == date(2024, 8, 7)


def test_roles_in_short_and_in_full_are_the_same(tmp_path: Path) -> None:
    short = ROTATION + 'roles = ["primary", "secondary"]'
    full = ROTATION + '[[rotation.role]]\nname = "primary"\n[[rotation.role]]\nname = "secondary"'
    one = load_team(write(tmp_path / "alpha", toml(short)))
    other = load_team(write(tmp_path / "alpha", toml(full)))
    assert one == other
    assert one.rotations[0].roles == (Role("primary"), Role("secondary"))


def test_windows_line_ends(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"team.toml": TOML.replace("\n", "\r\n")}
    assert load_team(write(tmp_path / "a", files)).name == "Alpha"


def test_the_team_says_how_dates_are_meant(tmp_path: Path) -> None:
    files = {
        "team.toml": 'date_format = "%d/%m/%Y"\nweek_one = "01/02/2024"\n' + SOUND["team.toml"],
        "vacations.csv": "engineer,start,end\nAidil,3/4/2026,10/4/2026\n",
    }
    team = load_team(write(tmp_path / "a", files))
    assert team.week_one == date(2024, 2, 1)
    assert [(v.start, v.end) for v in team.vacations] == [(date(2026, 4, 3), date(2026, 4, 10))]
    asked = load_team(tmp_path / "a", "MM/DD/YYYY")
    assert [v.start for v in asked.vacations] == [date(2026, 3, 4)]


def test_a_date_format_that_says_nothing(tmp_path: Path) -> None:
    problem = the_problem(
        tmp_path / "a", {"team.toml": 'date_format = "soon"\n' + SOUND["team.toml"]}
    )
    assert (problem.row, problem.column, problem.value) == (1, "date_format", "soon")
    assert "DD/MM/YYYY" in problem.hint
