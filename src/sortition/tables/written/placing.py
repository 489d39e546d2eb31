"""Putting files in their place, also where another program may hold them open."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

PATIENCE = 1.0  # seconds; virus scanners and synchronisers let go within that
PAUSE = 0.1


class HeldOpen(OSError):
    """A file that could not be moved, most likely because a program has it open."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def make_workshop(home: Path) -> Path:
    """Make a folder for files that are not in their place yet.

    Not by `tempfile.mkdtemp`: on Windows its folders admit their owner alone, and files that are
    moved out of them keep that, so that colleagues on a share could not open them.
    """
    workshop = home / f".sortition-{secrets.token_hex(8)}"
    workshop.mkdir()
    return workshop


def move(source: Path, target: Path, *, wanted: Path) -> None:
    """Move a file or folder in one step; what is held open is tried again for a second.

    Raises
    ------
    HeldOpen
        With the path `wanted`, the one that people know, if it could still not be moved.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            source.replace(target)
        except PermissionError as error:
            if time.monotonic() >= end:
                raise HeldOpen(wanted) from error
            time.sleep(PAUSE)
        else:
            return
