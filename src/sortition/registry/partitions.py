"""Parts of a registry that can be asked apart from each other.

A part is small to send to another machine: it names a file and where in it to read, except for
files that are read whole, whose rows it holds. It gives a query its rows as columns of text,
`c0`, `c1` and so on, so no name of a registry ever stands in SQL.
"""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sortition.registry.duck import is_visible, literal, texts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PLACE = "place"
# what Python takes for white space
BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


class Partition(Protocol):
    """A part of a registry; its rows are numbered from 0."""

    @property
    def file(self) -> str:
        """The name of its file."""
        ...

    @property
    def first_row(self) -> int:
        """The number that people know its first row by."""
        ...

    @property
    def rows(self) -> int:
        """How many there are."""
        ...

    def select(
        self, database: DuckDBPyConnection, columns: Sequence[str], *, placed: bool = False
    ) -> str:
        """A query for these columns as text, and if `placed` for the number of each row."""
        ...

    def shown(self, cell: Any) -> str:
        """A cell of a column that is not counted by, as lists have it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsInMemory:
    """The rows of a file that was read whole."""

    file: str
    first_row: int
    rows: int
    columns: Mapping[str, tuple[str, ...]] = field(repr=False)

    def select(
        self, database: DuckDBPyConnection, columns: Sequence[str], *, placed: bool = False
    ) -> str:
        """See `Partition`."""
        import numpy as np  # noqa: PLC0415

        held: dict[str, Any] = {PLACE: np.arange(self.rows)}
        held |= {f"c{number}": texts(self.columns[name]) for number, name in enumerate(columns)}
        database.execute("CREATE OR REPLACE TEMP TABLE part AS SELECT * FROM held")
        names = [f"c{number}" for number in range(len(columns))]
        return f"SELECT {', '.join([*names, PLACE] if placed or not names else names)} FROM part"

    def shown(self, cell: Any) -> str:
        """See `Partition`."""
        return str(cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A CSV file that is read anew for every query, never held.

    Attributes
    ----------
    encoding : str
        As DuckDB names it.
    skipped : int
        The lines down to the header.
    uneven : bool
        Whether rows may have fewer cells than the header.
    """

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    skipped: int
    first_row: int
    uneven: bool
    rows: int = 0

    @property
    def file(self) -> str:
        """See `Partition`."""
        return self.path.name

    def select(
        self, database: DuckDBPyConnection, columns: Sequence[str], *, placed: bool = False
    ) -> str:
        """See `Partition`."""
        places = [self.header.index(name) for name in columns]
        wanted = [f"coalesce(h{place}, '') AS c{n}" for n, place in enumerate(places)]
        if placed:
            database.execute("SET preserve_insertion_order = true")
            wanted.append(f"row_number() OVER () - 1 AS {PLACE}")
        first = f"coalesce(h{places[0] if places else 0}, '')"
        cells = ", ".join(f"h{place}" for place in range(len(self.header)))
        filled = f"({is_visible(first)} OR trim(concat({cells}), {literal(BLANKS)}) <> '')"
        return f"SELECT {', '.join(wanted) or 'true'} FROM {self._source(placed)} WHERE {filled}"

    def _source(self, in_order: bool) -> str:
        columns = ", ".join(f"h{place}: 'VARCHAR'" for place in range(len(self.header)))
        return (
            f"read_csv({literal(str(self.path))}, auto_detect = false, header = false,"
            f" skip = {self.skipped}, delim = {literal(self.delimiter)}, quote = '\"',"
            f" escape = '\"', comment = '', columns = {{{columns}}}, nullstr = '',"
            f" encoding = '{self.encoding}', strict_mode = true, compression = 'none',"
            f" null_padding = {self.uneven}, parallel = {not (self.uneven or in_order)})"
        )

    def shown(self, cell: Any) -> str:
        """See `Partition`."""
        return str(cell).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParquetRows:
    """Some row groups of a Parquet file, one after the other.

    Attributes
    ----------
    columns : mapping of str to str
        The type of each, as DuckDB names it, in the order of the file.
    start : int
        The place of its first row in the file.
    """

    path: Path
    columns: Mapping[str, str]
    start: int
    rows: int

    @property
    def file(self) -> str:
        """See `Partition`."""
        return self.path.name

    @property
    def first_row(self) -> int:
        """See `Partition`."""
        return self.start + 1

    def select(
        self, database: DuckDBPyConnection, columns: Sequence[str], *, placed: bool = False
    ) -> str:
        """See `Partition`."""
        names = list(self.columns)
        aliases = ", ".join([*(f"h{place}" for place in range(len(names))), "file_place"])
        wanted = [
            f"{as_text(f'h{names.index(name)}', self.columns[name])} AS c{number}"
            for number, name in enumerate(columns)
        ]
        if placed or not wanted:
            wanted.append(f"file_place - {self.start} AS {PLACE}")
        source = (
            f"read_parquet({literal(str(self.path))}, file_row_number = true,"
            " binary_as_string = true)"
        )
        end = self.start + self.rows
        return (
            f"SELECT {', '.join(wanted)} FROM {source} AS part({aliases})"
            f" WHERE file_place >= {self.start} AND file_place < {end}"
        )

    def shown(self, cell: Any) -> str:
        """See `Partition`."""
        return "" if cell is None else str(cell)


def as_text(column: str, kind: str) -> str:
    """A column of a Parquet file as text: whole numbers without a point, nothing as no text."""
    if kind == "VARCHAR":
        return f"coalesce({column}, '')"
    if kind in ("DOUBLE", "FLOAT"):
        bare = f"regexp_replace({column}::VARCHAR, '\\.0$', '')"
        return f"coalesce(regexp_replace({bare}, 'e([-+])0', 'e\\1'), '')"
    if kind == "TIMESTAMP":
        return f"coalesce(strftime({column}, '%Y-%m-%d %H:%M:%S.%f'), '')"
    if kind == "TIMESTAMP WITH TIME ZONE":  # an instant; its zone is not in the file
        return f"coalesce(strftime({column}, '%Y-%m-%d %H:%M:%S.%fZ'), '')"
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP")):
        return column  # its cells are made text one by one, where lists show them
    return f"coalesce({column}::VARCHAR, '')"
