"""The keys of ``team.toml``: which each table may hold, and what an editor is told of them.

The reader checks keys and words against these, and the JSON Schema is made of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from planner.domain import (
    ANY_ROLE,
    BackToBack,
    CoverPolicy,
    HandoverOnHolidays,
    Level,
    OneDuty,
    OtherTeams,
    RoleWeeks,
)
from planner.domain.absence_kinds import KINDS
from planner.domain.aims import ON_REQUEST, USUAL_ORDER
from planner.domain.rotations import MOST_WEEKS_A_TURN
from planner.domain.settings import MOST_REST
from planner.files.team.calendars.entry_kinds import OVERRULED
from planner.records import dataclass

KNOWN_AIMS = (*USUAL_ORDER, *ON_REQUEST)
HalfDays = Literal["block", "ignore"]
LATEST_DAY, MOST_DUTIES, MOST_SEATS = 28, 100, 20

Kind = Mapping[str, Any]
"""What a value may be, as JSON Schema says it."""

DAY = {"type": "string", "pattern": r"\S"}
"""TOML's own dates are texts for an editor's schema."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what its value may be, and what it is for."""

    kind: Kind
    says: str


def _text(*examples: str) -> Kind:
    return DAY | ({"examples": list(examples)} if examples else {})


def _written(pattern: str, *examples: str) -> Kind:
    """A text of that form, in any case and with any blanks around it."""
    letters = "".join(f"[{c}{c.upper()}]" if c.islower() else c for c in pattern)
    return {"type": "string", "pattern": rf"^\s*{letters}\s*$", "examples": list(examples)}


def _choice(words: object) -> Kind:
    return {"enum": list(get_args(words))}


def _list(item: Kind, least: int = 0) -> Kind:
    return {"type": "array", **({"minItems": least} if least else {}), "items": item}


def _whole(least: int, most: int | None = None) -> Kind:
    return {"type": "integer", "minimum": least, **({"maximum": most} if most else {})}


def _either(*kinds: Kind) -> Kind:
    return {"anyOf": list(kinds)}


def _by_name(value: Kind) -> Kind:
    return {"type": "object", "additionalProperties": value}


def table(keys: Mapping[str, Key], *needed: str, **more: Any) -> Kind:
    """A table of these keys and no other."""
    properties = {name: {**key.kind, "description": key.says} for name, key in keys.items()}
    found: dict[str, Any] = {"type": "object", "properties": properties}
    found |= {"additionalProperties": False, **more}
    return {**found, "required": list(needed)} if needed else found


FLAG: Kind = {"type": "boolean"}
SO_MANY_IN = _written(r"[0-9]{1,3} *(in|of|/) *[0-9]{1,3}( *weeks)?", "1 in 4")
NAMES = _list(_text())

