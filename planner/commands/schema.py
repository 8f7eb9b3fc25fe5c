"""``rota schema``: what a command's ``--json``, or ``team.toml``, looks like, as a JSON Schema."""

from __future__ import annotations

from importlib import import_module

import click

from planner.errors import UsageError, did_you_mean
from planner.reporting.documents import Document, json_text

ROTA = "rota"
"""The name of the document that ``rota export --format json`` writes."""
TEAM_FILE = "team.toml"


@click.command()
@click.argument("name", required=False)
@click.pass_context
def schema(ctx: click.Context, name: str | None) -> int:
    """Print the JSON Schema of a command's --json, or of team.toml.

    NAME is a command, `rota` for the document of `rota export --format json`, or `team.toml`, for
    editors to complete and check that file. Without one, the names are listed.
    """
    commands = ctx.find_root().command
    assert isinstance(commands, click.Group)
    documents = {}
    for command in commands.list_commands(ctx):
        found = getattr(import_module(f"planner.commands.{command}"), "DOCUMENT", None)
        if isinstance(found, Document):
            documents[command] = found
    if name is None:
        click.echo("\n".join((*documents, ROTA, TEAM_FILE)))
    elif name == ROTA:
        from planner.commands.export_json import schema as of_export

        click.echo(json_text(of_export()))
    elif name == TEAM_FILE:
        from planner.files.team.keys import schema as of_team_file

        click.echo(json_text(of_team_file()))
    elif name in documents:
        click.echo(json_text(documents[name].schema()))
    else:
        hint = did_you_mean(name, (*documents, ROTA, TEAM_FILE))
        raise UsageError(f"there is no schema “{name}”. {hint}".rstrip())
    return 0
