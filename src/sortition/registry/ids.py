"""Ids that nobody can be drawn by: blank ones, invisible ones, CPR numbers; and ids twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from sortition.errors import Finding
from sortition.registry.kernel import Prefixes
from sortition.registry.tickets import Tickets
from sortition.tables.cpr.numbers import read_cpr
from sortition.tables.ids import INVISIBLE

if TYPE_CHECKING:
    from sortition.registry.passes import Part

LOOKED_AT = 1_000  # ids of each batch


def id_faults(part: Part, first: int, ids: Sequence[bytes]) -> list[Finding]:
    """Blank and invisible ids of a batch, by row."""
    joined = b"".join(ids)
    if all(ids) and (joined.isascii() and joined.decode().isprintable()):
        return []
    return list(_each_fault(part, first, ids))


def _each_fault(part: Part, first: int, ids: Sequence[bytes]) -> Iterator[Finding]:
    for row, id in enumerate(ids, start=part.partition.first_row + first):
        text = id.decode()
        if not id:
            code = "id-blank"
        elif not text.isprintable() and any(category(letter) in INVISIBLE for letter in text):
            code = "id-invisible"
        else:
            continue
        yield Finding(
            code=code, file=part.partition.file, row=row, column=part.id_column, value=text
        )


def look_like_cpr(ids: Sequence[bytes]) -> bool:
    """Whether most of these ids could be CPR numbers; some of them are looked at."""
    looked_at = ids[:: max(1, len(ids) // LOOKED_AT)]
    return 2 * sum(1 for id in looked_at if read_cpr(id.decode())) > len(looked_at)


def repeated(prefixes: Prefixes) -> frozenset[int]:
    """The numbers that occur more than once; the array is sorted in place."""
    prefixes.sort()
    return frozenset(prefixes[1:][prefixes[1:] == prefixes[:-1]].tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToSearch:
    """A part, and the beginnings of tickets to look for."""

    part: Part
    tickets: Tickets
    wanted: frozenset[int]


def find_part(job: PartToSearch) -> list[tuple[bytes, str, int]]:
    """The ids whose tickets begin so, with the file and the row of each."""
    part, wanted = job.part, np.array(sorted(job.wanted), dtype=np.uint64)
    found = []
    for first, batch in part.batches(part.id_column):
        ids = batch.ids(part.id_column)
        rows: NDArray[np.int64] = np.flatnonzero(np.isin(job.tickets.words(ids)[:, 0], wanted))
        place = part.partition.first_row + first
        found += [(ids[row], part.partition.file, place + row) for row in rows.tolist()]
    return found


def duplicate_faults(
    found: Sequence[tuple[bytes, str, int]], column: str, *, secret: bool
) -> list[Finding]:
    """A fault for every row but the first of an id that occurs twice; a secret one is not named."""
    places: dict[bytes, list[tuple[str, int]]] = defaultdict(list)
    for id, file, row in found:
        places[id].append((file, row))
    return [
        Finding(
            code="registry-id-duplicate",
            file=file,
            row=row,
            column=column,
            value="" if secret else id.decode(),
            facts={"elsewhere": f"{own[0][0]}, row {own[0][1]}"},
        )
        for id, own in sorted(places.items())
        for file, row in own[1:]
        if id  # a blank one is a fault of its own
    ]
