"""``team.toml``: the team's name and clock, its rotations, its rules and its aims."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import field, replace
from datetime import date, time
from fractions import Fraction
from pathlib import Path

from planner.domain import (
    ANY_ROLE,
    PRIMARY,
    SECONDARY,
    BackToBack,
    CoverPolicy,
    HandoverOnHolidays,
    Limit,
    OneDuty,
    OtherTeams,
    Region,
    Settings,
)
from planner.domain.absence_kinds import known_kind
from planner.domain.aims import USUAL_ORDER
from planner.domain.quarters import MONTHS
from planner.domain.settings import MOST_REST
from planner.domain.wallclock import parse_time, parse_timezone, parse_weekday
from planner.errors import UsageError, did_you_mean
from planner.files.fetch.addresses import parse_address
from planner.files.team import keys
from planner.files.team.choices import Choices, fold
from planner.files.team.dates import DateStyle
from planner.files.team.reading import Reading
from planner.files.team.rotations import RotationEntry, read_rotations
from planner.files.team.tables import read_text
from planner.files.team.toml_values import TomlTable, parse_toml
from planner.files.team.vacation_settings import (
    USUAL,
    VacationSettings,
    read_vacation_settings,
)
from planner.files.team.values import BadValueError
from planner.publicholidays import parse_region
from planner.records import dataclass

FILE = "team.toml"


@dataclass(frozen=True, slots=True)
class TeamFile:
    """What ``team.toml`` says; where it names no rotation, one with everybody in it.

    As it is without arguments it stands for a file that cannot be read.
    """

    name: str = ""
    timezone: str = "UTC"
    handover_weekday: int = 1
    handover_time: time = time(10, 0)
    handover_on_holidays: HandoverOnHolidays = "mark"
    business_days: Region | None = None
    week_one: date | None = None
    year_starts: tuple[int, int] = (1, 1)
    rotations: tuple[RotationEntry, ...] = ()
    settings: Settings = field(default_factory=Settings)
    aims: tuple[str, ...] = USUAL_ORDER
    vacation_settings: VacationSettings = USUAL
    feeds: tuple[str, ...] = ()
    dates: DateStyle = field(default_factory=DateStyle)


def read_team_file(path: Path, reading: Reading) -> TeamFile | None:
    """The file's content; ``None`` if it is no TOML at all. Problems are noted down."""
    text = read_text(path, reading)
    document = None if text is None else parse_toml(FILE, text, reading)
    if document is None:
        return None
    if not document.data:
        hint = 'Write at least name = "…" and timezone = "…".'
        reading.problem(FILE, "is empty", hint=hint)
    elif "timezone" not in document.data:
        reading.notes.append(f"{FILE} names no timezone, so handovers are in UTC.")
    document.check_keys(keys.TEAM)
    dates = reading.dates
    if dates.date_format is None:
        dates = document.read("date_format", _date_style, dates)
        document = replace(document, reading=replace(reading, dates=dates))
    weekday, clock = document.read("handover", _handover, (1, time(10, 0)))
    name = document.text("name", Path(os.path.abspath(path.parent)).name)
    rotations = read_rotations(document, name, (weekday, clock))
    return TeamFile(
        name=name,
        timezone=document.read("timezone", parse_timezone, "UTC"),
        handover_weekday=weekday,
        handover_time=clock,
        handover_on_holidays=document.choice("handover_on_holidays", HandoverOnHolidays, "mark"),
        business_days=document.read("business_days", _region, None),
        week_one=document.day("week_one"),
        year_starts=_year_starts(document),
        rotations=rotations,
        settings=_settings(document.table("rules"), rotations),
        aims=_aims(document.table("aims")),
        vacation_settings=read_vacation_settings(
            document.table("vacations"), document.table("rules")
        ),
        feeds=tuple(dict.fromkeys(document.table("vacations").words("feeds", parse_address))),
        dates=dates,
    )


def _date_style(text: str) -> DateStyle:
    """How the team writes dates that could be read in two ways."""
    try:
        return DateStyle(text)
    except UsageError:
        message = "does not hold day, month and year once each"
        raise BadValueError(message, "Write it as DD/MM/YYYY, or %d/%m/%Y.") from None


def _handover(text: str) -> tuple[int, time]:
    weekday, _, clock = text.partition(" ")
    if not clock:
        raise BadValueError("is not a weekday and a time", "Write it as Monday 10:00.")
    return parse_weekday(weekday), parse_time(clock)


def _region(text: str) -> Region | None:
    country, _, subdivision = text.partition("/")
    return parse_region(country.strip(), subdivision.strip())


def _year_starts(document: TomlTable) -> tuple[int, int]:
    value = document.data.get("year_starts")
    if isinstance(value, int) and not isinstance(value, bool):
        if 1 <= value <= len(MONTHS):
            return value, 1
        document.problem("year_starts", value, "is not a month", "Write a month, 1 to 12.")
        return 1, 1
    return document.read("year_starts", _day_of_year, (1, 1))


def _day_of_year(text: str) -> tuple[int, int]:
    for number, month in enumerate(MONTHS, start=1):
        if fold(text) in (fold(month), fold(month[:3])):
            return number, 1
    match = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", text, re.ASCII)
    if not match:
        hint = did_you_mean(text, MONTHS) or "Write it as April, or 04-06."
        raise BadValueError("is not a month or a day such as 04-06", hint)
    month_number, day = int(match[1]), int(match[2] or 1)
    if not (1 <= month_number <= len(MONTHS) and 1 <= day <= keys.LATEST_DAY):
        raise BadValueError(
            "is not a month and a day", f"Write MM-DD; the day may be 1 to {keys.LATEST_DAY}."
        )
    return month_number, day


