"""What an invitation is drawn from: the registry, its columns, and who was invited before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.instance.mapping.file import PoolMap, read_map
from sortition.registry.admitted import LeftOut
from sortition.registry.description import Registry
from sortition.registry.engines import Engine
from sortition.registry.source import open_registries
from sortition.steps.invite.admitted import admitted_of, left_out_told
from sortition.steps.invite.columns import MappedRegistry, columns_of
from sortition.steps.invite.mapping import read_mapped
from sortition.steps.invite.options import Options
from sortition.steps.invite.secret import key_of
from sortition.tables.columns import choose_id_column, match_column, matched, named_for_ids
from sortition.tables.cpr.rules import CprRules
from sortition.tables.faults import attempt
from sortition.tables.labels import listed as listed_words
from sortition.tables.labels import nfc
from sortition.tables.reading import read_bytes, read_table
from sortition.tables.rows import Table
from sortition.tables.written.invitation import CHANCES, OURS, WAVES, column_of


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteReading:
    """A registry and what of it is used.

    Attributes
    ----------
    registry : Registry
    id_column : str
    by, household : tuple of str
        Columns, as the registry spells them.
    channel : str
        Empty if none was asked for.
    columns : tuple of str
        Those that are written to the lists.
    reread : frozenset of str
        Those of them that are read otherwise than they are written.
    left_out : tuple of (LeftOut, int)
        Why people are left out, and how many of them for the first time.
    before : frozenset of str
        The ids of those who were invited before.
    wave : int
    key : bytes or None
    key_made : bool
        Whether the key was made now, and is yet to be kept.
    drawn_chances : str
        The column of the chances that keepers gave, if these are the rows that they drew.
    assumed : tuple of Finding
    """

    registry: Registry
    id_column: str
    by: tuple[str, ...]
    household: tuple[str, ...]
    channel: str
    columns: tuple[str, ...]
    reread: frozenset[str]
    left_out: tuple[tuple[LeftOut, int], ...]
    before: frozenset[str] = field(repr=False)
    wave: int
    key: bytes | None = field(repr=False)
    key_made: bool
    drawn_chances: str
    assumed: tuple[Finding, ...]

    @property
    def merging(self) -> bool:
        """Whether these are the rows that several keepers drew."""
        return bool(self.drawn_chances)


def read_invitation(
    options: Options, by: Sequence[str], faults: Sequence[Finding], engine: Engine
) -> InviteReading:
    """Read what is needed before anybody is counted.

    Parameters
    ----------
    by : sequence of str
        The columns to count by, as they were named.
    faults : sequence of Finding
        Those that are known already.
    engine : Engine
        Where what stands in the registry is looked at.

    Raises
    ------
    InputErrors
        With these and all that are found.
    """
    found = list(faults)
    registry = attempt(found, partial(open_registries, options.registries))
    key = attempt(found, partial(key_of, options)) if options.key else None
    rules = attempt(found, partial(_rules, options.mapping)) if options.mapping else None
    if registry is None or (options.mapping and rules is None):
        for path in (*options.excluded, *options.not_again):
            attempt(found, partial(read_bytes, path))
        raise InputErrors(tuple(found))
    drawn_chances = column_of(registry.columns, CHANCES) if options.allocation else ""
    own = columns_of(registry, engine, threads=options.threads, id_column=options.id_column)
    cpr = CprRules(derive=options.from_cpr, age_on=options.age_on)
    least = options.min_age
    mapped = attempt(found, partial(read_mapped, own, rules, cpr, least=least))
    if mapped is None:
        own.promise(options.from_cpr, rules)  # so that what follows from a fault is not another one
    assumed = list(registry.assumed)
    columns = [_column(own.header, name, found, assumed) for name in by]
    household = [_column(own.header, name, found, assumed) for name in options.household]
    listed = tuple(name for name in registry.columns if name not in OURS) + own.derived
    written = Table.of_rows(listed, (), file=registry.name, like=registry.header)
    channel = _column(written, options.channel, found, assumed) if options.channel else ""
    id_column = attempt(
        found, partial(_id_column, own, options.id_column, [*columns, *household], assumed)
    )
    listed_ids = options.key and not (options.keep_cpr or options.counts_only)
    if listed_ids and id_column and id_column == own.cpr_column(named=True):
        found.append(registry.header.finding(code="invite-cpr-ids", column=id_column))
    for column in {*columns, *household, id_column or ""} - set(own.columns):
        found += registry.doubtful.get(column, ())
    before, wave = _before(options, id_column or "", found) if id_column else (frozenset(), 1)
    merging = bool(drawn_chances)
    admit = partial(admitted_of, own, registry, options, id_column or "", before, merging=merging)
    admitted = attempt(found, admit) if mapped else None  # which looks at cells
    if found or id_column is None or admitted is None:
        raise InputErrors(tuple(found))
    ours = [name for name in registry.columns if name in OURS]
    if ours:
        facts = {"columns": listed_words(ours)}
        assumed.append(registry.header.finding(code="registry-own-columns", facts=facts))
    return InviteReading(
        registry=admitted[0],
        id_column=id_column,
        by=tuple(columns),
        household=tuple(household),
        channel=channel,
        columns=listed,
        reread=frozenset(own.columns) & frozenset(registry.columns),
        left_out=admitted[1],
        before=before,
        wave=wave,
        key=key,
        key_made=options.key is not None and not options.key.exists(),
        drawn_chances=drawn_chances,
        assumed=(*assumed, *own.told, *left_out_told(registry, options, admitted[1])),
    )


def _rules(path: Path) -> PoolMap:
    rules, faults = read_map(path)
    if faults:
        raise InputErrors(faults)
    return rules


def _column(header: Table, wanted: str, faults: list[Finding], assumed: list[Finding]) -> str:
    """The column of this name; the name itself if there is a fault."""
    column = attempt(
        faults, partial(match_column, header, wanted, unknown="registry-column-unknown")
    )
    if column is None:
        return wanted
    assumed += matched(header, wanted, column)
    return column


def _id_column(
    own: MappedRegistry, wanted: str | None, taken: Sequence[str], assumed: list[Finding]
) -> str:
    """The column of the file that tells people apart."""
    registry = own.registry
    if wanted is not None:
        column = match_column(registry.header, wanted, unknown="id-column-unknown")
        assumed += matched(registry.header, wanted, column)
        return column
    taken = [*taken, *OURS]
    chosen = None if named_for_ids(registry.header, taken=taken) else own.cpr_column(named=True)
    chosen = chosen or choose_id_column(registry.header, taken=taken)
    if chosen is None:
        facts = {"columns": listed_words(registry.columns)}
        raise InputErrors((registry.header.finding(code="registry-without-id", facts=facts),))
    assumed.append(registry.header.finding(code="id-column-assumed", column=chosen))
    return chosen


def _before(options: Options, id_column: str, faults: list[Finding]) -> tuple[frozenset[str], int]:
    """Who was invited before, and which wave this is."""
    ids: set[str] = set()
    waves = [0]
    for path in options.not_again:
        table = attempt(faults, partial(read_table, path))
        if table is None:
            continue
        column = attempt(
            faults, partial(match_column, table, id_column, unknown="not-again-without-id")
        )
        if column is None:
            continue
        faults += table.doubts({column})
        ids |= {nfc(cell) for cell in table.column(column) if cell}
        column = column_of(table.header, WAVES)
        own = table.column(column) if column else ()
        waves += [int(cell) for cell in own if cell.isdecimal()] or [1]
    wave = max(waves) + 1 if options.wave is None else options.wave
    if wave <= max(waves):
        facts = {"next": max(waves) + 1}
        faults.append(Finding(code="invite-wave-taken", value=str(wave), facts=facts))
    return frozenset(ids), wave
