"""A pool as its map reads it, beside the pool as it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.bands import banded
from sortition.instance.mapping.columns import MappedColumn, find_column, rename, unknown_columns
from sortition.instance.mapping.file import Bands, PoolMap, Values, read_map
from sortition.instance.mapping.rows import dropped_rows
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.roster import Roster
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedPool:
    """A pool before and after its map.

    Attributes
    ----------
    table : Table
        As the quotas see it.
    original : Table
        The same rows with the columns and cells of the file.
    names : mapping of str to str
        What the file calls the columns that have another name in `table`.
    changed : frozenset of str
        Columns of `table` whose cells are not those of the file.
    map_digest : str or None
        SHA-256 of the map file, 64 hexadecimal digits; None: there is no map.
    """

    table: Table
    original: Table
    names: Mapping[str, str]
    changed: frozenset[str]
    map_digest: str | None

    def as_it_came(self, roster: Roster) -> Roster:
        """A roster of `table`, with the columns and cells of the file.

        Raises
        ------
        InputErrors
            If the map has changed the ids.
        """
        column = roster.id_column
        if column in self.changed:
            raise InputErrors((self.table.finding(code="map-changes-ids", column=column),))
        old = column if column is None else self.names.get(column, column)
        return replace(roster, table=self.original, id_column=old)


def map_pool(table: Table | None, path: File | None) -> MappedPool | None:
    """A pool as a map file reads it; without a file, as it is.

    What was done joins what was assumed about the table.

    Parameters
    ----------
    table : Table or None
        None if the pool could not be read; the map file is checked all the same.
    path : File or None
        The map file.

    Raises
    ------
    InputErrors
        With every fault of the map file, or of the pool as the map has it.
    """
    if path is None:
        return None if table is None else _as_it_is(table)
    rules, faults = read_map(path)
    if faults:
        unknown = [] if table is None else unknown_columns(table, rules)
        raise InputErrors(tuple(sorted((*faults, *unknown), key=lambda fault: fault.row or 0)))
    return None if table is None else apply_map(table, rules)


def _as_it_is(table: Table) -> MappedPool:
    return MappedPool(table=table, original=table, names={}, changed=frozenset(), map_digest=None)


def apply_map(table: Table, rules: PoolMap) -> MappedPool:
    """Rename the columns, leave out rows, read the values, then put numbers into ranges.

    Raises
    ------
    InputErrors
        With every fault of the pool as the map has it; if a name is wrong, with those of names.
    """
    renamed, names, told = rename(table, rules)
    unread: list[Finding] = []
    gone, dropped = attempt(unread, partial(dropped_rows, renamed, rules)) or (frozenset(), [])
    kept = renamed.without(gone)
    faults: list[Finding] = []
    read = _all(faults, [partial(read_values, kept, rules, values) for values in rules.values])
    valued = _with_columns(kept, read)
    made = _all(faults, [partial(banded, valued, rules, bands) for bands in rules.bands])
    if unread:  # then cells may be at fault that are in nobody's way
        about_the_map = [fault for fault in faults if fault.file == rules.settings.file]
        raise InputErrors((*unread, *about_the_map))
    if faults:
        raise InputErrors(tuple(faults))
    mapped = _with_dates(_with_columns(valued, made), rules)
    done = (finding for column in (*read, *made) for finding in column.done)
    return MappedPool(
        table=mapped.noticing(*_used(rules), *told, *dropped, *done),
        original=table.without(gone),
        names=names,
        changed=frozenset(column.name for column in (*read, *made)),
        map_digest=rules.settings.digest,
    )


def fitting(table: Table, rules: PoolMap) -> PoolMap:
    """As much of a map as is about the columns that a table has.

    Ranges that the table has already, as a list that was written through the map, are not made.
    """
    there = {fold(name) for name in table.header}
    columns = {old: new for old, new in rules.columns.items() if fold(old) in there}
    there |= {fold(new) for new in columns.values()}
    bands = tuple(
        own for own in rules.bands if fold(own.column) in there and not _has_ranges(table, own)
    )
    return replace(
        rules,
        columns=columns,
        drops=tuple(own for own in rules.drops if fold(own.column) in there),
        values=tuple(own for own in rules.values if fold(own.column) in there),
        bands=bands,
    )


def _has_ranges(table: Table, bands: Bands) -> bool:
    labels = {fold(made.label) for made in bands.ranges}
    cells = [
        cell
        for name in table.header
        if fold(name) == fold(bands.feature)
        for cell in table.coded(name).values
        if cell
    ]
    return bool(cells) and labels.issuperset(map(fold, cells))


def _used(rules: PoolMap) -> Iterator[Finding]:
    facts: dict[str, str | int] = {"digest": rules.settings.digest}
    yield Finding(code="map-used", file=rules.settings.file, facts=facts)
    if not (rules.columns or rules.drops or rules.values or rules.bands):
        yield Finding(code="map-empty", file=rules.settings.file)


def _all(faults: list[Finding], steps: Sequence[Callable[[], MappedColumn]]) -> list[MappedColumn]:
    done = [attempt(faults, step) for step in steps]
    return [column for column in done if column is not None]


def read_values(table: Table, rules: PoolMap, values: Values) -> MappedColumn:
    """A column with the meanings that a map gives its cells.

    Raises
    ------
    InputErrors
        With every cell that has a meaning and is not what somebody typed.
    """
    column = find_column(table, rules, values.column, values.key)
    meanings = {fold(cell): meaning for cell, meaning in values.meanings.items()}
    doubts = [doubt for doubt in table.doubts({column}) if fold(doubt.value) in meanings]
    if doubts:
        raise InputErrors(tuple(doubts))
    cells = table.column(column)
    folded = {cell: fold(cell) for cell in set(cells)}
    counts = Counter(map(folded.get, cells))
    done = []
    for cell, meaning in values.meanings.items():
        count = counts[fold(cell)]
        facts: dict[str, str | int] = {"meaning": meaning, "count": count, "column": column}
        if count:
            code = "map-value-read"
            done.append(table.finding(code=code, column=column, value=cell, facts=facts))
        else:
            code, key = "map-value-absent", (*values.key, cell)
            done.append(rules.settings.finding(code=code, key=key, value=cell, facts=facts))
    read = tuple([meanings.get(folded[cell], cell) for cell in cells])
    return MappedColumn(name=column, cells=read, done=tuple(done))


def _with_columns(table: Table, columns: Sequence[MappedColumn]) -> Table:
    return table.changed({column.name: column.cells for column in columns})


def _with_dates(table: Table, rules: PoolMap) -> Table:
    """The table without doubts about dates in columns that were read as dates of birth."""
    dated = {
        find_column(table, rules, bands.column, bands.key)
        for bands in rules.bands
        if bands.day is not None
    }
    doubtful = {place: it for place, it in table.doubtful.items() if place[1] not in dated}
    return replace(table, doubtful=doubtful)
