"""Logarithms in whole numbers, as those of floats differ in the last digit between machines."""

from __future__ import annotations

import numpy as np

from sortition.core.types import Ints

DIGITS = 16  # binary, behind the point


def log2(values: Ints) -> Ints:
    """Binary logarithms in units of ``2**-16``, rounded down, of whole numbers from 1 to 2**20."""
    # a float has the digits before the point as its exponent, which is exact
    exponent = np.frexp(values.astype(np.float64))[1].astype(np.int64) - 1
    # the mantissa from 1 to 2, with 31 digits behind the point; each squaring gives one digit
    mantissa = values.astype(np.uint64) << (31 - exponent).astype(np.uint64)
    logarithm = exponent << DIGITS
    for digit in range(DIGITS - 1, -1, -1):
        mantissa = (mantissa * mantissa) >> np.uint64(31)
        above = mantissa >= np.uint64(2**32)
        mantissa = np.where(above, mantissa >> np.uint64(1), mantissa)
        logarithm += above.astype(np.int64) << digit
    return logarithm
