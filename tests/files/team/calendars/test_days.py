"""Which days an entry takes: all-day entries of any zone, ends, zones, repeats in local time."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.files.team.calendars.contentlines import Component, Property
from planner.files.team.calendars.times import Span, TeamClock, Zones, times_of
from tests.files.team.calendars.written import calendar, read

CLOCK = TeamClock("Asia/Kuala_Lumpur", Zones({}))
DAY = timedelta(days=1)


def span(*lines: str, clock: TeamClock = CLOCK) -> Span:
    component = Component(1)
    for line in lines:
        end = next(n for n, c in enumerate(line) if c in ":;")
        component.properties[line[:end]] = [Property(line[end:], 1)]
    return times_of(component, clock).span(clock)


ZONES = ["Europe/London", "Asia/Singapore", "America/New_York", "Pacific/Auckland", "UTC"]


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2025, 12, 1)),
    st.integers(1, 15),
    st.sampled_from(ZONES),
    st.sampled_from(["zone", "utc midnights", "flag", "date", "last minute"]),
    st.sampled_from(ZONES),
)
def test_all_day_entries_have_dates_and_no_instants(
    first: date, length: int, zone: str, how: str, team: str
) -> None:
    """Whatever zone wrote them, and wherever the team is."""
    clock = TeamClock(team, Zones({}))
    after = first + length * DAY
    lines = {
        "zone": [
            f"DTSTART;TZID={zone}:{first:%Y%m%d}T000000",
            f"DTEND;TZID={zone}:{after:%Y%m%d}T000000",
        ],
        "utc midnights": [f"DTSTART:{first:%Y%m%d}T000000Z", f"DTEND:{after:%Y%m%d}T000000Z"],
        "date": [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"],
        "last minute": [
            f"DTSTART;TZID={zone}:{first:%Y%m%d}T000000",
            f"DTEND;TZID={zone}:{after - DAY:%Y%m%d}T235959",
        ],
        "flag": [
            f"DTSTART;TZID={zone}:{first:%Y%m%d}T000000",
            f"DTEND;TZID={zone}:{after:%Y%m%d}T000000",
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        ],
    }
    assert span(*lines[how], clock=clock) == Span(first, after - DAY)


@settings(max_examples=60, deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2025, 12, 1)),
    st.integers(1, 15),
    st.sampled_from(["Europe/London", "Asia/Singapore", "Asia/Tokyo", "America/New_York"]),
)
def test_outlooks_flag_on_instants_in_utc(first: date, length: int, zone: str) -> None:
    after = first + length * DAY
    begins, ends = (
        datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in (first, after)
    )
    found = span(
        f"DTSTART:{begins:%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends:%Y%m%dT%H%M%SZ}",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    )
    assert found == Span(first, after - DAY)


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 1)).map(
        lambda t: t.replace(microsecond=0)
    ),
    st.timedeltas(timedelta(hours=1), timedelta(days=12)),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_timed_entries_in_the_teams_zone(
    start: datetime, lasts: timedelta, zone: str, team: str
) -> None:
    """Every date of the team on which any instant of the entry lies, except what is over when the
    next duty week begins."""
    clock = TeamClock(team, Zones({}))
    lasts -= timedelta(microseconds=lasts.microseconds)
    begins = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    ends = begins + lasts
    if start.time() == time() or begins.time() == time():
        return
    found = span(f"DTSTART:{begins:%Y%m%dT%H%M%SZ}", f"DTEND:{ends:%Y%m%dT%H%M%SZ}", clock=clock)
    local = ends.astimezone(ZoneInfo(team))
    last = (local - timedelta(seconds=1)).date()
    first = begins.astimezone(ZoneInfo(team)).date()
    if local.weekday() == 0 and local.time() <= time(10) and last == local.date() > first:
        last -= DAY
    assert (found.first, found.last) == (first, last)


def test_until_the_handover() -> None:
    london = TeamClock("Europe/London", Zones({}))
    week = span("DTSTART:20240805T090000Z", "DTEND:20240812T090000Z", clock=london)
    assert week == Span(date(2024, 8, 5), date(2024, 8, 11))
    later = span("DTSTART:20240805T090000Z", "DTEND:20240812T091500Z", clock=london)
    assert later.last == date(2024, 8, 12)
    morning = span("DTSTART:20240812T070000Z", "DTEND:20240812T080000Z", clock=london)
    assert morning == Span(date(2024, 8, 12), date(2024, 8, 12), partly=True)


@pytest.mark.parametrize(
    "zone",
    [
        *("Singapore Standard Time", "/freeassociation.sourceforge.net/Tzfile/Asia/Singapore"),
        *("/citadel.org/20210210_1/Asia/Singapore", "GMT+0800", "UTC+08:00", "Asia/Singapore"),
        '"(UTC+08:00) Kuala Lumpur, Singapore"',
    ],
)
def test_zones_by_any_name(zone: str) -> None:
    clock = TeamClock("America/New_York", Zones({}))
    found = span(
        f"DTSTART;TZID={zone}:20240805T090000", f"DTEND;TZID={zone}:20240807T090000", clock=clock
    )
    assert found == Span(date(2024, 8, 4), date(2024, 8, 6))
    assert clock.zones.unknown == []


DESCRIBED = """\
BEGIN:VTIMEZONE
TZID:Head office
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE"""
TIMED = [
    "UID:1",
    "DTSTART;TZID={0}:20240805T220000",
    "DTEND;TZID={0}:20240806T080000",
    "SUMMARY:Ana Smith off",
]


def test_a_zone_that_the_file_describes(tmp_path: Path) -> None:
    lines = [line.format("Head office") for line in TIMED]
    found = read(tmp_path, calendar([lines], DESCRIBED.split("\n")))
    assert found.absences == {("Ana Smith", date(2024, 8, 5), date(2024, 8, 6))}
    assert found.notes == []


def test_a_zone_that_nobody_knows_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, calendar([[line.format("Head office") for line in TIMED]]))
    assert found.absences == {("Ana Smith", date(2024, 8, 5), date(2024, 8, 6))}
    assert found.notes == [
        "feed.ics: the time zone “Head office” is not known; its times are taken as those of "
        "Asia/Kuala_Lumpur."
    ]


@pytest.mark.parametrize(
    ("start", "until", "last"),
    [
        ("DTSTART;VALUE=DATE:20240802", "20240816", "2024-08-16"),
        ("DTSTART;VALUE=DATE:20240802", "20240816T235959Z", "2024-08-16"),
        ("DTSTART;VALUE=DATE:20240802", "20240815T160000Z", "2024-08-16"),
        ("DTSTART;TZID=Asia/Kuala_Lumpur:20240802T090000", "20240816", "2024-08-16"),
        ("DTSTART;TZID=Asia/Kuala_Lumpur:20240802T090000", "20240816T010000Z", "2024-08-16"),
        ("DTSTART;TZID=Asia/Kuala_Lumpur:20240802T090000", "20240816T005900Z", "2024-08-09"),
    ],
)
def test_until_when(tmp_path: Path, start: str, until: str, last: str) -> None:
    lines = ["UID:1", start, f"RRULE:FREQ=WEEKLY;UNTIL={until}", "SUMMARY:Ana Smith off"]
    found = read(tmp_path, calendar([lines]))
    assert max(day for _, day, _ in found.absences) == date.fromisoformat(last)


def test_further_dates_and_left_out_ones(tmp_path: Path) -> None:
    lines = [
        "UID:1",
        "DTSTART;TZID=Asia/Kuala_Lumpur:20240802T090000",
        "DTEND;TZID=Asia/Kuala_Lumpur:20240802T180000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "EXDATE:20240809T010000Z",
        "RDATE;VALUE=DATE:20240904,20240906",
        "RDATE;VALUE=PERIOD:20241001T010000Z/PT9H",
        "SUMMARY:Ana Smith off",
    ]
    found = read(tmp_path, calendar([lines]))
    assert sorted(f"{day:%m-%d}" for _, day, _ in found.absences) == (
        ["08-02", "08-16", "09-04", "09-06", "10-01"]
    )


def test_one_occurrence_that_moves_all_later_ones(tmp_path: Path) -> None:
    series = [
        "UID:1",
        "DTSTART;VALUE=DATE:20240802",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "SUMMARY:Ana Smith off",
    ]
    later = [
        "UID:1",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20240816",
        "DTSTART;VALUE=DATE:20240817",
        "SUMMARY:Ana Smith off",
    ]
    found = read(tmp_path, calendar([series, later]))
    assert sorted(f"{day:%m-%d}" for _, day, _ in found.absences) == (
        ["08-02", "08-09", "08-17", "08-24"]
    )
