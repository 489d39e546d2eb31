"""A registry through a map and its CPR numbers, as `select` reads a pool.

What a map does is decided for each different cell of a column, by the code that reads pools.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.bands import banded, in_ranges
from sortition.instance.mapping.columns import (
    MappedColumn,
    find_column,
    rename,
    unknown_columns,
)
from sortition.instance.mapping.file import Bands, PoolMap, Values
from sortition.instance.mapping.mapped import read_values
from sortition.instance.mapping.rows import dropped_rows
from sortition.registry.admitted import LeftOut, admit
from sortition.registry.cells import Source, cells_of
from sortition.steps.invite.columns import Cells, MappedRegistry, named
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.faults import attempt
from sortition.tables.labels import fold
from sortition.tables.rows import Table

T = TypeVar("T")


def read_mapped(
    own: MappedRegistry, rules: PoolMap | None, cpr: CprRules, *, least: int | None = None
) -> MappedRegistry:
    """Derive what is asked for of CPR numbers, then do what the map says.

    Parameters
    ----------
    least : int, optional
        The least age of those who may be invited; the others need be in no range of ages.

    Raises
    ------
    InputErrors
        With every fault of the names; if there is none, with every one of the cells.
    """
    faults: list[Finding] = []
    attempt(faults, partial(_derive, own, cpr))
    if rules is not None:
        attempt(faults, partial(_rename, own, rules))
        if not faults:
            _drop(own, rules, faults)
            for values in rules.values:
                attempt(faults, partial(_read_values, own, rules, values))
            for bands in rules.bands:
                attempt(faults, partial(_put_in_bands, own, rules, bands, least))
    if faults:
        raise InputErrors(tuple(faults))
    return own


def _derive(own: MappedRegistry, cpr: CprRules) -> None:
    if not cpr.derive:
        return
    column = own.cpr_column()
    if column is None:
        raise InputErrors((own.header.finding(code="cpr-absent"),))
    taken = [name for name in cpr.derive if fold(name) in map(fold, own.header.header)]
    if taken:
        code = "cpr-column-taken"
        raise InputErrors(tuple(own.header.finding(code=code, column=name) for name in taken))
    cells = own.cells_at(Source(column=column, of="cpr"))
    table = cells.table(own.registry.name)
    step = partial(protect, table, CprRules(derive=cpr.derive, age_on=cpr.age_on), None)
    protected = _at_home(own, cells, step).table
    own.told += [it for it in protected.assumed if it.code == "cpr-derived"]
    for name in cpr.derive:
        own.columns[name] = replace(cells, name=name, cells=protected.column(name))
        own.sources[name] = cells.source
    own.derived = tuple(cpr.derive)
    own.header = named(own.header, [*own.header.header, *cpr.derive])


def _rename(own: MappedRegistry, rules: PoolMap) -> None:
    faults = unknown_columns(own.header, rules)
    faults += [
        rules.settings.finding(code="map-name-taken", key=("columns", old), value=new)
        for old, new in rules.columns.items()
        if new in own.registry.columns and fold(old) != fold(new)
    ]
    if faults:
        raise InputErrors(tuple(faults))
    own.header, names, told = rename(own.header, rules)
    own.sources |= {new: own.sources.pop(old) for new, old in names.items()}
    own.columns |= {
        new: replace(own.columns.pop(old), name=new)
        for new, old in names.items()
        if old in own.columns
    }
    digest = {"digest": rules.settings.digest}
    own.told += [Finding(code="registry-map", file=rules.settings.file, facts=digest), *told]


def _drop(own: MappedRegistry, rules: PoolMap, faults: list[Finding]) -> None:
    for rule in rules.drops:
        column = find_column(own.header, rules, rule.column, rule.key)
        cells = own.cells(column)
        faults += own.doubts(column, dates=isinstance(rule.limit, datetime.date))
        step = partial(dropped_rows, cells.table(own.registry.name), replace(rules, drops=(rule,)))
        done = attempt(faults, partial(_at_home, own, cells, step))
        if done is None:
            continue
        gone, told = done
        keys = frozenset(cells.keys[place] for place in gone)
        own.left_out.append(LeftOut(reason=rule.reason, source=cells.source, cells=keys))
        own.told += [_counted(it, cells) for it in told if it.code != "map-dropped"]
    if own.left_out:
        own.registry, _ = admit(own.engine, own.registry, {}, own.left_out, threads=own.threads)
        own.columns = {name: _recounted(own, cells) for name, cells in own.columns.items()}


def _recounted(own: MappedRegistry, cells: Cells) -> Cells:
    """The cells of those who are left."""
    (counts,) = cells_of(own.engine, own.registry.partitions, [cells.source], threads=own.threads)
    meaning = dict(zip(cells.keys, cells.cells, strict=True))
    keys = tuple(counts)
    return replace(
        cells, keys=keys, cells=tuple(map(meaning.__getitem__, keys)), counts=tuple(counts.values())
    )


def _read_values(own: MappedRegistry, rules: PoolMap, values: Values) -> None:
    column = find_column(own.header, rules, values.column, values.key)
    _make(own, column, column, partial(read_values, rules=rules, values=values))


def _put_in_bands(own: MappedRegistry, rules: PoolMap, bands: Bands, least: int | None) -> None:
    column = find_column(own.header, rules, bands.column, (*bands.key, "column"))
    if column != bands.feature and bands.feature in own.header.header:
        key = bands.key
        fault = rules.settings.finding(code="map-name-taken", key=key, value=bands.feature)
        raise InputErrors((fault,))
    written = own.cells(column)
    made = _make(
        own,
        column,
        bands.feature,
        partial(banded, rules=rules, bands=bands, least=least),
        dates=bands.day is not None,
    )
    ranges = {"ranges": in_ranges(bands, made.people())}
    own.told[-1] = replace(own.told[-1], facts={**own.told[-1].facts, **ranges})
    pairs = zip(made.keys, written.cells, made.cells, strict=True)
    young = frozenset(key for key, cell, band in pairs if cell and not band)
    if young:
        own.left_out.append(LeftOut(reason="young", source=made.source, cells=young))


def _make(
    own: MappedRegistry,
    column: str,
    name: str,
    step: Callable[[Table], MappedColumn],
    *,
    dates: bool = False,
) -> Cells:
    """Make a column of another, and tell how."""
    faults = own.doubts(column, dates=dates)
    cells = own.cells(column)
    table = cells.table(own.registry.name)
    done = attempt(faults, partial(_at_home, own, cells, partial(step, table)))
    if faults or done is None:
        raise InputErrors(tuple(faults))
    made = replace(cells, name=name, cells=done.cells)
    own.columns[name] = made
    own.sources[name] = cells.source
    own.told += [_counted(it, cells) for it in done.done]
    if name not in own.header.header:
        own.header = named(own.header, [*own.header.header, name])
    return made


def _counted(told: Finding, cells: Cells) -> Finding:
    """What was told of different cells, told of people."""
    if told.code == "map-value-read":
        count = sum(n for cell, n in cells.people().items() if fold(cell) == fold(told.value))
    elif told.code == "map-blank-kept":
        count = cells.people()[""]
    else:
        return told
    return replace(told, facts={**told.facts, "count": count})


def _at_home(own: MappedRegistry, cells: Cells, step: Callable[[], T]) -> T:
    """What a step does with different cells; its faults are told where people have them.

    Raises
    ------
    InputErrors
    """
    try:
        return step()
    except InputErrors as errors:
        here = own.registry.name  # others are about rows of the map
        of_cells = {
            cells.keys[it.row]: it for it in errors.faults if it.row is not None and it.file == here
        }
        others = [it for it in errors.faults if it not in of_cells.values()]
        raise InputErrors((*others, *own.faults_of(cells, of_cells))) from None
