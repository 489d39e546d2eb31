"""What a CSV reader and a workbook reader have in common: numbered rows of cells as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sortition.errors import Finding


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
    assumed : tuple of Finding
    """

    rows: tuple[tuple[int, tuple[str, ...]], ...] = field(repr=False)
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    doubtful: Mapping[tuple[int, int], str] = field(default_factory=dict)
    assumed: tuple[Finding, ...] = ()
