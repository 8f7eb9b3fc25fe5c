"""Countries and their states or nations, in the spellings that people use.

Malaysia and the United Kingdom are tables here, so that reading a team folder need not load
the ``holidays`` library; other countries are known by the library's own ISO codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.domain import Region
from planner.errors import did_you_mean
from planner.publicholidays.spelling import plain

_COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "MY": ("Malaysia", "MYS"),
    "GB": ("United Kingdom", "UK", "U.K.", "GBR", "Great Britain", "Britain"),
}

# Code of the library → its name, then other spellings. Malaysia's two digits are ISO 3166-2.
_SUBDIVISIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "MY": {
        "JHR": ("Johor", "01", "1", "Johore", "Johor Darul Ta'zim"),
        "KDH": ("Kedah", "02", "2", "Kedah Darul Aman"),
        "KTN": ("Kelantan", "03", "3", "Kelantan Darul Naim"),
        "KUL": (
            "Kuala Lumpur",
            "14",
            "KL",
            "WP",
            "WPKL",
            "WP Kuala Lumpur",
            "W.P. Kuala Lumpur",
            "FT Kuala Lumpur",
            "Federal Territory",
            "Federal Territory of Kuala Lumpur",
            "Wilayah Persekutuan",
            "Wilayah Persekutuan Kuala Lumpur",
        ),
        "LBN": (
            "Labuan",
            "15",
            "WP Labuan",
            "W.P. Labuan",
            "FT Labuan",
            "Federal Territory of Labuan",
            "Wilayah Persekutuan Labuan",
        ),
        "MLK": ("Melaka", "04", "4", "Malacca"),
        "NSN": ("Negeri Sembilan", "05", "5", "N. Sembilan", "Negri Sembilan", "N9"),
        "PHG": ("Pahang", "06", "6", "Pahang Darul Makmur"),
        "PJY": (
            "Putrajaya",
            "16",
            "WP Putrajaya",
            "W.P. Putrajaya",
            "FT Putrajaya",
            "Federal Territory of Putrajaya",
            "Wilayah Persekutuan Putrajaya",
        ),
        "PLS": ("Perlis", "09", "9", "Perlis Indera Kayangan"),
        "PNG": ("Penang", "07", "7", "Pulau Pinang", "P. Pinang", "Pinang"),
        "PRK": ("Perak", "08", "8", "Perak Darul Ridzuan"),
        "SBH": ("Sabah", "12"),
        "SGR": ("Selangor", "10", "SEL", "Selangor Darul Ehsan"),
        "SWK": ("Sarawak", "13"),
        "TRG": ("Terengganu", "11", "Trengganu", "Terengganu Darul Iman"),
    },
    "GB": {
        "ENG": ("England",),
        "NIR": ("Northern Ireland", "NI", "N.I.", "N. Ireland", "N Ireland"),
        "SCT": ("Scotland", "Alba"),
        "WLS": ("Wales", "Cymru"),
    },
}
_KIND_OF_SUBDIVISION = {"MY": "state", "GB": "nation"}


def _index(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(name): code for code, known in names.items() for name in (code, *known)}


_COUNTRY_OF = _index(_COUNTRIES)
_SUBDIVISION_OF = {country: _index(names) for country, names in _SUBDIVISIONS.items()}


def country_name(code: str) -> str:
    """“Malaysia”, “the United Kingdom”; of other countries the name in the library."""
    if code == "GB":
        return "the United Kingdom"
    if code in _COUNTRIES:
        return _COUNTRIES[code][0]
    from planner.publicholidays import calendars

    return calendars.country_names().get(code, code)


def region_name(region: Region) -> str:
    """“Penang”, “England”; the codes, such as ``US/CA``, where no name is known here."""
    names = _SUBDIVISIONS.get(region.country, {}).get(region.subdivision)
    return names[0] if names else str(region)


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
        written = [name for known in _COUNTRIES.values() for name in known if len(name) > 3]
        near = did_you_mean(wanted, names if len(wanted) <= 3 else written)
        hint = near if near.startswith("Did you mean") else "Write its ISO code, such as “SG”."
    raise ValueError(f"“{wanted}” is not a country of the holiday calendar. {hint}")


def parse_region(country: str, subdivision: str) -> Region:
    """The region that people mean by a country and its state or nation.

    “Malaysia” with “Penang”, “Pulau Pinang” or “MY-07” is ``MY/PNG``. Malaysia and the
    United Kingdom need a subdivision, because holidays differ between theirs; other
    countries take exact ISO codes. Raises ``ValueError`` with one sentence for people.
    """
    code = parse_country(country)
    wanted = subdivision.strip()
    if code not in _SUBDIVISIONS:
        return _library_region(code, wanted)
    kind = _KIND_OF_SUBDIVISION[code]
    written = [known[0] for known in _SUBDIVISIONS[code].values()]
    listed = f"Known: {', '.join(sorted(written))}."
    if not wanted:
        raise ValueError(f"{country_name(code)} needs a {kind} as its subdivision. {listed}")
    found = _SUBDIVISION_OF[code].get(_without_country(plain(wanted), code))
    if found is None:
        known = _SUBDIVISIONS[code].values()
        spellings = [name for names in known for name in names if len(name) > 3]
        near = did_you_mean(wanted, spellings)
        hint = near if near.startswith("Did you mean") else listed
        raise ValueError(f"“{wanted}” is not a {kind} of {country_name(code)}. {hint}")
    return Region(code, found)


def _without_country(written: str, country: str) -> str:
    """``my 14`` → ``14``: people write ISO 3166-2 codes with the country in front."""
    first, _, rest = written.partition(" ")
    return rest if rest and _COUNTRY_OF.get(first) == country else written


def _library_region(code: str, wanted: str) -> Region:
    from planner.publicholidays import calendars

    known: Iterable[str] = calendars.subdivisions(code)
    exact = wanted.removeprefix(f"{code}-")
    if exact and exact not in known:
        hint = did_you_mean(exact, known)
        message = f"“{wanted}” is not a subdivision of {country_name(code)} in ISO 3166-2. {hint}"
        raise ValueError(message.rstrip())
    return Region(code, exact)
