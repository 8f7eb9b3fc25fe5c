"""The ``rota`` program: finds the command, runs it, and says in one line what went wrong.

Commands are loaded only when they are called, so that ``rota --help`` stays quick; nothing
heavier than click is imported here.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from planner import __version__
from planner.commands.examples import epilog

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from planner.errors import InputProblem

COMMANDS = {
    "init": "Make a new team folder with commented sample files.",
    "plan": "Plan a quarter for every team and write the workbooks.",
    "replan": "Bring rotas up to date with the fewest changes.",
    "show": "Print a published rota as a table.",
    "swap": "List the exchanges of a duty, and agree on one.",
    "cover": "Find a stand-in for part of a duty week.",
    "check": "Check a rota, edited by hand or not, against the rules.",
    "why": "Say why this engineer is on call, or why not that one.",
    "who": "Say who is on call, and who comes after them.",
    "handover": "Write the message for a handover.",
    "fairness": "Show duty owed and done since joining.",
    "holidays": "Show public holidays and festivals by engineer.",
    "export": "Export feeds, PagerDuty, CSV, JSON, Markdown, a page.",
    "fetch": "Copy calendars from the web into the team's folder.",
    "schema": "Print the JSON Schema of a command's --json, or of team.toml.",
}
"""Each command's line in ``rota --help``; it lies under its name in the module of its name."""

COMPLETION = "_ROTA_COMPLETE"
"""The variable by which a shell asks for completions, or for the script that makes it ask."""

REFUSED = 2
CLICKS_LEAST = 52
INTERRUPTED = 130
PIPE_CLOSED = 141
FAULT = 70
STOPPED = "Stopped. Files already written are whole; no other file was touched."


class Commands(click.Group):
    """The commands of the table above, each imported when it is first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"planner.commands.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        command.epilog = epilog(cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx) from error

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands by the table above, so that none is loaded to complete its name."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=line)
            for name, line in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return found or super().shell_complete(ctx, incomplete)

    def format_commands(
        self,
        ctx: click.Context,
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done; 1 the rota breaks a rule; 2 bad usage or bad input; "
    "3 no rota can satisfy the rules; 4 time ran out with nothing found.",
)
@click.version_option(__version__, "--version", message="rota %(version)s")
@click.option(
    "--traceback",
    is_flag=True,
    expose_value=False,
    help="Show where a fault of rota itself happened.",
)
@click.pass_context
def rota(ctx: click.Context) -> None:
    """Plan on-call rotas that are provably fair, from plain files.

    Begin with `rota init NAME`, then `rota plan --quarter 2024Q3`. Each command
    explains itself: `rota plan --help`.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        ctx.color = False


def main() -> int:
    """Run the program and return its status; or tell the shell what it could go on with."""
    # Loading libraries makes many objects and no garbage; looking for some takes a tenth of a plan.
    gc.set_threshold(200_000)
    instruction = os.environ.get(COMPLETION)
    return run(sys.argv[1:]) if instruction is None else _complete(instruction)


def _complete(instruction: str) -> int:
    from click.shell_completion import shell_complete

    from planner.commands.completing import prepare

    prepare()
    return shell_complete(rota, {}, "rota", COMPLETION, instruction)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit status; no traceback leaves, unless asked for."""
    from planner.commands.interrupted import presses
    from planner.commands.safe_output import clean_streams

    with clean_streams(as_json="--json" in arguments), presses() as pressed:
        try:
            with rota.make_context("rota", list(arguments), terminal_width=_narrow()) as ctx:
                status = rota.invoke(ctx)
            sys.stdout.flush()
            return int(status or 0)
        except click.exceptions.Exit as asked:
            return asked.exit_code
        except click.ClickException as error:
            error.show()
            return _tell(arguments, error.exit_code, error.format_message())
        except (KeyboardInterrupt, click.Abort):
            return _stopped(arguments)
        except BrokenPipeError:
            _point_at_nothing(sys.stdout)
            return PIPE_CLOSED
        except OSError as error:
            return _stopped(arguments) if pressed else _refused(error, arguments)
        except Exception as error:
            return _stopped(arguments) if pressed else _failure(error, arguments)


def _stopped(arguments: Sequence[str]) -> int:
    click.echo(f"\n{STOPPED}", err=True)
    return _tell(arguments, INTERRUPTED, STOPPED)


def _refused(error: OSError, arguments: Sequence[str]) -> int:
    """What the system refuses is no fault of ours."""
    what = str(error.filename) if error.filename else "the output"
    text = f"{what} cannot be read or written: {error.strerror or error}."
    click.echo(f"Error: {text}", err=True)
    try:
        status = _tell(arguments, REFUSED, text)
        sys.stdout.flush()
    except OSError:
        status = REFUSED
        _point_at_nothing(sys.stdout)
    return status


def _narrow() -> int | None:
    """The width for help in a terminal narrower than click believes possible."""
    columns = shutil.get_terminal_size().columns
    return columns - 2 if columns < CLICKS_LEAST else None


def _failure(error: Exception, arguments: Sequence[str]) -> int:
    # Imported only now: a program that has nothing to report starts sooner without it.
    from planner.errors import InputError, RotaError

    if isinstance(error, RotaError):
        click.echo(f"Error: {error.complaint}", err=True)
        problems = error.problems if isinstance(error, InputError) else ()
        return _tell(arguments, error.exit_status, error.complaint, problems)
    if os.environ.get("ROTA_TRACEBACK") or "--traceback" in arguments:
        raise error
    text = f"This is a fault of rota: {type(error).__name__}: {' '.join(str(error).split())}"
    click.echo(
        f"{text}\nPlease report it; run with --traceback (rota --traceback plan …) to see where.",
        err=True,
    )
    return _tell(arguments, FAULT, text)


def _tell(
    arguments: Sequence[str], status: int, error: str, problems: tuple[InputProblem, ...] = ()
) -> int:
    """Tell programs too what went wrong, if it is one that asks; the exit status is given back."""
    if "--json" in arguments:
        from planner.commands.saying import print_failure

        print_failure(status, error, problems)
    return status


def _point_at_nothing(stream: Any) -> None:
    """Keep Python's last flush quiet where nothing more can be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
