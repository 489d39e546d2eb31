"""What all tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.budgets import LARGE, examples

# as the program has it: threads of small products wait for each other busily, beside the workers
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# the same examples every time, and a line to paste for the one that fails; the large run looks
# for others each time
settings.register_profile(
    "sortition", derandomize=not LARGE, deadline=None, print_blob=True, max_examples=examples(15)
)
settings.load_profile("sortition")

# thousands of tests stay alive until the end: the collector looks at all of them more seldom
gc.set_threshold(200_000, 50, 100)


def pytest_collection_finish() -> None:
    """What was collected stays; at the end the collector need not look through it ten times."""
    gc.freeze()


@pytest.fixture(scope="module")
def short_searches() -> Iterator[None]:
    """Searches that spend a fixed budget spend a part of it in this process; not in the large run.

    For tests of what is written and said about a result, however good it is.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not LARGE:
            patch.setattr("sortition.core.sampling.uniform.COUNTED", 100_000)
            patch.setattr("sortition.core.sampling.uniform.SWAPS", 2**12)
            patch.setattr("sortition.selection.reserve.trials.SETS", 200)
            patch.setattr("sortition.selection.reserve.trials.JUDGED", 1_000)
            patch.setattr("sortition.selection.reserve.trials.PROGRAM_SETS", (2, 4))
            patch.setattr("sortition.steps.seating.run.STEPS", 6_000)
        yield
