"""Volunteers who came after the first draw: a second pool, read as the first one was."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sortition.audit.canonical import Json, canonical_json
from sortition.audit.log.rounds import LATE_SCHEMA
from sortition.audit.shapes.run import MANIFEST
from sortition.errors import Finding, InputErrors
from sortition.instance.households import find_households
from sortition.instance.mapping.mapped import map_pool
from sortition.instance.reading import read_others
from sortition.model import COMBINATION, PoolMember, Quotas, parts_of
from sortition.steps.members.standing_folder import StandingFolder
from sortition.tables.columns import heads_ids, match_column
from sortition.tables.content import File
from sortition.tables.labels import fold
from sortition.tables.reading import read_table
from sortition.tables.roster import Roster
from sortition.tables.rows import Table
from sortition.tables.written.lists import csv_bytes
from sortition.texts.grouping import some


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Those who join a pool.

    Attributes
    ----------
    document : bytes
        For which quotas each of them counts, and who lives with whom; `sortition-late/1`.
    listing : bytes
        Their rows, in the columns of the pool.
    assumed : tuple of Finding
    """

    document: bytes
    listing: bytes = field(repr=False)
    assumed: tuple[Finding, ...]


def read_late(
    panel: StandingFolder, path: File, mapping: Path | None
) -> tuple[StandingFolder, Late]:
    """Read who joins, and the panel with all of them in its pool.

    Raises
    ------
    InputErrors
        With every fault of the list; or if the pool was published, and so is fixed.
    """
    if panel.published:
        raise InputErrors((Finding(code="late-published"),))
    manifest: Any = json.loads((panel.folder.directory / MANIFEST).read_bytes())
    options, of_map = manifest["options"], manifest["inputs"]["map"]
    if of_map is not None and mapping is None:
        raise InputErrors((Finding(code="late-without-map", value=of_map["file"]),))
    quotas = _with_parts(panel.instance.quotas)
    mapped, read = read_others(
        read_table(path, headed=heads_ids(panel.folder.roster.id_column or "id")),
        None,
        quotas=quotas,
        cpr=None,
        mapping=mapping,
        homes=options["household"],
    )
    if read.quotas is None:
        raise ValueError("without quotas nobody can be counted")
    own, pool = mapped.as_it_came(read.roster), panel.folder.roster
    if own.id_column is None:
        raise InputErrors((mapped.table.finding(code="late-without-ids"),))
    known = [
        (row, id)
        for row, id in zip(own.table.row_numbers, own.ids, strict=True)
        if id in panel.folder.tokens
    ]
    if known:
        raise InputErrors(
            tuple(own.table.finding(code="late-known", row=row, value=id) for row, id in known)
        )
    everybody = pool.with_others(own)
    document = canonical_json(
        {
            "first": panel.rules.digest,
            "households": _households(
                panel, everybody, options["household"], mapping, frozenset(own.ids)
            ),
            "people": _counted(read.pool.features, read.pool.members, read.quotas, quotas),
            "schema": LATE_SCHEMA,
        }
    )
    listing = csv_bytes(everybody, frozenset(own.ids))
    said = own.table.finding(
        code="late-joined", facts={"count": len(own.ids), "people": some(sorted(own.ids))}
    )
    late = Late(document=document, listing=listing, assumed=(said, *read.assumed))
    number = panel.standing.rounds + 1
    return panel.joined_by(json.loads(document), everybody, number=number), late


def _with_parts(quotas: Quotas) -> Quotas:
    """The quotas with their combinations as people wrote them."""
    return Quotas(
        rows=tuple(
            replace(quota, parts=parts_of(quota.value)) if quota.feature == COMBINATION else quota
            for quota in quotas.rows
        )
    )


def _counted(
    features: Sequence[str], members: Sequence[PoolMember], found: Quotas, quotas: Quotas
) -> list[Json]:
    """For which of the first quotas everybody counts; labels can be spelled otherwise here."""
    numbers = {(fold(q.feature), fold(q.value)): number for number, q in enumerate(quotas.rows)}
    placed = [(numbers[fold(quota.feature), fold(quota.value)], quota) for quota in found.rows]
    return [
        {
            "id": member.id,
            "quotas": sorted(
                number
                for number, quota in placed
                if quota.counts(dict(zip(features, member.values, strict=True)))
            ),
        }
        for member in members
    ]


def _households(
    panel: StandingFolder,
    everybody: Roster,
    columns: Sequence[str],
    mapping: Path | None,
    late: frozenset[str],
) -> list[list[str]]:
    """Who lives with somebody who is new, where more live together than may sit."""
    if not columns:
        return []
    mapped = map_pool(everybody.table, mapping)
    if mapped is None:
        raise ValueError("a table was given")
    column_of = partial(match_column, mapped.table, unknown="late-no-address")
    addresses = [mapped.table.column(column_of(name)) for name in columns]
    table = Table.of_rows(columns, list(zip(*addresses, strict=True)))
    homes: dict[int, set[str]] = {}
    for id, home in zip(everybody.ids, find_households(table, columns)[0], strict=True):
        if home is not None:
            homes.setdefault(home, set()).add(id)
    groups = [_binding(panel.rules.homes, mates, late) for mates in homes.values() if mates & late]
    return sorted(sorted(mates) for mates in groups if len(mates) > panel.rules.limit)


def _binding(homes: Mapping[str, object], mates: set[str], late: frozenset[str]) -> set[str]:
    """Those of one address who count for its household.

    Of people who sat together before the first draw some count alone, as the first lottery says.
    """
    known = {id for id in mates if id in homes}
    return known | (mates & late) if known else mates
