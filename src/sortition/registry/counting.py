"""How many people of each kind a registry has."""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sortition.registry.duck import database, id_in, own_id, texts
from sortition.registry.engines import Engine
from sortition.registry.partitions import Partition

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One partition, and what is asked of it.

    Attributes
    ----------
    id_column : str
    by : tuple of str
        The columns that strata are made of.
    excluded : frozenset of str
        Ids of people who are not drawn.
    threads : int
        That a query may use.
    """

    partition: Partition
    id_column: str
    by: tuple[str, ...]
    excluded: frozenset[str] = field(default=frozenset(), repr=False)
    threads: int = 1

    def select(
        self, database: DuckDBPyConnection, others: Sequence[str] = (), *, placed: bool = False
    ) -> str:
        """A query for the id (`c0`), the columns of the strata, and others after them."""
        columns = (self.id_column, *self.by, *others)
        return self.partition.select(database, columns, placed=placed)

    def by_names(self) -> list[str]:
        """What the columns of the strata are called in a query."""
        return [f"c{number}" for number in range(1, len(self.by) + 1)]

    def left_out(self, database: DuckDBPyConnection) -> str:
        """Whether somebody is not drawn, as an expression."""
        if not self.excluded:
            return "false"
        held = {"id": texts(sorted(self.excluded))}  # noqa: F841 - the query reads it
        database.execute("CREATE TEMP TABLE excluded AS SELECT id FROM held")
        return f"({id_in('c0')}) IN (SELECT id FROM excluded)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCount:
    """How many rows a part has, and how many of each kind can be drawn.

    Attributes
    ----------
    rows : int
    units : Counter of tuple of str
        By the values in the columns of the strata.
    sizes : Counter of (tuple of str, int)
        With households: people by values and by the size of their household, which is 0 where
        somebody was invited before.
    spellings : mapping of tuple of str to tuple of str
        The values for each combination of cells.
    """

    rows: int
    units: Counter[Values]
    sizes: Counter[tuple[Values, int]]
    spellings: Mapping[Values, Values]


def count_part(part: Part) -> tuple[tuple[Values, int], ...]:
    """How many of a part can be drawn, by the cells in the columns of the strata."""
    with database(part.threads) as here:
        names = part.by_names()
        able = f"NOT {part.left_out(here)}"
        asked = ", ".join([*names, f"count(*) FILTER (WHERE {able})"])
        rows = here.execute(f"SELECT {asked} FROM ({part.select(here)}) GROUP BY ALL").fetchall()
    return tuple((tuple(cells), counted) for *cells, counted in rows)


def count(engine: Engine, parts: Sequence[Part]) -> PartCount:
    """Count the parts together."""
    units: Counter[Values] = Counter()
    spellings: dict[Values, Values] = {}
    for own in engine.map(count_part, parts):
        for cells, counted in own:
            spellings[cells] = tuple(map(own_id, cells))
            if counted:
                units[spellings[cells]] += counted
    rows = sum(part.partition.rows for part in parts)
    return PartCount(rows=rows, units=units, sizes=Counter(), spellings=spellings)


def strata_table(
    database: DuckDBPyConnection,
    part: Part,
    spellings: Sequence[tuple[Values, int]],
    **columns: Sequence[str],
) -> None:
    """A table `strata` of combinations of cells, the number of each, and columns by number."""
    import numpy as np  # noqa: PLC0415

    held = {
        f"s{place}": texts([cells[place] for cells, _ in spellings])
        for place in range(len(part.by))
    }
    held |= {
        name: texts([values[number] for _, number in spellings]) for name, values in columns.items()
    }
    wanted = ["number", *(f"{name}::VARCHAR AS {name}" for name in held)]
    held["number"] = np.array([number for _, number in spellings], dtype=np.int32)
    database.execute(f"CREATE TEMP TABLE strata AS SELECT {', '.join(wanted)} FROM held")


def in_strata(part: Part) -> str:
    """How people meet the table `strata`."""
    names = enumerate(part.by_names())
    return " AND ".join(f"{name} = s{place}" for place, name in names) or "true"
