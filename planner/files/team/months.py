"""Months and days of the week by name, in the languages of the teams that we know of."""

from __future__ import annotations

import unicodedata

_MONTHS = (
    ("jan", "january", "januari", "januar", "janvier", "enero", "jänner"),
    ("feb", "february", "februari", "februar", "février", "febrero"),
    ("mar", "march", "mac", "mär", "mrz", "märz", "mars", "marzo", "maret"),
    ("apr", "april", "avril", "abril", "avr"),
    ("may", "mai", "mei", "mayo"),
    ("jun", "june", "juni", "juin", "junio"),
    ("jul", "july", "julai", "juli", "juillet", "julio"),
    ("aug", "august", "ogos", "ogo", "agustus", "août", "agosto"),
    ("sep", "sept", "september", "septembre", "septiembre"),
    ("oct", "october", "okt", "oktober", "octobre", "octubre"),
    ("nov", "november", "novembre", "noviembre"),
    ("dec", "december", "dez", "dezember", "dis", "disember", "desember", "décembre", "diciembre"),
)
_WEEKDAYS = (
    ("mon", "monday", "mo", "montag", "isnin"),
    ("tue", "tues", "tuesday", "di", "dienstag", "selasa"),
    ("wed", "wednesday", "mi", "mittwoch", "rabu"),
    ("thu", "thur", "thurs", "thursday", "do", "donnerstag", "khamis"),
    ("fri", "friday", "fr", "freitag", "jumaat"),
    ("sat", "saturday", "sa", "samstag", "sabtu"),
    ("sun", "sunday", "so", "sonntag", "ahad"),
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words}
_WEEKDAY_OF = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


MONTH, WEEKDAY = _any_of(_MONTH_OF), _any_of(_WEEKDAY_OF)
"""Patterns of a month's and of a weekday's name."""

MONTHS_AND_DAYS = frozenset((*_MONTH_OF, *(day for day in _WEEKDAY_OF if len(day) > len("sun"))))
"""Every name of a month, and every whole name of a day of the week."""


def month_of(text: str) -> int:
    """The month that a number or a name means."""
    return int(text) if text.isdecimal() else _MONTH_OF[_plain(text)]


def weekday_of(text: str) -> int:
    """The day of the week that a name means; Monday is 0."""
    return _WEEKDAY_OF[_plain(text)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
