"""What dropouts leave of a panel, and whom it could call: people counted by the quotas they fill.

People who count for the same quotas are of one kind and serve alike, so a reserve is a number of
people of each kind. Distances are whole numbers, ``UNIT`` for a distance of 1, so that sums do not
depend on the order of adding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sortition.core.types import Floats, Ints
from sortition.model import seed_hash

UNIT = 2**20
WORD = 2**32  # a chance is compared with a word of four bytes
BLOCK = 8  # words in a SHA-256


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancies:
    """A panel of K people over Q quotas, and T kinds of people who could replace some of them.

    Attributes
    ----------
    lower, upper : array of int, shape (Q,)
    seats : array of int, shape (K, Q)
        1 where a panel member counts for a quota, else 0.
    leaving : array of int, shape (K,)
        The chance that each member drops out, over `WORD`.
    kinds : array of int, shape (T, Q)
        For which quotas people of a kind count; no two alike.
    supply : array of int, shape (T,)
        How many people of each kind could be alternates.
    rank : array of int, shape (T,)
        Which kind is taken first where two serve alike.
    """

    lower: Ints
    upper: Ints
    seats: Ints
    leaving: Ints
    kinds: Ints
    supply: Ints
    rank: Ints

    @property
    def weights(self) -> Floats:
        """What a seat too few or too many of each quota counts, shape (Q,); whole numbers."""
        return np.floor(UNIT / np.maximum(self.upper, 1) + 0.5)

    def left(self, chosen: Sequence[int]) -> Ints:
        """The kinds of whom there is still somebody when some people are chosen, by their kinds."""
        used = np.bincount(np.array(chosen, dtype=np.int64), minlength=len(self.supply))
        return np.flatnonzero(self.supply > used)

    def distance(self, counts: Ints) -> Floats:
        """How far counts, shape (…, Q), are from the quotas: whole numbers, shape (…,)."""
        outside = np.maximum(self.lower - counts, 0) + np.maximum(counts - self.upper, 0)
        return np.asarray(outside @ self.weights, dtype=float)

    def steps(self, counts: Ints) -> Floats:
        """What one person more for each quota adds to the distance, shape (…, Q)."""
        short, full = counts < self.lower, counts >= self.upper
        return np.asarray(self.weights * (full.astype(float) - short), dtype=float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    """Sets of dropouts that were drawn; those that leave the same are one, with a count.

    Attributes
    ----------
    left : array of int, shape (S, Q)
        How many people who count for each quota stay.
    gone : array of int, shape (S,)
        How many people dropped out.
    times : array of int, shape (S,)
        How often this was drawn.
    """

    left: Ints
    gone: Ints
    times: Ints

    def __len__(self) -> int:
        return len(self.gone)


def drawn_words(shape: tuple[int, int], *, seed: str, domain: str) -> NDArray[np.uint32]:
    """Words of four bytes, each number as likely, from ``SHA256(seedhash | domain | counter)``."""
    prefix = f"{seed_hash(seed)}|{domain}|"
    blocks = -(-shape[0] * shape[1] // BLOCK)
    stream = b"".join(sha256(f"{prefix}{number}".encode()).digest() for number in range(blocks))
    words = np.frombuffer(stream, dtype=">u4")[: shape[0] * shape[1]]
    return words.reshape(shape).astype(np.uint32)


def scenarios_of(vacancies: Vacancies, words: NDArray[np.uint32]) -> Scenarios:
    """The dropouts that words, shape (draws, K), make: a member whose word is low is gone."""
    drop = words < vacancies.leaving
    left = vacancies.seats.sum(axis=0) - drop.astype(float) @ vacancies.seats
    rows = np.column_stack([drop.sum(axis=1), left]).astype(np.int64)
    rows, times = np.unique(rows, axis=0, return_counts=True)
    return Scenarios(left=rows[:, 1:], gone=rows[:, 0], times=times.astype(np.int64))
