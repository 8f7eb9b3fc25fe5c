"""What the ``holidays`` library says of one region in one year: the only module to ask it.

The library is imported at the first question. Its traps, met here: names follow the
machine's language unless one is given; a calendar is silently empty outside its years; dates
that hang on the moon are known by their label, and some not even by that.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.domain import Region
from planner.errors import UsageError
from planner.publicholidays.regions import country_name, region_name
from planner.records import dataclass

if TYPE_CHECKING:
    from holidays import HolidayBase

# Before 2001 the library estimates Malaysia's lunar dates.
_FIRST_YEARS = {"MY": 2001}
# The library's Islamic calendar ends with 2077; later years would silently lack those days.
_LAST_ISLAMIC_YEAR = 2077
# Malaysia gazettes its dates a year ahead; beyond this year every lunar date is estimated,
# also where the library's label does not say so (Thaipusam and Deepavali never carry it).
GAZETTED_UNTIL = 2027
_LUNAR = re.compile(
    r"eid al|hari raya|islamic new year|muharram|prophet|mawlid|maulid|nuzul|isra|ramadan"
    r"|arafah|sultan of johor hol|(chinese|lunar) new year|deepavali|diwali|thaipusam|[vw]esak",
    re.IGNORECASE,
)
_ESTIMATED = re.compile(r"\s*\(estimated\)|,\s*estimated(?=\))", re.IGNORECASE)
# Days that a government declared for one year alone: the library's names for them.
_DECLARED_ONCE = re.compile(r"additional holiday", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """One name of one holiday.

    ``estimated``: its date hangs on a moon not yet seen. ``once``: a day declared for that
    year alone. ``in_lieu_of``: the holiday on a day of rest for which this day is given.
    """

    name: str
    estimated: bool = False
    once: bool = False
    in_lieu_of: date | None = None


def label(text: str, country: str, year: int, *, once: bool = False) -> Label:
    """A holiday's name without the library's "(estimated)", which becomes a fact."""
    name, marked = _ESTIMATED.subn("", text)
    lunar = country == "MY" and year > GAZETTED_UNTIL and _LUNAR.search(name) is not None
    declared = once or _DECLARED_ONCE.search(name) is not None
    return Label(name.strip(), bool(marked) or lunar, declared)


@lru_cache(maxsize=1024)
def holidays_of(
    region: Region, year: int, *, in_lieu: bool = True
) -> Mapping[date, tuple[Label, ...]]:
    """The public holidays of a region in a year, by date, as the library has them.

    ``in_lieu=False`` leaves out the days given for holidays that fall on a weekend.
    """
    calendar = _open(region, (year,), in_lieu)
    return {
        day: tuple(label(name, region.country, year) for name in calendar.get_list(day))
        for day in sorted(calendar)
    }


@lru_cache(maxsize=256)
def _weekend_calendar(region: Region) -> HolidayBase:
    return _open(region, (), True)


@lru_cache(maxsize=4096)
def is_weekend(region: Region, day: date) -> bool:
    """Whether the date is a weekend day there; Johor's weekend moved on 1 January 2025."""
    return bool(_weekend_calendar(region).is_weekend(day))


def require_years(country: str, first: date, last: date) -> None:
    """Raise ``UsageError`` if the calendar of a country does not cover the dates."""
    earliest, latest = covered_years(country)
    outside = [year for year in (first.year, last.year) if not earliest <= year <= latest]
    if outside:
        name = country_name(country) or country_names().get(country, country)
        raise UsageError(
            f"The public-holiday calendar of {name} covers "
            f"{earliest}–{latest}; {outside[0]} lies outside."
        )


@lru_cache(maxsize=256)
def covered_years(country: str) -> tuple[int, int]:
    """The first and last year for which a country's calendar is complete."""
    from holidays.groups.islamic import IslamicHolidays

    entity = _country_class(country)
    first = max(entity.start_year, _FIRST_YEARS.get(country, entity.start_year))
    islamic = issubclass(entity, IslamicHolidays)
    return first, min(entity.end_year, _LAST_ISLAMIC_YEAR) if islamic else entity.end_year


def subdivisions(country: str) -> tuple[str, ...]:
    """The ISO 3166-2 codes of a country's parts for which the library has calendars."""
    return tuple(_country_class(country).subdivisions)


def subdivision_names(country: str) -> dict[str, str]:
    """The codes of those parts by the names that the library knows: ``Berlin`` → ``BE``."""
    return dict(getattr(_country_class(country), "subdivisions_aliases", {}))


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """Two-letter code → English name of every country that the library knows."""
    words = re.compile(r"(?<=[a-z])(?=[A-Z])")
    known = sorted(_registry().items())
    return {code: words.sub(" ", classes[0]) for code, (_, classes) in known}


@lru_cache(maxsize=1)
def _registry() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    from holidays.registry import COUNTRIES

    return {classes[1]: (module, classes) for module, classes in COUNTRIES.items()}


@lru_cache(maxsize=256)
def _country_class(country: str) -> type[HolidayBase]:
    """The library's class of a country, loaded without the other 250 countries.

    Asking the library for one country imports them all, which takes 80 ms at every start;
    the country's own file alone takes 3 ms. If the file is not where it is expected, the
    library is asked the usual way.
    """
    import holidays

    if country not in _registry():
        raise UsageError(f"The holiday calendar knows no country “{country}”.")
    module_name, classes = _registry()[country]
    path = Path(holidays.__file__).parent / "countries" / f"{module_name}.py"
    spec = importlib.util.spec_from_file_location(f"holidays.countries.{module_name}", path)
    if not path.is_file() or spec is None or spec.loader is None:
        entity: Any = getattr(holidays, classes[0])
        return entity.get_entity()  # type: ignore[no-any-return]
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, classes[0])  # type: ignore[no-any-return]


def _open(region: Region, years: Iterable[int], in_lieu: bool) -> HolidayBase:
    entity = _country_class(region.country)
    try:
        return entity(
            years=tuple(years),
            subdiv=region.subdivision or None,
            observed=in_lieu,
            expand=False,
            language=_language(entity),
        )
    except NotImplementedError:
        raise UsageError(f"The holiday calendar knows no region {region_name(region)}.") from None


def _language(entity: type[HolidayBase]) -> str | None:
    """English as the country writes it if it does, never the language of this machine."""
    own = entity.default_language
    if own is not None and own.startswith("en"):
        return own
    return "en_US" if "en_US" in entity.supported_languages else own
