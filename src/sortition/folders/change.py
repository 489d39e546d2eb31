"""A change of a folder, from reading what is there to all of its files being true."""

from __future__ import annotations

import errno
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sortition.audit.unfinished import WORKSHOP
from sortition.errors import Finding, InputErrors
from sortition.folders.holder import HOLDER, held, holder_of
from sortition.folders.lock import locked
from sortition.folders.placing import HeldOpen, flush_folder, move, write_flushed
from sortition.folders.settling import settle
from sortition.folders.workshop import FRESH, destroy_going, exchange, lay_out

PATIENCE = 2.0  # seconds; those who only look what a dead process left let go within that

# what systems say of a disk that has no locks, as of some that are shared over a network
NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP}

_made: list[Path] = []  # the folders that this process changed


def changes_made() -> int:
    """How many changes this process has made true; they stay so whatever becomes of its words."""
    return len(_made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A folder that nobody else changes for now.

    Attributes
    ----------
    folder : Path
        It need not be there.
    workshop : Path
        In the folder; beside it if it is not there.
    """

    folder: Path
    workshop: Path

    def make(self, files: Mapping[str, bytes], *, going: Collection[str] = ()) -> None:
        """Make files true and take others out, all or none, once in the life of a change.

        Parameters
        ----------
        files : mapping of str to bytes
            By their place in the folder, with slashes. Those that are there are replaced.
        going : collection of str
            Files of a folder that is there. They are written over once all of it is true.

        Raises
        ------
        InputErrors
            If they cannot be written or taken out; the folder is as it was. Or if a file that was
            taken out cannot be written over yet; whoever opens the folder next does it.
        """
        self._destroy()  # what a former change could not yet
        with _told(self.folder):
            lay_out(self.workshop, files)
            if self.workshop.parent == self.folder:
                exchange(self.workshop, self.folder, tuple(files), going)
            else:
                move(self.workshop / FRESH, self.folder)
                flush_folder(self.workshop.parent)
        _made.append(self.folder)
        self._destroy()

    def _destroy(self) -> None:
        try:
            destroy_going(self.workshop)
        except OSError as error:
            fault = Finding(code="folder-not-destroyed", file=str(error.filename or self.workshop))
            raise InputErrors((fault,)) from error


@contextmanager
def changing(folder: Path) -> Iterator[Change]:
    """Keep everybody else from changing a folder, once what dead processes left is settled.

    Raises
    ------
    InputErrors
        If somebody else is changing it, or nothing can be written there.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        with _told(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
        settle(folder)
        with ExitStack() as stack:
            yield Change(folder=folder, workshop=_enter(folder, stack))
    finally:
        for path in missing:
            with suppress(OSError):  # it was never made, or is in use by now
                path.rmdir()


@contextmanager
def reopening(folder: Path) -> Iterator[Change]:
    """Keep everybody else from changing a folder from before it is read; see `changing`.

    If it is not there, whoever reads it will say so.
    """
    if folder.is_dir():
        with changing(folder) as change:
            yield change
    else:
        yield Change(folder=folder, workshop=folder / WORKSHOP)


def _enter(folder: Path, stack: ExitStack) -> Path:
    """The workshop of a folder, locked until the stack is left."""
    with _told(folder):
        while True:
            workshop = _workshop_of(folder)
            with ExitStack() as tried:
                if not tried.enter_context(locked(workshop, PATIENCE)):
                    raise InputErrors((held(folder, workshop),))
                if workshop == _workshop_of(folder):  # nobody made the folder meanwhile
                    write_flushed(workshop / HOLDER, holder_of(folder))
                    stack.push(tried.pop_all())
                    return workshop


def _workshop_of(folder: Path) -> Path:
    """In the folder, which may be another disk than its parent; beside it if there is none."""
    if folder.is_dir():
        return folder / WORKSHOP
    own = sha256(folder.name.encode(errors="surrogateescape")).hexdigest()[:16]
    return folder.parent / f".sortition-{own}"


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say which folder it was that could not be written to."""
    try:
        yield
    except HeldOpen as error:
        fault = Finding(code="output-held-open", file=str(error.path))
        raise InputErrors((fault,)) from error
    except OSError as error:
        code = "output-without-locks" if error.errno in NO_LOCKS else "output-not-writable"
        raise InputErrors((Finding(code=code, file=str(folder)),)) from error
