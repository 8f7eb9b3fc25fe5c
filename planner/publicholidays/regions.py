"""The names of countries and regions, and which of them people mean by what they write.

Malaysia and the United Kingdom are known by the names and spellings of ``country_names.csv`` beside
this file, so that reading a team folder need not load the ``holidays`` library; other countries by
the library's own ISO codes and the names that it knows for them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from planner.domain import Region
from planner.errors import did_you_mean

FILE = Path(__file__).with_name("country_names.csv")
_KIND_OF_SUBDIVISION = {"MY": "state", "GB": "nation"}
_APOSTROPHES = re.compile("['’]")  # noqa: RUF001 - both are typed


def _read() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names = (row["name"], *filter(None, row["spellings"].split(";")))
            found.setdefault(row["country"], {})[row["subdivision"]] = names
    return found


_ALL = _read()
COUNTRIES: Mapping[str, tuple[str, ...]] = {code: names[""] for code, names in _ALL.items()}
SUBDIVISIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    country: {code: known for code, known in names.items() if code}
    for country, names in _ALL.items()
}
"""By the library's codes, the name that is shown first. Malaysia's two digits are ISO 3166-2."""


def country_name(code: str) -> str:
    """“Malaysia”, “the United Kingdom”; empty for countries that have no names here."""
    if code == "GB":
        return "the United Kingdom"
    return COUNTRIES[code][0] if code in COUNTRIES else ""


def region_name(region: Region) -> str:
    """“Penang”, “England”; the codes, such as ``US/CA``, where no name is known here."""
    names = SUBDIVISIONS.get(region.country, {}).get(region.subdivision)
    return names[0] if names else str(region)


def plain(text: str) -> str:
    """A name made comparable: lower case, without punctuation. “MY-14” and “my 14” are the same."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    return " ".join(re.findall(r"\w+", _APOSTROPHES.sub("", folded)))


def _index(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(name): code for code, known in names.items() for name in (code, *known)}


_COUNTRY_OF = _index(COUNTRIES)
_SUBDIVISION_OF = {country: _index(names) for country, names in SUBDIVISIONS.items()}


def parse_country(text: str) -> str:
    """The ISO code of a country as people write it: “Malaysia”, “UK”, “GB”, “SG”.

    Raises ``ValueError`` with one sentence for people.
    """
    wanted = text.strip()
    if not wanted:
        raise ValueError("a country is needed, such as “Malaysia” or “GB”")
    if code := _COUNTRY_OF.get(plain(wanted)):
        return code
    if plain(wanted) in _SUBDIVISION_OF["GB"]:
        hint = f"Write “GB” as the country and “{wanted}” as the subdivision."
        raise ValueError(f"“{wanted}” is not a country of the holiday calendar. {hint}")
    from planner.publicholidays import calendars

    names = calendars.country_names()
    if wanted in names:
        return wanted
    by_name = {plain(name): code for code, name in names.items()}
    if code := by_name.get(plain(wanted)):
        hint = f"Write its code, “{code}”."
    else:
        written = [name for known in COUNTRIES.values() for name in known if len(name) > 3]
        near = names if len(wanted) <= 3 else written
        hint = did_you_mean(wanted, near, "Write its ISO code, such as “SG”.")
    raise ValueError(f"“{wanted}” is not a country of the holiday calendar. {hint}")


def parse_region(country: str, subdivision: str) -> Region:
    """The region that people mean by a country and its state or nation.

    “Malaysia” with “Penang”, “Pulau Pinang” or “MY-07” is ``MY/PNG``. Malaysia and the
    United Kingdom need a subdivision, because holidays differ between theirs; other
    countries take exact ISO codes, or names such as “Berlin”. Raises ``ValueError`` with one
    sentence for people.
    """
    code = parse_country(country)
    wanted = subdivision.strip()
    if code not in SUBDIVISIONS:
        return _library_region(code, wanted)
    kind = _KIND_OF_SUBDIVISION[code]
    written = [known[0] for known in SUBDIVISIONS[code].values()]
    listed = f"Known: {', '.join(sorted(written))}."
    if not wanted:
        raise ValueError(f"{country_name(code)} needs a {kind} as its subdivision. {listed}")
    found = _SUBDIVISION_OF[code].get(_without_country(plain(wanted), code))
    if found is None:
        known = SUBDIVISIONS[code].values()
        spellings = [name for names in known for name in names if len(name) > 3]
        hint = did_you_mean(wanted, spellings, listed)
        raise ValueError(f"“{wanted}” is not a {kind} of {country_name(code)}. {hint}")
    return Region(code, found)


def _without_country(written: str, country: str) -> str:
    """``my 14`` → ``14``: people write ISO 3166-2 codes with the country in front."""
    first, _, rest = written.partition(" ")
    return rest if rest and _COUNTRY_OF.get(first) == country else written


def _library_region(code: str, wanted: str) -> Region:
    from planner.publicholidays import calendars

    known = calendars.subdivisions(code)
    exact = wanted.removeprefix(f"{code}-")
    if not exact or exact in known:
        return Region(code, exact)
    names = calendars.subdivision_names(code)
    by_name = {plain(name): found for name, found in names.items()}
    if found := by_name.get(plain(wanted)):
        return Region(code, found)
    listed = f"Known: {', '.join(known)}." if known else "It has none: leave it empty."
    hint = did_you_mean(exact, (*known, *names), listed)
    country = calendars.country_names().get(code, code)
    raise ValueError(f"“{wanted}” is not a subdivision of {country} in ISO 3166-2. {hint}")
