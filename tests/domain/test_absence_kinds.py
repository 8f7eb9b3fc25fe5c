"""What people write for each kind of absence."""

from __future__ import annotations

from datetime import date

import pytest

from planner.domain import Vacation
from planner.domain.absence_kinds import KINDS, kind_in, kind_of

SAID = {
    "annual": (
        *("AL", "al", "PTO", "holiday", "Holidays", "vacation", "leave", "Urlaub", "cuti"),
        *("cuti tahunan", "annual leave", "Annual Leave (approved)", "Paid time off", "Ferien"),
        *("day off", "half day AL", "Erholungsurlaub", "congés payés", "annual_leave"),
    ),
    "sick": ("sick", "Sick leave", "MC", "krank", "cuti sakit", "medical leave", "Krankmeldung"),
    "parental": ("parental leave", "Elternzeit", "maternity", "Cuti bersalin", "Mutterschutz"),
    "unpaid": ("unpaid leave", "Unpaid vacation", "unbezahlter Urlaub", "cuti tanpa gaji"),
    "emergency": ("emergency leave", "cuti kecemasan"),
    "sabbatical": ("sabbatical", "Sabbatical leave"),
    "other": ("other",),
}


@pytest.mark.parametrize(("kind", "text"), [(k, text) for k in SAID for text in SAID[k]])
def test_a_cell_names_a_kind(kind: str, text: str) -> None:
    assert kind_of(text) == kind
    assert Vacation("A", date(2024, 7, 1), date(2024, 7, 2), text).kind == kind


@pytest.mark.parametrize("text", ["study leave", "Bildungsurlaub", "anual", "in lieu", "", "AL?x"])
def test_what_is_not_understood_word_by_word_is_no_kind(text: str) -> None:
    assert kind_of(text) is None


def test_an_unknown_kind_is_kept_as_written() -> None:
    assert Vacation("A", date(2024, 7, 1), date(2024, 7, 2), " Study  Leave").kind == "study leave"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dong: annual leave", "annual"),
        ("Dong AL", "annual"),
        ("Al Green", None),
        ("Dong sick on holiday", "sick"),
        ("Dong - cuti sakit", "sick"),
        ("Siddhant (Elternzeit)", "parental"),
        ("William unpaid leave", "unpaid"),
        ("Dong: other things", None),
        ("Choo: still here", None),
    ],
)
def test_a_sentence_may_speak_of_a_kind(text: str, kind: str | None) -> None:
    assert kind_in(text) == kind


def test_every_kind_is_a_word_for_itself() -> None:
    assert {kind_of(kind) for kind in KINDS} == set(KINDS)
