"""Ways in which a team folder goes wrong, or merely odd, each picked by a random generator."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

VALUES = (
    "", " ", "0", "-1", "1", "0.5", "1/3", "1e400", "NaN", "99999999999999999999", "yes", "no",
    "on", "off", "None", "true", "2024-07-10", "2024-02-30", "1899-12-31", "9999-12-31",
    "0000-00-00", "05/08/2024", "2024-W28", "2024-W99", "2024W28", "W28", "45500",
    "2024-07-10 10:00", "primary", "secondary", "shadow", "senior", "junior", "annual", "sick",
    "MY", "KUL", "GB", "ENG", "XX",
    "my", "hari-raya-puasa;deepavali", "deepavalli", ";;", "pagerduty:P1", "pagerduty", ":",
    "=HYPERLINK(\"http://x\")", "'=1+1", "Bo*", ">5", "#N/A", "Ng, Wei \"W\"", "naïve", "عمر",
    "🦄", "a\u200bb", "tab\there", "line\nbreak", "nul\x00nul", "x" * 60, "x" * 40_000, "\ufeffx",
    "../../etc/passwd", "monthly by 31", "daily 25:00 Mars/Base",
)  # fmt: skip
"""Cells that somebody, somewhere, has typed."""

TOML_LINES = (
    '[rules]\nback_to_back = "any role"\n',
    "[rules]\nmentoring = true\nlimits = { primary = 1 }\n",
    "[rules]\nlimits = { primary = 0, nothing = 2 }\n",
    "[rules]\nlimits = { primary = -3 }\n",
    '[rules]\none_per_group = ["on-call"]\nowed_during = []\n',
    '[rules]\nnotice = "two weeks"\n',
    "[aims]\norder = []\n",
    '[aims]\norder = ["rest", "rest"]\n',
    '[[rotation]]\nname = "Night"\ncycle = []\nroles = ["primary"]\n',
    '[[rotation]]\nname = "Night"\ncycle = ["Nobody"]\nroles = []\n',
    '[[rotation.role]]\nname = "shadow"\noptional = true\nweeks = "month-end"\n',
    '[[rotation.role]]\nname = "primary"\n',
    '[[rotation.role]]\nname = "x"\nlevels = ["senior"]\noffset = 99\n',
    "week_one = 2024-01-03\n",
    'year_starts = "31 April"\n',
    "unknown = 1\n",
    "[rules",
    "name = [1, 2",
    "\x00",
)
TOML_VALUES = (
    "\"\"", "0", "-1", "true", "[]", "{}", "[[1]]", "1979-05-27", "1979-05-27T07:32:00Z", "nan",
    "inf", "\"Mars/Base\"", "\"Funday 10:00\"", "\"Sunday 23:59\"", "\"Friday\"", "\"25:00\"",
    "\"UTC\"", "\"any role\"", "\"next\"", "\"3 weeks\"",
    "[\"primary\", \"secondary\", \"third\", \"fourth\"]",
    "[\"primary\", \"primary\"]", "\"GB/ENG\"", "\"ZZ/ZZ\"", "\"\"\"\nlong\n\"\"\"",
)  # fmt: skip

EXTRA = {
    "swaps.csv": "engineer,week,with,for_week,agreed\n{0},2024-W27,{1},2024-W28,yes\n"
    "{1},2024-W28,{2},,no\n",
    "holidays.csv": "date,country,subdivision,change,name\n2024-07-05,MY,,add,Day off\n"
    "2024-07-08,GB,ENG,remove,\n",
    "history.csv": "week,rotation,role,engineer\n2024-W26,{rotation},primary,{0}\n"
    "2024-W25,{rotation},primary,{1}\n",
}
"""Files that the sample teams do without."""


def mutate(team: Path, chance: Random) -> None:
    """Fill a team folder up, and spoil it in at most four places."""
    _add_files(team, chance)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 1, 1, 2, 3, 4))):
        files = sorted(path for path in team.iterdir() if path.is_file())
        if not files:
            return
        path = chance.choice(files)
        change = _change_toml if path.suffix == ".toml" else _change_table
        if chance.random() < 0.12:
            change = _change_bytes
        change(path, chance)


def _add_files(team: Path, chance: Random) -> None:
    with (team / "engineers.csv").open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    toml = (team / "team.toml").read_text(encoding="utf-8")
    rotation = toml.split("[[rotation]]", 1)[1].split('"')[1]
    for name, text in EXTRA.items():
        if chance.random() < 0.4 and not (team / name).exists():
            filled = text.format(*names, rotation=rotation)
            (team / name).write_text(filled, encoding="utf-8")
    if chance.random() < 0.4:
        with (team / "vacations.csv").open("a", encoding="utf-8") as file:
            for name in chance.sample(names, chance.randint(1, len(names))):
                start, end = chance.randint(1, 20), chance.randint(20, 28)
                kind = chance.choice(("annual", "annual", "sick", "parental"))
                file.write(f"{name},2024-07-{start:02},2024-07-{end:02},{kind},,\n")


def _change_table(path: Path, chance: Random) -> None:
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8", errors="replace"))))
    if rows:
        chance.choice(TABLE_CHANGES)(rows, chance)
    text = io.StringIO()
    csv.writer(text, lineterminator=chance.choice(("\n", "\r\n"))).writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def _cell(rows: list[list[str]], chance: Random) -> None:
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = chance.choice(VALUES)


def _cell_of_another_row(rows: list[list[str]], chance: Random) -> None:
    column = chance.randrange(max(1, len(rows[0])))
    row, other = chance.choice(rows), chance.choice(rows)
    if column < min(len(row), len(other)):
        row[column] = other[column]


def _twice(rows: list[list[str]], chance: Random) -> None:
    rows.insert(chance.randint(1, len(rows)), list(chance.choice(rows)))


def _without(rows: list[list[str]], chance: Random) -> None:
    rows.pop(chance.randrange(len(rows)))


def _shuffled(rows: list[list[str]], chance: Random) -> None:
    chance.shuffle(rows)


def _ragged(rows: list[list[str]], chance: Random) -> None:
    row = chance.choice(rows)
    row[:] = row[:-1] if chance.random() < 0.5 else [*row, chance.choice(VALUES)]


def _heading(rows: list[list[str]], chance: Random) -> None:
    heading = rows[0]
    if heading:
        n = chance.randrange(len(heading))
        heading[n] = chance.choice((heading[n].upper(), heading[n][:-1], "", "name", heading[0]))


def _without_column(rows: list[list[str]], chance: Random) -> None:
    column = chance.randrange(max(1, len(rows[0])))
    for row in rows:
        del row[column : column + 1]


def _column(name: str, values: tuple[str, ...]) -> Callable[[list[list[str]], Random], None]:
    def add(rows: list[list[str]], chance: Random) -> None:
        for n, row in enumerate(rows):
            row.append(name if n == 0 else chance.choice(values))

    return add


TABLE_CHANGES = (
    _cell, _cell, _cell_of_another_row, _cell_of_another_row, _twice, _without,
    _shuffled, _shuffled, _ragged, _heading, _without_column,
    _column("joined", ("", "2024-07-08", "2023-01-01")),
    _column("left", ("", "2024-07-14", "2023-01-01")),
    _column("share", ("", "0.5", "1/3", "0.2", "0", "-1", "three")),
    _column("roles", ("", "primary", "primary;secondary", "none")),
    _column("group", ("", "red", "blue")),
    _column("level", ("", "junior", "senior", "boss")),
)  # fmt: skip


def _change_toml(path: Path, chance: Random) -> None:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    kind = chance.randrange(4)
    settings = [n for n, line in enumerate(lines) if "=" in line]
    if kind == 0 and settings:
        n = chance.choice(settings)
        lines[n] = lines[n].split("=", 1)[0] + "= " + chance.choice(TOML_VALUES)
    elif kind == 1:
        lines.pop(chance.randrange(len(lines)))
    elif kind == 2:
        lines += ["", chance.choice(TOML_LINES)]
    else:
        lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    path.write_text("\n".join(lines), encoding="utf-8")


def _change_bytes(path: Path, chance: Random) -> None:
    content = path.read_bytes()
    at = chance.randint(0, len(content))
    kind = chance.randrange(6)
    if kind == 0:
        path.write_bytes(content[:at])
    elif kind == 1:
        path.write_bytes(content[:at] + bytes([chance.randrange(256)]) + content[at:])
    elif kind == 2:
        path.write_bytes(b"\xef\xbb\xbf" + content)
    elif kind == 3:
        path.write_bytes(content.decode("utf-8", "replace").encode("utf-16"))
    elif kind == 4:
        path.write_bytes(b"")
    else:
        path.unlink()
        if chance.random() < 0.5:
            path.mkdir()


def copy_of(team: Path, place: Path) -> Path:
    """A fresh copy of a team folder."""
    if place.exists():
        shutil.rmtree(place)
    shutil.copytree(team, place)
    return place
