"""Real files for the tests of this folder, and the faults that reading them gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sortition.errors import Finding, InputErrors
from sortition.texts import describe

POOL = "id,gender,age\n007,female,16-25\n008,male,26+\n009,female,26+\n"
QUOTAS = "feature,value,min,max\ngender,female,1,2\ngender,male,1,2\nage,16-25,0,3\nage,26+,0,3\n"


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def write_workbook(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """A workbook with the sheets S1, S2, …"""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet: Worksheet = workbook.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def faults_of(read: Callable[[], object]) -> tuple[Finding, ...]:
    with pytest.raises(InputErrors) as caught:
        read()
    assert all(describe(fault) for fault in caught.value.faults)  # no fault is without words
    return caught.value.faults


def places(findings: Sequence[Finding]) -> list[tuple[str, int | None, str, str]]:
    return [(found.code, found.row, found.column, found.value) for found in findings]


def codes(findings: Sequence[Finding]) -> list[str]:
    assert all(describe(found) for found in findings)
    return [found.code for found in findings]


def merge(sheet: Worksheet, ranges: Sequence[str]) -> None:
    """Merge cells as a person does, who leaves those under the first one blank."""
    for cells in ranges:
        sheet.merge_cells(cells)
