"""The files of a run, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from sortition.audit.shapes.run import OTHERS, PANEL, WORKBOOK
from sortition.errors import Finding, InputErrors
from sortition.folders.change import Change, changing
from sortition.folders.workshop import linked_faults
from sortition.tables.content import File
from sortition.tables.roster import Columns, Roster
from sortition.tables.written.lists import csv_bytes, xlsx_bytes

MOST_NAMED = 12  # of the files of a former run
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
    faults: list[Finding] = [*linked_faults(directory, names)]
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
        more = [] if len(former) <= MOST_NAMED else ["…"]
        facts = {"files": ", ".join((*former[:MOST_NAMED], *more))}
        faults.append(Finding(code="output-exists", file=str(directory), facts=facts))
    return faults


def lists_of(
    roster: Roster,
    selected: Collection[str],
    *,
    others_with: Collection[str] | None = None,
    of_panel: Columns | None = None,
    of_others: Columns | None = None,
) -> dict[str, bytes]:
    """``panel.csv``, ``panel.xlsx`` and ``not_selected.csv``.

    Parameters
    ----------
    selected : collection of str
        Ids of the roster.
    others_with : collection of str, optional
        The columns that the list of those who are not has beside their ids; without it, all.
    of_panel, of_others : mapping of str to mapping, optional
        Further columns of the two lists, their cells by id.

    Raises
    ------
    ValueError
        If somebody is selected who is not on the roster.
    """
    panel = frozenset(selected)
    others = frozenset(roster.ids) - panel
    if len(others) + len(panel) != len(roster.ids):
        raise ValueError("somebody is selected who is not on the roster")
    seated = roster.only(panel).beside(of_panel or {})
    rest = roster.only(others).beside(of_others) if of_others else roster
    if others_with is not None:
        others_with = {*others_with, *set(rest.table.header).difference(roster.table.header)}
    try:
        return {
            PANEL: csv_bytes(seated, panel),
            WORKBOOK: xlsx_bytes(seated, panel, title="panel"),
            OTHERS: csv_bytes(rest, others, others_with),
        }
    except OSError as error:  # workbooks pass through a temporary file
        place = tempfile.gettempdir()
        raise InputErrors((Finding(code="output-not-writable", file=place),)) from error


def write_run(
    directory: Path,
    *,
    lists: Mapping[str, bytes],
    documents: Mapping[str, bytes],
    overwrite: bool,
) -> None:
    """Write the lists of people and the documents.

    All of it becomes true in one step; see `sortition.folders`. If anything fails, or somebody
    interrupts, what was there before is there again.

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


def write_files(directory: Path, files: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Write files by name, all or none; see `write_run`.

    Parameters
    ----------
    files : mapping of str to bytes
        A name with a slash is that of a file in a folder of the folder.

    Raises
    ------
    InputErrors
        If `check_files` finds a fault, somebody else is changing the folder, or the disk cannot be
        written to.
    """
    check_files(directory, overwrite, names=files)
    with changing(directory) as change:
        write_into(change, files, overwrite=overwrite)


def write_into(
    change: Change,
    files: Mapping[str, bytes],
    *,
    overwrite: bool,
    growing: Collection[str] = (),
) -> None:
    """Write files as part of a change that began with reading the folder; see `write_files`.

    Parameters
    ----------
    growing : collection of str
        Names of files that are replaced by longer versions of themselves.

    Raises
    ------
    InputErrors
    """
    names = [name for name in files if name not in growing]
    check_files(change.folder, overwrite, names=names)
    change.make(files)


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
