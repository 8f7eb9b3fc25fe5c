"""Everything that can be wrong with what ``rota plan`` is given: one clear message, status 2,
and not one existing file touched."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, Said, run_process

Rota = Callable[..., Said]
TEAM = "data-engineering"
CYCLE = ("William", "Dong", "Siddhant", "Maxime")
QUARTER = ("--quarter", "2024Q3")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one team's quarter has been planned."""
    folder = tmp_path_factory.mktemp("planned")
    shutil.copytree(CHECKOUT / "inputs" / TEAM, folder / "inputs" / TEAM)
    said = run_process("plan", *QUARTER, cwd=folder)
    assert said.status == 0, said.err
    return folder


@pytest.fixture
def place(planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, made current."""
    folder = tmp_path / "place"
    shutil.copytree(planned, folder)
    monkeypatch.chdir(folder)
    return folder


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(name: str, text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda team: (team / name).write_text(text, encoding=encoding) and None


def delete(name: str) -> Callable[[Path], None]:
    return lambda team: (team / name).unlink()


def replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(team: Path) -> None:
        text = (team / name).read_text(encoding="utf-8")
        assert old in text
        (team / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


VACATIONS = "engineer,start,end\n"
BAD: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "missing file": (delete("engineers.csv"), ["engineers.csv"]),
    "missing settings": (delete("team.toml"), ["team.toml"]),
    "empty file": (write("engineers.csv", ""), ["engineers.csv", "empty"]),
    "header only": (write("engineers.csv", "name,country,subdivision\n"), ["engineers.csv"]),
    "unknown column": (
        write("vacations.csv", "engineer,start,end,knd\nDong,2024-07-08,2024-07-12,annual\n"),
        ["vacations.csv", "knd", "Did you mean “kind”?"],
    ),
    "missing column": (write("vacations.csv", "engineer,start\n"), ["vacations.csv", "end"]),
    "unknown engineer": (
        write("vacations.csv", VACATIONS + "Wiliam,2024-07-08,2024-07-12\n"),
        ["vacations.csv row 2", "Wiliam", "Did you mean “William”?"],
    ),
    "end before start": (
        write("vacations.csv", VACATIONS + "Dong,2024-07-12,2024-07-08\n"),
        ["vacations.csv row 2", "2024-07-08"],
    ),
    "duplicate engineer": (
        replace("engineers.csv", "Dong,dong", "William,dong"),
        ["engineers.csv row 3", "William"],
    ),
    "bad subdivision": (
        replace("engineers.csv", "GB,SCT", "MY,Pennang"),
        ["engineers.csv row 3", "Pennang", "Penang"],
    ),
    "stranger in the cycle": (
        replace("team.toml", '"Maxime"]', '"Maxim"]'),
        ["team.toml", "Maxim", "Did you mean “Maxime”?"],
    ),
    "role nobody may hold": (
        write(
            "engineers.csv",
            "name,country,subdivision,roles\n"
            + "".join(f"{name},GB,ENG,primary\n" for name in CYCLE),
        ),
        ["secondary"],
    ),
    "unknown key": (replace("team.toml", "handover ", "handovr "), ["team.toml", "handovr"]),
    "not TOML": (replace("team.toml", "[rules]", "[rules"), ["team.toml"]),
    "ambiguous dates": (
        write("vacations.csv", VACATIONS + "Dong,05/08/2024,06/08/2024\n"),
        ["vacations.csv row 2", "05/08/2024", "--date-format"],
    ),
    "wrong encoding": (
        write("engineers.csv", "name,country,subdivision\nRené,GB,ENG\n", "latin-1"),
        ["engineers.csv", "UTF-8"],
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_inputs(rota: Rota, place: Path, case: str) -> None:
    spoil, words = BAD[case]
    spoil(place / "inputs" / TEAM)
    before = everything_in(place)
    said = rota("plan", *QUARTER, "--force")
    assert said.status == 2, said
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "nothing was written" in said.err
    for word in words:
        assert word in said.err
    assert everything_in(place) == before


def test_bad_inputs_in_a_process_of_its_own(place: Path) -> None:
    BAD["unknown engineer"][0](place / "inputs" / TEAM)
    before = everything_in(place)
    said = run_process("plan", *QUARTER, "--force", cwd=place)
    assert said.status == 2
    assert said.out == ""
    assert said.err.startswith(
        f"{TEAM}: some files cannot be used as they are.\n  vacations.csv row 2, engineer"
    )
    assert said.err.endswith("1 problem; nothing was written.\n")
    assert everything_in(place) == before


def test_all_problems_of_all_files_are_said_at_once(rota: Rota, place: Path) -> None:
    team = place / "inputs" / TEAM
    for case in ("unknown engineer", "bad subdivision", "stranger in the cycle"):
        BAD[case][0](team)
    said = rota("plan", *QUARTER)
    assert said.status == 2
    for case in ("unknown engineer", "bad subdivision", "stranger in the cycle"):
        assert all(word in said.err for word in BAD[case][1])
    count = sum(line.startswith("  ") for line in said.err.splitlines())
    assert f"{count} problems; nothing was written." in said.err


def test_penang_is_understood(rota: Rota, place: Path) -> None:
    replace("engineers.csv", "GB,SCT", "MY,Penang")(place / "inputs" / TEAM)
    said = rota("holidays", *QUARTER)
    assert said.status == 0, said.err
    assert "Governor of Penang" in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--quarter", "2024Q5"), ["“2024Q5” is not a quarter", "2024Q3"]),
        (("--quarter", "next"), ["“next” is not a quarter"]),
        (("--quarter", "2150Q1"), ["2150"]),
        (("--from", "2024-07-01", "--weeks", "0"), ["--weeks"]),
        ((*QUARTER, "--team", "data-enginering"), ["data-enginering", "data-engineering"]),
        ((*QUARTER, "--inputs", "elsewhere"), ["elsewhere"]),
        ((*QUARTER, "--inputs", "inputs/data-engineering/team.toml"), ["team.toml"]),
        ((*QUARTER, "--force", "--outputs", "inputs/data-engineering/team.toml"), ["team.toml"]),
        ((*QUARTER, "--date-format", "%d.%m"), ["--date-format"]),
    ],
)
def test_bad_options(rota: Rota, place: Path, arguments: tuple[str, ...], words: list[str]) -> None:
    before = everything_in(place)
    said = rota("plan", *arguments)
    assert said.status == 2, said
    assert said.out == ""
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err
    assert everything_in(place) == before


def test_ambiguous_dates_are_settled_by_a_date_format(rota: Rota, place: Path) -> None:
    BAD["ambiguous dates"][0](place / "inputs" / TEAM)
    said = rota("plan", *QUARTER, "--date-format", "%d/%m/%Y", "--outputs", "elsewhere")
    assert said.status == 0, said.err


@pytest.mark.parametrize("mark", ["~$rota-2024Q3.xlsx", ".~lock.rota-2024Q3.xlsx#"])
def test_a_workbook_that_somebody_has_open(rota: Rota, place: Path, mark: str) -> None:
    (place / "outputs" / TEAM / mark).write_text("somebody")
    before = everything_in(place)
    said = rota("plan", *QUARTER, "--force")
    assert said.status == 2
    assert "rota-2024Q3.xlsx is open in" in said.err
    assert everything_in(place) == before


def test_a_read_only_workbook(rota: Rota, place: Path) -> None:
    (place / "outputs" / TEAM / "rota-2024Q3.xlsx").chmod(0o444)
    before = everything_in(place)
    said = rota("plan", *QUARTER, "--force")
    assert said.status == 2
    assert "rota-2024Q3.xlsx is read-only" in said.err
    assert everything_in(place) == before


def test_something_that_is_no_workbook_is_left_alone(rota: Rota, place: Path) -> None:
    path = place / "outputs" / TEAM / "rota-2024Q3.xlsx"
    path.write_bytes(b"not a workbook")
    said = rota("plan", *QUARTER)
    assert said.status == 2
    assert str(Path("outputs") / TEAM / "rota-2024Q3.xlsx") in said.err
    assert path.read_bytes() == b"not a workbook"
