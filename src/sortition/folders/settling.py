"""What processes left that died: undone or cleared by whoever opens the folder next."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sortition.audit.unfinished import JOURNAL, WORKSHOP, is_mixed
from sortition.errors import Finding, InputErrors
from sortition.folders.holder import held, read_holder
from sortition.folders.lock import locked
from sortition.folders.workshop import DONE, FORMER, FRESH, LOCK, OURS, undo

T = TypeVar("T")

PATIENCE = 10.0  # seconds; the files of a change are in their places sooner than that
PAUSE = 0.05


def settle(path: Path) -> tuple[Finding, ...]:
    """Undo or clear what dead processes left in a folder and its folders, and beside it.

    Parameters
    ----------
    path : Path
        A folder, or a file or folder that may be there or not.

    Returns
    -------
    tuple of Finding
        What was done, one for each process.

    Raises
    ------
    InputErrors
        If files are mixed and it cannot be helped now: somebody is still changing them, or nothing
        can be written.
    """
    return tuple(finding for workshop in _workshops(path) for finding in _settle(workshop))


def steadily(path: Path, read: Callable[[], T]) -> T:
    """Read a folder as it was at one time; it is read again if it was changed meanwhile."""
    while True:
        settle(path)
        before = _stamp(path)
        try:
            found = read()
        except Exception:
            if _stamp(path) == before:
                raise
            continue
        if _stamp(path) == before:
            return found


def _workshops(path: Path) -> Iterator[Path]:
    """Those in a folder and in folders of it, and those beside it, where one is made anew."""
    place = path.absolute()
    for home in dict.fromkeys((place, place.parent)):
        with suppress(OSError):  # there is no such folder
            yield from sorted(path for path in home.iterdir() if OURS.fullmatch(path.name))
    with suppress(OSError), os.scandir(place) as found:
        within = sorted(Path(one.path) for one in found if one.is_dir(follow_symlinks=False))
        yield from (home / WORKSHOP for home in within if (home / WORKSHOP).is_dir())


def _settle(workshop: Path) -> Iterator[Finding]:
    home, end = workshop.parent, time.monotonic() + PATIENCE
    if (workshop / FORMER).is_dir() and not (workshop / LOCK).exists():
        # earlier versions moved results there, and had no journal
        yield Finding(code="folder-of-earlier-version", file=str(workshop))
        return
    while workshop.is_dir() and not workshop.is_symlink():
        mixed = (workshop / JOURNAL).is_file()
        try:
            with locked(workshop, 0) as mine:
                if mine:
                    found = _found(workshop)
                    undo(workshop, home)
                    yield from found
                    return
        except OSError as error:
            if mixed:
                fault = Finding(code="folder-not-undone", file=str(home))
                raise InputErrors((fault,)) from error
            return  # all of its files belong together, whatever lies aside
        if not mixed:
            return  # somebody is at work, and has not changed anything yet
        if time.monotonic() >= end:
            raise InputErrors((held(home, workshop),))
        time.sleep(PAUSE)


def _found(workshop: Path) -> list[Finding]:
    """What is to be said of a dead process; nothing if it had not begun."""
    told = dict(read_holder(workshop))
    name = told.pop("folder", "")
    home = workshop.parent if workshop.name == WORKSHOP else workshop.parent / name
    if not told and not any((workshop / left).exists() for left in (JOURNAL, FRESH)):
        return []
    if (workshop / JOURNAL).is_file():
        code = "folder-undone"
    elif (workshop / DONE).is_file() or (workshop.name != WORKSHOP and _came_true(workshop, home)):
        code = "folder-finished"
    else:
        code = "folder-cleared"
    return [Finding(code=code, file=str(home), facts=told)]


def _came_true(workshop: Path, folder: Path) -> bool:
    """Whether a new folder was put in its place as a whole."""
    return folder.is_dir() and not (workshop / FRESH).exists()


def _stamp(path: Path) -> tuple[bool, int]:
    """What differs if a folder was changed between two looks at it."""
    try:
        return is_mixed(path), path.stat().st_mtime_ns
    except OSError:
        return False, 0
