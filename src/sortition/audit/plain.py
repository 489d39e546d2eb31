"""Files as somebody could have put them there: plain ones alone, and none without an end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST_FILE = 2**28  # bytes
BINARY = getattr(os, "O_BINARY", 0)  # Windows translates the ends of lines otherwise


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
