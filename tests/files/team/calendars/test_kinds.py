"""Feeds of each kind, generated, read as the absences that were meant."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.files.team.vacation_settings import USUAL, VacationSettings
from tests.files.team.calendars.written import (
    EMAILS,
    NAMES,
    PEOPLE,
    PROGRAMS,
    STRANGERS,
    Days,
    Program,
    Read,
    Written,
    absences,
    apple,
    calendar,
    feed,
    names,
    outlook,
    programs,
    read,
    spellings,
    stretches,
)

RUNS = settings(max_examples=30, deadline=None)


def reads(data: bytes, file: str = "feed.ics", settings: VacationSettings = USUAL) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        return read(Path(folder), data, file=file, settings=settings)


def meant(entries: list[Written]) -> set[Days]:
    """All absences; what may be told apart only by the entry is one absence."""
    return {days for entry in entries for days in entry.absences}


# Absences, whoever writes them down


@RUNS
@given(programs, st.lists(absences(), min_size=1, max_size=8))
def test_absences(program: Program, entries: list[Written]) -> None:
    found = reads(feed(program, entries))
    assert found.absences == meant(entries)
    assert found.notes == []


# What is no absence

NO_ABSENCES = {
    "cancelled": [
        *("Cancelled: {0} leave", "Canceled: {0} - vacation", "Canceled event: {0} OOO"),
        *("Abgesagt: {0} Urlaub", "{0} leave (cancelled)", "[CANCELLED] {0} leave"),
        *("{0} – annual leave – CANCELLED", "Storniert: {0} Urlaub", "Dibatalkan: {0} cuti"),
    ],
    "on-call": [
        *("On call: {0} (primary)", "{0} on-call", "On Call - {0} - Primary", "{0} Bereitschaft"),
        *("Handoff: {0} → Zoe", "Handover {0}", "{0} – Rufbereitschaft", "{0} night shift"),
    ],
    "elsewhere": [
        *("{0} WFH", "{0} - Home Office", "{0}: working from home", "WFH {0}", "{0} remote"),
        *(
            "{0} working elsewhere",
            "{0} (homeoffice)",
            "{0}: Mobiles Arbeiten",
            "{0} works remotely",
        ),
        *("{0} in the office", "{0} Telearbeit", "{0} workation", "{0} bekerja dari rumah"),
    ],
    "birthday": [
        *("{0}'s birthday", "{0} birthday", "Geburtstag {0}", "{0} Geburtstag", "🎂 {0}"),
        *("Birthday: {0}", "{0} work anniversary", "{0}: hari jadi"),
    ],
    "meeting": [
        *("{0} 1:1", "Interview {0}", "{0} - interview", "Sprint planning ({0})", "{0} retro"),
        *("{0} holiday party", "{0}: annual review", "Vacation planning – {0}", "{0} standup"),
        *("{0} back from leave", "{0} returns from parental leave", "{0} zurück aus dem Urlaub"),
        *("{0} back at work", "Focus time ({0})", "{0}: deep work"),
    ],
    "mentioned": ["cover: {0}", "Lunch with {0}", "Deputy: {0}", "Backup {0}", "contact {0}"],
}


@pytest.mark.parametrize("sort", NO_ABSENCES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_no_absence(sort: str, data: st.DataObject) -> None:
    """In whatever program, marked as busy or free, beside real absences."""
    entries = data.draw(st.lists(absences(), max_size=3))
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(names)
        title = data.draw(st.sampled_from(NO_ABSENCES[sort])).format(name)
        free = data.draw(st.sampled_from([(), ("X-MICROSOFT-CDO-BUSYSTATUS:FREE",)]))
        first, last = data.draw(stretches())
        entries.insert(data.draw(st.integers(0, len(entries))), Written(title, first, last, free))
    found = reads(feed(data.draw(programs), entries))
    assert found.absences == meant(entries)
    assert "left out:" in found.notes[0]


@RUNS
@given(programs, absences(), st.sampled_from(["STATUS", "METHOD"]))
def test_cancelled_by_status_or_method(program: Program, entry: Written, how: str) -> None:
    gone = Written(entry.title, entry.first, entry.last, ("STATUS:CANCELLED",))
    header = ["METHOD:CANCEL"] if how == "METHOD" else []
    data = feed(program, [gone if how == "STATUS" else entry], header)
    found = reads(data.replace(b"STATUS:CONFIRMED\r\n", b""))
    assert found.absences == set()
    assert "1 as cancelled" in found.notes[0]


@RUNS
@given(programs, stretches(), st.sampled_from(["Home", "Ana Smith", "Busy", "Working"]))
def test_working_elsewhere_by_outlooks_mark(
    program: Program, days: tuple[date, date], title: str
) -> None:
    mark = ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",)
    data = feed(program, [Written(title, *days, mark)], ["X-WR-CALNAME:ana.smith@example.com"])
    found = reads(data)
    assert found.absences == set()


def attendee(name: str, status: str = "ACCEPTED") -> str:
    address = EMAILS.get(name, f"{name.split()[0].lower()}@else.example.com")
    return f"ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT={status};CN={name}:mailto:{address}"


def organiser(name: str) -> str:
    return attendee(name).replace("ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED", "ORGANIZER")


MEETINGS = [
    *("Sprint planning", "Roadmap", "Interview", "1:1", "Sync", "Quarterly review", "Townhall"),
    *("Invitation: Budget", "Lunch", "Product demo", "Architecture", "Holiday party"),
]


@RUNS
@given(st.data())
def test_meetings_make_nobody_away(data: st.DataObject) -> None:
    """Of one's own calendar or a shared one, by colleagues or outsiders, invited or declined."""
    who = st.sampled_from([*NAMES, *STRANGERS])
    entries = []
    for _ in range(data.draw(st.integers(1, 5))):
        invited = data.draw(st.lists(who, min_size=2, max_size=4, unique=True))
        status = data.draw(st.sampled_from(["ACCEPTED", "DECLINED", "NEEDS-ACTION", "TENTATIVE"]))
        lines = (organiser(data.draw(who)), *(attendee(name, status) for name in invited))
        title = data.draw(st.sampled_from(MEETINGS))
        entries.append(Written(title, *data.draw(stretches()), lines))
    leave = data.draw(st.lists(absences(st.just("Ana Smith")), max_size=2))
    header = data.draw(st.sampled_from([[], ["X-WR-CALNAME:ana.smith@example.com"]]))
    found = reads(feed(data.draw(programs), [*entries, *leave], header))
    assert found.absences == meant(leave)


