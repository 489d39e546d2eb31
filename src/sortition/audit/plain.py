"""Files as somebody could have put them there: plain ones alone, and none without an end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST_FILE = 2**28  # bytes
LARGEST_FOLDER = 2**28  # bytes, of all files together: as much as an archive may hold
BINARY = getattr(os, "O_BINARY", 0)  # Windows translates the ends of lines otherwise


class Folder:
    """Reads plain files of a folder, and no more of them than fit into memory together."""

    def __init__(self) -> None:
        self._left = LARGEST_FOLDER

    def read(self, path: Path) -> bytes:
        """The content of a plain file; raises as `plain_bytes` does."""
        content = plain_bytes(path, min(self._left, LARGEST_FILE))
        self._left -= len(content)
        return content


def plain_bytes(path: Path, largest: int) -> bytes:
    """The content of a plain file.

    Raises
    ------
    FileNotFoundError, IsADirectoryError, NotADirectoryError
        If there is none.
    OSError
        If it is no plain file, is larger than so many bytes, or cannot be read.
    """
    status = path.lstat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError("no plain file")
    # it can be exchanged between the look and the opening; a pipe would then wait for ever
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | BINARY)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("no plain file")
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError("too large")
    return content
