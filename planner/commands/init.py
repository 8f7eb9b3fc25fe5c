"""``rota init``: a new team folder with commented sample files.

``--json`` prints ``{"version": 1, "team", "folder", "files": [...]}``.
"""

from __future__ import annotations

from pathlib import Path

import click

from planner.commands.common import json_option
from planner.commands.saying import print_json, say


@click.command()
@click.argument("name")
@click.option(
    "--inputs",
    type=click.Path(path_type=Path),
    default="inputs",
    show_default=True,
    help="Folder that holds one folder a team.",
)
@json_option
def init(name: str, inputs: Path, as_json: bool) -> int:
    """Make a new team folder with commented sample files.

    NAME is the name of the folder and the team: letters, digits, dashes. The samples can be
    planned at once; replace the people in engineers.csv with your own.
    """
    from planner.files.team.template import create

    written = create(inputs, name)
    folder = inputs / name
    if as_json:
        paths = [str(path) for path in written]
        print_json({"team": name, "folder": str(folder), "files": paths})
        return 0
    for path in written:
        click.echo(path)
    say(
        f"\nNow put your people into {folder / 'engineers.csv'}\n"
        f"and their turns into {folder / 'team.toml'}; then plan any quarter, such as\n"
        f"  rota plan --team {name} --quarter 2024Q3{_elsewhere(inputs)}"
    )
    return 0


def _elsewhere(inputs: Path) -> str:
    return "" if inputs == Path("inputs") else f" --inputs {inputs}"