@RUNS
@given(programs, names, stretches(), st.booleans())
def test_who_tells_others_of_a_leave_is_away_alone(
    program: Program, name: str, days: tuple[date, date], titled: bool
) -> None:
    others = [attendee(other) for other in NAMES]
    title = f"{name} annual leave" if titled else "Annual leave"
    data = feed(program, [Written(title, *days, (organiser(name), *others))])
    assert reads(data).absences == {(name, *days)}


@RUNS
@given(programs, names, stretches(), st.booleans())
def test_an_invitation_that_one_declined(
    program: Program, name: str, days: tuple[date, date], titled: bool
) -> None:
    title = f"{name} annual leave" if titled else "Annual leave"
    found = reads(feed(program, [Written(title, *days, (attendee(name, "DECLINED"),))]))
    assert found.absences == set()
    assert "1 as declined" in found.notes[0]


@RUNS
@given(
    programs,
    names,
    st.sampled_from(["Annual leave", "Urlaub", "PTO", "Out of office", "Costa Rica vacation"]),
    st.sampled_from(["address", "name", "possessive", "file"]),
    stretches(),
)
def test_ones_own_calendar(
    program: Program, name: str, title: str, how: str, days: tuple[date, date]
) -> None:
    called = {"address": EMAILS[name], "name": name, "possessive": f"{name}'s calendar"}
    header = [f"X-WR-CALNAME:{called[how]}"] if how in called else []
    file = f"{name.replace(' ', '-')}.ics" if how == "file" else "calendar.ics"
    entries = [Written(title, *days), Written("Bank holiday"), Written("Dentist"), Written("WFH")]
    assert reads(feed(program, entries, header), file).absences == {(name, *days)}


# Whose entry it is


