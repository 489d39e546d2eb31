"""Tables of a key and what it stands for: a district for a postcode, a parish for a street."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sortition.errors import InputErrors
from sortition.steps.intake.roles import Roles
from sortition.steps.intake.sheets import Sheet
from sortition.tables.content import File
from sortition.tables.labels import alike, fold
from sortition.tables.reading import read_table
from sortition.tables.words import asks_about, same_header

FIRST_NUMBER = re.compile(r"\d{3,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTable:
    """A table of two columns.

    Attributes
    ----------
    file : str
    digest : str
    key, feature : str
        What its columns are called.
    values : mapping of str to str
        What each key stands for, by the folded key.
    """

    file: str
    digest: str
    key: str
    feature: str
    values: Mapping[str, str] = field(repr=False)

    def is_for(self, feature: str) -> bool:
        """Whether the second column is about a feature."""
        return fold(feature) == fold(self.feature) or same_header(feature, self.feature)

    def key_column(self, sheet: Sheet, roles: Roles) -> str | None:
        """The one column of a sheet that holds the keys."""
        asking = alike(sheet.table.header, self.key) or [
            name for name in sheet.table.header if asks_about(sheet.questions[name], self.key)
        ]
        postcodes = fold(self.key) in {"postnummer", "postnr", "postnr.", "postcode", "zip"}
        found = asking or (list(roles["postcode"]) if postcodes else [])
        return found[0] if len(found) == 1 else None

    def value(self, cell: str) -> str:
        """What a cell stands for; a key that the table lacks stays as it is."""
        return next(self._found(cell), cell)

    def knows(self, cell: str) -> bool:
        """Whether a cell is a key, by what it says or by the code in it."""
        return next(self._found(cell), None) is not None

    def _found(self, cell: str) -> Iterator[str]:
        number = FIRST_NUMBER.search(cell)
        spelled = (fold(cell), number[0] if number else "")
        return (self.values[one] for one in spelled if one in self.values)


def read_key_table(path: File) -> KeyTable:
    """Read a table of a key and a value, in the first two columns of a file.

    Raises
    ------
    InputErrors
        If it cannot be read, has one column alone, or a key stands for two things.
    """
    table = read_table(path)
    if len(table.header) < 2:
        raise InputErrors((table.finding(code="intake-table-narrow"),))
    key, feature = table.header[:2]
    values: dict[str, str] = {}
    faults = []
    rows = zip(table.row_numbers, table.column(key), table.column(feature), strict=True)
    for row, cell, value in rows:
        if values.setdefault(fold(cell), value) != value:
            code = "intake-table-twice"
            faults.append(table.finding(code=code, row=row, column=key, value=cell))
    if faults:
        raise InputErrors(tuple(faults))
    return KeyTable(file=table.file, digest=table.digest, key=key, feature=feature, values=values)
