"""A header and the rows under it, all of them text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import pyarrow as pa

from sortition.errors import Finding
from sortition.tables.arrow import Texts, taken, texts
from sortition.tables.coded import Coded
from sortition.tables.grid import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and the rows under it, all of them text.

    Attributes
    ----------
    file : str
        The name of the file, without its folder.
    sheet : str
        Empty for a CSV file.
    cells : pyarrow.Table
        Columns of text, trimmed, by names that are all different and not empty; a missing cell is
        the empty text.
    row_numbers : tuple of int
        The row of the file in which each row starts; the first line is row 1.
    digest : str
        SHA-256 of the bytes of the file, 64 hexadecimal digits.
    delimiter, encoding : str
        Of a CSV file; empty for a workbook. The encoding is ``utf-8``, ``utf-8-sig``, ``utf-16``
        or ``windows-1252``.
    doubtful : mapping of (int, str) to str
        The code of a fault, by row number and column, for cells whose text is not what somebody
        typed, such as dates. They are faults only where the column is used.
    assumed : tuple of Finding
    merged : mapping of (int, str) to int
        The first row of the merged cells, by row number and column, for each cell that looks
        blank in the workbook and got the content of the first.
    numbering : tuple of str
        What the rows were numbered before some of them were left out; empty if all are there.
    """

    file: str
    sheet: str = ""
    cells: Any = field(repr=False)  # people's data stay out of tracebacks
    row_numbers: tuple[int, ...] = field(repr=False)
    digest: str = ""
    delimiter: str = ""
    encoding: str = ""
    doubtful: Mapping[tuple[int, str], str] = field(default_factory=dict)
    assumed: tuple[Finding, ...] = ()
    merged: Mapping[tuple[int, str], int] = field(default_factory=dict)
    numbering: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of_rows(
        cls,
        header: Sequence[str],
        rows: Sequence[Row],
        *,
        file: str = "",
        first_row: int = 2,
        like: Table | None = None,
    ) -> Self:
        """A table of rows that are at hand, numbered from the first.

        Parameters
        ----------
        like : Table, optional
            The delimiter and the encoding are those of this one.
        """
        columns = zip(*rows, strict=True) if rows else ((),) * len(header)
        return cls(
            file=file,
            cells=pa.table(dict(zip(header, map(texts, columns), strict=True))),
            row_numbers=tuple(range(first_row, first_row + len(rows))),
            delimiter=like.delimiter if like else "",
            encoding=like.encoding if like else "",
        )

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.row_numbers)

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.cells.column_names)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The cells row by row."""
        return tuple(zip(*map(self.column, self.header), strict=True))

    def column(self, name: str) -> tuple[str, ...]:
        """The cells of one column, from the first row under the header to the last."""
        return tuple(self.cells.column(name).to_pylist())

    def coded(self, name: str) -> Coded:
        """The cells of one column, each different text once."""
        return Coded.of(self.cells.column(name))

    def with_columns(self, columns: Mapping[str, Sequence[str] | Coded]) -> Self:
        """The table with these columns alone, which have as many cells as it has rows."""
        made = pa.table({name: _cells(own) for name, own in columns.items()})
        return self._only_of(columns, made)

    def changed(self, columns: Mapping[str, Sequence[str] | Coded]) -> Self:
        """The table with other cells in some columns; those that are new are its last."""
        kept = dict(zip(self.header, self.cells.columns, strict=True))
        made = {name: _cells(own) for name, own in columns.items()}
        return replace(self, cells=pa.table({**kept, **made}))

    def keeping(self, names: Sequence[str]) -> Self:
        """The table with these columns alone."""
        return self._only_of(names, self.cells.select(list(names)))

    def beside(self, name: str, cells: Sequence[str]) -> Self:
        """The table with one more column, its last."""
        return replace(self, cells=self.cells.append_column(name, texts(cells)))

    def noticing(self, *noticed: Finding) -> Self:
        """The table, with more of what was assumed about it."""
        return replace(self, assumed=(*self.assumed, *noticed))

    def renamed(self, names: Mapping[str, str]) -> Self:
        """The table with new names for some columns."""
        return replace(
            self,
            cells=self.cells.rename_columns([names.get(old, old) for old in self.header]),
            doubtful={(row, names.get(old, old)): it for (row, old), it in self.doubtful.items()},
            merged={(row, names.get(old, old)): it for (row, old), it in self.merged.items()},
        )

    def without(self, gone: Collection[int]) -> Self:
        """The table without some rows, by their numbers."""
        return self.only(set(self.row_numbers).difference(gone)) if gone else self

    def only(self, rows: Collection[int]) -> Self:
        """Some rows of the table, by their numbers."""
        return self.at([place for place, number in enumerate(self.row_numbers) if number in rows])

    def at(self, places: Sequence[int]) -> Self:
        """The rows at some places, counted from 0, in the order of the places."""
        rows = tuple([self.row_numbers[place] for place in places])
        kept = set(rows)
        return replace(
            self,
            cells=taken(self.cells, np.array(places, dtype=np.int64)),
            row_numbers=rows,
            doubtful={place: it for place, it in self.doubtful.items() if place[0] in kept},
            merged={place: it for place, it in self.merged.items() if place[0] in kept},
            numbering=tuple(map(self._number, places)),
        )

    def followed_by(self, others: Sequence[Table]) -> Self:
        """The rows of this table and then those of others, in the columns that all of them have."""
        shared = [name for name in self.header if all(name in other.header for other in others)]
        own = self.keeping(shared)
        parts: list[Table] = [own, *(other.keeping(shared) for other in others)]
        return replace(
            own,
            cells=pa.concat_tables([part.cells for part in parts]),
            row_numbers=tuple(number for part in parts for number in part.row_numbers),
        )

    def finding(
        self,
        *,
        code: str,
        row: int | None = None,
        column: str = "",
        value: str = "",
        facts: Mapping[str, str | int] | None = None,
    ) -> Finding:
        """A finding about this table."""
        return Finding(
            code=code,
            file=self.file,
            sheet=self.sheet,
            row=row,
            column=column,
            value=value,
            facts=facts or {},
        )

    def numbers(self) -> tuple[str, ...]:
        """The rows numbered from 1, equally long; a row that is left out keeps its number."""
        return self.numbering or tuple(map(self._number, range(self.size)))

    def _number(self, place: int) -> str:
        if self.numbering:
            return self.numbering[place]
        return str(place + 1).zfill(len(str(self.size)))

    def doubts(self, columns: Collection[str]) -> list[Finding]:
        """The faults of the cells in these columns whose text is not what somebody typed."""
        if not self.doubtful:
            return []
        position = {number: index for index, number in enumerate(self.row_numbers)}
        return [
            self.finding(
                code=code,
                row=number,
                column=column,
                value=self.cells.column(column)[position[number]].as_py(),
            )
            for (number, column), code in sorted(self.doubtful.items())
            if column in columns
        ]

    def _only_of(self, columns: Collection[str], cells: Any) -> Self:
        """The table with these cells, and what is known of single ones in these columns."""
        return replace(
            self,
            cells=cells,
            doubtful={place: it for place, it in self.doubtful.items() if place[1] in columns},
            merged={place: it for place, it in self.merged.items() if place[1] in columns},
        )


def _cells(cells: Sequence[str] | Coded) -> Texts:
    return cells.cells() if isinstance(cells, Coded) else texts(cells)


def other_sheets(table: Table) -> tuple[Finding, ...]:
    """That other sheets could be meant, where this one lacks the columns that are needed."""
    return tuple(finding for finding in table.assumed if finding.code == "sheet-chosen")
