"""A folder in which a lottery was published, before anything is done with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sortition.audit.bundle.contents import Bundle, read_bundle
from sortition.errors import Finding, InputErrors


def read_published(directory: Path, *needed: str) -> tuple[Bundle, Any]:
    """What was published in a folder, and its commitment.

    Parameters
    ----------
    needed : str
        Files that are there too.

    Raises
    ------
    InputErrors
        If there is none.
    """
    bundle = read_bundle(directory)
    if bundle is None or bundle.commitment is None or not {*needed} <= bundle.contents.keys():
        raise InputErrors((Finding(code="draw-nothing-published", file=str(directory)),))
    return bundle, bundle.commitment
