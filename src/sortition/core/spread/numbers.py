"""Random whole numbers that are the same on every machine, in every version, for ever.

SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014): the
n-th number is a mix of the seed plus n times an odd constant, so that any stretch of the sequence
can be computed at once.
"""

from __future__ import annotations

from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from sortition.core.types import Floats, Ints

Words = NDArray[np.uint64]

STEP = 0x9E3779B97F4A7C15
MASK = 2**64 - 1
HALF = np.uint64(32)
AT_ONCE = 2**14  # numbers, so that they stay in the processor's cache
AHEAD = 2**12  # numbers that are made together, since one takes nearly as long as hundreds


class Numbers:
    """A sequence of random numbers.

    Parameters
    ----------
    seed : int
        From 0 to 2**64 - 1.
    """

    def __init__(self, seed: int) -> None:
        self._state = seed
        self._ahead: Words = np.empty(0, dtype=np.uint64)

    @classmethod
    def of(cls, key: str, purpose: str) -> Numbers:
        """The sequence for a purpose: its seed is the head of a SHA-256 of both texts."""
        block = sha256(f"sortition/{purpose}/1\n{key}".encode()).digest()
        return cls(int.from_bytes(block[:8], "big"))

    def words(self, count: int) -> Words:
        """The next numbers from 0 to 2**64 - 1."""
        missing = count - len(self._ahead)
        if missing > 0:
            self._ahead = np.concatenate([self._ahead, self._made(max(missing, AHEAD))])
        words, self._ahead = self._ahead[:count], self._ahead[count:]
        return words

    def _made(self, count: int) -> Words:
        words: Words = np.arange(1, count + 1, dtype=np.uint64)
        for start in range(0, count, AT_ONCE):
            mixed = words[start : start + AT_ONCE]
            mixed *= np.uint64(STEP)
            mixed += np.uint64(self._state)
            mixed ^= mixed >> np.uint64(30)
            mixed *= np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(27)
            mixed *= np.uint64(0x94D049BB133111EB)
            mixed ^= mixed >> np.uint64(31)
        self._state = (self._state + count * STEP) & MASK
        return words

    def below(self, bounds: Ints) -> Ints:
        """One number from 0 to ``bound - 1`` for each bound, which is from 1 to 2**32.

        The chances of two outcomes differ by less than one part in ``2**32 / bound``.
        """
        high = self.words(len(bounds)) >> HALF
        drawn: Ints = ((high * bounds.astype(np.uint64)) >> HALF).astype(np.int64)
        return drawn

    def fractions(self, count: int) -> Floats:
        """Numbers from 0 to less than 1, whole multiples of ``2**-32``."""
        drawn: Floats = (self.words(count) >> HALF).astype(np.float64) / 2.0**32
        return drawn
