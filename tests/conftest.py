"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

from tests.budgets import LARGE, examples

# the same examples every time, and a line to paste for the one that fails; the large run looks
# for others each time
settings.register_profile(
    "sortition", derandomize=not LARGE, deadline=None, print_blob=True, max_examples=examples(60)
)
settings.load_profile("sortition")
