"""The parts of pages that follow from the code: `docs/refresh.py` writes them, tests compare.

A part stands between ``<!-- NAME -->`` and ``<!-- /NAME -->``; in the team template, which is TOML,
the list of aims is the one line that names them. The project's address is what pyproject.toml says.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence

from planner.files.team.folder import TABLES
from planner.rules import AIMS, ON_REQUEST, RULES, gaps, open_duties, split_turns
from planner.rules.changes import CoverAsAgreed, FewestChanges, FewestPeople, ShortNotice
from tests.conftest import CHECKOUT
from tests.house import floors, picture, purpose

TEMPLATES = CHECKOUT / "planner" / "files" / "templates"
TEMPLATE = TEMPLATES / "team" / "team.toml"
ADDRESSED = (
    *sorted(TEMPLATES.glob("*/team.toml")),
    *(CHECKOUT / "docs" / name for name in ("git.md", "inputs.md")),
    CHECKOUT / ".github" / "workflows" / "rota.yml",
)
"""Files that name the project's address."""
OCCASIONS = (
    (ON_REQUEST[0], "the team's `order` names it"),
    (open_duties, "an optional role"),
    (split_turns, "a rotation with `turn`"),
    (gaps, "`rota plan --allow-gaps`"),
    (FewestChanges, "`rota replan`"),
    (CoverAsAgreed, "`rota replan`, with `cover`"),
    (ShortNotice, "`rota replan`, with `notice`"),
    (FewestPeople, "`rota replan`"),
)
"""Aims that come up only now and then, and when."""

_PART = re.compile(r"^<!-- ([a-z]+) -->\n.*?^<!-- /\1 -->$", flags=re.DOTALL | re.MULTILINE)
_ORDER = re.compile(r"^#order = \[.*\]$", flags=re.MULTILINE)


def _rows(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = f"| {' | '.join(headings)} |\n|{'---|' * len(headings)}\n"
    return head + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rules() -> str:
    return _rows(("rule", "never broken"), [(r.NAME, r.STATEMENT) for r in RULES])


def _aims() -> str:
    headings = ("aim", "as good as provably possible, in this order")
    return _rows(headings, [(aim.NAME, aim.STATEMENT) for aim in AIMS])


def _occasions() -> str:
    rows = [(aim.NAME, when, aim.STATEMENT) for aim, when in OCCASIONS]
    return _rows(("aim", "when", "as good as possible"), rows)


def _columns() -> str:
    rows = [(f"`{c.file}`", " ".join(c.required), " ".join(c.optional)) for c in TABLES]
    return _rows(("file", "needed", "optional"), rows)


def _house() -> str:
    return f"```text\n{picture()}\n```"


def _rooms() -> str:
    ground_up = [room for floor in floors() for room in floor]
    return _rows(("room", "what it is for"), [(f"`{r}`", purpose(r)) for r in ground_up])


PARTS: dict[str, Callable[[], str]] = {
    "rules": _rules,
    "aims": _aims,
    "occasions": _occasions,
    "columns": _columns,
    "house": _house,
    "rooms": _rooms,
}


def filled(page: str) -> str:
    """The page with its parts as they follow from the code today."""
    return _PART.sub(lambda m: f"<!-- {m[1]} -->\n{PARTS[m[1]]()}\n<!-- /{m[1]} -->", page)


def template() -> str:
    """The team template, with the order of the aims as it is."""
    names = ", ".join(f'"{aim.NAME}"' for aim in AIMS)
    return _ORDER.sub(f"#order = [{names}]", TEMPLATE.read_text(encoding="utf-8"))


def repository() -> str:
    """``OWNER/NAME`` of the address in pyproject.toml."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    source: str = project["tool"]["hatch"]["metadata"]["hooks"]["custom"]["source"]
    return source.removeprefix("https://github.com/")


def addressed(text: str, address: str) -> str:
    """A file with the project's address in place of the one that the team template has now."""
    first = TEMPLATE.read_text(encoding="utf-8").split("\n", 1)[0]
    return text.replace("/".join(first.split("/")[3:5]), address)
