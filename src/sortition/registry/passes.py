"""What is done with one part of a registry: count it, draw from it, fetch what was drawn.

Each pass is a function of one picklable job, so any engine can run it. Only the columns that a
pass needs are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sortition.errors import Finding, InputErrors
from sortition.registry.batches import Batch, Codes
from sortition.registry.ids import id_faults, look_like_cpr
from sortition.registry.kernel import Candidates, Prefixes, draw
from sortition.registry.partitions import Partition
from sortition.registry.tickets import Tickets

Values = tuple[str, ...]
ROW_BITS = 40  # of a place; the bits above say which partition


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One partition, and what is asked of it.

    Attributes
    ----------
    number : int
        Which partition it is.
    id_column : str
    by : tuple of str
        The columns that strata are made of.
    excluded : frozenset of bytes
        Ids of people who are not drawn.
    homes : array of int or None
        For each row the size of its household; negative for all but the one who stands for it, 0
        for households that are not drawn. None: everybody stands for herself.
    """

    partition: Partition
    number: int
    id_column: str
    by: tuple[str, ...]
    excluded: frozenset[bytes] = field(default=frozenset(), repr=False)
    homes: NDArray[np.int32] | None = None

    def about(self, code: str) -> Finding:
        """A finding about its ids."""
        return Finding(code=code, file=self.partition.file, column=self.id_column)

    def batches(self, *columns: str) -> Iterator[tuple[int, Batch]]:
        """The number of the first row of each batch, and the batch."""
        wanted = dict.fromkeys((*columns, *self.by))
        first = 0
        for batch in self.partition.batches(list(wanted)):
            yield first, batch
            first += batch.rows

    def drawable(self, first: int, rows: int, ids: list[bytes] | None) -> NDArray[np.bool_]:
        """Who of a batch can be drawn."""
        if self.homes is not None:
            return self.homes[first : first + rows] > 0
        if not self.excluded or ids is None:
            return np.ones(rows, dtype=np.bool_)
        return np.fromiter((id not in self.excluded for id in ids), np.bool_, rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCount:
    """How many rows a part has, and how many of each kind can be drawn.

    Attributes
    ----------
    rows : int
    units : Counter of tuple of str
        By the values in the columns of the strata.
    sizes : Counter of (tuple of str, int)
        With households: people by values and by the size of their household.
    """

    rows: int
    units: Counter[Values]
    sizes: Counter[tuple[Values, int]]


def count_part(part: Part) -> PartCount:
    """Count the rows of a part by stratum."""
    rows = 0
    units: Counter[Values] = Counter()
    sizes: Counter[tuple[Values, int]] = Counter()
    for first, batch in part.batches(*([part.id_column] if part.excluded else [])):
        rows += batch.rows
        ids = batch.ids(part.id_column) if part.excluded else None
        codes, values = _combined(batch, part.by)
        counted = np.bincount(codes[part.drawable(first, batch.rows, ids)], minlength=len(values))
        units.update({own: int(n) for own, n in zip(values, counted, strict=True) if n})
        if part.homes is not None:
            own_sizes = np.abs(part.homes[first : first + batch.rows]).astype(np.int64)
            pairs, times = np.unique(np.stack([codes, own_sizes]), axis=1, return_counts=True)
            for (code, size), n in zip(pairs.T.tolist(), times.tolist(), strict=True):
                sizes[values[code], size] += n
    return PartCount(rows=rows, units=units, sizes=sizes)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToDraw:
    """A part, and how many letters each stratum gets in all.

    Attributes
    ----------
    part : Part
    tickets : Tickets
    strata : mapping of tuple of str to int
        The stratum of each combination of values; whoever has another one is not drawn.
    letters : array of int
        By stratum.
    """

    part: Part
    tickets: Tickets
    strata: Mapping[Values, int]
    letters: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDrawn:
    """The lowest tickets of a part, and what shows whether an id occurs twice."""

    candidates: Candidates
    prefixes: Prefixes
    faults: tuple[Finding, ...]


def draw_part(job: PartToDraw) -> PartDrawn:
    """Draw from one part."""
    part = job.part
    seen: list[Prefixes] = []
    faults: list[Finding] = []

    def chunks() -> Iterator[Candidates]:
        nowhere = len(job.letters)
        for first, batch in part.batches(part.id_column):
            ids = batch.ids(part.id_column)
            faults.extend(id_faults(part, first, ids))
            if job.tickets.key is None and look_like_cpr(ids):
                raise InputErrors((part.about("registry-cpr"),))
            prefixes = job.tickets.words(ids)[:, 0].copy()
            seen.append(prefixes)
            codes, values = _combined(batch, part.by)
            known = np.array([job.strata.get(own, nowhere) for own in values], dtype=np.int64)
            strata = known[codes]
            able = part.drawable(first, batch.rows, ids) & (strata < nowhere)
            rows = np.flatnonzero(able)
            yield Candidates(
                strata=strata[rows],
                prefixes=prefixes[rows],
                ids=_objects(ids)[rows],
                places=(part.number << ROW_BITS) + first + rows,
            )

    candidates = draw(chunks(), job.letters)
    prefixes = np.concatenate([np.empty(0, np.uint64), *seen])
    return PartDrawn(candidates=candidates, prefixes=prefixes, faults=tuple(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToFetch:
    """Rows of a part, rising, that are wanted with these columns."""

    part: Part
    columns: tuple[str, ...]
    rows: NDArray[np.int64]


def fetch_part(job: PartToFetch) -> list[Values]:
    """The cells of some rows, in the order of the rows."""
    fetched: list[Values] = []
    for first, batch in job.part.batches(*job.columns):
        start, stop = np.searchsorted(job.rows, [first, first + batch.rows])
        if start < stop:
            rows = (job.rows[start:stop] - first).tolist()
            columns = [batch.cells(column, rows) for column in job.columns]
            fetched += zip(*columns, strict=True)
        if stop == len(job.rows):
            break
    return fetched


def _combined(batch: Batch, by: tuple[str, ...]) -> tuple[Codes, list[Values]]:
    """A number for each row, and the values of the columns for each number."""
    codes: Codes = np.zeros(batch.rows, dtype=np.int64)
    values: list[Values] = [()]
    for column in by:
        own, labels = batch.coded(column)
        present, codes = np.unique(codes * len(labels) + own, return_inverse=True)
        values = [
            (*values[code // len(labels)], labels[code % len(labels)]) for code in present.tolist()
        ]
    return codes, values


def _objects(ids: list[bytes]) -> NDArray[Any]:
    array = np.empty(len(ids), dtype=object)
    array[:] = ids
    return array
