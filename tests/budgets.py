"""How much a test may try: moderate on every run, twenty times as much for ``make test-all``."""

from __future__ import annotations

import os

LARGE = os.environ.get("SORTITION_TESTS") == "large"
TIMES = 20


def examples(moderate: int) -> int:
    """So many examples on every run, and twenty times as many in the large run."""
    return moderate * TIMES if LARGE else moderate
