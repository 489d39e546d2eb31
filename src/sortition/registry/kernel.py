"""The kernel: the lowest tickets of each stratum, in any part of a registry, and their merge.

``bottom_k(a + b) = bottom_k(bottom_k(a) + bottom_k(b))`` for any parts `a` and `b`, so parts can be
drawn from in any order, anywhere, and merged in any tree. That is all that partitions, processes
and clusters rest on.

A ticket is 256 bits. The first 64 of them sort the people; where the last place of a stratum is
tied in those, everybody in the tie is kept, and `decided` compares whole tickets and ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Prefixes: TypeAlias = NDArray[np.uint64]
HIGHEST = np.uint64(2**64 - 1)
ROOM = 65_536  # rows that are kept before the lowest are looked for again


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """People who may be drawn, in no order that matters.

    Attributes
    ----------
    strata : array of int
        The stratum of each.
    prefixes : array of uint64
        The first 64 bits of each ticket.
    ids : array of bytes
    places : array of int
        Where each stands: the partition and the row.
    """

    strata: NDArray[np.int64]
    prefixes: Prefixes
    ids: NDArray[Any] = field(repr=False)
    places: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.strata)

    def at(self, which: NDArray[Any]) -> Candidates:
        """Some of them, by a mask or by positions."""
        return Candidates(
            strata=self.strata[which],
            prefixes=self.prefixes[which],
            ids=self.ids[which],
            places=self.places[which],
        )


def together(parts: Sequence[Candidates]) -> Candidates:
    """All of several parts."""
    return Candidates(
        strata=np.concatenate([np.empty(0, np.int64), *(part.strata for part in parts)]),
        prefixes=np.concatenate([np.empty(0, np.uint64), *(part.prefixes for part in parts)]),
        ids=np.concatenate([np.empty(0, object), *(part.ids for part in parts)]),
        places=np.concatenate([np.empty(0, np.int64), *(part.places for part in parts)]),
    )


def bottom_k(people: Candidates, letters: NDArray[np.int64]) -> Candidates:
    """The people of each stratum with the lowest tickets, and whoever is tied with the last.

    Parameters
    ----------
    people : Candidates
    letters : array of int
        How many of each stratum.
    """
    ranked = people.at(np.lexsort((people.prefixes, people.strata)))
    drawable = letters[ranked.strata] > 0
    return ranked.at(drawable & (ranked.prefixes <= _last(ranked, letters)[ranked.strata]))


def merge(parts: Iterable[Candidates], letters: NDArray[np.int64]) -> Candidates:
    """The lowest tickets of each stratum, over several parts."""
    return bottom_k(together(list(parts)), letters)


def draw(chunks: Iterable[Candidates], letters: NDArray[np.int64]) -> Candidates:
    """The lowest tickets of each stratum over chunks that are never held together."""
    kept = together([])
    waiting: list[Candidates] = []
    limits = np.full(len(letters), HIGHEST)
    room = max(ROOM, 2 * int(letters.sum()))
    for chunk in chunks:
        # nobody of a stratum without letters, and nobody above those who fill it already
        low = chunk.prefixes <= limits[chunk.strata]
        waiting.append(chunk.at((letters[chunk.strata] > 0) & low))
        if len(kept) + sum(map(len, waiting)) > room:
            kept = merge([kept, *waiting], letters)
            waiting = []
            limits = _last(kept, letters)
    return merge([kept, *waiting], letters)


def decided(
    people: Candidates, letters: NDArray[np.int64], ticket: Callable[[bytes], str]
) -> tuple[NDArray[np.int64], list[str]]:
    """Who is drawn, by whole tickets and ids: positions, by stratum and ticket, and tickets."""
    ranked = sorted(
        (int(stratum), ticket(id), id, position)
        for position, (stratum, id) in enumerate(zip(people.strata, people.ids, strict=True))
    )
    taken = np.zeros(len(letters), dtype=np.int64)
    positions, tickets = [], []
    for stratum, own, _, position in ranked:
        if taken[stratum] < letters[stratum]:
            taken[stratum] += 1
            positions.append(position)
            tickets.append(own)
    return np.array(positions, dtype=np.int64), tickets


def _last(ranked: Candidates, letters: NDArray[np.int64]) -> Prefixes:
    """The ticket that fills each stratum; the highest there is where it is not filled."""
    counts = np.bincount(ranked.strata, minlength=len(letters))
    starts = np.cumsum(counts) - counts
    limits = np.full(len(letters), HIGHEST)
    full = (counts >= letters) & (letters > 0)
    limits[full] = ranked.prefixes[(starts + letters - 1)[full]]
    return limits
