"""Ids that nobody can be drawn by: blank ones, invisible ones, CPR numbers; and ids twice."""

# ruff: noqa: S608 - queries are put together of our own names and of quoted literals

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sortition.errors import Finding, InputErrors
from sortition.registry.counting import Part
from sortition.registry.duck import database, id_in, is_plain, own_id
from sortition.registry.engines import Engine
from sortition.tables.cpr.numbers import read_cpr
from sortition.tables.ids import id_fault

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Hashes: TypeAlias = NDArray[np.uint64]
LOOKED_AT = 20_000  # ids of each part that begin like numbers
SHARES, SHARE_BITS = 4, np.uint64(62)
# of all rows of a part with their `id`, and whether it is `plain`
ASKED = """
    coalesce(list(hash(id)), []) AS hashes,
    count(*) FILTER (WHERE NOT plain) AS odd,
    count(*) FILTER (WHERE id >= '0' AND id < ':') AS numbers
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartIds:
    """64 bits of each id of a part, in no order, and the faults of single ones."""

    hashes: Hashes
    faults: tuple[Finding, ...]


def read_ids(
    here: DuckDBPyConnection, part: Part, answer: Mapping[str, Any], *, secret: bool
) -> PartIds:
    """What a part answered to `ASKED`, and the faults if there are any.

    Parameters
    ----------
    answer : mapping of str to array
        With one row.
    secret : bool
        Whether tickets are on pseudonyms, so that the ids may be CPR numbers.

    Raises
    ------
    InputErrors
        If most of them are CPR numbers and not secret.
    """
    hashes = np.asarray(answer["hashes"][0], dtype=np.uint64)
    if not secret and 2 * answer["numbers"][0] > len(hashes) and _look_like_cpr(here, part):
        code, file = "registry-cpr", part.partition.file
        raise InputErrors((Finding(code=code, file=file, column=part.id_column),))
    faults = tuple(_faults(here, part)) if answer["odd"][0] else ()
    return PartIds(hashes=hashes, faults=faults)


def _look_like_cpr(here: DuckDBPyConnection, part: Part) -> bool:
    """Whether most of a part's ids could be CPR numbers; some of them are looked at."""
    step = max(1, part.partition.rows // LOOKED_AT)
    ids = f"SELECT {id_in('c0')} AS id FROM ({part.select(here)})"
    looked_at = here.execute(f"SELECT id FROM ({ids}) WHERE hash(id) % {step} = 0").fetchall()
    return 2 * sum(1 for (id,) in looked_at if read_cpr(id)) > len(looked_at)


def _faults(here: DuckDBPyConnection, part: Part) -> Iterator[Finding]:
    """Blank and invisible ids, by row."""
    odd = f"SELECT c0, place FROM ({part.select(here, placed=True)}) WHERE NOT {is_plain('c0')}"
    for cell, place in here.execute(f"{odd} ORDER BY place").fetchall():
        id = own_id(cell)
        if code := id_fault(id):
            row, file = part.partition.first_row + place, part.partition.file
            yield Finding(code=code, file=file, row=row, column=part.id_column, value=id)


def repeated(hashes: Sequence[Hashes], threads: int) -> tuple[int, ...]:
    """The numbers that occur more than once in all of these arrays; each share is sorted apart."""

    def within(share: int) -> list[int]:
        own = np.concatenate([some[some >> SHARE_BITS == share] for some in hashes])
        own.sort()
        more: list[int] = np.unique(own[1:][own[1:] == own[:-1]]).tolist()
        return more

    with ThreadPoolExecutor(threads) as pool:
        return tuple(number for more in pool.map(within, range(SHARES)) for number in more)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToSearch:
    """A part, and the hashes of ids to look for."""

    part: Part
    wanted: tuple[int, ...]


def find_part(job: PartToSearch) -> list[tuple[str, str, int]]:
    """The ids with these hashes, with the file and the row of each."""
    part = job.part
    wanted: dict[str, Any] = {"hash": np.array(job.wanted, dtype=np.uint64)}  # noqa: F841
    with database(part.threads) as here:
        ids = f"SELECT {id_in('c0')} AS id, place FROM ({part.select(here, placed=True)})"
        found = here.execute(
            f"SELECT id, place FROM ({ids}) WHERE hash(id) IN (SELECT hash FROM wanted)"
            " ORDER BY place"
        ).fetchall()
    return [(id, part.partition.file, part.partition.first_row + place) for id, place in found]


def all_faults(
    engine: Engine, parts: Sequence[Part], ids: Sequence[PartIds], *, secret: bool
) -> list[Finding]:
    """Every fault of the ids of a registry; a secret one that occurs twice is not named."""
    faults = [fault for own in ids for fault in own.faults]
    twice = repeated([own.hashes for own in ids], max(part.threads for part in parts))
    if twice:
        searches = [PartToSearch(part=part, wanted=twice) for part in parts]
        found = [hit for hits in engine.map(find_part, searches) for hit in hits]
        faults += duplicate_faults(found, parts[0].id_column, secret=secret)
    return faults


def duplicate_faults(
    found: Sequence[tuple[str, str, int]], column: str, *, secret: bool
) -> list[Finding]:
    """A fault for every row but the first of an id that occurs twice; a secret one is not named."""
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for id, file, row in found:
        places[id].append((file, row))
    return [
        Finding(
            code="registry-id-duplicate",
            file=file,
            row=row,
            column=column,
            value="" if secret else id,
            facts={"elsewhere": f"{own[0][0]}, row {own[0][1]}"},
        )
        for id, own in sorted(places.items())
        for file, row in own[1:]
        if id  # a blank one is a fault of its own
    ]
