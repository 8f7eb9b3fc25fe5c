"""LibreOffice at work for tests: recalculating workbooks, and editing them as a person would.

One start costs seconds, so each call takes many workbooks. Edits are made by a macro inside
LibreOffice itself. The profile is private: nobody's own LibreOffice is touched.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.outside import program

DAY_ZERO = date(1899, 12, 30)

Edit = tuple[str | int, ...]
"""A line of the macro's script: what to do, and its arguments."""


def write_text(sheet: str, cell: str, text: str) -> Edit:
    return ("text", sheet, cell, text)


def write_formula(sheet: str, cell: str, text: str) -> Edit:
    return ("formula", sheet, cell, text)


def write_date(sheet: str, cell: str, day: date) -> Edit:
    return ("number", sheet, cell, (day - DAY_ZERO).days)


def insert_rows(sheet: str, before: int, count: int = 1) -> Edit:
    """``before`` counts from 0."""
    return ("rows", sheet, before, count)


def insert_columns(sheet: str, before: int, count: int = 1) -> Edit:
    return ("columns", sheet, before, count)


def move_rows(sheet: str, source: str, target: str) -> Edit:
    """Copy a range of cells over another, as sorting does."""
    return ("copy", sheet, source, target)


def delete_rows(sheet: str, first: int, count: int = 1) -> Edit:
    return ("cut", sheet, first, count)


def rename(sheet: str, name: str) -> Edit:
    return ("rename", sheet, name)


def delete_sheet(sheet: str) -> Edit:
    return ("delete", sheet)


@dataclass(frozen=True)
class Office:
    """LibreOffice with a profile in ``folder``."""

    folder: Path

    def recalculated(self, paths: Iterable[Path]) -> dict[Path, Path]:
        """Copies that hold only what LibreOffice itself calculates, by the paths given."""
        bare, out = self.folder / "bare", self.folder / "recalculated"
        for place in (bare, out):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
        found = {}
        for number, path in enumerate(paths):
            with_values(path, bare / f"{number}.xlsx", b"")
            found[path] = out / f"{number}.xlsx"
        self._run("--convert-to", "xlsx", "--outdir", out, *sorted(bare.iterdir()))
        missing = [path for path, made in found.items() if not made.exists()]
        assert not missing, f"LibreOffice did not open {missing}"
        return found

    def edited(self, jobs: Iterable[tuple[Path, Path, Sequence[Edit]]]) -> None:
        """Open each first path, edit, calculate, and save as the second path."""
        lines = []
        for source, target, edits in jobs:
            lines.append(("open", source.as_uri()))
            lines += edits
            lines.append(("save", target.as_uri()))
        script = self.folder / "script.txt"
        done = self.folder / "done.txt"
        done.unlink(missing_ok=True)
        script.write_text("\n".join("\t".join(map(str, line)) for line in lines), "utf-8")
        self._install(MACRO.format(script=script.as_uri(), done=done.as_uri()))
        self._run("--norestore", "macro:///Standard.Module1.Run")
        said = done.read_text("utf-8") if done.exists() else "nothing"
        assert said.strip() == "done", f"the macro stopped at: {said}"

    def _install(self, macro: str) -> None:
        library = self.folder / "profile" / "user" / "basic" / "Standard"
        if not library.exists():
            self._run("--terminate_after_init")
        (library / "Module1.xba").write_text(macro, "utf-8")

    def _run(self, *arguments: object) -> None:
        profile = (self.folder / "profile").as_uri()
        command = [program("soffice"), f"-env:UserInstallation={profile}", "--headless"]
        done = subprocess.run(
            [*command, *map(str, arguments)], capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 0, done.stderr


def with_values(source: Path, target: Path, value: bytes) -> None:
    """A copy whose formulas all have this for a value, so that nothing is compared with itself."""
    formula = re.compile(rb'( t="str")?>(<f>[^<]*</f>)<v[^>]*?(?:/>|>[^<]*</v>)')
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = formula.sub(rb">\2" + value, content)
                assert content.count(b"</f><v") == content.count(b"</f>" + value) * bool(value)
            new.writestr(name, content)


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Run
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim xlsx(0) As New com.sun.star.beans.PropertyValue
  xlsx(0).Name = "FilterName"
  xlsx(0).Value = "Calc MS Excel 2007 XML"
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  script = CreateUnoService("com.sun.star.io.TextInputStream")
  script.setInputStream(files.openFileRead("{script}"))
  script.setEncoding("UTF-8")
  last = "done"
  On Error GoTo Broken
  Do While Not script.isEOF()
    said = script.readLine()
    part = Split(said, Chr(9))
    Select Case part(0)
    Case "open"
      book = StarDesktop.loadComponentFromURL(part(1), "_blank", 0, hidden())
      For n = 0 To book.Sheets.Count - 1
        book.Sheets.getByIndex(n).unprotect("")
      Next
    Case "text"
      book.Sheets.getByName(part(1)).getCellRangeByName(part(2)).setString(part(3))
    Case "formula"
      book.Sheets.getByName(part(1)).getCellRangeByName(part(2)).setFormula(part(3))
    Case "number"
      book.Sheets.getByName(part(1)).getCellRangeByName(part(2)).setValue(CDbl(part(3)))
    Case "rows"
      book.Sheets.getByName(part(1)).Rows.insertByIndex(CLng(part(2)), CLng(part(3)))
    Case "columns"
      book.Sheets.getByName(part(1)).Columns.insertByIndex(CLng(part(2)), CLng(part(3)))
    Case "cut"
      book.Sheets.getByName(part(1)).Rows.removeByIndex(CLng(part(2)), CLng(part(3)))
    Case "copy"
      sheet = book.Sheets.getByName(part(1))
      source = sheet.getCellRangeByName(part(2)).getDataArray()
      sheet.getCellRangeByName(part(3)).setDataArray(source)
    Case "rename"
      book.Sheets.getByName(part(1)).setName(part(2))
    Case "delete"
      book.Sheets.removeByName(part(1))
    Case "save"
      book.calculateAll()
      book.storeToURL(part(1), xlsx())
      book.close(True)
    End Select
  Loop
  Goto Finish
Broken:
  last = said &amp; ": " &amp; Error
Finish:
  out = CreateUnoService("com.sun.star.io.TextOutputStream")
  If files.exists("{done}") Then files.kill("{done}")
  out.setOutputStream(files.openFileWrite("{done}"))
  out.setEncoding("UTF-8")
  out.writeString(last)
  out.closeOutput()
End Sub
</script:module>
"""