def _settings(rules: TomlTable, rotations: tuple[RotationEntry, ...]) -> Settings:
    rules.check_keys(keys.RULES)
    roles = [role for rotation in rotations for role in rotation.roles]
    names, kinds = {role.shared for role in roles}, {role.kind for role in roles}
    usual = Settings()
    mentoring = rules.flag("mentoring", usual.mentoring)
    by_rotation = [{role.shared for role in rotation.roles} for rotation in rotations]
    if mentoring and not any({PRIMARY, SECONDARY} <= shared for shared in by_rotation):
        rules.problem(
            "mentoring",
            True,
            f"needs a rotation with the roles {PRIMARY} and {SECONDARY}",
            "Add the roles to a rotation, or leave mentoring out.",
        )
    kind = Choices(kinds, "a kind of role").require
    settings = Settings(
        one_duty=rules.choice("one_duty", OneDuty, usual.one_duty),
        least_rest=_least_rest(rules),
        back_to_back=rules.choice("back_to_back", BackToBack, usual.back_to_back),
        most_running=rules.whole("most_running", None, least=1),
        cover=rules.choice("cover", CoverPolicy, usual.cover),
        notice=_notice(rules),
        mentoring=mentoring,
        one_per_group=_sorted_once(rules.words("one_per_group", kind)),
        group_gap=_sorted_once(rules.words("group_gap", kind)),
        limits=_limits(
            rules.table("limits"), Choices({*names, *kinds, ANY_ROLE}, "a role or a kind of role")
        ),
        most_load=rules.read("most_load", _so_many_in, None),
        owed_during=_sorted_once(rules.words("owed_during", known_kind, usual.owed_during)),
        show_reasons=rules.flag("show_reasons", usual.show_reasons),
        catch_up=_catch_up(rules),
        other_teams=rules.choice("other_teams", OtherTeams, usual.other_teams),
        count_weekend_originals=rules.flag(
            "count_weekend_originals", usual.count_weekend_originals
        ),
    )
    for each in rotations:
        for key, most in settings.too_few_for(each.turn, each.roles):
            message = f"lets nobody hold a turn of {each.name}, which lasts {each.turn} weeks"
            table = rules if key in rules.data else rules.table("limits")
            table.problem(key, most, message, f"Make it {each.turn} or more; it counts weeks.")
    return settings


def _sorted_once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def _notice(rules: TomlTable) -> int | None:
    if isinstance(rules.data.get("notice"), int):
        return rules.whole("notice", None, least=0)
    return rules.read("notice", _days, None)


def _days(text: str) -> int | None:
    match = re.fullmatch(r"(\d+) ?(day|week)s?", fold(text), re.ASCII)
    if not match:
        raise BadValueError("is not a number of days or weeks", "Write it as 2 weeks, or 10 days.")
    return int(match[1]) * (7 if match[2] == "week" else 1)


def _least_rest(rules: TomlTable) -> int | None:
    """In minutes; a number without a unit is hours."""
    value = rules.data.get("least_rest")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return rules.read("least_rest", _rest, None)
    try:
        return _rest(f"{value} hours")
    except BadValueError as error:
        rules.problem("least_rest", value, error.message, error.hint)
        return None


def _rest(text: str) -> int:
    match = re.fullmatch(r"(\d{1,6}(?:[.,]\d+)?) ?(hour|hr|h|day|d)s?", fold(text), re.ASCII)
    if not match:
        raise BadValueError("is not a number of hours or days", "Write it as 11 hours, or 2 days.")
    minutes = round(60 * Fraction(match[1].replace(",", ".")) * (24 if match[2][0] == "d" else 1))
    if not 1 <= minutes <= MOST_REST:
        hint = "Write it as 11 hours; limits such as “1 in 3” keep duties weeks apart."
        raise BadValueError("is not between a minute and seven days", hint)
    return minutes


def _catch_up(rules: TomlTable) -> Fraction:
    """How many duties of a balance carried in count, a role and quarter."""
    value = rules.data.get("catch_up", 1)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value <= keys.MOST_DUTIES:
        hint = "Write how many duties a quarter may make up for: 1, say, or 0.5."
        rules.problem("catch_up", value, "is not a number of duties", hint)
        return Fraction(1)
    return Fraction(str(value))


def _limits(table: TomlTable, known: Choices) -> tuple[Limit, ...]:
    """A number for all planned weeks, or so many in so many weeks."""
    found: dict[str, Limit] = {}
    for key in sorted(table.data):
        windowed = isinstance(table.data[key], str)
        window = table.read(key, _so_many_in, None) if windowed else None
        most = window[0] if window else table.whole(key, None, least=1) if not windowed else None
        try:
            name = known.require(key)
        except BadValueError as error:
            table.problem(key, key, error.message, error.hint)
            continue
        if most is not None:
            found[name] = Limit(name, most, window[1] if window else None)
    return tuple(found[name] for name in sorted(found))


def _so_many_in(text: str) -> tuple[int, int]:
    """``1 in 4``"""
    match = re.fullmatch(r"(\d{1,3}) ?(?:in|of|/) ?(\d{1,3})(?: weeks)?", fold(text), re.ASCII)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise BadValueError("is not so many in so many weeks", "Write it as 1 in 4.")
    return int(match[1]), int(match[2])


def _aims(table: TomlTable) -> tuple[str, ...]:
    table.check_keys(keys.AIM_KEYS)
    order = table.words("order", Choices(keys.KNOWN_AIMS, "an aim").require, USUAL_ORDER)
    for place, aim in enumerate(order):
        if aim in order[:place]:
            table.problem("order", aim, "is listed twice", "Keep the first of them.")
    return order
