"""What a CSV reader and a workbook reader have in common: numbered rows of cells as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sortition.errors import Finding

MOST_CELLS = 50_000_000  # of a table, blank ones among them; more do not fit in memory


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
    rows : tuple of (int, tuple of str)
        The number of each row and its cells, trimmed. Rows may differ in length.
    sheet : str
        Empty for a CSV file.
    delimiter, encoding : str
        Of a CSV file; empty for a workbook. The encoding is ``utf-8``, ``utf-8-sig`` (with a
        byte order mark) or ``windows-1252``.
    doubtful : mapping of (int, int) to str
        The code of a fault, by row number and column index, for cells whose text is not what
        somebody typed. They are faults only in a column that is used.
    merges : tuple of Merge
        Cells of a workbook that are merged over several rows.
    assumed : tuple of Finding
    """

    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    doubtful: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()
    assumed: tuple[Finding, ...] = ()
