"""What an invitation is drawn from: the registry, its columns, and who was invited before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sortition.errors import Finding, InputErrors
from sortition.registry.description import Registry
from sortition.registry.source import open_registries
from sortition.steps.invite.lists import CHANCE, OURS, WAVE
from sortition.steps.invite.options import Options
from sortition.tables.columns import choose_id_column, match_column, matched
from sortition.tables.cpr.pseudonyms import is_repetitive
from sortition.tables.faults import attempt
from sortition.tables.labels import listed, nfc
from sortition.tables.reading import read_bytes, read_table

SHORTEST_KEY = 32  # bytes


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
    before : frozenset of str
        The ids of those who were invited before.
    wave : int
    key : bytes or None
    merging : bool
        Whether these are the rows that several keepers drew.
    assumed : tuple of Finding
    """

    registry: Registry
    id_column: str
    by: tuple[str, ...]
    household: tuple[str, ...]
    channel: str
    columns: tuple[str, ...]
    before: frozenset[str] = field(repr=False)
    wave: int
    key: bytes | None = field(repr=False)
    merging: bool
    assumed: tuple[Finding, ...]


def read_invitation(
    options: Options, by: Sequence[str], faults: Sequence[Finding]
) -> InviteReading:
    """Read what is needed before anybody is counted.

    Parameters
    ----------
    by : sequence of str
        The columns to count by, as they were named.
    faults : sequence of Finding
        Those that are known already.

    Raises
    ------
    InputErrors
        With these and all that are found.
    """
    found = list(faults)
    registry = attempt(found, partial(open_registries, options.registries))
    key = attempt(found, partial(read_key, options.key)) if options.key else None
    if registry is None:
        raise InputErrors(tuple(found))
    assumed = list(registry.assumed)
    columns = [_column(registry, name, found, assumed) for name in by]
    household = [_column(registry, name, found, assumed) for name in options.household]
    channel = _column(registry, options.channel, found, assumed) if options.channel else ""
    id_column = attempt(
        found, partial(_id_column, registry, options.id_column, [*columns, *household], assumed)
    )
    for column in {*columns, *household, id_column or ""}:
        found += registry.doubtful.get(column, ())
    before, wave = _before(options, id_column or "", found) if id_column else (frozenset(), 1)
    if found or id_column is None:
        raise InputErrors(tuple(found))
    own = [name for name in registry.columns if name in OURS]
    if own:
        facts = {"columns": listed(own)}
        assumed.append(registry.header.finding(code="registry-own-columns", facts=facts))
    return InviteReading(
        registry=registry,
        id_column=id_column,
        by=tuple(columns),
        household=tuple(household),
        channel=channel,
        columns=tuple(name for name in registry.columns if name not in OURS),
        before=before,
        wave=wave,
        key=key,
        merging=options.allocation is not None and CHANCE in own,
        assumed=tuple(assumed),
    )


def read_key(path: Path) -> bytes:
    """The secret in a file, without white space around it.

    Raises
    ------
    InputErrors
        If it cannot be read, is too short, or says one short thing again and again.
    """
    key = read_bytes(path).strip()
    if len(key) < SHORTEST_KEY:
        facts = {"bytes": SHORTEST_KEY}
        raise InputErrors((Finding(code="invite-key-short", file=path.name, facts=facts),))
    if is_repetitive(key):
        raise InputErrors((Finding(code="key-repetitive", file=path.name),))
    return key


def _column(registry: Registry, wanted: str, faults: list[Finding], assumed: list[Finding]) -> str:
    """The column of this name; the name itself if there is a fault."""
    column = attempt(
        faults, partial(match_column, registry.header, wanted, unknown="registry-column-unknown")
    )
    if column is None:
        return wanted
    assumed += matched(registry.header, wanted, column)
    return column


def _id_column(
    registry: Registry, wanted: str | None, taken: Sequence[str], assumed: list[Finding]
) -> str:
    if wanted is not None:
        column = match_column(registry.header, wanted, unknown="id-column-unknown")
        assumed += matched(registry.header, wanted, column)
        return column
    chosen = choose_id_column(registry.header, taken=[*taken, *OURS])
    if chosen is None:
        facts = {"columns": listed(registry.columns)}
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
        own = table.column(WAVE) if WAVE in table.header else ()
        waves += [int(cell) for cell in own if cell.isdecimal()] or [1]
    wave = max(waves) + 1 if options.wave is None else options.wave
    if wave <= max(waves):
        facts = {"next": max(waves) + 1}
        faults.append(Finding(code="invite-wave-taken", value=str(wave), facts=facts))
    return frozenset(ids), wave
