"""People who sit on the panel already, whoever chose them: a list of them, beside the pool.

Whoever is on the list has her seat, on every ticket. A quota says so, as any other does: of all who
count for it, as many sit as there are. So her values are taken off what the quotas leave open, her
household is full as ever, and the proof and whoever checks it need to know of nothing new.

A row of the list is either the id of somebody in the pool, or a person of her own with the columns
that the quotas need.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.instance.households import find_households
from sortition.instance.id_lists import Listed, id_column_of, listed_ids, read_id_table, repeated
from sortition.instance.mapping.mapped import MappedPool
from sortition.instance.pool import PoolReading
from sortition.instance.sitting import FEATURE, marked, with_seats
from sortition.model import Pool, PoolMember, Quotas
from sortition.tables.columns import match_column
from sortition.tables.content import File
from sortition.tables.faults import attempt, rows_told
from sortition.tables.labels import listed
from sortition.tables.roster import Roster
from sortition.tables.rows import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """A pool with those who sit already among it.

    Attributes
    ----------
    pool : Pool
    quotas : Quotas
        With the one that everybody who sits keeps her seat.
    roster : Roster
        As the files have it, in the columns of the pool's.
    assumed : tuple of Finding
    digest : str
        SHA-256 of the bytes of the list, 64 hexadecimal digits.
    """

    pool: Pool
    quotas: Quotas
    roster: Roster = field(repr=False)
    assumed: tuple[Finding, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAround:
    """The pool that the list is read beside.

    Attributes
    ----------
    mapped : MappedPool
    read : PoolReading
    roster : Roster
        As the file of the pool has it.
    household_columns : sequence of str
    household_limit : int
    panel_size : int
    as_pool : callable
        Reads a table of people as the pool was read: CPR numbers, map, ids, values.
    """

    mapped: MappedPool
    read: PoolReading
    roster: Roster = field(repr=False)
    household_columns: Sequence[str]
    household_limit: int
    panel_size: int
    as_pool: Callable[[Table, str | None], tuple[MappedPool, PoolReading]]


def read_seated(path: File, around: PoolAround) -> Seating:
    """Read who sits already, and give everybody of them her seat.

    Raises
    ------
    InputErrors
        With every fault of the list, or if those who sit leave no place or break a quota.
    """
    known = frozenset(around.read.roster.ids)
    id_column = around.roster.id_column or "id"
    table = read_id_table(path, id_column=id_column, known=known)
    faults: list[Finding] = []
    people = listed_ids(table, faults, id_column=id_column)
    faults += repeated(people)
    strangers = [one for one in people if one.id not in known]
    others = attempt(faults, partial(_read_strangers, table, strangers, around))
    if faults or others is None:
        raise InputErrors(tuple(sorted(faults, key=lambda fault: fault.row or 0)))
    mapped, read = others
    sits = {one.id for one in people}
    members, noticed = _members(table, around, mapped, read, sits)
    quotas = around.read.quotas
    if quotas is None:
        raise ValueError("without quotas nobody can be counted")
    seated = [member for member in members if member.id in sits]
    faults += _faults(table, seated, quotas, around)
    if faults:
        raise InputErrors(tuple(faults))
    return Seating(
        pool=marked(around.read.pool.features, members, sits),
        quotas=with_seats(quotas, len(sits)),
        roster=_joined(around.roster, mapped, read),
        assumed=(
            *table.assumed,
            table.finding(code="seated-read", facts={"count": len(sits), "new": len(strangers)}),
            *(() if read is None else read.assumed),
            *noticed,
        ),
        digest=table.digest,
    )


def _read_strangers(
    table: Table, strangers: Sequence[Listed], around: PoolAround
) -> tuple[MappedPool | None, PoolReading | None]:
    """Those of the list who are not in the pool, as people of their own."""
    if not strangers:
        return None, None
    column = id_column_of(table, around.roster.id_column or "id")
    if len(table.header) == 1:
        raise InputErrors(tuple(_unknown(one, around) for one in strangers))
    rows = table.only({one.row for one in strangers})
    return around.as_pool(replace(rows, assumed=()), column)


def _unknown(one: Listed, around: PoolAround) -> Finding:
    found = difflib.get_close_matches(one.id, sorted(around.read.roster.ids), n=1, cutoff=0.75)
    needed = (*around.read.pool.features, *around.household_columns)
    return one.finding(
        "seated-unknown", {"closest": found[0] if found else "", "columns": listed(needed)}
    )


def _members(
    table: Table,
    around: PoolAround,
    mapped: MappedPool | None,
    read: PoolReading | None,
    sits: Collection[str],
) -> tuple[list[PoolMember], Iterator[Finding]]:
    """Everybody, with the households of all together."""
    members = list(around.read.pool.members)
    if mapped is not None and read is not None:
        homes = _homes(around, mapped, read)
        everybody = (*members, *read.pool.members)
        members = [member._replace(household=homes[member.id]) for member in everybody]
    own = Counter(m.household for m in members if m.id in sits and m.household is not None)
    full = {home for home, count in own.items() if count >= around.household_limit}
    kept_out = {m.id for m in members if m.household in full and m.id not in sits}
    together = {home for home, count in own.items() if count > around.household_limit}
    # all of them sit: as many as may make the household full, and the others count alone
    alone = {
        id
        for home in together
        for id in sorted(m.id for m in members if m.household == home and m.id in sits)[
            around.household_limit :
        ]
    }
    return (
        [m._replace(household=None) if m.id in alone else m for m in members],
        _noticed(table, around, kept_out, len(alone)),
    )


def _homes(around: PoolAround, mapped: MappedPool, read: PoolReading) -> dict[str, int | None]:
    columns = tuple(around.household_columns)
    rows = [
        row
        for part in (around.mapped.table, mapped.table)
        for row in zip(
            *(
                part.column(match_column(part, name, unknown="household-column-unknown"))
                for name in columns
            ),
            strict=True,
        )
    ]
    ids = (*around.read.roster.ids, *read.roster.ids)
    if not columns:
        return dict.fromkeys(ids)
    numbers, _ = find_households(Table.of_rows(columns, rows), columns)
    return dict(zip(ids, numbers, strict=True))


def _noticed(
    table: Table, around: PoolAround, kept_out: Collection[str], alone: int
) -> Iterator[Finding]:
    pool = around.read.roster
    found = [
        row for row, id in zip(pool.table.row_numbers, pool.ids, strict=True) if id in kept_out
    ]
    if found:
        yield pool.table.finding(code="seated-household", facts=rows_told(found))
    if alone:
        limit = around.household_limit
        yield table.finding(code="seated-together", facts={"count": alone, "limit": limit})


def _faults(
    table: Table, seated: Sequence[PoolMember], quotas: Quotas, around: PoolAround
) -> Iterator[Finding]:
    size = around.panel_size
    if not seated:
        yield table.finding(code="seated-nobody")
    if len(seated) >= size >= 1:
        yield table.finding(code="seated-no-place", facts={"count": len(seated), "size": size})
    features = around.read.pool.features
    if FEATURE in features:
        yield table.finding(code="seated-feature", value=FEATURE)
    held = [dict(zip(features, member.values, strict=True)) for member in seated]
    for quota in quotas.rows:
        count = sum(map(quota.counts, held))
        if count > quota.upper and quota.penalty is None:
            yield table.finding(
                code="seated-too-many",
                value=quota.value,
                facts={"feature": quota.feature, "count": count, "upper": quota.upper},
            )


def _joined(roster: Roster, mapped: MappedPool | None, read: PoolReading | None) -> Roster:
    """Everybody's row, those of people who are not in the pool in its columns."""
    if mapped is None or read is None:
        return roster
    return roster.with_others(mapped.as_it_came(read.roster))
