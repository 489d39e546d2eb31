"""Files that are written for good, and put in their place where others may hold them open."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PATIENCE = 1.0  # seconds; virus scanners and synchronisers let go within that
PAUSE = 0.1


class HeldOpen(OSError):
    """A file that could not be moved, most likely because a program has it open."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def make_folder(path: Path, *, private: bool) -> None:
    """Make a folder unless it is there; a private one is its owner's, where rights are such."""
    # on Windows such a folder would shut out whoever the folder above lets in
    path.mkdir(mode=0o700 if private and os.name == "posix" else 0o777, exist_ok=True)


def write_flushed(path: Path, content: bytes, *, private: bool = True) -> None:
    """Write a file that is there after a power cut as well; a private one is its owner's."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600 if private else 0o666), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def at_once(flushing: Callable[[str], None], names: Iterable[str]) -> None:
    """Write files that are flushed: a disk flushes many in about the time of one.

    Parameters
    ----------
    flushing : callable
        Writes the file of a name. What it raises is raised once nothing is being written.
    names : iterable of str
    """
    with ThreadPoolExecutor() as threads:
        for _ in threads.map(flushing, names):
            pass


def destroy(path: Path) -> None:
    """Write over a file and remove it; what disks and backups keep of it is out of reach.

    Raises
    ------
    OSError
        With the file, if it is held open, or nothing can be written there.
    """
    if not path.is_symlink():
        with path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            file.write(bytes(size))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()
    flush_folder(path.parent)


def flush_folder(path: Path) -> None:
    """Have the names in a folder outlast a power cut, where the system lets one ask for that."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return  # a network disk may have no way to
    finally:
        os.close(descriptor)


def move(source: Path, target: Path) -> None:
    """Move a file or folder in one step; what is held open is tried again for a second.

    Raises
    ------
    HeldOpen
        With the target, if it could still not be moved.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            source.replace(target)
        except PermissionError as error:
            if time.monotonic() >= end:
                raise HeldOpen(target) from error
            time.sleep(PAUSE)
        else:
            return
