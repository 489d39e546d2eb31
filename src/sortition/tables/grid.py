"""What a CSV reader and a workbook reader have in common: columns of cells as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeAlias

import numpy as np

from sortition.errors import Finding
from sortition.tables.arrow import Bools, Ints, Texts, columns_of, is_blank

SEARCHED = 50  # rows from the top among which a header is looked for
MOST_CELLS = 50_000_000  # of a table, blank ones among them; more do not fit in memory
MOST_COLUMNS = 16_000  # a workbook holds 16,384, and lists that are written have some of their own

NUMBER = re.compile(r"[-+]?[\d.,]+%?")

Row = tuple[str, ...]
Headed: TypeAlias = Callable[[Row], bool]  # whether a row has the names that are needed


def could_head(cells: Row, *, again: bool = False) -> bool:
    """Whether cells can be the names of columns: several, and no numbers.

    Parameters
    ----------
    again : bool
        Whether a name may stand there twice.
    """
    names = [cell for cell in cells if cell]
    several = len(names) > 1 and (again or len(set(names)) == len(names))
    return several and not any(map(NUMBER.fullmatch, names))


class TooManyCells(Exception):
    """A sheet has more cells than fit in memory, most likely far apart."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Merge:
    """Cells of one column that a workbook shows as one.

    Attributes
    ----------
    column : int
        Its index, from 0.
    first, last : int
        Row numbers. The first row has the content; the others look blank.
    """

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of one sheet as they stand, before anybody asks which of them is the header.

    Attributes
    ----------
    columns : tuple of chunked array of str
        All equally long, and every cell trimmed; what a row lacks at its end is blank.
    numbers : array of int
        The number of each row.
    lengths : array of int
        How many cells each row has.
    sheet : str
        Empty for a CSV file.
    delimiter, encoding : str
        Of a CSV file; empty for a workbook. The encoding is ``utf-8``, ``utf-8-sig`` (with a
        byte order mark), ``utf-16`` or ``windows-1252``.
    doubtful : mapping of (int, int) to str
        The code of a fault, by row number and column index, for cells whose text is not what
        somebody typed. They are faults only in a column that is used.
    merges : tuple of Merge
        Cells of a workbook that are merged over several rows.
    assumed : tuple of Finding
    """

    columns: tuple[Texts, ...] = field(repr=False)
    numbers: Ints
    lengths: Ints
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    doubtful: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    assumed: tuple[Finding, ...] = ()

    @classmethod
    def of_rows(
        cls,
        rows: Sequence[tuple[int, Row]],
        *,
        sheet: str = "",
        doubtful: Mapping[tuple[int, int], str],
        merges: Sequence[Merge],
        assumed: tuple[Finding, ...] = (),
    ) -> Self:
        """The cells of a sheet that was read row by row, each with its number.

        Raises
        ------
        TooManyCells
            If there are too many once the rows are equally long.
        """
        cells = [row for _, row in rows]
        if len(cells) * max(map(len, cells), default=0) > MOST_CELLS:
            raise TooManyCells
        columns, lengths = columns_of(cells)
        return cls(
            columns=tuple(columns),
            numbers=np.array([number for number, _ in rows], dtype=np.int64),
            lengths=lengths,
            sheet=sheet,
            doubtful=doubtful,
            merges=tuple(merges),
            assumed=assumed,
        )

    def row(self, index: int) -> Row:
        """The cells of one row, by its place."""
        return tuple(column[int(index)].as_py() for column in self.columns[: self.lengths[index]])

    def headed_at(self, headed: Headed) -> int | None:
        """How many rows with something in them stand above the first that is headed as needed."""
        for count, index in enumerate(np.flatnonzero(~self.blank())[:SEARCHED].tolist()):
            row = self.row(index)
            if could_head(row, again=True) and headed(row):
                return count
        return None

    def blank(self) -> Bools:
        """Whether nothing stands in each row."""
        found: Bools = np.ones(len(self.numbers), dtype=bool)
        for column in self.columns:
            found &= is_blank(column)
        return found
