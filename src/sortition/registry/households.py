"""At most one person of each address.

Who stands for a household is drawn first: whoever of it has the lowest ticket in a domain of its
own, so each of its members is as likely as the others. Then those who stand for a household are
drawn from as people are. A person's chance is thus 1 / (people at her address) times the rate of
her stratum.

An address is what stands in all its columns together, without regard to letter case and white
space. People without an address stand for themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sortition.registry.passes import Part
from sortition.registry.tickets import Tickets
from sortition.tables.labels import squeeze

GAP = "\x1f"  # between the columns of an address


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToHouse:
    """A part whose households are looked for.

    Attributes
    ----------
    part : Part
    tickets : Tickets
        In the domain of the households.
    columns : tuple of str
        Of the address.
    """

    part: Part
    tickets: Tickets
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHoused:
    """For each row 128 bits of its address and of its ticket, and whether it is excluded."""

    addresses: NDArray[np.uint64]
    tickets: NDArray[np.uint64]
    excluded: NDArray[np.bool_]
    blank: int


def house_part(job: PartToHouse) -> PartHoused:
    """Read the addresses of a part."""
    part = job.part
    addresses, tickets, excluded, blank = [], [], [], 0
    for _, batch in part.batches(part.id_column, *job.columns):
        ids = batch.ids(part.id_column)
        words = job.tickets.words(ids)[:, :2].copy()
        columns = [batch.cells(column, range(batch.rows)) for column in job.columns]
        texts = [GAP.join(map(squeeze, cells)) for cells in zip(*columns, strict=True)]
        nowhere = np.array([not text.strip(GAP) for text in texts], dtype=np.bool_)
        hashed = b"".join([sha256(text.encode()).digest()[:16] for text in texts])
        own = np.frombuffer(hashed, dtype=">u8").reshape(-1, 2).astype(np.uint64)
        own[nowhere] = words[nowhere]
        addresses.append(own)
        tickets.append(words)
        excluded.append(np.array([id in part.excluded for id in ids], dtype=np.bool_))
        blank += int(nowhere.sum())
    return PartHoused(
        addresses=np.concatenate([np.empty((0, 2), np.uint64), *addresses]),
        tickets=np.concatenate([np.empty((0, 2), np.uint64), *tickets]),
        excluded=np.concatenate([np.empty(0, np.bool_), *excluded]),
        blank=blank,
    )


def homes_of(parts: Sequence[PartHoused]) -> list[NDArray[np.int32]]:
    """For each row of each part the size of its household, as `Part.homes` has it."""
    addresses = np.concatenate([part.addresses for part in parts])
    tickets = np.concatenate([part.tickets for part in parts])
    excluded = np.concatenate([part.excluded for part in parts])
    order = np.lexsort((tickets[:, 1], tickets[:, 0], addresses[:, 1], addresses[:, 0]))
    sorted_ = addresses[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (sorted_[1:] != sorted_[:-1]).any(axis=1)
    household = np.cumsum(first) - 1
    sizes = np.bincount(household).astype(np.int32)
    left_out = np.bincount(household, weights=excluded[order]) > 0
    own = np.where(left_out[household], 0, np.where(first, 1, -1) * sizes[household])
    homes = np.empty(len(order), dtype=np.int32)
    homes[order] = own
    ends = np.cumsum([len(part.excluded) for part in parts])
    return np.split(homes, ends[:-1])
