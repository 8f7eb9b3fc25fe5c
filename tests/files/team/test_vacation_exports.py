"""Vacations as Google Calendar, Outlook, Personio and a German Excel export them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from planner.domain import Vacation
from planner.files.team.folder import load_team_with_notes
from tests.files.team_folder import SOUND, problems, write

ENGINEERS = """\
name,country,subdivision,email
Aidil,MY,KUL,aidil@example.com
Thiru Müller,MY,Penang,thiru@example.com
Choo,GB,Scotland,choo@example.com
"""
TEAM = {
    "team.toml": SOUND["team.toml"].replace('"Thiru"', '"Thiru Müller"'),
    "engineers.csv": ENGINEERS,
}


def read(
    folder: Path, date_format: str | None = None, **files: str | bytes
) -> tuple[list[tuple[str, str, str, str]], tuple[str, ...]]:
    named = {name.replace("__", "-").replace("_dot_", "."): data for name, data in files.items()}
    team, notes = load_team_with_notes(write(folder, {**TEAM, **named}), date_format)
    return [(v.engineer, f"{v.start}", f"{v.end}", v.kind) for v in team.vacations], notes


def export(
    folder: Path, content: str | bytes, date_format: str | None = None
) -> tuple[list[tuple[str, str, str, str]], tuple[str, ...]]:
    return read(folder, date_format, vacations__hr_dot_csv=content)


def refused(folder: Path, content: str | bytes, name: str = "vacations-hr.csv") -> str:
    return "\n".join(map(str, problems(folder, {**TEAM, name: content})))


# A German Excel: semicolons, Windows-1252, dates with dots

GERMAN = """\
sep=;
Mitarbeiter;Abwesenheitsart;Von;Bis;Beantragt am;Kommentar
Thiru Müller;Urlaub;05.08.2024;09.08.2024;01.06.2024;Ostsee
Choo;Krankheit;12.08.2024;12.08.2024;;
"""


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_german_excel(tmp_path: Path, encoding: str, ends: str) -> None:
    content = GERMAN.replace("\n", ends).encode(encoding)
    found, notes = export(tmp_path / "a", content)
    assert found == [
        ("Choo", "2024-08-12", "2024-08-12", "sick"),
        ("Thiru Müller", "2024-08-05", "2024-08-09", "annual"),
    ]
    told = ("vacations-hr.csv is not in UTF-8; it is read as cp1252.",)
    assert notes == (told if encoding == "cp1252" else ())


def test_notes_and_dates_of_logging_come_along(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {**TEAM, "vacations-hr.csv": GERMAN})
    (_, thiru) = load_team_with_notes(folder)[0].vacations
    assert thiru == Vacation(
        "Thiru Müller",
        date(2024, 8, 5),
        date(2024, 8, 9),
        "annual",
        date(2024, 6, 1),
        "Ostsee",
    )
    assert str(thiru.source) == "vacations-hr.csv row 3"


def test_our_own_file_saved_by_a_german_excel(tmp_path: Path) -> None:
    content = "engineer;start;end;kind\nThiru Müller;05.08.2024;09.08.2024;annual\n"
    found, _ = read(tmp_path / "a", vacations_dot_csv=content.encode("cp1252"))
    assert found == [("Thiru Müller", "2024-08-05", "2024-08-09", "annual")]


def test_with_slashes_a_date_may_mean_anything(tmp_path: Path) -> None:
    content = "Employee,From,To\nChoo,05/08/2024,09/08/2024\n"
    said = refused(tmp_path / "a", content)
    assert (
        "vacations-hr.csv row 2, start: “05/08/2024” does not say which number is the day" in said
    )
    assert "--date-format DD/MM/YYYY" in said
    assert "row 2, end" in said
    found, _ = export(tmp_path / "b", content, "DD/MM/YYYY")
    assert found == [("Choo", "2024-08-05", "2024-08-09", "annual")]


# Personio


PERSONIO = """\
"First name","Last name","Email","Absence type","Start date","End date","Status","Half day"
"Thiru","Müller","thiru@example.com","Paid vacation","2024-08-05","2024-08-09","Approved","No"
"Wei","Choo","choo@example.com","Parental leave","2024-09-02","2024-09-30","Approved","No"
"Aidil","bin Ali","aidil@example.com","Home Office","2024-08-05","2024-08-09","Approved","No"
"Aidil","bin Ali","aidil@example.com","Paid vacation","2024-08-12","2024-08-16","Rejected","No"
"Aidil","bin Ali","aidil@example.com","Paid vacation","2024-08-19","2024-08-23","Pending","No"
"Jane","Doe","jane@example.com","Paid vacation","2024-08-05","2024-08-09","Approved","No"
"""


def test_personio_tells_what_it_leaves_out(tmp_path: Path) -> None:
    found, notes = export(tmp_path / "a", PERSONIO)
    assert found == [
        ("Aidil", "2024-08-19", "2024-08-23", "annual"),
        ("Choo", "2024-09-02", "2024-09-30", "parental"),
        ("Thiru Müller", "2024-08-05", "2024-08-09", "annual"),
    ]
    assert notes == (
        "vacations-hr.csv: the columns Half day are not read.",
        "vacations-hr.csv row 4: “Home Office” is no absence; it is not read.",
        "vacations-hr.csv row 5: its status is Rejected; it is not read.",
        "vacations-hr.csv row 6: it is still Pending, and counts.",
        "vacations-hr.csv row 7: “Jane Doe” is not in engineers.csv; not read.",
    )


@pytest.mark.parametrize(
    ("header", "who"),
    [
        ("Employee", "Thiru Müller"),
        ("Employee", "thiru müller"),
        ("Employee", "Müller, Thiru"),
        ("Vorname;Nachname", "Thiru;Müller"),
        ("Vorname;Name", "Thiru;Müller"),
        ("E-Mail", "Thiru@Example.com"),
        ("Mitarbeiter/in;E-Mail-Adresse", "T. Mueller;thiru@example.com"),
    ],
)
def test_people_are_known_by_name_or_email(tmp_path: Path, header: str, who: str) -> None:
    found, _ = export(
        tmp_path / "a", f"{header};Start date;End date\n{who};2024-08-05;2024-08-06\n"
    )
    assert found == [("Thiru Müller", "2024-08-05", "2024-08-06", "annual")]


def test_a_first_name_alone_is_nobody_in_a_companys_list(tmp_path: Path) -> None:
    found, notes = export(tmp_path / "a", "Name,From,To\nThiru Smith,2024-08-05,2024-08-06\n")
    assert found == []
    assert notes == ("vacations-hr.csv row 2: “Thiru Smith” is not in engineers.csv; not read.",)


@pytest.mark.parametrize("name", ["leave.xlsx", "vacations.xlsx"])
def test_personio_as_a_workbook(tmp_path: Path, name: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Absences"
    sheet.append(["Employee", "Email", "Absence type", "Start date", "End date", "Status"])
    sheet.append(
        ["T. M.", "thiru@example.com", "Sick leave", date(2024, 8, 5), date(2024, 8, 6), "Approved"]
    )
    sheet.append(["Doe, Jane", "", "Vacation", date(2024, 8, 5), date(2024, 8, 6), "Approved"])
    data = BytesIO()
    book.save(data)
    folder = write(tmp_path / "a", {**TEAM, name: data.getvalue()})
    team, notes = load_team_with_notes(folder)
    assert [(v.engineer, v.kind) for v in team.vacations] == [("Thiru Müller", "sick")]
    assert notes == (f"{name} (Absences) row 3: “Doe, Jane” is not in engineers.csv; not read.",)


# Outlook

OUTLOOK_CSV = """\
"Subject","Start Date","Start Time","End Date","End Time","All day event","Categories"
"Choo: annual leave","8/5/2024","12:00:00 AM","8/10/2024","12:00:00 AM","True","Holiday"
"Team lunch","8/6/2024","12:00:00 PM","8/6/2024","1:00:00 PM","False",""
"""


def test_outlooks_csv_ends_at_midnight(tmp_path: Path) -> None:
    found, notes = export(tmp_path / "a", OUTLOOK_CSV, "MM/DD/YYYY")
    assert found == [("Choo", "2024-08-05", "2024-08-09", "annual")]
    assert "vacations-hr.csv row 3: “Team lunch” is not in engineers.csv; not read." in notes


OUTLOOK_ICS = """\
BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
X-CALSTART:20240805T000000Z
X-WR-RELCALID:{0000002E-A1B2-C3D4-E5F6-0123456789AB}
X-WR-CALNAME:Team absences
BEGIN:VTIMEZONE
TZID:Singapore Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
CREATED:20240601T031500Z
DTEND;VALUE=DATE:20240810
DTSTAMP:20240601T031500Z
DTSTART;VALUE=DATE:20240805
PRIORITY:5
SEQUENCE:0
SUMMARY;LANGUAGE=en-gb:Annual leave
ORGANIZER;CN="Choo":mailto:choo@example.com
TRANSP:OPAQUE
UID:040000008200E00074C5B7101A82E00800000000
X-MICROSOFT-CDO-BUSYSTATUS:OOF
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
END:VEVENT
BEGIN:VEVENT
DTEND;TZID="Singapore Standard Time":20240906T180000
DTSTAMP:20240601T031500Z
DTSTART;TZID="Singapore Standard Time":20240905T090000
SUMMARY:Sick: Aidil
UID:040000008200E00074C5B7101A82E00800000001
X-MICROSOFT-CDO-BUSYSTATUS:OOF
END:VEVENT
END:VCALENDAR
"""


def test_outlooks_calendar(tmp_path: Path) -> None:
    found, notes = read(tmp_path / "a", outlook_dot_ics=OUTLOOK_ICS.replace("\n", "\r\n"))
    assert found == [
        ("Aidil", "2024-09-05", "2024-09-06", "sick"),
        ("Choo", "2024-08-05", "2024-08-09", "annual"),
    ]
    assert notes == ()


# Google Calendar

GOOGLE = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Team vacations
X-WR-TIMEZONE:Asia/Kuala_Lumpur
BEGIN:VEVENT
DTSTART;VALUE=DATE:20240805
DTEND;VALUE=DATE:20240810
DTSTAMP:20240620T120000Z
UID:0abc@google.com
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=thiru@exa
 mple.com;X-NUM-GUESTS=0:mailto:thiru@example.com
CREATED:20240501T080000Z
SUMMARY:Penang 🏖
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Asia/Kuala_Lumpur:20240903T090000
DTEND;TZID=Asia/Kuala_Lumpur:20240903T180000
RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TU
EXDATE;TZID=Asia/Kuala_Lumpur:20240910T090000
DTSTAMP:20240620T120000Z
UID:1abc@google.com
SUMMARY:Choo – parental leave
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20240916
DTSTAMP:20240620T120000Z
UID:2abc@google.com
SUMMARY:Aidil off
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def test_googles_calendar_with_recurring_all_day_and_timed_events(tmp_path: Path) -> None:
    found, notes = read(tmp_path / "a", google_dot_ics=GOOGLE.replace("\n", "\r\n"))
    assert found == [
        ("Choo", "2024-09-03", "2024-09-03", "parental"),
        ("Choo", "2024-09-17", "2024-09-17", "parental"),
        ("Thiru Müller", "2024-08-05", "2024-08-09", "annual"),
    ]
    assert notes == (
        "google.ics: of 3 entries, 2 are absences; left out: 1 as cancelled (row 29 “Aidil off”).",
    )


# Whose event it is


def calendar(summary: str, more: str = "", name: str = "Absences") -> str:
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nX-WR-CALNAME:{name}\nBEGIN:VEVENT\nUID:1\n"
        f"DTSTART;VALUE=DATE:20240805\nDTEND;VALUE=DATE:20240807\nSUMMARY:{summary}\n{more}"
        "END:VEVENT\nEND:VCALENDAR\n"
    ).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("template", "summary", "who"),
    [
        ("{engineer} - *", "Choo - Vacation", ["Choo"]),
        ("{engineer} - *", "choo  -  on a ship", ["Choo"]),
        ("{engineer} - *", "Thiru - Vacation", ["Thiru Müller"]),
        ("{engineer} - *", "choo@example.com - Vacation", ["Choo"]),
        ("* ({engineer})", "Paid leave (Thiru Müller)", ["Thiru Müller"]),
        ("{engineer} - *", "Jane Doe - as Choo is away", []),
        ("{engineer} - *", "Retrospective with Choo", []),
    ],
)
def test_a_team_may_say_how_summaries_name_people(
    tmp_path: Path, template: str, summary: str, who: list[str]
) -> None:
    toml = f'{TEAM["team.toml"]}\n[vacations]\nsummary = "{template}"\n'
    files = {**TEAM, "team.toml": toml, "leave.ics": calendar(summary)}
    team, notes = load_team_with_notes(write(tmp_path / "a", files))
    assert [v.engineer for v in team.vacations] == who
    assert (len(notes) == 0) == bool(who), "what is not read is told"


def test_a_slip_in_such_a_summary_is_asked_back(tmp_path: Path) -> None:
    toml = f'{TEAM["team.toml"]}\n[vacations]\nsummary = "{{engineer}} - *"\n'
    files = {**TEAM, "team.toml": toml, "leave.ics": calendar("Chooo - Vacation")}
    team, notes = load_team_with_notes(write(tmp_path / "a", files))
    assert team.vacations == ()
    assert "leave.ics row 5: is “Chooo” meant to be Choo?" in notes[1]


def test_a_slip_in_an_export_is_asked_back_once_and_can_be_answered(tmp_path: Path) -> None:
    rows = "Employee,From,To\nChooo,2024-08-05,2024-08-09\nChooo,2024-09-05,2024-09-09\n"
    files = {**TEAM, "vacations-hr.csv": rows}
    team, notes = load_team_with_notes(write(tmp_path / "a", files))
    assert team.vacations == ()
    assert len(notes) == 1
    assert "vacations-hr.csv row 2: is “Chooo” meant to be Choo?" in notes[0]
    for answer, read_ in (('not_us = ["Chooo"]', 0), ('whose = { "Chooo" = "choo" }', 2)):
        toml = f"{TEAM['team.toml']}\n[vacations]\n{answer}\n"
        answered, notes = load_team_with_notes(write(tmp_path / "a", {**files, "team.toml": toml}))
        assert len(answered.vacations) == read_
        assert not any("meant to be" in note for note in notes)


def test_a_pattern_must_say_where_the_name_stands(tmp_path: Path) -> None:
    toml = f'{TEAM["team.toml"]}\n[vacations]\nsummary = "* - away"\nsummry = "x"\n'
    first, second = map(str, problems(tmp_path / "a", {**TEAM, "team.toml": toml}))
    assert "vacations.summary: “* - away” does not say once where the name stands" in first
    assert "Did you mean “summary”?" in second


@pytest.mark.parametrize(
    ("summary", "more", "read_"),
    [
        ("Holiday in Penang", "", True),
        ("Urlaub", "", True),
        ("Penang", "X-MICROSOFT-CDO-BUSYSTATUS:OOF\n", True),
        ("Dentist", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\n", False),
        ("Weekly meeting", "", False),
    ],
)
def test_in_somebodys_own_calendar_only_absences_count(
    tmp_path: Path, summary: str, more: str, read_: bool
) -> None:
    found, notes = read(tmp_path / "a", own_dot_ics=calendar(summary, more, "choo@example.com"))
    assert [each[0] for each in found] == (["Choo"] if read_ else [])
    assert (notes == ()) == read_


# What is malformed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "vacations-hr.csv: is empty"),
        ("Employee,From,To\nChoo,,2024-08-05\n", "row 2, start: a value is missing"),
        ("Employee,From,To\nChoo,soon,2024-08-05\n", "row 2, start: “soon” is not a date"),
        ("Employee,From,To\nChoo,2024-08-09,2024-08-05\n", "row 2, end: “2024-08-05” is before"),
        ("Employee;From;To\nChoo;30.02.2024;01.03.2024\n", "row 2, start: “30.02.2024” is a day"),
        ("Employee,From,To\n,2024-08-05,2024-08-09\n", "row 2, engineer: a value is missing"),
        ("Employee,To\nChoo,2024-08-09\n", "row 1, start: this column is missing"),
        ("From,To\n2024-08-05,2024-08-09\n", "says nowhere who is away"),
        ("Employee,Employee,From,To\n", "row 1, engineer: “Employee” is a column twice"),
        ('Employee,From,To\n"Choo,2024-08-05,2024-08-09\n', "row 2: the quotes of this row"),
        (
            "Employee,From,To,Status\nChoo,2024-08-05,2024-08-09,perhaps\n",
            "row 2, status: “perhaps” is a status that is not known",
        ),
        (b"Employee,From,To\nM\x81ller,2024-08-05,2024-08-09\n", "row 2: is not text in UTF-8"),
    ],
)
def test_what_is_malformed_is_refused_with_file_and_line(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    assert said in refused(tmp_path / "a", content)


def test_one_bad_row_refuses_the_whole_file(tmp_path: Path) -> None:
    """Half-read files are never half-used."""
    content = "Employee,From,To\nAidil,2024-08-05,2024-08-09\nChoo,soon,2024-08-09\n"
    assert "row 3, start" in refused(tmp_path / "a", content)


def test_other_names_of_files_are_asked_back(tmp_path: Path) -> None:
    said = refused(tmp_path / "a", GERMAN, "personio.csv")
    assert "personio.csv: is not a file of a team folder" in said
    assert "vacations-….csv" in said


def test_the_same_vacation_in_calendar_and_export_counts_once(tmp_path: Path) -> None:
    found, _ = read(
        tmp_path / "a",
        outlook_dot_ics=OUTLOOK_ICS.replace("\n", "\r\n"),
        vacations__hr_dot_csv="Employee,From,To\nChoo,2024-08-05,2024-08-09\n",
    )
    assert [each[0] for each in found] == ["Aidil", "Choo"]
