"""From the table of a pool to its members: ids, values and households."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat

from sortition.errors import Finding, InputErrors
from sortition.instance.households import find_households
from sortition.instance.quotas.combinations import free_values, spelled_as_in_pool
from sortition.model import Pool, PoolMember, Quotas
from sortition.tables.columns import match_column, matched, unheeded
from sortition.tables.faults import attempt
from sortition.tables.ids import read_ids
from sortition.tables.labels import listed, nfc
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.values import read_free_values, read_values
from sortition.tables.words import asks_about, tells_age


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolReading:
    """A pool, the roster behind it and what was assumed, the table's assumptions among it.

    The quotas are those that were given, with parts of combinations on features without quotas
    of their own in the spelling of the pool.
    """

    pool: Pool
    quotas: Quotas | None
    roster: Roster
    assumed: tuple[Finding, ...]


def read_pool(
    table: Table, quotas: Quotas | None, *, id_column: str | None, household_columns: Sequence[str]
) -> PoolReading:
    """Find everybody's id, values and household.

    Parameters
    ----------
    quotas : Quotas or None
        None if they could not be read; the rest of the pool is checked all the same.

    Raises
    ------
    InputErrors
        With every fault of the pool.
    """
    faults: list[Finding] = []
    assumed = list(table.assumed)
    features = quotas.needed_features if quotas else ()
    columns = _match_all(table, features, "feature-without-column", faults, assumed)
    faults = list(_advised(table, faults))
    homes = _match_all(table, household_columns, "household-column-unknown", faults, assumed)
    ids = attempt(
        faults, partial(read_ids, table, id_column, taken={*columns.values(), *homes.values()})
    )
    values = _read_all_values(table, quotas, columns, faults, assumed) if quotas else {}
    faults += table.doubts(homes.values())
    if faults or ids is None:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    households, noticed = find_households(table, tuple(homes.values()))
    held = [values[feature] for feature in sorted(values)]
    rows = zip(*held, strict=True) if held else repeat((), table.size)
    kinds: dict[tuple[str, ...], tuple[str, ...]] = {}  # of all who are alike, one is held
    everybodys = [kinds.setdefault(own, own) for own in rows]
    members = tuple(map(PoolMember._make, zip(ids.ids, everybodys, households, strict=True)))
    return PoolReading(
        pool=Pool(features=tuple(sorted(values)), members=members),
        quotas=spelled_as_in_pool(quotas, table, columns) if quotas else None,
        roster=Roster(table=table, id_column=ids.column, ids=ids.ids),
        assumed=(
            *assumed,
            *ids.assumed,
            *noticed,
            *_doubts_not_used(table),
            *unheeded(table, {*columns.values(), *homes.values()}),
        ),
    )


def _read_all_values(
    table: Table,
    quotas: Quotas,
    columns: Mapping[str, str],
    faults: list[Finding],
    assumed: list[Finding],
) -> dict[str, tuple[str, ...]]:
    """The values of each row by feature; a feature without quotas is called like its column."""
    free = free_values(quotas, columns)
    readers = {
        nfc(column): partial(read_free_values, table, column, asked_for)
        for column, asked_for in free.items()
    }
    for feature in quotas.features:
        if feature in columns:
            labels = [row.value for row in quotas.of(feature)]
            readers[feature] = partial(read_values, table, columns[feature], labels)
    values = {}
    for feature, reader in sorted(readers.items()):
        read = attempt(faults, reader)
        if read:
            values[feature] = read[0]
            assumed += read[1]
    return values


def _doubts_not_used(table: Table) -> Iterator[Finding]:
    """Dates and the like in columns that decide nothing: a used column has none by now."""
    columns = {column for _, column in table.doubtful}
    if columns:
        facts = {"columns": listed(name for name in table.header if name in columns)}
        yield table.finding(code="cells-as-text", facts=facts)


def _advised(table: Table, faults: Sequence[Finding]) -> Iterator[Finding]:
    """Faults about features without a column: what may be meant, and the columns with the first."""
    told = False
    for fault in faults:
        if fault.code != "feature-without-column":
            yield fault
            continue
        facts = {} if told else dict(fault.facts)
        told = True
        births = [name for name in table.header if tells_age(name, fault.column)]
        near = [name for name in table.header if asks_about(name, fault.column)]
        if births:
            facts["birth"] = births[0]
        elif near:
            facts["near"] = near[0]
        yield replace(fault, facts=facts)


def _match_all(
    table: Table,
    wanted: Sequence[str],
    unknown: str,
    faults: list[Finding],
    assumed: list[Finding],
) -> dict[str, str]:
    """The columns of several names; those that are not there are faults."""
    columns = {}
    for name in wanted:
        column = attempt(faults, partial(match_column, table, name, unknown=unknown))
        if column is not None:
            columns[name] = column
            assumed += matched(table, name, column)
    return columns
