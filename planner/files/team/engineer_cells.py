"""The cells of ``engineers.csv``: shares, places, roles, addresses and accounts."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from planner.domain import Region
from planner.domain.people import FINEST_SHARE, LEAST_SHARE, NO_ROLE, SHARE_HINT
from planner.files.team.choices import Choices, fold
from planner.files.team.rows import Row
from planner.files.team.values import BadValueError
from planner.publicholidays import parse_country, parse_region

_DECIMAL = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+)", re.ASCII)
_RATIO = re.compile(r"(\d+) ?/ ?(\d+)", re.ASCII)


def read_region(row: Row, usual: str = "") -> Region | None:
    """Where somebody lives; ``usual`` is the country of a row that names none."""
    named = row.text("country") or not usual
    country = row.read("country", parse_country, needed=True) if named else usual
    if country is None:
        return None
    try:
        return parse_region(country, row.text("subdivision"))
    except ValueError as error:
        source, text = row.source, row.text("subdivision")
        row.reading.refuse(error, source.file, source.row, "subdivision", text)
        return None


def read_roles(row: Row, known: Choices) -> tuple[str, ...]:
    """The roles that somebody may hold: all if the cell is empty or says so, or none."""
    if fold(row.text("roles")) == "all" and known.find("all") is None:
        return ()
    if fold(row.text("roles")) == NO_ROLE:
        return (NO_ROLE,)
    return row.read_each("roles", known.require)


def parse_share(text: str) -> Fraction:
    """A share of duties, exactly: ``0.5``, ``50%`` or ``1/2``; above 0 and at most 1.

    Raises ``BadValueError``.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\N{FRACTION SLASH}", "/").strip()
    number = plain.removesuffix("%").rstrip()
    if match := _RATIO.fullmatch(plain):
        value = Fraction(int(match[1]), int(match[2])) if int(match[2]) else Fraction(0)
    elif match := _DECIMAL.fullmatch(number):
        value = Fraction(match[1].replace(",", ".")) / (100 if number != plain else 1)
    else:
        raise BadValueError("is not a share", "Write it as 0.5, 50% or 1/2.")
    if not 0 < value <= 1:
        raise BadValueError("is not a share above 0 and at most 1", SHARE_HINT)
    if value < LEAST_SHARE or value.denominator > FINEST_SHARE:
        hint = f"Write it with at most four decimals, and as {LEAST_SHARE} or more."
        raise BadValueError("is too fine a share", hint)
    return value


def parse_email(text: str) -> str:
    """One e-mail address. Raises ``BadValueError``."""
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", text):
        raise BadValueError("is not an e-mail address", "Write one address, or leave it empty.")
    return text


def parse_account(text: str) -> tuple[str, str]:
    """A service and an account there. Raises ``BadValueError``."""
    service, colon, identity = (part.strip() for part in text.partition(":"))
    if not (service and colon and identity):
        raise BadValueError("is not a service and an account", "Write it as pagerduty:PXXXX.")
    return service.casefold(), identity
