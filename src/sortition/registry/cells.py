"""What stands in a column of a registry: each different cell once, with how many have it.

What a cell means is decided once for it, however many people there are. Of CPR numbers, which are
all different, only the day of birth, the digit of the century and the parity are asked for.
"""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from sortition.registry.duck import database, id_in, texts
from sortition.registry.engines import Engine
from sortition.registry.partitions import Partition

PLAIN_CPR = "[0-9]{6}-?[0-9]{4}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something is read from.

    Attributes
    ----------
    column : str
        As the file has it.
    of : {"cell", "cpr", "id"}
        What of a cell counts: all of it, what a CPR number says of somebody, or the id in it.
    """

    column: str
    of: Literal["cell", "cpr", "id"] = "cell"

    def key(self, name: str) -> str:
        """What counts of a cell, as an expression; of a CPR number it is one, nobody's own."""
        if self.of != "cpr":
            return id_in(name) if self.of == "id" else name
        short = f"left({name}, 6) || substr({name}, length({name}) - 3, 1) || '00'"
        parity = f"(ascii(right({name}, 1)) % 2)::VARCHAR"
        plain = f"regexp_full_match({name}, '{PLAIN_CPR}')"
        return f"CASE WHEN {plain} THEN {short} || {parity} ELSE {name} END"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToList:
    """A partition, and the columns whose different cells are wanted."""

    partition: Partition
    sources: tuple[Source, ...]
    threads: int


def list_part(job: PartToList) -> list[list[tuple[str, int]]]:
    """How many have each cell of each column."""
    lists = []
    with database(job.threads) as here:
        for source in job.sources:
            rows = job.partition.select(here, [source.column])
            asked = f"SELECT {source.key('c0')} AS cell, count(*) FROM ({rows}) GROUP BY ALL"
            lists.append(here.execute(asked).fetchall())
    return lists


def cells_of(
    engine: Engine, partitions: Sequence[Partition], sources: Sequence[Source], *, threads: int
) -> list[Counter[str]]:
    """How many have each cell of each column, over all partitions; cells in ascending order."""
    wanted = tuple(sources)
    jobs = [PartToList(partition=own, sources=wanted, threads=threads) for own in partitions]
    together: list[Counter[str]] = [Counter() for _ in wanted]
    for lists in engine.map(list_part, jobs) if wanted else ():
        for own, counted in zip(together, lists, strict=True):
            for cell, count in counted:
                own[cell] += count
    return [Counter(dict(sorted(own.items()))) for own in together]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToFind:
    """A partition, and the cells of a column to look for."""

    partition: Partition
    source: Source
    cells: frozenset[str] = field(repr=False)
    most: int
    threads: int


def find_in_part(job: PartToFind) -> list[tuple[int, str]]:
    """The first rows with one of these cells, with what counts of it."""
    held = {"cell": texts(sorted(job.cells))}  # noqa: F841 - the query reads it
    with database(job.threads) as here:
        here.execute("CREATE TEMP TABLE wanted AS SELECT cell::VARCHAR AS cell FROM held")
        rows = job.partition.select(here, [job.source.column], placed=True)
        keyed = f"SELECT {job.source.key('c0')} AS cell, place FROM ({rows})"
        found = here.execute(
            f"SELECT place, cell FROM ({keyed}) WHERE cell IN (SELECT cell FROM wanted)"
            f" ORDER BY place LIMIT {job.most}"
        ).fetchall()
    return [(job.partition.first_row + place, cell) for place, cell in found]


def rows_with(
    engine: Engine,
    partitions: Sequence[Partition],
    source: Source,
    cells: Collection[str],
    *,
    threads: int,
    most: int,
) -> list[tuple[str, int, str]]:
    """The file and the row of the first people with one of these cells, and the cell."""
    jobs = [
        PartToFind(partition=own, source=source, cells=frozenset(cells), most=most, threads=threads)
        for own in partitions
    ]
    found = (
        (own.file, row, cell)
        for own, rows in zip(partitions, engine.map(find_in_part, jobs), strict=True)
        for row, cell in rows
    )
    return list(islice(found, most))
