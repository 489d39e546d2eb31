"""Pool and quotas together: the instance, the roster behind it, and what was assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.contacts import with_contacts
from sortition.instance.mapping.mapped import MappedPool, map_pool
from sortition.instance.pool import PoolReading, read_pool
from sortition.instance.quotas.columns import heads_quotas
from sortition.instance.quotas.reading import read_quota_sheet
from sortition.instance.seated import PoolAround, read_seated
from sortition.model import Instance, Quotas
from sortition.tables.columns import heads
from sortition.tables.content import File
from sortition.tables.cpr.rules import CprRules, protect
from sortition.tables.faults import attempt
from sortition.tables.grid import Headed
from sortition.tables.labels import fold
from sortition.tables.reading import read_table
from sortition.tables.roster import Roster
from sortition.tables.rows import Table, other_sheets

OF_INTAKE = ("quotas.csv", "intake.json")  # beside a pool that was made of answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What two files said.

    Attributes
    ----------
    instance : Instance
    roster : Roster
    assumed : tuple of Finding
        What was assumed about the pool, then about the quotas.
    digests : mapping of str to str
        SHA-256 of the bytes of the files, under ``pool`` and ``quotas``.
    map_digest : str or None
        That of the map file; None: there was none.
    seated_digest : str or None
        That of the list of those who sit already; None: there was none.
    """

    instance: Instance
    roster: Roster
    assumed: tuple[Finding, ...]
    digests: Mapping[str, str]
    map_digest: str | None
    seated_digest: str | None


def read_instance(
    pool: File,
    quotas: File,
    *,
    panel_size: int,
    id_column: str | None = None,
    household_columns: Sequence[str] = (),
    household_limit: int = 1,
    mapping: File | None = None,
    pool_sheet: str | None = None,
    quotas_sheet: str | None = None,
    cpr: CprRules | None = None,
    seated: File | None = None,
    contacts: File | None = None,
) -> Reading:
    """Read a pool and its quotas, CSV or XLSX each.

    Parameters
    ----------
    pool, quotas : File
    panel_size : int
        How many people are to be selected.
    id_column : str, optional
        The column of the pool that tells people apart. Without it, a column whose name says so
        is taken; if no column could be meant, the rows are numbered.
    household_columns : sequence of str
        The columns that make an address. Without them nobody shares a household.
    household_limit : int
        How many people of one household may be selected. More than 1 need household columns.
    mapping : File, optional
        A map file: how columns and cells of the pool are to be read, and which rows are left out.
        All columns are called by the names that it gives them; the roster stays as it came.
    pool_sheet, quotas_sheet : str, optional
        The sheets of workbooks. Without them, the first visible ones that are not empty are taken.
    cpr : CprRules, optional
        What is to be done with CPR numbers in the pool. By default nothing that is read keeps any.
    seated : File, optional
        Who sits on the panel already, and keeps her seat.
    contacts : File, optional
        Further columns of the pool, in a list of their own with the same ids.

    Raises
    ------
    InputErrors
        With every fault of all files.
    """
    faults: list[Finding] = []
    # A size that is a fault itself does not hide those of the file: any other would do for them.
    of_quotas: list[Finding] = []
    sheet = attempt(of_quotas, partial(read_quota_sheet, quotas, max(panel_size, 1), quotas_sheet))
    headed = heads(*sheet.quotas.needed_features) if sheet and mapping is None else None
    raw = attempt(faults, partial(read_table, pool, pool_sheet, faults=faults, headed=headed))
    if raw and sheet is None and heads_quotas(raw.header):
        swapped = raw.finding(code="files-swapped", facts={"other": quotas.name})
        raise InputErrors((swapped,))
    listed = None
    if contacts:
        beside = _shares_names(raw) if raw else None
        listed = attempt(faults, partial(read_table, contacts, headed=beside))
    raw = attempt(faults, partial(with_contacts, raw, listed, id_column)) if raw else None
    protected = (
        attempt(faults, partial(protect, raw, cpr or CprRules(), id_column)) if raw else None
    )
    mapped = attempt(faults, partial(map_pool, protected.table if protected else None, mapping))
    table = mapped.table if mapped else None
    read = None
    faults += of_quotas
    if table and protected:
        read = attempt(
            faults,
            partial(
                read_pool,
                table,
                sheet.quotas if sheet else None,
                id_column=protected.id_column,
                household_columns=household_columns,
            ),
        )
    if raw and any(fault.code == "feature-without-column" for fault in faults):
        faults += other_sheets(raw)
    roster = attempt(faults, partial(mapped.as_it_came, read.roster)) if mapped and read else None
    if seated is None or table is None:
        faults += _size_faults(panel_size, table)
    faults += _limit_faults(household_limit, household_columns)
    if sheet and panel_size >= 1:
        faults += sheet.size_faults(panel_size)
    if any(fault.code == "unknown-value" for fault in faults):
        faults += _quotas_beside(pool, quotas)
    if faults or not (mapped and sheet and read and read.quotas and roster):
        raise InputErrors(tuple(faults))
    seating = None
    if seated is not None:
        around = PoolAround(
            mapped=mapped,
            read=read,
            roster=roster,
            household_columns=household_columns,
            household_limit=household_limit,
            panel_size=panel_size,
            as_pool=partial(
                read_others, quotas=read.quotas, cpr=cpr, mapping=mapping, homes=household_columns
            ),
        )
        seating = read_seated(seated, around)
    people = seating or read
    return Reading(
        instance=Instance(
            pool=people.pool,
            quotas=people.quotas or read.quotas,
            panel_size=panel_size,
            household_limit=household_limit,
        ),
        roster=seating.roster if seating else roster,
        assumed=(*read.assumed, *(seating.assumed if seating else ()), *sheet.assumed),
        digests={"pool": mapped.table.digest, "quotas": sheet.table.digest},
        map_digest=mapped.map_digest,
        seated_digest=seating.digest if seating else None,
    )


