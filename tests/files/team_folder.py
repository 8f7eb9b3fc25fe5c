"""A small team folder to spoil in one place, and what reading it then says."""

from pathlib import Path

from planner.errors import InputError, InputProblem
from planner.files.team.folder import load_team

SOUND = {
    "team.toml": """\
name = "Alpha"
timezone = "Asia/Kuala_Lumpur"

[[rotation]]
name = "Main"
cycle = ["Aidil", "Choo", "Thiru"]
roles = ["primary", "secondary"]
""",
    "engineers.csv": """\
name,country,subdivision,email
Aidil,MY,KUL,aidil@example.com
Thiru,MY,Penang,thiru@example.com
Choo,GB,Scotland,choo@example.com
""",
}
TWO_ROTATIONS = """\
name = "Alpha"
timezone = "UTC"

[[rotation]]
name = "Main"
cycle = ["Aidil", "Choo"]
roles = ["primary", "secondary"]

[[rotation]]
name = "Growth"
cycle = ["Choo", "Thiru"]
"""


def write(folder: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """The sound team with some files replaced or added."""
    folder.mkdir(exist_ok=True)
    for name, content in {**SOUND, **(files or {})}.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    return folder


def problems(
    folder: Path, files: dict[str, str | bytes], date_format: str | None = None
) -> tuple[InputProblem, ...]:
    """Every problem of the sound team with these files instead."""
    try:
        load_team(write(folder, files), date_format)
    except InputError as error:
        return error.problems
    raise AssertionError("the team was read without any problem")


def the_problem(folder: Path, files: dict[str, str | bytes]) -> InputProblem:
    """The one problem that there is."""
    (problem,) = problems(folder, files)
    return problem
