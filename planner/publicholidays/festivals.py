"""Festivals that engineers personally observe, wherever they live.

A festival is found by name on a calendar that has it, not on the engineer's own: an engineer
in Sarawak may keep Deepavali, which is no public holiday there. It lasts longer than the
holiday: ``before`` and ``after`` count the days kept free around its first day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from planner.domain import FestivalTime, Region
from planner.domain.validating import ensure_known
from planner.errors import did_you_mean
from planner.publicholidays import calendars, corrections
from planner.publicholidays.spelling import plain
from planner.records import dataclass

_KL, _ENGLAND = Region("MY", "KUL"), Region("GB", "ENG")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Festival:
    """``pattern`` finds its days on the calendar of ``region``: names drift between versions."""

    key: str
    name: str
    region: Region
    pattern: str
    before: int
    after: int
    aliases: tuple[str, ...] = ()
    lunar: bool = False


_ALL = (
    Festival(
        "hari-raya-puasa",
        "Hari Raya Puasa",
        _KL,
        r"eid al-fitr|hari raya (puasa|aidilfitri)",
        1,
        2,
        (
            "Hari Raya",
            "Raya",
            "Hari Raya Aidilfitri",
            "Aidilfitri",
            "Aidil Fitri",
            "Eid",
            "Eid al-Fitr",
            "Eid ul-Fitr",
            "Idul Fitri",
            "Lebaran",
        ),
        lunar=True,
    ),
    Festival(
        "hari-raya-haji",
        "Hari Raya Haji",
        _KL,
        r"eid al-adha|hari raya (haji|qurban|korban|aidiladha)",
        0,
        0,
        (
            "Haji",
            "Hari Raya Qurban",
            "Hari Raya Korban",
            "Hari Raya Aidiladha",
            "Aidiladha",
            "Aidil Adha",
            "Eid al-Adha",
            "Eid ul-Adha",
            "Idul Adha",
        ),
        lunar=True,
    ),
    Festival(
        "chinese-new-year",
        "Chinese New Year",
        _KL,
        r"(chinese|lunar) new year",
        1,
        1,
        ("CNY", "Lunar New Year", "Spring Festival", "Tahun Baru Cina", "Tahun Baharu Cina"),
        lunar=True,
    ),
    Festival(
        "deepavali",
        "Deepavali",
        _KL,
        r"deepavali|diwali",
        1,
        0,
        ("Diwali", "Divali", "Hari Deepavali", "Dipavali"),
        lunar=True,
    ),
    Festival("thaipusam", "Thaipusam", _KL, r"thaipusam", 1, 0, ("Hari Thaipusam",), lunar=True),
    Festival(
        "wesak",
        "Wesak",
        _KL,
        r"[vw]esak",
        0,
        0,
        ("Vesak", "Wesak Day", "Vesak Day", "Hari Wesak", "Buddha Day"),
        lunar=True,
    ),
    Festival(
        "mid-autumn",
        "Mid-Autumn Festival",
        Region("TW", ""),
        r"^mid-autumn",
        0,
        0,
        ("Mid Autumn Festival", "Mooncake Festival", "Moon Festival"),
        lunar=True,
    ),
    Festival(
        "gawai",
        "Gawai Dayak",
        Region("MY", "SWK"),
        r"gawai|dayak",
        1,
        1,
        ("Hari Gawai", "Gawai Dayak", "Dayak Festival"),
    ),
    Festival(
        "kaamatan",
        "Kaamatan",
        Region("MY", "SBH"),
        r"kaamatan|harvest festival",
        0,
        1,
        ("Pesta Kaamatan", "Tadau Kaamatan", "Harvest Festival"),
    ),
    Festival(
        "christmas",
        "Christmas",
        _ENGLAND,
        r"^christmas day",
        1,
        1,
        ("Xmas", "Christmas Day", "Noel", "Krismas", "Hari Krismas"),
    ),
    Festival("easter", "Easter", _ENGLAND, r"^good friday", 0, 3, ("Good Friday", "Paskah")),
    Festival(
        "new-year",
        "New Year",
        _ENGLAND,
        r"^new year.s day",
        1,
        1,
        ("New Year's Day", "New Years Day", "New Years", "Tahun Baru", "Tahun Baharu"),
    ),
)
FESTIVALS: Mapping[str, Festival] = {festival.key: festival for festival in _ALL}

# Days given instead of or besides the festival's own do not begin it.
_NOT_ITS_OWN = re.compile(r"observed|in lieu|additional|replacement", re.IGNORECASE)


_KEY_OF = {
    plain(written): festival.key
    for festival in _ALL
    for written in (festival.key, festival.name, *festival.aliases)
}


def parse_festival(text: str) -> str:
    """The key of the festival that people mean: “Eid”, “Diwali”, “CNY”, “Xmas” …

    Raises ``ValueError`` with one sentence for people.
    """
    if key := _KEY_OF.get(plain(text)):
        return key
    written = [w for f in _ALL for w in (f.key, f.name, *f.aliases)]
    near = did_you_mean(text.strip(), written)
    hint = near if near.startswith("Did you mean") else f"Known: {', '.join(sorted(FESTIVALS))}."
    raise ValueError(f"“{text.strip()}” is not a festival that the calendars know. {hint}")


def festival_name(key: str) -> str:
    """The English name of a festival, for showing."""
    return FESTIVALS[key].name


def festival_times(key: str, first: date, last: date) -> tuple[FestivalTime, ...]:
    """Every occurrence of a festival that touches the dates, each one whole.

    Raises ``UsageError`` if there is no such festival, or the calendar that has it does not cover
    the dates.
    """
    ensure_known(key, FESTIVALS, "the festival", "one that the planner knows")
    festival = FESTIVALS[key]
    country = festival.region.country
    calendars.require_years(country, first, last)
    earliest, latest = calendars.covered_years(country)
    years = range(
        max(earliest, (first - festival.after * _DAY).year),
        min(latest, (last + festival.before * _DAY).year) + 1,
    )
    times = (time for year in years for time in _occurrences(key, year))
    return tuple(time for time in times if time.days[-1] >= first and time.days[0] <= last)


@lru_cache(maxsize=512)
def _occurrences(key: str, year: int) -> tuple[FestivalTime, ...]:
    """The occurrences whose first own day lies in a year: two of an Islamic one in 2033."""
    festival = FESTIVALS[key]
    pattern = re.compile(festival.pattern, re.IGNORECASE)
    days = corrections.corrected(festival.region, year, in_lieu=False)
    found: dict[date, bool] = {}
    for day, labels in days.items():
        own = [
            label
            for label in labels
            if pattern.search(label.name) and not _NOT_ITS_OWN.search(label.name)
        ]
        if own:
            found[day] = any(label.estimated for label in own)
    unsure = festival.lunar and year > calendars.GAZETTED_UNTIL
    return tuple(
        FestivalTime(
            tuple(day + n * _DAY for n in range(-festival.before, festival.after + 1)),
            key,
            estimated or unsure,
        )
        for day, estimated in sorted(found.items())
        if day - _DAY not in found
    )
