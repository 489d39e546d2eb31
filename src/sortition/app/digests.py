"""SHA-256 of files, and what documents state of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any


def digest_of(path: Path) -> str:
    """SHA-256 of a file, as documents state it."""
    with path.open("rb") as file:
        digest = sha256()
        while part := file.read(2**20):
            digest.update(part)
    return digest.hexdigest()


def stated_digests(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a document states of the inputs that it was made from, by their names."""
    inputs = document.get("inputs")
    for name, file in inputs.items() if isinstance(inputs, dict) else ():
        if isinstance(file, dict) and isinstance(file.get("sha256"), str):
            yield name, file["sha256"]
