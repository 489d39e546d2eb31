"""Workbooks that are made to swell are refused, small as they are on the disk."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sortition.tables.grid import MOST_CELLS
from sortition.tables.reading import read_table
from sortition.tables.workbook.refusals import HARMLESS, LARGEST_RATIO, MOST_PARTS
from tests.tables.making import codes, faults_of, write, write_workbook

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WORKSHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
END = "</sheetData></worksheet>"


def _workbook(path: Path, **parts: bytes) -> Path:
    """A workbook whose parts of these names are others."""
    write_workbook(path, [["id", "a"], ["1", "x"]])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**members, **parts}.items():
            archive.writestr(name, data)
    return path


def _codes(path: Path) -> list[str]:
    return codes(faults_of(lambda: read_table(path)))


def test_a_part_that_swells(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "t.xlsx", **{SHEET: bytes(HARMLESS * 5)})
    assert path.stat().st_size < HARMLESS * 5 / LARGEST_RATIO
    assert _codes(path) == ["workbook-swells"]


def test_parts_without_end(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "t.xlsx", **{f"{n}": b"" for n in range(MOST_PARTS)})
    assert path.stat().st_size < 2_000_000
    assert _codes(path) == ["workbook-of-too-many-parts"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declared", [LAUGHS, EXTERNAL, f"<!-- {' ' * 50_000} -->{EXTERNAL}"])
@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/styles.xml", "_rels/.rels"])
def test_entities(tmp_path: Path, part: str, declared: str, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<x>&a;</x>'
    path = _workbook(tmp_path / "t.xlsx", **{part: text.encode(encoding)})
    assert _codes(path) == ["workbook-with-entities"]


def test_what_may_come_before_the_first_element_is_not_endless(tmp_path: Path) -> None:
    text = f"<!-- {' ' * 200_000} -->{EXTERNAL}<x>&a;</x>"
    path = _workbook(tmp_path / "t.xlsx", **{SHEET: text.encode()})
    assert _codes(path) == ["workbook-with-entities"]


@pytest.fixture
def tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table may have a tenth of the cells, since it is made before it is refused."""
    monkeypatch.setattr("sortition.tables.layout.MOST_CELLS", MOST_CELLS // 10)


@pytest.mark.usefixtures("tenth")
def test_cells_far_to_the_right(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><v>x</v></c><c r="WAA{n}" t="str"><v>y</v></c></row>'
        for n in range(1, 340)
    )
    path = _workbook(tmp_path / "t.xlsx", **{SHEET: f"{WORKSHEET}{rows}{END}".encode()})
    assert path.stat().st_size < 10_000
    assert _codes(path) == ["table-too-large"]


@pytest.mark.usefixtures("tenth")
def test_short_rows_under_a_wide_header(tmp_path: Path) -> None:
    header = ",".join(f"c{number}" for number in range(3_000))
    path = write(tmp_path / "t.csv", f"{header}\n" + "1,2\n" * 2_000)
    assert path.stat().st_size < 100_000
    assert _codes(path) == ["table-too-large"]


def test_a_part_that_is_larger_than_declared(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "t.xlsx", **{SHEET: bytes(HARMLESS * 2)})
    data = path.read_bytes()
    true, said = (HARMLESS * 2).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert data.count(true) == 2  # before the part, and in the directory
    path.write_bytes(data.replace(true, said))
    assert _codes(path) == ["not-a-workbook"]


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="A1"><v>one</v></c></row>',
    ],
)
def test_what_no_program_writes(tmp_path: Path, sheet: str) -> None:
    path = _workbook(tmp_path / "t.xlsx", **{SHEET: f"{WORKSHEET}{sheet}{END}".encode()})
    assert _codes(path) == ["not-a-workbook"]
