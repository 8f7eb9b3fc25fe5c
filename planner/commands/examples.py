"""What people type most, shown at the end of each command's ``--help``."""

from __future__ import annotations

EXAMPLES = {
    "init": ("rota init payments-data",),
    "plan": (
        "rota plan --quarter 2024Q3",
        "rota plan --quarter 2024Q3 --team xyz-tech --time-limit 60",
        "rota plan --from 2025-01-06 --weeks 12",
    ),
    "replan": (
        "rota replan --quarter 2024Q3 --dry-run",
        'rota replan --quarter 2024Q3 --away "Dong 2024-08-05..2024-08-09"',
    ),
    "show": ("rota show --team xyz-tech", "rota show --week 2024-W32"),
    "swap": (
        "rota swap --engineer William --week 2024-W36",
        "rota swap --engineer William --week 2024-W36 --with Dong --apply",
    ),
    "cover": ("rota cover --engineer Dong --from 2024-08-14 --until 2024-08-15",),
    "check": ("rota check", "rota check --quarter 2024Q3 --team xyz-tech"),
    "why": (
        "rota why --week 2024-W32",
        "rota why --week 2024-W32 --engineer Dong --show",
    ),
    "who": (
        "rota who",
        'rota who --at "2024-08-06 03:00" --team xyz-tech',
        'rota who --pipeline "Daily Growth"',
    ),
    "handover": ("rota handover --team saas-analytics --week 2024-W35",),
    "fairness": ("rota fairness", "rota fairness --team xyz-tech --weeks 26"),
    "holidays": ("rota holidays --quarter 2024Q3 --team xyz-tech",),
    "export": (
        "rota export --format ics",
        "rota export --format html --team xyz-tech --out pages",
        "rota export --format csv --team xyz-tech --quarter 2024Q3 > rota.csv",
    ),
    "fetch": ("rota fetch --team xyz-tech",),
    "schema": ("rota schema check", "rota schema team.toml > inputs/team.schema.json"),
}


def epilog(command: str) -> str:
    """As click keeps it: lines that are not wrapped."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in EXAMPLES[command])])
