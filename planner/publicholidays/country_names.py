"""The names of countries and regions, in the spellings that people use.

Malaysia and the United Kingdom are rows of ``country_names.csv`` beside this file, so that reading
a team folder need not load the ``holidays`` library.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from planner.domain import Region

FILE = Path(__file__).with_name("country_names.csv")


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
