"""A registry on disk: CSV, XLSX, Parquet, or a folder of Parquet files."""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sortition.errors import Finding, InputErrors
from sortition.registry.description import Registry, fault_in, header_table
from sortition.registry.duck import database, literal
from sortition.registry.partitions import ParquetRows, Partition, RowsInMemory
from sortition.registry.streams import csv_stream
from sortition.tables.content import digest_of
from sortition.tables.faults import attempt
from sortition.tables.labels import listed
from sortition.tables.reading import read_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PARQUET_MAGIC = b"PAR1"
READ_WHOLE = 32_000_000  # bytes; larger CSV files are streamed
LAST_SHEET_ROW = 1_048_576
STRETCH = 4_000_000  # rows of a Parquet file that are one partition


def open_registry(path: Path, *, read_whole: int = READ_WHOLE) -> Registry:
    """Look at a registry; a small file is read, a large one only its header and its bytes.

    Parameters
    ----------
    read_whole : int
        CSV files up to this many bytes are read at once and looked over for garbled letters.

    Raises
    ------
    InputErrors
        If it cannot be read, or is not a registry.
    """
    if path.is_dir():
        files = sorted(path.glob("*.parquet"))
        if not files:
            raise fault_in("registry-folder-empty", path)
        return _parquet(path.name, files)
    if _starts_with(path, PARQUET_MAGIC):
        return _parquet(path.name, [path])
    if path.is_file() and path.stat().st_size > read_whole and not _starts_with(path, b"PK"):
        return csv_stream(path)
    return _table(path)


def open_registries(paths: Sequence[Path], *, read_whole: int = READ_WHOLE) -> Registry:
    """Several registries with the same columns as one; see `open_registry`.

    Raises
    ------
    InputErrors
        If one of them cannot be read, or their columns differ.
    """
    faults: list[Finding] = []
    opened = [
        attempt(faults, partial(open_registry, path, read_whole=read_whole)) for path in paths
    ]
    all_ = [one for one in opened if one is not None]
    faults += [
        one.header.finding(
            code="registry-columns-differ", facts={"columns": listed(all_[0].columns)}
        )
        for one in all_[1:]
        if set(one.columns) != set(all_[0].columns)
    ]
    if faults:
        raise InputErrors(tuple(faults))
    if len(all_) == 1:
        return all_[0]
    return Registry(
        name=", ".join(one.name for one in all_),
        header=all_[0].header,
        partitions=tuple(part for one in all_ for part in one.partitions),
        digests=tuple(pair for one in all_ for pair in one.digests),
        doubtful={
            column: tuple(fault for one in all_ for fault in one.doubtful.get(column, ()))
            for column in all_[0].columns
        },
        assumed=tuple(finding for one in all_ for finding in one.assumed),
    )


def _starts_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except (OSError, ValueError):
        return False  # reading it as a table will say why


def _table(path: Path) -> Registry:
    table = read_table(path)
    if table.sheet and table.row_numbers[-1] >= LAST_SHEET_ROW:
        raise InputErrors((table.finding(code="registry-cut-off", facts={"rows": LAST_SHEET_ROW}),))
    rows = RowsInMemory(
        file=table.file,
        first_row=table.row_numbers[0],
        rows=len(table.rows),
        columns={name: table.column(name) for name in table.header},
    )
    doubtful = {name: tuple(table.doubts({name})) for name in table.header}
    return Registry(
        name=table.file,
        header=header_table(table.file, table.header, table.delimiter, table.encoding),
        partitions=(rows,),
        digests=((table.file, table.digest),),
        doubtful={name: findings for name, findings in doubtful.items() if findings},
        assumed=table.assumed,
    )


def _parquet(name: str, files: Sequence[Path]) -> Registry:
    import duckdb  # noqa: PLC0415

    partitions: list[Partition] = []
    names: dict[str, tuple[str, ...]] = {}
    digests: list[tuple[str, str]] = []
    with database(1) as here:
        for path in files:
            try:
                columns = _columns(here, path)
                names[path.name] = tuple(columns)
                partitions += _stretches(here, path, columns)
            except duckdb.Error:
                raise fault_in("registry-not-parquet", path) from None
            digests.append((path.name, digest_of(path)))
    first = next(iter(names.values()))
    different = [file for file, own in names.items() if set(own) != set(first)]
    if different or len(set(first)) < len(first):
        facts = {"columns": listed(first), "files": ", ".join(different)}
        raise InputErrors((Finding(code="registry-parquet-columns", file=name, facts=facts),))
    if not partitions:
        raise InputErrors((Finding(code="header-only", file=name),))
    return Registry(
        name=name,
        header=header_table(name, first),
        partitions=tuple(partitions),
        digests=tuple(digests),
    )


def _columns(here: DuckDBPyConnection, path: Path) -> dict[str, str]:
    """The columns of a file, in order, with their types."""
    file = literal(str(path))
    schema = here.execute(f"SELECT name, num_children FROM parquet_schema({file})").fetchall()
    names, inside = [], [schema[0][1] or 0]
    for name, children in schema[1:]:
        while not inside[-1]:
            inside.pop()
        if len(inside) == 1:
            names.append(name)
        inside[-1] -= 1
        inside.append(children or 0)
    described = here.execute(
        f"DESCRIBE SELECT * FROM read_parquet({file}, binary_as_string = true)"
    )
    kinds = [kind for _, kind, *_ in described.fetchall()]
    return dict(zip(names, kinds, strict=True))


def _stretches(
    here: DuckDBPyConnection, path: Path, columns: Mapping[str, str]
) -> Iterator[Partition]:
    """The row groups of a file, put together into partitions."""
    sizes = here.execute(
        "SELECT DISTINCT row_group_id, row_group_num_rows"
        f" FROM parquet_metadata({literal(str(path))}) ORDER BY row_group_id"
    ).fetchall()
    start = end = 0
    for number, (_, size) in enumerate(sizes, start=1):
        end += size
        if end - start >= STRETCH or (number == len(sizes) and end > start):
            yield ParquetRows(path=path, columns=columns, start=start, rows=end - start)
            start = end
