"""A registry as it is read: columns made of others, and without those who are left out.

Whatever is decided was decided for each different cell before, so a part is asked for cells alone
and every engine gives the same.
"""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sortition.registry.cells import Source
from sortition.registry.description import Registry
from sortition.registry.duck import database, texts
from sortition.registry.engines import Engine
from sortition.registry.partitions import PLACE, Partition

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AS_IT_CAME = "\0"  # before the name of a column whose cells are wanted as the file has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the cells of a column are read as; one that has no meaning stays as it is."""

    source: Source
    meanings: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """People who are left out because of what stands in a column.

    Attributes
    ----------
    reason : str
        A code, or what a map says.
    source : Source
    cells : frozenset of str
        Whoever has one of these is left out.
    file : str
        The list of people that it is about, if it is about one.
    """

    reason: str
    source: Source
    cells: frozenset[str] = field(repr=False)
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmittedRows:
    """A partition as it is read.

    Attributes
    ----------
    inner : Partition
    columns : mapping of str to Read
        The columns that are not those of the file, or not read as they stand.
    left_out : tuple of LeftOut
        The first that applies to somebody is why she is left out.
    stays : LeftOut or None
        Whoever this applies to is not left out, whatever else does.
    rows : int
        How many are left.
    """

    inner: Partition
    columns: Mapping[str, Read]
    left_out: tuple[LeftOut, ...]
    stays: LeftOut | None
    rows: int

    @property
    def file(self) -> str:
        """See `Partition`."""
        return self.inner.file

    @property
    def first_row(self) -> int:
        """See `Partition`."""
        return self.inner.first_row

    def shown(self, cell: Any) -> str:
        """See `Partition`."""
        return self.inner.shown(cell)

    def select(
        self, database: DuckDBPyConnection, columns: Sequence[str], *, placed: bool = False
    ) -> str:
        """See `Partition`."""
        self._hold(database)
        names = self._names(columns)
        cells = [self._cell(name, names, place) for place, name in enumerate(columns)]
        wanted = [f"{cell} AS c{place}" for place, (cell, _) in enumerate(cells)]
        if placed or not wanted:
            wanted.append(PLACE)
        inner = self.inner.select(database, list(names), placed=placed or not names)
        kept = " AND ".join(f"NOT ({test})" for test in self._tests(names)) or "true"
        if stays := self._staying(names):
            kept = f"({kept}) OR {stays}"
        joined = " ".join(join for _, join in cells)
        if not (placed or columns):
            wanted = ["true"]
        return f"SELECT {', '.join(wanted)} FROM ({inner}) AS own {joined} WHERE {kept}"

    def reasons(self, database: DuckDBPyConnection) -> str:
        """A query for the place in `left_out` of what applies to each person, the end if none."""
        self._hold(database)
        names = self._names([])
        tests = self._tests(names)
        whens = " ".join(f"WHEN {test} THEN {number}" for number, test in enumerate(tests))
        if stays := self._staying(names):
            whens = f"WHEN {stays} THEN {len(tests)} {whens}"
        reason = f"CASE {whens} ELSE {len(tests)} END" if tests else "0"
        return f"SELECT {reason} AS reason FROM ({self.inner.select(database, list(names))}) AS own"

    def _names(self, columns: Sequence[str]) -> dict[str, str]:
        """What the columns of the file that are needed are called in the inner query."""
        needed = [own.source.column for own in (*self.left_out, *filter(None, [self.stays]))]
        needed += [self._read(name).source.column for name in columns]
        return {name: f"own.c{place}" for place, name in enumerate(dict.fromkeys(needed))}

    def _tests(self, names: Mapping[str, str]) -> list[str]:
        """Whether each of the reasons applies."""
        return [
            f"{own.source.key(names[own.source.column])} IN (SELECT cell FROM left_out_{number})"
            for number, own in enumerate(self.left_out)
        ]

    def _staying(self, names: Mapping[str, str]) -> str:
        """Whether somebody is not left out whatever applies to her; empty if nobody is so."""
        if self.stays is None:
            return ""
        source = self.stays.source
        return f"({source.key(names[source.column])}) IN (SELECT cell FROM stays)"

    def _read(self, name: str) -> Read:
        if name.startswith(AS_IT_CAME):
            return Read(source=Source(column=name.removeprefix(AS_IT_CAME)))
        return self.columns.get(name) or Read(source=Source(column=name))

    def _cell(self, name: str, names: Mapping[str, str], place: int) -> tuple[str, str]:
        """What a column is read as, and the join that it takes."""
        read = self._read(name)
        cell = names[read.source.column]
        if not read.meanings:
            return cell, ""
        table = f"read_{list(self.columns).index(name)}"
        join = f"LEFT JOIN {table} AS r{place} ON r{place}.cell = {read.source.key(cell)}"
        return f"coalesce(r{place}.meaning, {cell})", join

    def _hold(self, database: DuckDBPyConnection) -> None:
        """The tables of what cells mean, and of the cells that leave somebody out."""
        for number, read in enumerate(self.columns.values()):
            _table(
                database,
                f"read_{number}",
                cell=list(read.meanings),
                meaning=[*read.meanings.values()],
            )
        for number, own in enumerate(self.left_out):
            _table(database, f"left_out_{number}", cell=sorted(own.cells))
        if self.stays is not None:
            _table(database, "stays", cell=sorted(self.stays.cells))


def _table(database: DuckDBPyConnection, name: str, **columns: Sequence[str]) -> None:
    held = {column: texts(cells) for column, cells in columns.items()}  # noqa: F841 - the query reads it
    cast = ", ".join(f"{column}::VARCHAR AS {column}" for column in columns)
    database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {cast} FROM held")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToAdmit:
    """A partition as it is to be read, whose people are to be counted."""

    rows: AdmittedRows
    threads: int


def admit_part(job: PartToAdmit) -> list[int]:
    """How many each reason leaves out, and last how many are left."""
    with database(job.threads) as here:
        asked = f"SELECT reason, count(*) FROM ({job.rows.reasons(here)}) GROUP BY ALL"
        found = dict(here.execute(asked).fetchall())
    return [found.get(number, 0) for number in range(len(job.rows.left_out) + 1)]


def admit(
    engine: Engine,
    registry: Registry,
    columns: Mapping[str, Read],
    left_out: Sequence[LeftOut],
    *,
    threads: int,
    stays: LeftOut | None = None,
) -> tuple[Registry, tuple[int, ...]]:
    """The registry as it is read, and how many each reason leaves out.

    Parameters
    ----------
    columns : mapping of str to Read
    left_out : sequence of LeftOut
        Somebody to whom several apply is counted for the first.
    stays : LeftOut, optional
        Whoever this applies to is not left out.
    """
    wrapped = [
        AdmittedRows(
            inner=own, columns=columns, left_out=tuple(left_out), stays=stays, rows=own.rows
        )
        for own in registry.partitions
    ]
    jobs = [PartToAdmit(rows=own, threads=threads) for own in wrapped]
    counts = np.array(list(engine.map(admit_part, jobs)), dtype=np.int64)
    partitions = tuple(
        replace(own, rows=int(kept)) for own, kept in zip(wrapped, counts[:, -1], strict=True)
    )
    return replace(registry, partitions=partitions), tuple(counts[:, :-1].sum(axis=0).tolist())
