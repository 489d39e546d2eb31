"""Logarithms in whole numbers, as those of floats differ in the last digit between machines."""

from __future__ import annotations

from functools import cache

import numpy as np

from sortition.core.types import Ints

DIGITS = 16  # binary, behind the point


@cache
def _table(bits: int) -> Ints:
    """``log2(n)`` for n below ``2**bits``, in units of ``2**-DIGITS``; that of 0 is 0."""
    whole = np.arange(2**bits, dtype=np.uint64)
    whole[0] = 1
    exponent = np.zeros(len(whole), dtype=np.int64)
    for bit in range(1, bits):
        exponent[2**bit : 2 ** (bit + 1)] = bit
    # the mantissa from 1 to 2, with 31 digits behind the point; each squaring gives one digit
    mantissa = whole << (31 - exponent).astype(np.uint64)
    logarithm = exponent << DIGITS
    for digit in range(DIGITS - 1, -1, -1):
        mantissa = (mantissa * mantissa) >> np.uint64(31)
        above = mantissa >= np.uint64(2**32)
        mantissa = np.where(above, mantissa >> np.uint64(1), mantissa)
        logarithm += above.astype(np.int64) << digit
    return logarithm


def log2(values: Ints) -> Ints:
    """Binary logarithms in units of ``2**-16``, rounded down, of whole numbers from 1 to 2**20."""
    bits = max(2, int(values.max(initial=1)).bit_length())
    return _table(bits)[values]
