import pytest

from planner.files.team.names import Known, fold, one_of, tidy
from planner.files.team.values import BadValueError


def test_tidy_keeps_what_is_seen() -> None:
    assert tidy("  Anne \t Marie\u00a0Ng\u200b\x07 ") == "Anne Marie Ng"
    assert tidy("Rene\u0301") == "René"


@pytest.mark.parametrize("written", ["aidil  RAHMAN", "Ａｉｄｉｌ Rahman", "\ufeffAidil Rahman "])  # noqa: RUF001
def test_the_same_name_written_otherwise(written: str) -> None:
    assert fold(written) == fold("Aidil Rahman")
    assert Known(["Aidil Rahman", "Thiru"], "known").require(written) == "Aidil Rahman"


def test_an_unknown_name() -> None:
    known = Known(["Aidil", "Thiru"], "an engineer").hinting("Look around.")
    with pytest.raises(BadValueError) as caught:
        known.require("Thriu")
    assert caught.value.message == "is not an engineer"
    assert caught.value.hint == "Did you mean “Thiru”? Look around."
    assert known.find("Thriu") is None


def test_where_not_all_are_known_any_name_goes() -> None:
    assert Known([], "an engineer", complete=False).require(" Zoë ") == "Zoë"


def test_one_of() -> None:
    assert one_of("SENIOR", ["junior", "senior"]) == "senior"
    with pytest.raises(BadValueError, match="Did you mean “junior”"):
        one_of("juniro", ["junior", "senior"])