@RUNS
@given(st.data())
def test_strangers_never_count_nor_stop_anything(data: st.DataObject) -> None:
    who = st.sampled_from(STRANGERS)
    entries = data.draw(st.lists(absences(), max_size=3))
    for _ in range(data.draw(st.integers(1, 5))):
        name = data.draw(who)
        shape = data.draw(
            st.sampled_from(
                ["{0} - Annual leave", "{0}: Urlaub", "{0} (Vacation - 5 days)", "{0} OOO"]
            )
        )
        first, *_, last = name.split(" ")
        spelt = data.draw(st.sampled_from([name, f"{last}, {first}", name.upper()]))
        lines = data.draw(st.sampled_from([(), (organiser(name),), (attendee(name),)]))
        entries.append(Written(shape.format(spelt), *data.draw(stretches()), lines))
    found = reads(feed(data.draw(programs), entries))
    assert found.absences == meant(entries)


@RUNS
@given(programs, names, names, st.data())
def test_whom_an_entry_only_mentions(
    program: Program, away: str, cover: str, data: st.DataObject
) -> None:
    if away == cover:
        return
    shape = data.draw(
        st.sampled_from(
            [
                *(
                    "{0} annual leave (cover: {1})",
                    "{0} on leave, {1} covers",
                    "{0} OOO / cover {1}",
                ),
                *("{0} Urlaub, Vertretung: {1}", "{0} off - covered by {1}", "{0} AL; backup: {1}"),
                *(
                    "{0} leave (approved by {1})",
                    "{0} away – contact {1}",
                    "{0} off instead of {1}",
                ),
            ]
        )
    )
    entry = Written(shape.format(data.draw(spellings(away)), cover), away=(away,))
    assert reads(feed(program, [entry])).absences == meant([entry])


@RUNS
@given(programs, st.booleans(), st.booleans())
def test_a_first_name_counts_where_nobody_else_bears_it(
    program: Program, other: bool, answered: bool
) -> None:
    entries = [Written("Ana annual leave", away=("Ana Smith",))]
    strangers = [Written("Ana Costa - leave")] if other else []
    settings = VacationSettings(not_us=("Ana Costa",)) if answered else VacationSettings()
    found = reads(feed(program, [*entries, *strangers]), settings=settings)
    read_ = answered or not other
    assert found.absences == (meant(entries) if read_ else set())
    assert any("is “Ana” meant to be Ana Smith?" in note for note in found.notes) != read_


@pytest.mark.parametrize(
    ("title", "who"),
    [
        *(("May holidays", ""), ("Holiday in May", ""), ("May bank holiday", "")),
        *(("May: leave", "May Wong"), ("May's holiday", "May Wong"), ("May on leave", "May Wong")),
        *(("May Wong holiday", "May Wong"), ("Will be on leave", ""), ("Will on leave", "Will Ho")),
        *(("Will - PTO", "Will Ho"), ("at will, off", ""), ("Grace period off", "")),
        *(("Grace off sick", "Grace Lim"), ("Mark as leave", "")),
    ],
)
def test_words_that_happen_to_be_names(tmp_path: Path, title: str, who: str) -> None:
    region = PEOPLE[0].region
    people = [type(PEOPLE[0])(n, region) for n in ("May Wong", "Will Ho", "Grace Lim", "Mark Poe")]
    data = feed(apple, [Written(title)])
    found = read(tmp_path, data, people=people)
    assert {name for name, *_ in found.absences} == ({who} if who else set())


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("said", "meant_"), [("Anna Smith", "Ana Smith"), ("Benedict Okoro", "Benedikt Okoro")]
)
def test_a_misspelt_colleague_is_asked_about_once(program: Program, said: str, meant_: str) -> None:
    entries = [
        Written(f"{said} - leave"),
        Written(f"{said}: sick", date(2024, 9, 2), date(2024, 9, 3)),
    ]
    found = reads(feed(program, entries))
    assert found.absences == set()
    assert sum("meant to be" in note for note in found.notes) == 1
    assert f"is “{said}” meant to be {meant_}?" in found.notes[1]
    assert (
        len(reads(feed(program, entries), settings=VacationSettings(whose={said: meant_})).absences)
        == 2
    )
    quiet = reads(feed(program, entries), settings=VacationSettings(not_us=(said,)))
    assert not any("meant to be" in note for note in quiet.notes)


# A team may overrule


