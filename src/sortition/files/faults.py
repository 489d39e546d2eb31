"""Going on after a fault, so that all of them are reported in one go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sortition.errors import Finding, InputErrors

T = TypeVar("T")


def attempt(faults: list[Finding], read: Callable[[], T]) -> T | None:
    """What `read` returns; if it finds faults, None, and they join the others."""
    try:
        return read()
    except InputErrors as errors:
        faults.extend(errors.faults)
        return None
