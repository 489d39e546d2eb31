"""The hidden folder in which a change is laid out, and the journal that undoes it.

A workshop holds a `LOCK`, who laid it out, the files to come (``fresh``), copies of those that
they replace (``former``), and those that go for good (``going``). While there is a journal, the
folder holds some files of the change and some from before; without one, all of its files belong
together, and what lies in ``going`` is to be destroyed.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from sortition.audit.shapes.bundle import PUBLIC, PUBLIC_PACKED
from sortition.audit.unfinished import JOURNAL, WORKSHOP
from sortition.errors import Finding, InputErrors
from sortition.folders.holder import HOLDER
from sortition.folders.journal import journal_of, outer_folders, read_journal
from sortition.folders.placing import (
    HeldOpen,
    at_once,
    destroy,
    flush_folder,
    make_folder,
    move,
    write_flushed,
)

FRESH, FORMER, GOING, LOCK = "fresh", "former", "going", "lock"
DRAFT, DONE = "draft.json", "done.json"  # the journal before it counts, and after
OURS = re.compile(rf"{re.escape(WORKSHOP)}|\.sortition-[0-9a-f]{{16}}")  # in a folder, or beside it


def lay_out(workshop: Path, files: Mapping[str, bytes]) -> None:
    """Write the files to come."""
    make_folder(workshop / FRESH, private=True)
    for name in files:
        for parent in reversed(PurePosixPath(name).parents[:-1]):
            make_folder(workshop / FRESH / parent, private=not is_public(f"{parent}/"))

    def write(name: str) -> None:
        write_flushed(workshop / FRESH / name, files[name], private=not is_public(name))

    at_once(write, files)
    for path in {(workshop / FRESH / name).parent for name in files}:
        flush_folder(path)


def is_public(name: str) -> bool:
    """Whether everybody may read a file; all others can have somebody's data in them."""
    return name.startswith(PUBLIC) or name == PUBLIC_PACKED


def exchange(
    workshop: Path, folder: Path, names: Collection[str], going: Collection[str] = ()
) -> None:
    """Put files that were laid out in their places and take others out, all or none.

    Raises
    ------
    HeldOpen
        If a file could not be put in its place or taken out; then, too, all is as it was.
    InputErrors
        If it could neither be done nor undone for now. The journal stays, so that the next command
        undoes it. Or if a file would be put in a folder that is a link: nothing is done then.
    """
    if linked := linked_faults(folder, (*names, *going)):
        raise InputErrors(linked)
    journal = journal_of(folder, names, going)
    at_once(lambda name: _keep(folder / name, workshop / FORMER / name), journal.replaced)
    for name in going:
        (workshop / GOING / name).parent.mkdir(parents=True, exist_ok=True)
    write_flushed(workshop / DRAFT, journal.document())
    flush_folder(workshop)
    try:
        (workshop / DRAFT).replace(workshop / JOURNAL)
        flush_folder(workshop)
        for name in journal.folders:
            make_folder(folder / name, private=not is_public(f"{name}/"))
        for name in names:
            move(workshop / FRESH / name, folder / name)
        for name in going:
            _take_out(folder / name, workshop / GOING / name)
        homes = {(workshop / GOING / name).parent for name in going}
        for path in homes | {(folder / name).parent for name in (*names, *journal.folders, *going)}:
            flush_folder(path)
        # the one step that makes all of it true
        (workshop / JOURNAL).replace(workshop / DONE)
    except BaseException:
        undo(workshop, folder)
        raise
    flush_folder(workshop)


def linked_faults(folder: Path, names: Collection[str]) -> tuple[Finding, ...]:
    """The folders of a folder that are links and that files would be put in.

    No journal may lead there, and there may be another disk, to which nothing can be moved.
    """
    parents = sorted({parent for name in names for parent in outer_folders(Path(name))})
    return tuple(
        Finding(code="output-in-a-link", file=str(folder / parent))
        for parent in parents
        if (folder / parent).is_symlink()
    )


def undo(workshop: Path, folder: Path) -> None:
    """Take a change back that was not made whole; nothing is done without a journal.

    It can be broken off itself, and be begun anew.

    Raises
    ------
    InputErrors
        If it cannot be done now; the journal stays.
    """
    if not (workshop / JOURNAL).is_file():
        return
    journal = read_journal(workshop, folder)
    try:
        for name in (*journal.replaced, *journal.new):
            if os.path.lexists(workshop / FRESH / name):
                continue  # it was not put in its place yet
            if name in journal.new:
                (folder / name).unlink(missing_ok=True)
            elif os.path.lexists(workshop / FORMER / name):
                move(workshop / FORMER / name, folder / name)
        for name in journal.going:
            if os.path.lexists(workshop / GOING / name):
                move(workshop / GOING / name, folder / name)
        for name in reversed(journal.folders):
            with suppress(OSError):  # somebody put something else there
                (folder / name).rmdir()
        for path in {(folder / name).parent for name in (*journal.replaced, *journal.new)}:
            flush_folder(path)
        (workshop / JOURNAL).unlink()
    except OSError as error:
        fault = Finding(code="folder-not-undone", file=str(folder), value=str(error.filename or ""))
        raise InputErrors((fault,)) from error


def clear(workshop: Path) -> None:
    """Remove all of a workshop but its lock, unless a change is yet to be undone."""
    if (workshop / JOURNAL).is_file():
        return
    try:
        destroy_going(workshop)
    except OSError:
        return  # whoever comes next tries again
    # the copies first: without them nobody takes what is left for a change that was never made
    for name in (GOING, FORMER, FRESH):
        shutil.rmtree(workshop / name, ignore_errors=True)
    for name in (DRAFT, HOLDER, DONE):
        with suppress(OSError):
            (workshop / name).unlink()


def destroy_going(workshop: Path) -> None:
    """Write over the files that were taken out of a folder, and remove them.

    Raises
    ------
    OSError
        With the file, if that cannot be done now; those that are left stay where they are.
    """
    if (workshop / GOING).is_symlink():
        return  # a folder can come from anybody; what a link leads to is none of it
    for home, _, names in os.walk(workshop / GOING):
        for name in sorted(names):
            destroy(Path(home, name))


def _take_out(path: Path, aside: Path) -> None:
    try:
        move(path, aside)
    except HeldOpen as error:  # it is the file in the folder that somebody holds open
        raise HeldOpen(path) from error


def _keep(path: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, copy, follow_symlinks=False)
    if not copy.is_symlink():
        with copy.open("r+b") as file:
            os.fsync(file.fileno())
    flush_folder(copy.parent)
