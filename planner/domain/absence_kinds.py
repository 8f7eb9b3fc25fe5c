"""Kinds of absence: one list of what people write for each, whatever they write it in.

The kind decides what a person owes: annual leave moves duties to other weeks, every other kind
lowers what one owes. What stands on no list is asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

ANNUAL = "annual"

_ABBREVIATED = {
    "annual": ("al", "pto"),
    "sick": ("mc", "sl"),
    "unpaid": ("upl", "npl", "lwop"),
}
"""Letters that are short for a kind; in the middle of a text only where they are capitals."""

_WORDS = {
    "annual": (
        *("annual", "annual leave", "annual vacation", "leave", "on leave", "yearly leave"),
        *("vacation", "vacations", "vacay", "holiday", "holidays", "hols", "paid", "paid leave"),
        *("paid time off", "time off", "day off", "days off", "privilege leave", "earned leave"),
        *("urlaub", "erholungsurlaub", "jahresurlaub", "resturlaub", "ferien"),
        *("cuti", "cuti tahunan", "cuti rehat", "bercuti", "congé", "congés", "congés payés"),
        *("vacances", "vacaciones", "ferie", "férias", "vakantie"),
    ),
    "sick": (
        *("sick", "sick leave", "sickness", "ill", "illness", "medical", "medical leave"),
        *("medical certificate", "hospital", "hospitalisation", "hospitalization"),
        *("krank", "krankheit", "krankmeldung", "krankgeschrieben", "krankenstand"),
        *("arbeitsunfähig", "kind krank", "cuti sakit", "sakit", "maladie", "baja médica"),
    ),
    "parental": (
        *("parental", "parental leave", "maternity", "maternity leave", "paternity"),
        *("paternity leave", "adoption leave", "shared parental leave", "elternzeit"),
        *("mutterschutz", "vaterschaftsurlaub", "cuti bersalin", "cuti paterniti"),
        *("congé parental", "congé maternité"),
    ),
    "emergency": ("emergency", "emergency leave", "notfall", "cuti kecemasan", "kecemasan"),
    "unpaid": (
        *("unpaid", "unpaid leave", "unpaid vacation", "unpaid time off", "no pay leave"),
        *("leave without pay", "unbezahlt", "unbezahlter", "unbezahlter urlaub"),
        *("cuti tanpa gaji", "congé sans solde"),
    ),
    "sabbatical": ("sabbatical", "sabbatical leave", "career break", "sabbatjahr"),
    "compassionate": (
        *("compassionate", "compassionate leave", "bereavement", "bereavement leave"),
        *("carer s leave", "carers leave", "trauerfall", "cuti ihsan"),
    ),
    "military": ("military", "military leave", "reservist", "national service", "wehrübung"),
    "jury": ("jury", "jury duty", "jury service"),
    "other": ("other",),
}
KINDS = tuple(_WORDS)
"""The kinds that are known by name; a team may use others."""

_FILLING = {"approved", "booked", "planned", "full", "half", "day", "days", "of", "the", "on"}
_LONGEST = 3
_Phrase = tuple[str, ...]


@cache
def _kinds() -> dict[_Phrase, str]:
    lists = (_WORDS, _ABBREVIATED)
    return {
        tuple(phrase.split()): kind
        for words in lists
        for kind, phrases in words.items()
        for phrase in phrases
    }


def words_for(kind: str) -> tuple[str, ...]:
    """What people write for a kind, in small letters, besides its own name."""
    phrases = dict.fromkeys((*_ABBREVIATED.get(kind, ()), *_WORDS.get(kind, ())))
    return tuple(phrase for phrase in phrases if phrase != kind)


def kind_of(text: str) -> str | None:
    """The kind of absence that a cell names: ``annual`` for ``AL``, ``PTO`` or ``Urlaub``.

    Every word must be understood: ``study leave`` is none that is known, and gives ``None``; of
    ``unpaid vacation`` the kind that is not annual counts.
    """
    words = _words_of(text)
    found, unknown = [], []
    for phrase, kind in _phrases([word.casefold() for word in words]):
        if kind is not None:
            found.append(kind)
        elif phrase[0] not in _FILLING and not phrase[0].isdigit():
            unknown.append(phrase)
    return None if unknown else _strongest(found)


def kind_in(text: str) -> str | None:
    """The kind that a sentence such as a calendar's “Dong on sick leave” speaks of, if any."""
    words = _words_of(text)
    short = {word for words in _ABBREVIATED.values() for word in words}
    said = [w.casefold() if w.casefold() not in short or w.isupper() else "" for w in words]
    return _strongest([kind for _, kind in _phrases(said) if kind not in (None, "other")])


@cache
def known_kind(text: str) -> str:
    """The kind under which an absence is kept: a known one, or else what was written."""
    return kind_of(text) or " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text))


def _phrases(words: list[str]) -> Iterator[tuple[_Phrase, str | None]]:
    """The longest known phrases one after another, with their kinds, and the words between."""
    place = 0
    while place < len(words):
        for length in range(_LONGEST, 0, -1):
            phrase = tuple(words[place : place + length])
            if len(phrase) == length and (kind := _kinds().get(phrase)):
                yield phrase, kind
                break
        else:
            length = 1
            yield (words[place],), None
        place += length


def _strongest(found: Sequence[str | None]) -> str | None:
    """Of several kinds, the first that is not annual: who is sick on holiday is sick."""
    others = [kind for kind in found if kind != ANNUAL]
    return next(iter(others or found), None)
