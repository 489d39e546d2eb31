"""Parts of a registry that can be read apart from each other, in batches.

A part is small to send to another process: it names a file and where in it to read, except for
files that are read whole, whose rows it holds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from sortition.audit.spreadsheets import as_it_came
from sortition.errors import Finding, InputErrors
from sortition.registry.batches import ArrowBatch, Batch, TextBatch

BATCH = 131_072  # rows


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

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """Its rows, in order, with these columns."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsInMemory:
    """The rows of a file that was read whole."""

    file: str
    first_row: int
    rows: int
    columns: Mapping[str, tuple[str, ...]] = field(repr=False)

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """See `Partition`."""
        for start in range(0, self.rows, BATCH):
            stop = min(start + BATCH, self.rows)
            own = {column: self.columns[column][start:stop] for column in columns}
            yield TextBatch(stop - start, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvStream:
    """A CSV file that is read anew for every pass, never whole.

    Attributes
    ----------
    ours : bool
        Whether this package wrote it, with apostrophes before what looks like a formula.
    """

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    first_row: int
    ours: bool = False

    @property
    def file(self) -> str:
        """See `Partition`."""
        return self.path.name

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """See `Partition`.

        Raises
        ------
        InputErrors
            If a row has more cells than the header, or quotation marks do not match.
        """
        wanted = {column: self.header.index(column) for column in columns}
        with self.path.open(encoding=self.encoding, newline="") as text:
            records = csv.reader(text, delimiter=self.delimiter, strict=True)
            rows = self._filled(records)
            next(rows)  # the header
            while chunk := list(islice(rows, BATCH)):
                own = {
                    column: [row[place].strip() if place < len(row) else "" for row in chunk]
                    for column, place in wanted.items()
                }
                if self.ours:
                    own = {column: [*map(as_it_came, cells)] for column, cells in own.items()}
                yield TextBatch(len(chunk), own)

    def _filled(self, records: Iterator[list[str]]) -> Iterator[list[str]]:
        number = 0
        try:
            for number, record in enumerate(records, start=1):
                if len(record) > len(self.header) and any(record[len(self.header) :]):
                    facts = {"cells": len(record), "columns": len(self.header)}
                    raise InputErrors(
                        (Finding(code="row-too-long", file=self.file, row=number, facts=facts),)
                    )
                if any(cell.strip() for cell in record):
                    yield record
        except csv.Error:
            fault = Finding(code="csv-quotes", file=self.file, row=number + 1)
            raise InputErrors((fault,)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroups:
    """Some row groups of a Parquet file."""

    path: Path
    groups: tuple[int, ...]
    first_row: int
    rows: int

    @property
    def file(self) -> str:
        """See `Partition`."""
        return self.path.name

    def batches(self, columns: Sequence[str]) -> Iterator[Batch]:
        """See `Partition`."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra; CSV and XLSX do without

        with pq.ParquetFile(self.path) as file:
            # without any column there would be no rows to count
            read = list(columns) or [file.schema_arrow.names[0]]
            for batch in file.iter_batches(BATCH, row_groups=list(self.groups), columns=read):
                yield ArrowBatch(batch.num_rows, batch)
