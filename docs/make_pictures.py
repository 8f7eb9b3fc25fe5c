"""Make the pictures of the workbook for the README from a real run.

    python docs/make_pictures.py

Plans a sample team into a temporary folder, prints the workbook by LibreOffice (``soffice``) and
cuts the sheets out of their pages with ``pdftoppm``; both must be on the path.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TEAM, QUARTER = "data-engineering", "2024Q3"
PICTURES = {"overview.png": 1, "fairness.png": 3}
"""Files, with the printed pages that they show."""

DOTS, ROUGH_DOTS = 110, 55
"""Dots an inch: of the picture, and of the page in which its edges are looked for."""
MARGIN = 4
FOOTER = 0.9
"""Below this part of a page is its footer."""


def main() -> None:
    """Write every picture beside this file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "planner", "plan", "--quarter", QUARTER, "--team", TEAM,
            "--inputs", HERE.parent / "inputs", "--outputs", folder)  # fmt: skip
        workbook = folder / TEAM / f"rota-{QUARTER}.xlsx"
        run("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", folder, workbook)  # fmt: skip
        pages = folder / f"rota-{QUARTER}.pdf"
        for picture, page in PICTURES.items():
            cut(pages, page, HERE / picture)


def cut(pages: Path, page: int, picture: Path) -> None:
    """Draw the inked part of a page."""
    only = ["-f", page, "-l", page]
    rough = run("pdftoppm", *only, "-r", ROUGH_DOTS, "-gray", pages)
    left, top, right, bottom = (n * DOTS // ROUGH_DOTS for n in inked(rough))
    box = ["-x", left, "-y", top, "-W", right - left, "-H", bottom - top]
    run("pdftoppm", *only, "-r", DOTS, *box, "-png", "-singlefile", pages, picture.with_suffix(""))
    print(f"{picture.name}: {picture.stat().st_size // 1000} kB")


def inked(image: bytes) -> tuple[int, int, int, int]:
    """The left, top, right and bottom edge of whatever is not white, footer aside, of a PGM."""
    kind, size, _, dots = image.split(b"\n", 3)
    assert kind == b"P5", "pdftoppm writes grey images in this format"
    width, height = (int(number) for number in size.split())
    rows = [dots[n * width : (n + 1) * width] for n in range(int(height * FOOTER))]
    ys = [y for y, row in enumerate(rows) if min(row) < 250]
    xs = [x for x in range(width) if any(row[x] < 250 for row in rows)]
    return xs[0] - MARGIN, ys[0] - MARGIN, xs[-1] + MARGIN, ys[-1] + MARGIN


def run(*command: object) -> bytes:
    """What a program writes to its standard output; its complaint, if it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr.decode(errors='replace')}")
    return done.stdout


if __name__ == "__main__":
    main()
