"""The files of a run, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from sortition.audit.shapes.run import OTHERS, PANEL, WORKBOOK
from sortition.errors import Finding, InputErrors
from sortition.tables.content import File
from sortition.tables.roster import Roster
from sortition.tables.written.lists import csv_bytes, xlsx_bytes
from sortition.tables.written.placing import HeldOpen, make_workshop, move

LISTS = (PANEL, WORKBOOK, OTHERS)


def check_destination(
    directory: Path,
    overwrite: bool,
    *,
    inputs: Sequence[File] = (),
    documents: Collection[str] = (),
) -> None:
    """See that a run can be written to a folder, before the work begins.

    Parameters
    ----------
    directory : Path
        It need not exist, nor its parents.
    overwrite : bool
        Whether the files of a former run may be replaced. Other files never are.
    inputs : sequence of Path
        Files that are read, which are never replaced.
    documents : collection of str
        The names of the files that are written beside the lists of people.

    Raises
    ------
    InputErrors
        If the folder is a file or cannot be written to, an input would be replaced, or a former
        run would be without leave.
    """
    check_files(directory, overwrite, names=_names(documents), inputs=inputs)


def check_files(
    directory: Path, overwrite: bool, *, names: Collection[str], inputs: Sequence[File] = ()
) -> None:
    """See that files of these names can be written to a folder; see `check_destination`."""
    faults = destination_faults(directory, overwrite, names=names, inputs=inputs)
    if faults:
        raise InputErrors(tuple(faults))


def destination_faults(
    directory: Path | None,
    overwrite: bool,
    *,
    names: Collection[str],
    inputs: Sequence[File] = (),
) -> list[Finding]:
    """Why files of these names cannot be written to a folder; nothing if there is no folder."""
    if directory is None:
        return []
    nearest = _existing(directory)
    if not nearest.is_dir():
        return [Finding(code="output-is-a-file", file=str(nearest))]
    if not os.access(nearest, os.W_OK | os.X_OK):
        return [Finding(code="output-not-writable", file=str(nearest))]
    faults: list[Finding] = []
    former: list[str] = []
    for name in names:
        target = directory / name
        if any(isinstance(source, Path) and _same(target, source) for source in inputs):
            faults.append(Finding(code="output-would-overwrite-input", file=str(target)))
        elif target.is_dir():
            faults.append(Finding(code="output-name-is-a-folder", file=str(target)))
        elif os.path.lexists(target):
            former.append(name)
    if former and not overwrite:
        facts = {"files": ", ".join(former)}
        faults.append(Finding(code="output-exists", file=str(directory), facts=facts))
    return faults


def lists_of(roster: Roster, selected: Collection[str]) -> dict[str, bytes]:
    """``panel.csv``, ``panel.xlsx`` and ``not_selected.csv``.

    Parameters
    ----------
    selected : collection of str
        Ids of the roster.

    Raises
    ------
    ValueError
        If somebody is selected who is not on the roster.
    """
    panel = frozenset(selected)
    others = frozenset(roster.ids) - panel
    if len(others) + len(panel) != len(roster.ids):
        raise ValueError("somebody is selected who is not on the roster")
    try:
        return {
            PANEL: csv_bytes(roster, panel),
            WORKBOOK: xlsx_bytes(roster, panel, title="panel"),
            OTHERS: csv_bytes(roster, others),
        }
    except OSError as error:  # workbooks pass through a temporary file
        raise _fault("output-not-writable", Path(tempfile.gettempdir())) from error


def write_run(
    directory: Path,
    *,
    lists: Mapping[str, bytes],
    documents: Mapping[str, bytes],
    overwrite: bool,
) -> None:
    """Write the lists of people and the documents.

    Everything is written to a hidden folder on the same disk first and moved into place by
    renaming. If anything fails, or somebody interrupts, what was there before is there again.

    Parameters
    ----------
    directory : Path
        Made if need be. Files that do not belong to a run are left alone.
    lists : mapping of str to bytes
        See `lists_of`.
    documents : mapping of str to bytes
        Further files by name.
    overwrite : bool
        Whether the files of a former run may be replaced.

    Raises
    ------
    InputErrors
        If `check_destination` finds a fault, or the disk cannot be written to.
    ValueError
        If a document has an impossible name.
    """
    check_destination(directory, overwrite, documents=documents)
    write_files(directory, {**lists, **documents}, overwrite=overwrite)


def write_files(
    directory: Path,
    files: Mapping[str, bytes],
    *,
    overwrite: bool,
    growing: Collection[str] = (),
) -> None:
    """Write files by name, all or none; see `write_run`.

    Parameters
    ----------
    files : mapping of str to bytes
        A name with a slash is that of a file in a folder of the folder.
    growing : collection of str
        Names of files that are replaced by longer versions of themselves.

    Raises
    ------
    InputErrors
        If `check_files` finds a fault, or the disk cannot be written to.
    """
    check_files(directory, overwrite, names=[name for name in files if name not in growing])
    missing = [path for path in (directory, *directory.parents) if not path.exists()]
    try:
        _write(directory, files, growing)
    except BaseException as error:
        for path in missing:
            _remove_empty(path)
        if isinstance(error, HeldOpen):
            raise _fault("output-held-open", error.path) from error
        if isinstance(error, OSError):
            raise _fault("output-not-writable", directory) from error
        raise


def _write(directory: Path, files: Mapping[str, bytes], growing: Collection[str]) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    exists = directory.is_dir()
    # A folder that is there may be another disk than its parent, and renaming stays on one disk.
    home = directory if exists else directory.parent
    workshop = make_workshop(home)
    try:
        fresh, former = workshop / "fresh", workshop / "former"
        fresh.mkdir()
        for name, data in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_bytes(data)
        if exists:
            former.mkdir()
            _exchange(directory, fresh, former, [name for name in files if name not in growing])
            for name in growing:  # last, and in one step: it tells that the others are there
                move(fresh / name, directory / name, wanted=directory / name)
        else:
            move(fresh, directory, wanted=directory)
    except BaseException as error:
        if any(path.is_file() for path in (workshop / "former").rglob("*")):
            # they could not be moved back, and are nowhere else
            facts = {"aside": str(workshop / "former")}
            fault = Finding(code="output-stranded", file=str(directory), facts=facts)
            raise InputErrors((fault,)) from error
        shutil.rmtree(workshop, ignore_errors=True)
        raise
    shutil.rmtree(workshop, ignore_errors=True)


def _exchange(directory: Path, fresh: Path, former: Path, names: Sequence[str]) -> None:
    """Move the former files aside and the fresh ones in; on failure, all the way back.

    Which moves were made is read off the disk, since an interruption can come between a move and
    any note of it.
    """
    try:
        for name in names:
            if os.path.lexists(directory / name):
                (former / name).parent.mkdir(parents=True, exist_ok=True)
                move(directory / name, former / name, wanted=directory / name)
        for name in names:
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            move(fresh / name, directory / name, wanted=directory / name)
    except BaseException:
        for name in names:
            if os.path.lexists(former / name):
                move(former / name, directory / name, wanted=directory / name)
            elif not (fresh / name).exists():
                (directory / name).unlink(missing_ok=True)
        raise


def _names(documents: Iterable[str]) -> tuple[str, ...]:
    names = (*LISTS, *documents)
    if len({name.casefold() for name in names}) < len(names):
        raise ValueError("two files of a run have the same name")
    if any(name != Path(name).name or name in {"", ".."} for name in names):
        raise ValueError("a document's name is not the name of a file")
    return names


def _existing(path: Path) -> Path:
    """The path itself or the nearest of its parents that exists."""
    return next(place for place in (path, *path.absolute().parents) if os.path.lexists(place))


def _same(target: Path, source: Path) -> bool:
    if target.exists() and source.exists():
        return target.samefile(source)
    return target.resolve() == source.resolve()


def _remove_empty(path: Path) -> None:
    try:
        path.rmdir()
    except OSError:
        return  # it was never made, or somebody else uses it by now


def _fault(code: str, path: Path) -> InputErrors:
    return InputErrors((Finding(code=code, file=str(path)),))
