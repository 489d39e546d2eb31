"""The journal of a change: what it exchanges, so that it can be ended or undone."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sortition.audit.unfinished import JOURNAL
from sortition.errors import Finding, InputErrors

SCHEMA = "sortition-change/2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What a change does to a folder, written down before it does it.

    Attributes
    ----------
    new, replaced : tuple of str
        The files, by their place in the folder: those that were not there, and those that were.
    going : tuple of str
        The files that are taken out of it.
    folders : tuple of str
        The folders of the folder that are made for them, the outer ones first.
    """

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    going: tuple[str, ...]
    folders: tuple[str, ...]

    def document(self) -> bytes:
        """As `read_journal` reads it."""
        lists = {"folders": self.folders, "new": self.new, "replaced": self.replaced}
        return json.dumps({**lists, "going": self.going, "schema": SCHEMA}).encode()


def journal_of(folder: Path, names: Collection[str], going: Collection[str]) -> Journal:
    """What a change will do to a folder that writes these files, and takes those out that go."""
    replaced = tuple(name for name in names if os.path.lexists(folder / name))
    parents = {
        parent.as_posix()
        for name in names
        for parent in outer_folders(Path(name))
        if not (folder / parent).exists()
    }
    return Journal(
        new=tuple(name for name in names if name not in replaced),
        replaced=replaced,
        going=tuple(going),
        folders=tuple(sorted(parents)),
    )


def read_journal(workshop: Path, folder: Path) -> Journal:
    """The journal of a change.

    A folder can come from anybody, so that its journal may name places within it alone.
    """
    place = workshop / JOURNAL
    fault = Finding(code="folder-journal", file=str(place))
    try:
        document = json.loads(place.read_bytes())
        if document["schema"] == "sortition-change/1":
            document["going"] = []  # earlier versions took nothing out
        elif document["schema"] != SCHEMA:
            raise ValueError("of another version")
        names = [tuple(document[key]) for key in ("new", "replaced", "going", "folders")]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputErrors((fault,)) from error
    if not all(_is_plain(folder, name) for listed in names for name in listed):
        raise InputErrors((fault,))
    return Journal(new=names[0], replaced=names[1], going=names[2], folders=names[3])


def _is_plain(folder: Path, name: object) -> bool:
    """Whether a place is within a folder, and no link leads out of it."""
    if not isinstance(name, str):
        return False
    path = Path(name)
    inside = path.parts and not path.anchor and ".." not in path.parts
    outer = (folder / parent for parent in outer_folders(path))
    return bool(inside) and not any(map(Path.is_symlink, outer))


def outer_folders(path: Path) -> list[Path]:
    """The folders that a place is in, below the one that it is a place of."""
    return [parent for parent in path.parents if parent != Path()]
