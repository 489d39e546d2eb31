"""Documents for programs, with figures as exact as they are the same everywhere."""

from __future__ import annotations

from typing import Any

from sortition.audit.documents import indented

DIGITS = 9  # further ones of a chance depend on the version of the solver


def printed(document: Any) -> bytes:
    """A document as JSON, its figures to nine decimals: UTF-8, indented, with a final newline."""
    return indented(_rounded(document))


def _rounded(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _rounded(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_rounded(value) for value in part]
    # nought has no sign in a document
    return round(part, DIGITS) + 0.0 if isinstance(part, float) else part
