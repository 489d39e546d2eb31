"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# the same examples every time, and a line to paste for the one that fails
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci")
