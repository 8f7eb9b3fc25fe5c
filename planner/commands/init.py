"""``rota init``: a new team folder with commented sample files."""

from __future__ import annotations

from pathlib import Path

import click

from planner.commands.common import inputs_option, json_option
from planner.commands.saying import say
from planner.files.team.template import PLAIN, create
from planner.reporting.documents import Document
from planner.reporting.kinds import PATH, TEXTS
from planner.reporting.shapes import made

LIKES = ("follow-the-sun", "weekends")
"""Teams of a shape of their own, of which samples may be had."""


DOCUMENT = Document("init", made(folder=PATH, files=TEXTS), each=False)


@click.command()
@click.argument("name")
@click.option(
    "--like",
    type=click.Choice(LIKES),
    metavar="SAMPLE",
    help="Another sample: follow-the-sun (two offices, each on call by day) or weekends "
    "(weekdays and weekends apart).",
)
@inputs_option
@json_option
def init(name: str, like: str | None, inputs: Path, as_json: bool) -> int:
    """Make a new team folder with commented sample files.

    NAME is the name of the folder and the team: letters, digits, dashes. The samples can be
    planned at once; replace the people in engineers.csv with your own.
    """
    written = create(inputs, name, like or PLAIN)
    folder = inputs / name
    if as_json:
        click.echo(DOCUMENT.about(name, {"folder": folder, "files": map(str, written)}))
        return 0
    for path in written:
        click.echo(path)
    elsewhere = "" if inputs == Path("inputs") else f" --inputs {inputs}"
    say(
        f"\nNow put your people into {folder / 'engineers.csv'}\n"
        f"and their turns into {folder / 'team.toml'}; then plan any quarter, such as\n"
        f"  rota plan --team {name} --quarter 2024Q3{elsewhere}"
    )
    return 0
