"""The columns of a registry as they are called and read, each different cell once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sortition.errors import Finding
from sortition.instance.mapping.file import PoolMap
from sortition.registry.admitted import LeftOut, Read
from sortition.registry.cells import Source, cells_of, rows_with
from sortition.registry.description import Registry
from sortition.registry.engines import Engine
from sortition.tables.cpr.columns import NAME as NAMED_CPR
from sortition.tables.labels import nfc, squeeze
from sortition.tables.rows import Table

MOST_ROWS = 20  # of a fault, that are listed
TOGETHER = ("others", "rows")  # facts of faults of one column that are told as one


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The different cells of one column as it is called now.

    Attributes
    ----------
    name : str
    source : Source
        Where it is read from.
    keys : tuple of str
        What counts of each cell there.
    cells : tuple of str
        What each is read as.
    counts : tuple of int
        How many people have it.
    """

    name: str
    source: Source
    keys: tuple[str, ...] = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)
    counts: tuple[int, ...] = field(repr=False)

    def table(self, file: str) -> Table:
        """The cells as a table of one column, numbered from 0."""
        return Table.of_rows([self.name], [(cell,) for cell in self.cells], file=file, first_row=0)

    def read(self) -> Read:
        """What becomes of the cells."""
        pairs = zip(self.keys, self.cells, strict=True)
        return Read(source=self.source, meanings={key: cell for key, cell in pairs if key != cell})

    def people(self) -> Counter[str]:
        """How many people have each of the cells as they are read."""
        people: Counter[str] = Counter()
        for cell, count in zip(self.cells, self.counts, strict=True):
            people[cell] += count
        return people


@dataclass(slots=True, kw_only=True)
class MappedRegistry:
    """A registry, what its columns are called now, and what is read of them.

    Attributes
    ----------
    registry : Registry
        As it came, or without those whom the map leaves out.
    header : Table
        The names of the columns as the map has them, with no rows.
    id_column : str or None
        The column that somebody said tells people apart.
    sources : dict of str to Source
        Where each of these is read from.
    columns : dict of str to Cells
        Those that are read otherwise than they stand.
    derived : tuple of str
        The columns that were made of CPR numbers.
    left_out : list of LeftOut
        By the map.
    told : list of Finding
    """

    registry: Registry
    engine: Engine
    threads: int
    header: Table
    id_column: str | None
    sources: dict[str, Source]
    columns: dict[str, Cells] = field(default_factory=dict)
    derived: tuple[str, ...] = ()
    left_out: list[LeftOut] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)

    def cells(self, name: str) -> Cells:
        """The cells of a column as it is read now."""
        return self.columns.get(name) or replace(self.cells_at(self.sources[name]), name=name)

    def cells_at(self, source: Source) -> Cells:
        """What stands in a column of the file."""
        (counts,) = cells_of(self.engine, self.registry.partitions, [source], threads=self.threads)
        return Cells(
            name=source.column,
            source=source,
            keys=tuple(counts),
            cells=tuple(nfc(key.strip()) for key in counts),
            counts=tuple(counts.values()),
        )

    def reads(self) -> dict[str, Read]:
        """The columns that are not those of the file, or not read as they stand."""
        read = {name: cells.read() for name, cells in self.columns.items()}
        renamed = {
            name: Read(source=source)
            for name, source in self.sources.items()
            if name != source.column and name not in read
        }
        return {**read, **renamed}

    def promise(self, derived: Collection[str], rules: PoolMap | None) -> None:
        """Have the names that there would be, had nothing been wrong."""
        new = [*derived, *(rules.columns.values() if rules else ())]
        new += [bands.feature for bands in rules.bands] if rules else []
        self.header = named(self.header, list(dict.fromkeys([*self.header.header, *new])))

    def faults_of(self, cells: Cells, faults: Mapping[str, Finding]) -> list[Finding]:
        """The faults of some cells, by what counts of them, where the first people have them."""
        rows = rows_with(
            self.engine,
            self.registry.partitions,
            cells.source,
            list(faults),
            threads=self.threads,
            most=MOST_ROWS,
        )
        found = []
        for file, row, key in rows:
            facts = {name: it for name, it in faults[key].facts.items() if name not in TOGETHER}
            found.append(replace(faults[key], file=file, row=row, facts=facts))
        people = dict(zip(cells.keys, cells.counts, strict=True))
        more = sum(people[key] for key in faults) - len(rows)
        if more:
            found.append(Finding(code="registry-more-faults", facts={"count": more}))
        return found

    def cpr_column(self, *, named: bool = False) -> str | None:
        """The one column that is called as CPR numbers are; or the ids if none is, unless named."""
        called = [name for name in self.header.header if NAMED_CPR.fullmatch(squeeze(name))]
        if not (called or named) and self.id_column in self.header.header:
            return self.id_column
        return called[0] if len(called) == 1 else None

    def doubts(self, name: str, *, dates: bool = False) -> list[Finding]:
        """The cells of a column whose text is not what somebody typed."""
        found = self.registry.doubtful.get(self.sources[name].column, ())
        return [doubt for doubt in found if not (dates and doubt.code == "date-cell")]


def columns_of(
    registry: Registry, engine: Engine, *, threads: int, id_column: str | None
) -> MappedRegistry:
    """A registry that is read as it stands."""
    return MappedRegistry(
        registry=registry,
        engine=engine,
        threads=threads,
        header=registry.header,
        id_column=id_column,
        sources={name: Source(column=name) for name in registry.columns},
    )


def named(header: Table, names: Sequence[str]) -> Table:
    """A table of names alone, like another one."""
    return Table.of_rows(names, (), file=header.file, like=header)
