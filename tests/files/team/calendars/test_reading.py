"""Vacations in ``.ics`` calendars."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain import Source, Vacation
from planner.files.team.folder import load_team_with_notes
from tests.files.team_folder import SOUND, problems, the_problem, write


def calendar(*events: str) -> str:
    """A calendar of events, each given as lines; the n-th has the UID n."""
    body = "".join(
        f"BEGIN:VEVENT\nUID:{number}\n{event.strip()}\nEND:VEVENT\n"
        for number, event in enumerate(events, start=1)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{body}END:VCALENDAR\n".replace("\n", "\r\n")


def read(folder: Path, *events: str) -> tuple[list[tuple[str, str, str, str]], tuple[str, ...]]:
    team, notes = load_team_with_notes(write(folder, {"leave.ics": calendar(*events)}))
    days = [(v.engineer, f"{v.start}", f"{v.end}", v.kind) for v in team.vacations]
    return days, notes


def day(start: str, end: str = "") -> str:
    ending = f"\nDTEND;VALUE=DATE:{end}" if end else ""
    return f"DTSTART;VALUE=DATE:{start}{ending}"


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        (day("20240805", "20240810"), "2024-08-05", "2024-08-09"),
        (day("20240805"), "2024-08-05", "2024-08-05"),
        (day("20240805", "20240805"), "2024-08-05", "2024-08-05"),
        ("DTSTART;VALUE=DATE:20240805\nDURATION:P2D", "2024-08-05", "2024-08-06"),
        # Kuala Lumpur is eight hours ahead of UTC.
        ("DTSTART:20240805T170000Z\nDTEND:20240807T100000Z", "2024-08-06", "2024-08-07"),
        ("DTSTART:20240805T090000\nDTEND:20240806T180000", "2024-08-05", "2024-08-06"),
        ("DTSTART:20240805T090000\nDTEND:20240807T000000", "2024-08-05", "2024-08-06"),
        ("DTSTART:20240805T090000\nDURATION:PT8H", "2024-08-05", "2024-08-05"),
        (
            "DTSTART;TZID=Europe/London:20240805T090000\nDTEND;TZID=Europe/London:20240805T180000",
            "2024-08-05",
            "2024-08-06",
        ),
    ],
)
def test_the_days_of_an_event(tmp_path: Path, times: str, start: str, end: str) -> None:
    days, notes = read(tmp_path / "a", f"SUMMARY:Choo\n{times}")
    assert days == [("Choo", start, end, "annual")]
    assert notes == ()


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        ("SUMMARY:Leave\nATTENDEE;CN=C:mailto:CHOO@example.com", ["Choo"]),
        (
            "SUMMARY:Leave\nATTENDEE:mailto:choo@example.com\nATTENDEE:thiru@example.com",
            ["Choo", "Thiru"],
        ),
        (
            "SUMMARY:Leave\nATTENDEE:mailto:choo@example.com\nATTENDEE:mailto:x@example.com",
            ["Choo"],
        ),
        ("SUMMARY:Leave\nORGANIZER:mailto:choo@example.com", ["Choo"]),
        ("SUMMARY:thiru away\nORGANIZER:mailto:choo@example.com", ["Thiru"]),
        ("SUMMARY:thiru away\nORGANIZER:mailto:boss@example.com", ["Thiru"]),
        ("SUMMARY:[OOO] CHOO: beach", ["Choo"]),
        ("SUMMARY:Choo/Aidil off", ["Aidil", "Choo"]),
    ],
)
def test_whose_event_it_is(tmp_path: Path, lines: str, who: list[str]) -> None:
    days, _ = read(tmp_path / "a", f"{lines}\n{day('20240805')}")
    assert [name for name, *_ in days] == who


def test_first_names_count_where_only_one_has_them(tmp_path: Path) -> None:
    people = (
        "name,country,subdivision\nAidil Rahman,MY,KUL\nChoo,MY,KUL\nChoo Wei,MY,KUL\n"
        "Ann Lee,MY,KUL\nAnn Ong,MY,KUL\n"
    )
    events = [f"SUMMARY:{said}\n{day('20240805')}" for said in ("Aidil off", "Choo Wei", "Ann off")]
    files = {"team.toml": 'timezone = "UTC"', "engineers.csv": people}
    team, notes = load_team_with_notes(write(tmp_path / "a", {**files, "x.ics": calendar(*events)}))
    assert [vacation.engineer for vacation in team.vacations] == ["Aidil Rahman", "Choo Wei"]
    assert notes == (
        "x.ics: of 3 entries, 2 are absences; left out: 1 as about nobody of the team "
        "(row 14 “Ann off”).",
    )


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("SUMMARY:Choo", "annual"),
        ("SUMMARY:Choo sick", "sick"),
        ("SUMMARY:Choo - Maternity leave", "parental"),
        ("SUMMARY:Choo (emergency)", "emergency"),
        ("SUMMARY:Choo: still here", "annual"),
        ("SUMMARY:Choo\nCATEGORIES:Team,Sick leave", "sick"),
        ("SUMMARY:Choo: emergency\nCATEGORIES:ANNUAL", "annual"),
    ],
)
def test_the_kind_of_absence(tmp_path: Path, lines: str, kind: str) -> None:
    days, _ = read(tmp_path / "a", f"{lines}\n{day('20240805')}")
    assert [found for *_, found in days] == [kind]


def test_when_it_was_entered_and_where_it_stands(tmp_path: Path) -> None:
    events = calendar(
        f"SUMMARY:Choo\n{day('20240805')}",
        f"CREATED:20240630T200000Z\nSUMMARY:Choo\n{day('20240901')}",
    )
    team, _ = load_team_with_notes(write(tmp_path / "a", {"leave.ics": events}))
    assert team.vacations == (
        Vacation("Choo", date(2024, 8, 5), date(2024, 8, 5)),
        Vacation("Choo", date(2024, 9, 1), date(2024, 9, 1), logged=date(2024, 7, 1)),
    )
    assert [vacation.source for vacation in team.vacations] == [
        Source("leave.ics", 4),
        Source("leave.ics", 9),
    ]


def test_a_repeating_event_with_an_exception_and_a_change(tmp_path: Path) -> None:
    series = (
        f"SUMMARY:Choo\n{day('20240802')}\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20240809"
    )
    moved = (
        "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;VALUE=DATE:20240816\nSUMMARY:Choo\n"
        f"{day('20240815')}\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;VALUE=DATE:20240823\nSUMMARY:Choo\n"
        f"{day('20240823')}\nSTATUS:CANCELLED\nEND:VEVENT\n"
    ).replace("\n", "\r\n")
    content = calendar(series).replace("END:VCALENDAR", f"{moved}END:VCALENDAR")
    team, _ = load_team_with_notes(write(tmp_path / "a", {"leave.ics": content}))
    assert [f"{v.start} {v.end}" for v in team.vacations] == [
        "2024-08-02 2024-08-02",
        "2024-08-15 2024-08-15",
    ]


def test_repeating_for_ever_goes_through_the_weeks_that_matter(tmp_path: Path) -> None:
    event = calendar(f"SUMMARY:Choo\n{day('20120803')}\nRRULE:FREQ=WEEKLY")
    folder = write(tmp_path / "a", {"leave.ics": event})
    team, notes = load_team_with_notes(folder, through=date(2024, 9, 29))
    assert f"{team.vacations[0].start}" == "2012-08-03"
    assert f"{team.vacations[-1].end}" == "2024-09-27"
    assert [note for note in notes if "off_days" not in note] == []


def test_cancelled_events_do_not_count(tmp_path: Path) -> None:
    days, notes = read(tmp_path / "a", f"SUMMARY:Choo\nSTATUS:CANCELLED\n{day('20240805')}")
    assert days == []
    assert notes == (
        "leave.ics: of 1 entry, 0 are absences; left out: 1 as cancelled (row 4 “Choo”).",
    )


def test_an_event_that_names_nobody_is_told(tmp_path: Path) -> None:
    days, notes = read(tmp_path / "a", f"SUMMARY:Town hall\n{day('20240805', '20240807')}")
    assert days == []
    assert notes == (
        "leave.ics: of 1 entry, 0 are absences; left out: 1 as about nobody of the team "
        "(row 4 “Town hall”).",
    )


def test_a_part_of_a_day_counts_and_is_told_once(tmp_path: Path) -> None:
    times = "DTSTART:20240805T090000\nDTEND:20240805T100000"
    events = (f"SUMMARY:Choo dentist\n{times}", f"SUMMARY:Choo - half day\n{day('20240806')}")
    days, notes = read(tmp_path / "a", *events)
    assert [start for _, start, *_ in days] == ["2024-08-05", "2024-08-06"]
    assert notes == (
        "Half days block their weeks: leave.ics row 4 “Choo dentist” and 1 more. "
        'half_days = "ignore" under [vacations] in team.toml leaves them out.',
    )


@pytest.mark.parametrize("table", ["[rules]", "[vacations]"])
def test_half_days_that_the_team_ignores(tmp_path: Path, table: str) -> None:
    toml = f'{SOUND["team.toml"]}\n{table}\nhalf_days = "ignore"\n'
    events = calendar(f"SUMMARY:Choo (PM)\n{day('20240805')}", f"SUMMARY:Choo\n{day('20240806')}")
    files = {"team.toml": toml, "leave.ics": events}
    team, notes = load_team_with_notes(write(tmp_path / "a", files))
    assert [f"{vacation.start}" for vacation in team.vacations] == ["2024-08-06"]
    assert notes == (
        "leave.ics: of 2 entries, 1 is an absence; left out: 1 as half days (row 4 “Choo (PM)”).",
    )


@pytest.mark.parametrize(
    ("lines", "value", "said"),
    [
        ("SUMMARY:Choo", "Choo", "has no start"),
        ("SUMMARY:Choo\nDTSTART:soon", "Choo", "no start or end"),
        ("SUMMARY:Choo\nDTSTART:20240805T090000\nDURATION:P", "Choo", "no start or end"),
        ("SUMMARY:Choo\nDTSTART:99990805T090000\nDURATION:P9999D", "Choo", "cannot be understood"),
        (f"SUMMARY:Choo\n{day('20240805', '20240801')}", "Choo", "ends before it starts"),
        (f"SUMMARY:Choo\n{day('19240805')}", "Choo", "outside the years 1990 to 2100"),
        (f"SUMMARY:Choo\n{day('20240805')}\nRRULE:FREQ=SECONDLY", "Choo", "more often than daily"),
        (f"SUMMARY:Choo\n{day('20240805')}\nRRULE:FREQ=DAILY;INTERVAL=0", "Choo", "never goes on"),
        (
            f"SUMMARY:Choo\n{day('20240805')}\nRRULE:FREQ=DAILY;BYSECOND=1,2",
            "Choo",
            "more often than daily",
        ),
        (f"SUMMARY:Choo\n{day('20240805')}\nRRULE:FREQ=DAYLY", "Choo", "cannot be understood"),
        ("SUMMARY:Choo\nRRULE:FREQ=DAILY", "Choo", "has no start"),
    ],
)
def test_what_is_wrong_with_an_event_costs_that_event(
    tmp_path: Path, lines: str, value: str, said: str
) -> None:
    days, notes = read(tmp_path / "a", lines, f"SUMMARY:Thiru\n{day('20240805')}")
    assert days == [("Thiru", "2024-08-05", "2024-08-05", "annual")]
    assert notes[0].startswith(f"leave.ics row 4: “{value}” ")
    assert said in notes[0]
    assert notes[1] == (
        "leave.ics: of 2 entries, 1 is an absence; left out: 1 as unreadable (row 4 “Choo”)."
    )


@pytest.mark.parametrize(
    "lines",
    [
        "SUMMARY:Leave\nATTENDEE:mailto:zoe@example.com\nDTSTART:soon",
        "SUMMARY:Leave\nORGANIZER:mailto:zoe@example.com",
        "SUMMARY:Town hall\nDTSTART:20240805T090000Z\nRRULE:FREQ=SECONDLY",
    ],
)
def test_nothing_is_asked_of_what_concerns_nobody(tmp_path: Path, lines: str) -> None:
    days, notes = read(tmp_path / "a", lines)
    assert days == []
    (note,) = notes
    assert "1 as about nobody of the team" in note


def test_a_misspelt_colleague_is_asked_about_once(tmp_path: Path) -> None:
    events = [f"SUMMARY:Thiruu away\n{day(f'2024080{n}')}" for n in (5, 6)]
    days, notes = read(tmp_path / "a", *events)
    assert days == []
    assert notes[1:] == (
        "leave.ics row 4: is “Thiruu” meant to be Thiru? It is not read. In team.toml, "
        '[vacations] whose = { "Thiruu" = "Thiru" } says yes, not_us = ["Thiruu"] says no.',
    )


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\nBEGIN:V\n"])
def test_what_is_no_calendar(tmp_path: Path, content: bytes) -> None:
    problem = the_problem(tmp_path / "a", {"leave.ics": content})
    assert problem.file == "leave.ics"
    assert problem.hint


def test_nobody_is_unknown_while_the_people_cannot_be_read(tmp_path: Path) -> None:
    people = SOUND["engineers.csv"].replace("Penang", "Pennang")
    event = f"SUMMARY:Leave\nATTENDEE:mailto:thiru@example.com\n{day('20240805')}"
    found = problems(tmp_path / "a", {"engineers.csv": people, "x.ics": calendar(event)})
    assert [problem.file for problem in found] == ["engineers.csv"]
