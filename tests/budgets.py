"""How much a test may try: moderate on every run, forty times as much for ``make test-all``.

What the page on reliability counts is tried a third time, by `benchmarks/reliability.py` alone.
"""

from __future__ import annotations

import os

import pytest

THOROUGH = os.environ.get("SORTITION_TESTS") == "thorough"
LARGE = THOROUGH or os.environ.get("SORTITION_TESTS") == "large"
TIMES = 40

# what takes long and shows again, of another case, what every run shows
in_large = pytest.mark.skipif(not LARGE, reason="make test-all runs it")


def examples(moderate: int, *, thorough: int | None = None) -> int:
    """So many examples on every run, forty times as many in the large one, for figures more."""
    if THOROUGH and thorough is not None:
        return thorough
    return moderate * TIMES if LARGE else moderate