MEMBER = {
    "name": Key(_text(), "An engineer of engineers.csv."),
    "since": Key(DAY, "Takes turns from the first whole duty week after this date."),
    "until": Key(DAY, "Takes turns until this date."),
}
ROLE = {
    "name": Key(_text("primary", "secondary"), "What the role is called."),
    "kind": Key(_text("on-call"), "Some rules count roles of one kind together."),
    "weeks": Key(_choice(RoleWeeks), "Every week, or the last week of each month only."),
    "optional": Key(FLAG, "May stay unfilled if nobody is free."),
    "levels": Key(_list(_choice(Level)), "Who may hold it; left out: everybody."),
    "offset": Key({"type": "integer"}, "Turns come so many turns after those of the first role."),
    "restful": Key(FLAG, "Does not count as work when the aim “rest” looks for weeks in a row."),
    "seats": Key(
        _whole(1, MOST_SEATS),
        "How many people hold it each week, with no order between them.",
    ),
}
ROTATION = {
    "name": Key(_text("On-call"), "What this stream of on-call duty is called."),
    "cycle": Key(
        _list(_either(_text(), table(MEMBER, "name")), 1),
        "Everybody who takes turns, in the order of the turns; left out: all engineers.",
    ),
    "roles": Key(
        _list(_either(_text(), table(ROLE, "name")), 1),
        "The seats to fill each week: names, or tables such as { name = “triage”, seats = 2 }.",
    ),
    "turn": Key(
        _whole(1, MOST_WEEKS_A_TURN),
        "How many duty weeks one turn lasts, all held by the same person.",
    ),
    "days": Key(
        _text("Monday 10:00 – Friday 18:00"),
        "Part of the week: from when until when this rotation is on duty.",
    ),
    "hours": Key(_text("08:00 – 20:00"), "Part of the day: from when until when, every day."),
    "weekdays": Key(
        _either(_text("Mon–Fri", "Sat, Sun"), NAMES), "The days on which hours are kept."
    ),
    "timezone": Key(_text("Europe/London"), "The zone of days or hours, if not the team's."),
    "pauses": Key(
        _list(_text("2024-12-23..2025-01-05")), "Weeks wholly within these dates have no duty."
    ),
    "role": Key(
        _list(table(ROLE, "name"), 1),
        "Instead of roles: each role in full.",
    ),
}
NOT_TOGETHER = (("roles", "role"), ("days", "hours"), ("days", "weekdays"))
"""Keys of a rotation that exclude one another."""
RULES = {
    "one_duty": Key(
        _choice(OneDuty), "What nobody holds two of: duties of one week, or those that overlap."
    ),
    "least_rest": Key(
        _either(
            {"type": "number", "exclusiveMinimum": 0, "maximum": MOST_REST // 60},
            _written(r"[0-9]+([.,][0-9]+)? *(hour|hr|h|day|d)s?", "11 hours"),
        ),
        "How long one is off duty at least between two duties; a number is hours.",
    ),
    "back_to_back": Key(_choice(BackToBack), "What nobody holds two weeks running."),
    "most_running": Key(_whole(1), "In how many weeks running one may be on duty at most."),
    "cover": Key(_choice(CoverPolicy), "With whom a week is exchanged if somebody is away."),
    "notice": Key(
        _either(_whole(0), _written(r"[0-9]+ *(day|week)s?", "2 weeks", "10 days")),
        "Vacations logged later than this before they start are warned about.",
    ),
    "mentoring": Key(FLAG, "A junior primary must have a senior secondary."),
    "one_per_group": Key(NAMES, "Kinds of roles that one home group fills once a week at most."),
    "group_gap": Key(NAMES, "Kinds of roles that one home group does not hold in adjacent weeks."),
    "limits": Key(
        _by_name(_either(_whole(1), SO_MANY_IN)),
        f"The most duties of a role, of a kind or of “{ANY_ROLE}”: a number, or “2 in 5”.",
    ),
    "most_load": Key(SO_MANY_IN, "Who is on duty in more of their weeks is warned about."),
    "owed_during": Key(
        _list(_either({"enum": list(KINDS)}, _text())),
        "Kinds of vacation that leave what one owes unchanged.",
    ),
    "show_reasons": Key(FLAG, "Whether workbooks show kinds of vacation and names of festivals."),
    "catch_up": Key(
        {"type": "number", "minimum": 0, "maximum": MOST_DUTIES},
        "How many duties of a balance carried in count, a role and quarter.",
    ),
    "other_teams": Key(
        _choice(OtherTeams), "Whether weeks that people are on duty for another team are kept free."
    ),
    "count_weekend_originals": Key(
        FLAG, "Whether a holiday's weekend date counts although a weekday is given for it."
    ),
    "half_days": Key(_choice(HalfDays), "Whether half a day away blocks its week."),
}
AIM_KEYS = {
    "order": Key(
        {**_list({"enum": list(KNOWN_AIMS)}), "uniqueItems": True},
        "The aims, most important first.",
    ),
}
VACATIONS = {
    "summary": Key(
        {"type": "string", "pattern": r"\{engineer\}", "examples": ["{engineer} - *"]},
        "What titles of calendar events look like; the star stands for anything.",
    ),
    "not_us": Key(NAMES, "People in the calendars who only look like ours."),
    "whose": Key(
        _by_name(_text()),
        "Of other spellings, which engineer they mean.",
    ),
    "count": Key(_list({"enum": list(OVERRULED)}), "Sorts of entries that are absences here."),
    "half_days": Key(_choice(HalfDays), "Whether half a day away blocks its week."),
    "feeds": Key(NAMES, "Addresses of calendars that `rota fetch` copies, or “$VARIABLE”."),
}
TEAM = {
    "name": Key(_text(), "What the team is called in workbooks and calendars."),
    "timezone": Key(
        _text("Europe/London", "Asia/Kuala_Lumpur", "UTC"), "Handover times are local to it."
    ),
    "handover": Key(
        {"type": "string", "pattern": r"^\s*\S+\s+\S", "examples": ["Monday 10:00"]},
        "Day and time at which one engineer hands over to the next.",
    ),
    "handover_on_holidays": Key(
        _choice(HandoverOnHolidays), "A handover on a public holiday is marked, or moved."
    ),
    "business_days": Key(
        _text("GB/ENG", "MY/KUL"), "Whose working days count for month ends: country/state."
    ),
    "week_one": Key(DAY, "First day of week 1 of the company's calendar."),
    "year_starts": Key(
        _either(_whole(1, 12), _text("04-06", "April")),
        "First day of the fiscal year, month and day.",
    ),
    "date_format": Key(
        _text("DD/MM/YYYY", "MM/DD/YYYY"), "How the team's files write dates such as 05/08/2024."
    ),
    "rotation": Key(
        _list(
            table(
                ROTATION, **{"not": _either(*({"required": list(pair)} for pair in NOT_TOGETHER))}
            )
        ),
        "A stream of on-call duty: members, and the seats of each week.",
    ),
    "rules": Key(table(RULES), "Rules are never broken."),
    "aims": Key(table(AIM_KEYS), "Aims are met as well as provably possible, in their order."),
    "vacations": Key(table(VACATIONS), "How calendars and exports of vacations are read."),
}


def schema() -> dict[str, Any]:
    """The JSON Schema of ``team.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "team.toml of rota",
        **table(TEAM),
    }
