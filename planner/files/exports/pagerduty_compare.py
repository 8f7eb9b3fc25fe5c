"""What a schedule fetched from PagerDuty has otherwise than the rota, and what would mend it.

Both are taken as who is on call at every instant, so it does not matter how PagerDuty cuts its
entries. Read are the answers of version 3 (a schedule with its ``final_schedule``, a list of
custom shifts, with or without overrides) and of version 2 (a schedule, a list of overrides),
and the bodies that rota writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from planner.errors import UsageError
from planner.files.exports.pagerduty import Entry, Schedule, custom_shift, member, override
from planner.records import dataclass

_WANTED = (
    "Fetch GET /v3/schedules/{id} with include[]=final_schedule (or GET /schedules/{id} of a "
    "legacy schedule), since and until."
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Somebody on call according to PagerDuty; ``source`` names what an override would change."""

    start: datetime
    end: datetime
    account: str
    source: tuple[tuple[str, str], ...] = ()
    instead_of: str | None = None
    covering: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """From ``start`` to ``end`` PagerDuty has ``there``, the rota ``here``; empty: nobody."""

    start: datetime
    end: datetime
    there: tuple[Fetched, ...]
    here: Entry | None


def read_schedule(path: Path) -> tuple[Fetched, ...]:
    """Who is on call when, by a file that PagerDuty answered; raises ``UsageError``."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        return tuple(_entries(document))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{path} is not a schedule of PagerDuty. {_WANTED}") from None


def _entries(document: dict[str, Any]) -> Iterator[Fetched]:
    schedule = document.get("schedule", document)
    final = schedule.get("final_schedule") or {}
    if "computed_shift_assignments" in final:
        for each in final["computed_shift_assignments"]:
            yield _shift(each, each["member"], each.get("source") or {})
    elif "rendered_schedule_entries" in final:
        yield from map(_rendered, final["rendered_schedule_entries"])
    elif "custom_shifts" in schedule or "overrides" in schedule:
        for each in schedule.get("custom_shifts", ()):
            (assignment,) = each["assignments"]
            yield _shift(each, assignment["member"], {"custom_shift_id": each.get("id")})
        for each in schedule.get("overrides", ()):
            yield _override(each) if "overriding_member" in each else _rendered(each)
    else:
        raise ValueError("no entries")


def _shift(found: dict[str, Any], who: dict[str, Any], source: dict[str, Any]) -> Fetched:
    return Fetched(*_times(found, "_time"), who.get("user_id") or "", _source(source))


def _source(found: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What an override refers to: a custom shift or a rotation, never both."""
    keys = ("custom_shift_id", "rotation_id")
    return tuple((key, str(found[key])) for key in keys if found.get(key))[:1]


def _override(found: dict[str, Any]) -> Fetched:
    who, before = found["overriding_member"], found["overridden_member"]
    times = _times(found, "_time")
    named = _source(found)
    return Fetched(*times, who.get("user_id") or "", named, before.get("user_id") or "", True)


def _rendered(found: dict[str, Any]) -> Fetched:
    """Of overlapping ones of version 2 the last created wins."""
    return Fetched(*_times(found, ""), found["user"]["id"], (), None, True)


def _times(found: dict[str, Any], suffix: str) -> tuple[datetime, datetime]:
    start, end = (datetime.fromisoformat(found[f"{key}{suffix}"]) for key in ("start", "end"))
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("times without an offset")
    return start, end


def differences(wanted: Schedule, fetched: Sequence[Fetched]) -> tuple[Difference, ...]:
    """Where they differ within the weeks of the rota, earliest first.

    What somebody without an account does cannot be compared and is left out.
    """
    shifts = [(e.start, e.end) for e in wanted.entries] + [
        (shift.start, shift.end) for shift in wanted.open_shifts
    ]
    if not shifts:
        return ()
    first, last = min(start for start, _ in shifts), max(end for _, end in shifts)
    instants = {when for shift in shifts for when in shift}
    instants |= {w for f in fetched for w in (f.start, f.end) if first < w < last}
    found: list[Difference] = []
    for start, end in pairwise(sorted(instants)):
        here = next((e for e in wanted.entries if e.start <= start < e.end), None)
        there = _on_call(fetched, start)
        if here is not None and not here.account:
            continue
        if [each.account for each in there] == ([here.account] if here else []):
            continue
        before = found[-1] if found else None
        if before and (before.end, before.there, before.here) == (start, there, here):
            found[-1] = Difference(before.start, end, there, here)
        else:
            found.append(Difference(start, end, there, here))
    return tuple(found)


def _on_call(fetched: Sequence[Fetched], instant: datetime) -> tuple[Fetched, ...]:
    """Who is on call by PagerDuty: shifts side by side, and what overrides make of them."""
    now: list[Fetched] = []
    for each in fetched:
        if not each.start <= instant < each.end:
            continue
        if each.covering:
            now = [one for one in now if each.instead_of not in (None, one.account)]
        now.append(each)
    return tuple(sorted((each for each in now if each.account), key=lambda each: each.account))


def mending_shifts(found: Sequence[Difference]) -> dict[str, Any]:
    """The custom shifts (version 3) of where PagerDuty has nobody."""
    missing = [each.here for each in _whole(found) if each.here and not each.there]
    return {"custom_shifts": [custom_shift(entry) for entry in missing if entry]}


def mending_overrides(found: Sequence[Difference]) -> dict[str, Any]:
    """The overrides (version 3) of where PagerDuty has somebody else, by what it names."""
    return {"overrides": [each for difference in found for each in _overriding(difference)]}


def _overriding(found: Difference) -> Iterator[dict[str, Any]]:
    """The first of those who are on call wrongly is replaced, the others by nobody."""
    due = found.here.account if found.here else ""
    for other in found.there:
        if other.account == due or not other.source:
            continue
        instead = "" if any(each.account == due for each in found.there) else due
        yield {
            "type": "override_shift",
            **dict(other.source),
            "start_time": found.start.isoformat(),
            "end_time": found.end.isoformat(),
            "overridden_member": member(other.account),
            "overriding_member": member(instead),
        }
        due = ""


def mending_legacy(found: Sequence[Difference]) -> dict[str, Any]:
    """The overrides (version 2) of all that differs: the last created ones win."""
    return {"overrides": [override(each.here) for each in _whole(found) if each.here]}


def _whole(found: Sequence[Difference]) -> Iterator[Difference]:
    """Each with its entry cut to what differs."""
    for each in found:
        here = each.here and Entry(each.start, each.end, each.here.engineer, each.here.account)
        yield Difference(each.start, each.end, each.there, here)