@pytest.mark.parametrize("sort", ["on-call", "elsewhere", "birthday", "meeting"])
def test_a_team_may_have_a_sort_counted(sort: str) -> None:
    entries = [Written(NO_ABSENCES[sort][0].format("Ana Smith"))]
    assert len(reads(feed(apple, entries), settings=VacationSettings(count=(sort,))).absences) == 1


# Revisions


@RUNS
@given(st.data())
def test_the_highest_sequence_stands(data: st.DataObject) -> None:
    """Of one entry's revisions in any order, by each of the programs."""
    program = data.draw(programs)
    revisions = []
    stretch = st.tuples(names, stretches(), st.booleans())
    history = data.draw(st.lists(stretch, min_size=2, max_size=5))
    name = history[0][0]
    for number, (_, days, gone) in enumerate(history):
        lines = (f"SEQUENCE:{number}", *(("STATUS:CANCELLED",) if gone else ()))
        entry = Written(f"{name} leave", *days, lines)
        written = [line for line in program("same", entry) if line not in ("SEQUENCE:0",)]
        written = [line for line in written if not line.startswith("STATUS:CONF")]
        if number == 0:
            written.append("SEQUENCE:0")
        revisions.append(written)
    _, days, gone = history[-1]
    found = reads(calendar(data.draw(st.permutations(revisions))))
    assert found.absences == (set() if gone else {(name, *days)})


@RUNS
@given(st.lists(absences(), min_size=2, max_size=5, unique_by=lambda each: each.title))
def test_different_entries_with_one_uid_are_all_read_and_told(entries: list[Written]) -> None:
    found = reads(calendar([apple("0", entry) for entry in entries]))
    assert found.absences == meant(entries)
    assert any("share the UID “0”" in note for note in found.notes)


@RUNS
@given(programs, stretches(), st.integers(2, 6), st.data())
def test_changed_occurrences_of_a_series(
    program: Program, days: tuple[date, date], count: int, data: st.DataObject
) -> None:
    """One occurrence moved, one cancelled, one left out: the others stay."""
    first = days[0]
    starts = [first + timedelta(weeks=n) for n in range(count)]
    moved = data.draw(st.sampled_from(starts))
    gone = data.draw(st.sampled_from(starts))
    left_out = data.draw(st.sampled_from(starts))
    stamp = "VALUE=DATE:{0:%Y%m%d}".format
    series = Written(
        "Ana Smith off",
        first,
        first,
        (f"RRULE:FREQ=WEEKLY;COUNT={count}", f"EXDATE;{stamp(left_out)}"),
    )
    elsewhen = first + timedelta(days=300)
    changes = [Written("Ana Smith off", elsewhen, elsewhen, (f"RECURRENCE-ID;{stamp(moved)}",))]
    if gone != moved:
        lines = (f"RECURRENCE-ID;{stamp(gone)}", "STATUS:CANCELLED")
        changes.append(Written("Ana Smith off", gone, gone, lines))
    entries = [program("one", entry) for entry in (series, *changes)]
    entries[1:] = [[ln for ln in each if ln != "STATUS:CONFIRMED"] for each in entries[1:]]
    kept = set(starts) - {moved, gone, left_out} | {elsewhen}
    found = reads(calendar(entries)).absences
    assert {day for _, day, _ in found if day <= date(2025, 12, 31)} == kept


# Our own feed, and those of on-call programs


@RUNS
@given(absences())
def test_entries_of_rota_itself(entry: Written) -> None:
    lines = [line for line in apple("x", entry) if not line.startswith("UID")]
    ours = [*lines, "UID:2024-W32.primary.main.alpha.0a1b2c3d@rota"]
    assert reads(calendar([ours])).absences == set()
    data = calendar([lines]).replace(b"-//Some//Program//EN", b"-//rota//rota 0//EN")
    assert reads(data).absences == set()


@pytest.mark.parametrize("product", ["PagerDuty", "Opsgenie", "Grafana OnCall", "Splunk On-Call"])
def test_calendars_of_on_call_programs(product: str) -> None:
    data = feed(outlook, [Written("Ana Smith"), Written("[L1] Benedikt Okoro")])
    found = reads(data.replace(b"-//Some//Program//EN", f"-//{product}//EN".encode()))
    assert found.absences == set()
