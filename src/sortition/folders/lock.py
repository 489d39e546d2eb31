"""The lock of a workshop, which the system lets go when its holder dies.

It is borrowed from filelock, which knows how each system locks a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sortition.folders.placing import make_folder
from sortition.folders.workshop import LOCK, clear

if TYPE_CHECKING:
    from filelock import BaseFileLock

PAUSE = 0.02  # seconds between two tries


@contextmanager
def locked(workshop: Path, patience: float) -> Iterator[bool]:
    """Hold the lock of a workshop, and leave nothing of it that is not needed to undo a change.

    Parameters
    ----------
    workshop : Path
        Made if need be.
    patience : float
        How many seconds to wait for a lock that somebody holds.

    Yields
    ------
    bool
        Whether it is held; False if somebody else holds it.

    Raises
    ------
    OSError
        If there can be no workshop, or no lock.
    """
    lock = _take(workshop, patience)
    if lock is None:
        yield False
        return
    try:
        yield True
    finally:
        clear(workshop)
        _leave(workshop, lock)


def _take(workshop: Path, patience: float) -> BaseFileLock | None:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - reading needs no lock

    while True:
        make_folder(workshop, private=True)
        if workshop.is_symlink():
            raise NotADirectoryError(str(workshop))
        lock = FileLock(workshop / LOCK)
        try:
            lock.acquire(timeout=patience, poll_interval=PAUSE)
        except Timeout:
            return None
        except FileNotFoundError:
            continue  # whoever held it went between the two, and took the workshop along
        except OSError:  # a full disk, or one without locks
            if _is_alone(workshop):
                with suppress(OSError):
                    (workshop / LOCK).unlink(missing_ok=True)
                    workshop.rmdir()
            raise
        return lock


def _leave(workshop: Path, lock: BaseFileLock) -> None:
    """Remove the lock and, if nothing else is in it, the workshop.

    The file goes before the lock does: whoever waits for it finds that it is no longer there, and
    begins anew. Windows removes no file that is open; there, filelock does once it is closed.
    """
    alone = _is_alone(workshop)
    if alone:
        with suppress(OSError):
            (workshop / LOCK).unlink()
    lock.release()
    if alone:
        with suppress(OSError):  # somebody else has begun there
            workshop.rmdir()


def _is_alone(workshop: Path) -> bool:
    """Whether nothing but the lock is there; somebody may have removed all of the folder."""
    try:
        return {path.name for path in workshop.iterdir()} <= {LOCK}
    except FileNotFoundError:
        return False
