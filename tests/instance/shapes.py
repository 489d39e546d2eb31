"""What a file can look like, and what is found in it: the pieces of the tables of shapes.

The people and quotas of the good shapes are always the same, however they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from tests.tables.making import merge

POOL_ROWS: list[list[object]] = [
    ["id", "køn", "alder"],
    ["007", "Kvinde", "16-25"],
    ["008", "Mand", "26+"],
    ["009", "Kvinde", "26+"],
]
QUOTA_ROWS: list[list[object]] = [
    ["feature", "value", "min", "max"],
    ["køn", "Kvinde", 1, 2],
    ["køn", "Mand", 1, 2],
    ["alder", "16-25", 0, 3],
    ["alder", "26+", 0, 3],
]
MEMBERS = [("007", ("16-25", "Kvinde")), ("008", ("26+", "Mand")), ("009", ("26+", "Kvinde"))]

Found = tuple[str, str, int | None, str, str]  # file, code, row, column, value


def csv(rows: Sequence[Sequence[object]], delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(map(str, row)) + end for row in rows)


def xlsx(
    *rows: Sequence[object],
    name: str = "Ark1",
    before: Mapping[str, Sequence[Sequence[object]]] | None = None,
    hidden: Sequence[str] = (),
    merged: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook: its sheet, sheets before it, merged cells, and formats by cell."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, cells in {**(before or {}), name: rows}.items():
        sheet = workbook.create_sheet(title)
        for row in cells:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    workbook.active = len(workbook.worksheets) - 1
    for cell, shown in (formats or {}).items():
        workbook[name][cell].number_format = shown
    merge(workbook[name], merged)
    packed = BytesIO()
    workbook.save(packed)
    return packed.getvalue()


def pool(code: str, row: int | None = None, column: str = "", value: str = "") -> Found:
    return ("pool", code, row, column, value)


def quotas(code: str, row: int | None = None, column: str = "", value: str = "") -> Found:
    return ("quotas", code, row, column, value)


ID = pool("id-column-assumed", column="id")
POOL = csv(POOL_ROWS)
QUOTAS = csv(QUOTA_ROWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Two files, how they are read, and what is found.

    Attributes
    ----------
    found : sequence of Found
        Faults if there is one of them, else what was assumed; in the order in which it is said.
    same : bool
        Whether they are those of all good shapes.
    """

    found: Sequence[Found]
    pool: str | bytes = POOL
    quotas: str | bytes = QUOTAS
    options: Mapping[str, Any] = field(default_factory=dict)
    same: bool = True