def read_others(
    table: Table,
    id_column: str | None,
    *,
    quotas: Quotas,
    cpr: CprRules | None,
    mapping: File | None,
    homes: Sequence[str],
) -> tuple[MappedPool, PoolReading]:
    """People who are not in the pool, read as if they were."""
    protected = protect(table, cpr or CprRules(), id_column)
    mapped = map_pool(protected.table, mapping)
    if mapped is None:
        raise ValueError("a table was given")
    read = read_pool(mapped.table, quotas, id_column=protected.id_column, household_columns=homes)
    return mapped, read


def _shares_names(pool: Table) -> Headed:
    """Whether a row of a list beside the pool has a name that the pool has too."""
    names = frozenset(map(fold, pool.header))
    return lambda row: not names.isdisjoint(map(fold, row))


def _quotas_beside(pool: File, quotas: File) -> Iterator[Finding]:
    """That an intake wrote its values into quotas of its own, which are not those given."""
    if isinstance(pool, Path):
        own = pool.with_name(OF_INTAKE[0])
        there = all(pool.with_name(name).exists() for name in OF_INTAKE)
        if there and not (isinstance(quotas, Path) and own.samefile(quotas)):
            yield Finding(code="quotas-beside", file=quotas.name, facts={"own": str(own)})


def _size_faults(panel_size: int, pool: Table | None) -> Iterator[Finding]:
    if panel_size < 1:
        yield Finding(code="panel-size-not-positive", value=str(panel_size))
    elif pool and panel_size > pool.size:
        facts = {"size": panel_size, "pool": pool.size}
        yield pool.finding(code="panel-larger-than-pool", facts=facts)


def _limit_faults(household_limit: int, household_columns: Sequence[str]) -> Iterator[Finding]:
    if household_limit < 1:
        yield Finding(code="household-limit-not-positive", value=str(household_limit))
    elif household_limit > 1 and not household_columns:
        yield Finding(code="household-limit-without-columns", value=str(household_limit))
