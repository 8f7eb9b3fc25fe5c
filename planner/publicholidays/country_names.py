"""The names of countries and regions, in the spellings that people use.

Malaysia and the United Kingdom are tables here, so that reading a team folder need not load
the ``holidays`` library.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.domain import Region

COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "MY": ("Malaysia", "MYS"),
    "GB": ("United Kingdom", "UK", "U.K.", "GBR", "Great Britain", "Britain"),
}

# Code of the library → its name, then other spellings. Malaysia's two digits are ISO 3166-2.
SUBDIVISIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
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


def country_name(code: str) -> str:
    """“Malaysia”, “the United Kingdom”; empty for countries that have no names here."""
    if code == "GB":
        return "the United Kingdom"
    return COUNTRIES[code][0] if code in COUNTRIES else ""


def region_name(region: Region) -> str:
    """“Penang”, “England”; the codes, such as ``US/CA``, where no name is known here."""
    names = SUBDIVISIONS.get(region.country, {}).get(region.subdivision)
    return names[0] if names else str(region)
