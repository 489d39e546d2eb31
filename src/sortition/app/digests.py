"""What documents state of the files that they were made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def stated_digests(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a document states of the inputs that it was made from, by their names."""
    inputs = document.get("inputs")
    for name, file in inputs.items() if isinstance(inputs, dict) else ():
        if isinstance(file, dict) and isinstance(file.get("sha256"), str):
            yield name, file["sha256"]
