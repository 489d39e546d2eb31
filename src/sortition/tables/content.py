"""What is read: a file on disk, or the bytes of one that was never written."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path, PurePath
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of a file that is in memory alone, under the name that a file would have."""

    name: str
    data: bytes = field(repr=False)  # people's data stay out of tracebacks

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return PurePath(self.name).suffix

    def read_bytes(self) -> bytes:
        """As `pathlib.Path.read_bytes`."""
        return self.data

    def is_dir(self) -> bool:
        """As `pathlib.Path.is_dir`."""
        return False


File: TypeAlias = Path | Content


def digest_of(path: Path) -> str:
    """SHA-256 of a file that may be large, as documents state it."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
