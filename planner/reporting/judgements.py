"""The tables of a check: every rule with where it is broken, and what the aims come to.

Apart from the other tables, because these load the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.checking.report import Report
from planner.reporting.kinds import AMOUNT, COUNT, FLAG, TEXT, maybe
from planner.reporting.table import Column, Shape, Table, many, own
from planner.rules import RULES
from planner.rules.base import Breach, Value

BREACH = Shape[Breach](
    Column("rule", lambda breach: breach.rule, json=False),
    Column("week", lambda breach: breach.week.name if breach.week else None, maybe(TEXT)),
    *own("engineer", "message"),
)

Kept = tuple[str, tuple[Breach, ...]]
RULE = Shape[Kept](
    Column("rule", lambda kept: kept[0]),
    Column("holds", lambda kept: not kept[1], FLAG),
    Column("broken", lambda kept: len(kept[1]), COUNT, json=False),
    Column("breaches", lambda kept: kept[1], many(BREACH)),
)
"""A rule, and where it is broken."""

_SAID = Shape[tuple[str, str, str]](
    Column("rule", lambda said: said[0], TEXT, "Rule"),
    Column("holds", lambda said: said[1], TEXT, ""),
    Column("where", lambda said: said[2], TEXT, "where"),
)


def kept(report: Report) -> list[Kept]:
    """Every rule, and where the rota breaks it."""
    return [(rule.NAME, report.breaches_of(rule.NAME)) for rule in RULES]


def rules_table(
    report: Report, remarks: Mapping[str, Sequence[str]] | None = None
) -> Table[tuple[str, str, str]]:
    """Every rule, and where it is broken, place by place; ``remarks`` are by rule."""
    rows: list[tuple[str, str, str]] = []
    for name, breaches in kept(report):
        messages = [breach.message for breach in breaches]
        rows.append((name, "BROKEN" if breaches else "OK", messages[0] if messages else ""))
        rows += [("", "", said) for said in (*messages[1:], *(remarks or {}).get(name, ()))]
    return Table(_SAID, rows)


VALUE = Shape[Value](*own("aim", "part", value=AMOUNT))
"""What a part of an aim comes to."""
