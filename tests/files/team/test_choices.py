import pytest

from planner.files.team.choices import Choices, fold, one_of, tidy
from planner.files.team.values import BadValueError


def test_tidy_keeps_what_is_seen() -> None:
    assert tidy("  Anne \t Marie\u00a0Ng\u200b\x07 ") == "Anne Marie Ng"
    assert tidy("Rene\u0301") == "René"


@pytest.mark.parametrize("written", ["aidil  RAHMAN", "Ａｉｄｉｌ Rahman", "\ufeffAidil Rahman "])  # noqa: RUF001
def test_the_same_name_written_otherwise(written: str) -> None:
    assert fold(written) == fold("Aidil Rahman")
    assert Choices(["Aidil Rahman", "Thiru"], "known").require(written) == "Aidil Rahman"


INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u00ad\u2060\u2066\u2069\ufeff\ufe0f\u034f"


@pytest.mark.parametrize("mark", INVISIBLE)
@pytest.mark.parametrize("place", [0, 2, 5, 12])
def test_what_nobody_sees_does_not_count(mark: str, place: int) -> None:
    written = "Aidil Rahman"[:place] + mark + "Aidil Rahman"[place:]
    assert Choices(["Aidil Rahman"], "known").require(written) == "Aidil Rahman"
    assert tidy(written) == "Aidil Rahman"


@pytest.mark.parametrize("apostrophe", "'’‘ʼ´`′＇")  # noqa: RUF001 - all are typed
def test_any_apostrophe(apostrophe: str) -> None:
    assert fold(f"Grace D{apostrophe}Souza") == "grace d'souza"


def test_joiners_stay_where_they_shape_letters() -> None:
    assert tidy("\u0646\u0627\u0645\u200c\u0647\u0627") == "\u0646\u0627\u0645\u200c\u0647\u0627"


def test_a_first_name_is_enough_that_one_person_has() -> None:
    people = Choices(["Tom Reid", "Ana Smith", "Ana Jones", "Choo", "Choo Wei"], "p", people=True)
    assert people.find(" TOM ") == "Tom Reid"
    assert people.find("choo") == "Choo"
    assert people.find("ana") is None
    assert Choices(["Tom Reid"], "a rotation").find("tom") is None


def test_an_unknown_name() -> None:
    known = Choices(["Aidil", "Thiru"], "an engineer", hint="Look around.")
    with pytest.raises(BadValueError) as caught:
        known.require("Thriu")
    assert caught.value.message == "is not an engineer"
    assert caught.value.hint == "Did you mean “Thiru”? Look around."
    assert known.find("Thriu") is None


def test_where_not_all_are_known_any_name_goes() -> None:
    assert Choices([], "an engineer", complete=False).require(" Zoë ") == "Zoë"


def test_one_of() -> None:
    assert one_of("SENIOR", ["junior", "senior"]) == "senior"
    with pytest.raises(BadValueError, match="Did you mean “junior”"):
        one_of("juniro", ["junior", "senior"])
