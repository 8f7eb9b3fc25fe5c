"""The table in docs/inputs.md that says what counts: every example in it is read as it says."""

import re
from pathlib import Path

import pytest

from planner.files.team.calendars.entry_kinds import BY_NAME, OVERRULED
from tests.conftest import CHECKOUT
from tests.files.team.calendars.written import NAMES, Written, apple, feed, read

PAGE = CHECKOUT / "docs" / "inputs.md"
ROW = re.compile(r"\| ([a-z-]+) \| (`.*`) \| (yes|no)[ ,;:|].*")


def rows() -> list[tuple[str, str, bool]]:
    text = PAGE.read_text(encoding="utf-8").partition("### What counts in a calendar")[2]
    found = []
    for line in text.partition("\n- ")[0].splitlines():
        if match := ROW.fullmatch(line):
            examples = re.findall(r"`([^`]+)`", match[2])
            found += [(match[1], example, match[3] == "yes") for example in examples]
    return found


@pytest.mark.parametrize(("sort", "title", "counts"), rows())
def test_the_table_says_what_is_done(tmp_path: Path, sort: str, title: str, counts: bool) -> None:
    found = read(tmp_path, feed(apple, [Written(title)]))
    assert {name for name, *_ in found.absences} == ({NAMES[0]} if counts else set())
    if not counts:
        said = BY_NAME[sort].said if sort in BY_NAME else "as about nobody of the team"
        assert f"left out: 1 {said} (row 4 “" in found.notes[0]


def test_the_table_leaves_out_no_sort() -> None:
    named = {sort for sort, *_ in rows()}
    page = PAGE.read_text(encoding="utf-8")
    assert len(rows()) > 20
    assert set(BY_NAME) <= named | set(re.findall(r"\*\*([a-z-]+)\*\*", page))
    assert set(OVERRULED) <= named | {"public-holiday"}
